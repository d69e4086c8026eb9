// SPDX-License-Identifier: Apache-2.0
#include "registry/name_finder.h"

#include <algorithm>

#include "registry/repository.h"

namespace doudi::registry {

Result<void> NameFinder::catch_up(store::DataFolder& folder, unsigned threads) {
    const PublishId current = folder.current();
    if (!members_.empty() && current == read_until_) return {};
    if (members_.empty()) {
        // What the last load kept spares opening every row, as long as it is of exactly these rows.
        auto kept = TRY(read_kept_index(folder));
        const auto all = kept ? kept->take_members() : TRY(read_member_keys(folder, current, threads));
        for (const MemberKeys& keys : all) members_.push_back({keys.name, keys.household});
    } else {
        for (const auto& [person, keys] : TRY(read_changed_members(folder, read_until_, current))) {
            if (person.value() >= members_.size()) members_.resize(person.value() + std::size_t{1});
            members_[person.value()] = {keys.name, keys.household};
        }
    }
    read_until_ = current;
    return {};
}

Result<std::vector<HouseholdId>> NameFinder::households_with(store::DataFolder& folder, std::string_view name,
                                                             unsigned threads) {
    std::vector<HouseholdId> found;
    const std::uint64_t key = name_key(name);
    if (key == 0) return found;
    const std::scoped_lock lock(mutex_);
    TRY_VOID(catch_up(folder, threads));
    for (const Named& one : members_)
        if (one.name == key && one.household != 0) found.emplace_back(one.household);
    std::ranges::sort(found);
    const auto again = std::ranges::unique(found);
    found.erase(again.begin(), again.end());
    return found;
}

}  // namespace doudi::registry
