// SPDX-License-Identifier: Apache-2.0
#include "http/rules/pack_shelf.h"

#include <algorithm>

#include "http/request/call.h"
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

Outcome<std::shared_ptr<const policy::Pack>> PackShelf::get(const std::string& id, std::optional<Date> day) {
    constexpr int not_found = 404;
    const auto known = ids();
    if (std::ranges::find(known, id) == known.end())
        return std::unexpected(
            Failure(not_found, "no_such_pack", {"没有这个规则包", "there is no such pack"}));
    const Stamp now = stamp();
    const std::lock_guard lock(mutex_);
    const std::pair key{id, day};
    if (const auto found = kept_.find(key); found != kept_.end() && found->second.stamp == now)
        return found->second.pack;
    policy::LoadOptions options;
    options.day = day;
    auto pack = policy::load_pack(packs_, id, catalogue_, options);
    if (!pack) return std::unexpected(faulty_law(pack.error()));
    auto shared = std::make_shared<const policy::Pack>(std::move(*pack));
    // Days that somebody asked about are no reason to grow without an end.
    constexpr std::size_t most = 64;
    if (kept_.size() >= most) kept_.clear();
    kept_.insert_or_assign(key, Kept{now, shared});
    return shared;
}

Outcome<std::vector<Date>> PackShelf::days(const std::string& id) {
    const auto pack = get(id);
    if (!pack) return std::unexpected(pack.error());
    std::vector<Date> days = policy::pack_days(packs_, id);
    const Date first = days.empty() ? (*pack)->effective_from : days.front();
    for (const std::string& base : (*pack)->extends)
        for (const Date day : policy::pack_days(packs_, base))
            if (day > first) days.push_back(day);
    std::ranges::sort(days);
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

Text PackShelf::title(const std::string& id) {
    const auto pack = get(id);
    return pack ? (*pack)->title : Text{id, id};
}

}  // namespace doudi::http
