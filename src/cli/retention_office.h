// SPDX-License-Identifier: Apache-2.0
// A data folder as those see it who remove what is older than its term.
#pragma once
#include <memory>
#include <optional>
#include <string_view>

#include "access/retention.h"
#include "cli/access_office.h"
#include "policy/pack.h"

namespace doudi::cli {

struct RetentionOffice {
    std::unique_ptr<AccessOffice> access;
    std::unique_ptr<policy::Policy> policy;  // the table looks into it
    access::RetentionTable table;
    [[nodiscard]] bool has(std::string_view id) const;
};
// Reports what is wrong and returns nothing.
[[nodiscard]] std::optional<RetentionOffice> open_retention(const Console& console,
                                                            const StoreOptions& options,
                                                            store::Access access);

}  // namespace doudi::cli
