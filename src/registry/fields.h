// SPDX-License-Identifier: Apache-2.0
// What the register says of a household or a member, field by field as text: for changes, which are told as
// "this field, from this to that". An empty text: nothing is known.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "registry/records.h"

namespace doudi::registry {

struct FieldChange {
    std::string field;
    std::string before;
    std::string after;
    friend bool operator==(const FieldChange&, const FieldChange&) = default;
};

// region, address, head_name, category, enrolled_on, income_per_head_month, ended_on, successor (an id).
[[nodiscard]] std::span<const std::string_view> household_fields();
// household (an id; 0: left), name, id_number (whole: whoever shows it masks it), relation, sex, phone.
[[nodiscard]] std::span<const std::string_view> member_fields();

[[nodiscard]] std::string text_of(const Household& household, std::string_view field);
[[nodiscard]] std::string text_of(const Member& member, std::string_view field);

// An error names the field: a value that it cannot have.
[[nodiscard]] Result<void> set_field(Household& household, std::string_view field, std::string_view text);
[[nodiscard]] Result<void> set_field(Member& member, std::string_view field, std::string_view text);

// In the order of the fields. Without a `before`, everything that is known is a change.
[[nodiscard]] std::vector<FieldChange> differences(const std::optional<Household>& before,
                                                   const Household& after);
[[nodiscard]] std::vector<FieldChange> differences(const std::optional<Member>& before, const Member& after);

}  // namespace doudi::registry
