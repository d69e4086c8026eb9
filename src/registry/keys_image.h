// SPDX-License-Identifier: Apache-2.0
// The register's keys in one file, so that the next load need not read (and, in a sealed folder, open) every
// row again to know who is there. It says nothing that the rows do not say: written with a load that changed
// something, bound to exactly the rows of then, and passed over when it is absent, damaged, of another
// version or of other rows.
#pragma once
#include <cstdint>

#include "base/result.h"
#include "column/segment.h"
#include "registry/register_index.h"

namespace doudi::registry {

// Which rows the register has. Rows are added and, when their time is over, removed, but never changed, and
// one that is added has a higher publish id than all before: other rows have another mark.
struct RowsMark {
    std::int64_t households = 0;
    std::int64_t household_publishes = 0;  // their sum
    std::int64_t members = 0;
    std::int64_t member_publishes = 0;
    friend bool operator==(const RowsMark&, const RowsMark&) = default;
};

[[nodiscard]] Result<void> save_keys(const RegisterIndex& index, const RowsMark& mark,
                                     column::ByteSink& sink);
// "keys_image" whatever is wrong with it, or the source's own error.
[[nodiscard]] Result<RegisterIndex> load_keys(const column::ByteSource& source, const RowsMark& mark);

}  // namespace doudi::registry
