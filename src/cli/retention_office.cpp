// SPDX-License-Identifier: Apache-2.0
#include "cli/retention_office.h"

#include <algorithm>

#include "http/office/kept_classes.h"
#include "policy/load.h"

namespace doudi::cli {

bool RetentionOffice::has(std::string_view id) const {
    return std::ranges::find(table.classes(), id, &access::RetentionClass::id) != table.classes().end();
}

std::optional<RetentionOffice> open_retention(const Console& console, const StoreOptions& options,
                                              store::Access access) {
    auto office = open_access(console, options, access);
    if (office == nullptr) return std::nullopt;
    const auto root = policy::find_policy_root();
    if (!root) {
        console.report(root.error());
        return std::nullopt;
    }
    const auto pack = office->store.setting("policy");
    if (!pack) {
        console.report(pack.error());
        return std::nullopt;
    }
    auto law = policy::load_policy(*root, *pack);
    if (!law) {
        console.report(law.error());
        return std::nullopt;
    }
    auto policy = std::make_unique<policy::Policy>(std::move(*law));
    auto table = http::load_retention(*root, *policy);
    if (!table) {
        console.report(table.error());
        return std::nullopt;
    }
    return RetentionOffice{std::move(office), std::move(policy), std::move(*table)};
}

}  // namespace doudi::cli
