// SPDX-License-Identifier: Apache-2.0
#include "http/pack_shelf.h"

#include <algorithm>

#include "http/call.h"
#include "policy/load.h"

namespace doudi::http {

std::vector<std::string> PackShelf::ids() const {
    return policy::pack_ids(packs_);
}

PackShelf::Stamp PackShelf::stamp() const {
    Stamp stamp{0, std::filesystem::file_time_type::min()};
    std::error_code failure;
    for (std::filesystem::recursive_directory_iterator at(packs_, failure), end; !failure && at != end;
         at.increment(failure)) {
        std::error_code gone;
        const auto written = at->last_write_time(gone);
        if (gone) continue;
        ++stamp.first;
        stamp.second = std::max(stamp.second, written);
    }
    return stamp;
}

Outcome<std::shared_ptr<const policy::Pack>> PackShelf::get(const std::string& id) {
    constexpr int not_found = 404;
    const auto known = ids();
    if (std::ranges::find(known, id) == known.end())
        return std::unexpected(
            Failure(not_found, "no_such_pack", {"没有这个规则包", "there is no such pack"}));
    const Stamp now = stamp();
    const std::lock_guard lock(mutex_);
    Kept& kept = kept_[id];
    if (kept.pack != nullptr && kept.stamp == now) return kept.pack;
    auto pack = policy::load_pack(packs_, id, catalogue_);
    if (!pack) return std::unexpected(faulty_law(pack.error()));
    kept = {now, std::make_shared<const policy::Pack>(std::move(*pack))};
    return kept.pack;
}

Text PackShelf::title(const std::string& id) {
    const auto pack = get(id);
    return pack ? (*pack)->title : Text{id, id};
}

}  // namespace doudi::http
