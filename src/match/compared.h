// SPDX-License-Identifier: Apache-2.0
// What a row tells of a person beside what the register has of one: which of it is the same, so that whoever
// decides sees where they differ although names and numbers are masked. No sign of either is in it.
#pragma once
#include <optional>
#include <vector>

#include "match/verdicts.h"
#include "registry/records.h"

namespace doudi::match {

struct Compared {
    std::optional<bool> name;  // the same, as names are compared; nothing: one of the two is not known
    std::optional<std::vector<int>> number_at;  // the places of the 18 that differ, from 1; empty: none does
    std::optional<bool> phone;                  // the same, as phones are compared
    friend bool operator==(const Compared&, const Compared&) = default;
};
[[nodiscard]] Compared compare(const ToldPerson& told, const registry::Member& known);

}  // namespace doudi::match
