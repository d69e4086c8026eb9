// SPDX-License-Identifier: Apache-2.0
// What the register's rows are known and compared by, in a few words of memory: a load lays a million rows
// over the register without holding anyone's texts. A fingerprint is 64 bits of hash64: texts that differ
// have the same one once in 10^19.
#pragma once
#include <cstdint>
#include <string_view>

#include "registry/records.h"

namespace doudi::registry {

// Of the name as names are compared (base: fold_name); 0 for an empty one.
[[nodiscard]] std::uint64_t name_key(std::string_view name);
// Of the digits as phones are compared (base: fold_phone); 0 for none.
[[nodiscard]] std::uint32_t phone_key(std::string_view phone);

// A member of the register.
struct MemberKeys {
    std::uint64_t number = 0;  // packed; 0: none known
    std::uint64_t name = 0;
    std::uint64_t content = 0;    // fingerprint of name, relation, sex and phone as they stand
    std::uint32_t household = 0;  // HouseholdId; 0: there is no such member
    std::uint32_t phone = 0;
};

// Of all that a household has beside its code.
[[nodiscard]] std::uint64_t content_key(const Household& household);
[[nodiscard]] std::uint64_t content_key(const HouseholdRow& row);
// `number` and `household` are not part of it.
[[nodiscard]] std::uint64_t content_key(std::string_view name, std::string_view relation,
                                        std::string_view sex, std::string_view phone);

// The same of a row of a file. Making them is the costly part of a row, and may be done on any thread.
struct HouseholdRowKeys {
    std::uint64_t code = 0;  // hash64
    std::uint64_t content = 0;
};
struct MemberRowKeys {
    std::uint64_t household_code = 0;  // hash64
    std::uint64_t number = 0;          // packed; 0: empty or unusable
    std::uint64_t name = 0;
    std::uint64_t content = 0;
    std::uint32_t phone = 0;
    bool number_unusable = false;
};
[[nodiscard]] HouseholdRowKeys keys_of(const HouseholdRow& row);
[[nodiscard]] MemberRowKeys keys_of(const MemberRow& row);

}  // namespace doudi::registry
