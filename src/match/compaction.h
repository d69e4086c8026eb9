// SPDX-License-Identifier: Apache-2.0
// A landed segment written anew without some of its rows: a new immutable segment, named by what is in it,
// like any other. The row that named the old one names the new one in one transaction; killed before, the new
// one is an orphan, killed after, the old one is.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/result.h"
#include "match/roster.h"
#include "policy/dataset.h"
#include "store/data_folder.h"

namespace doudi::match {

struct Compacted {
    std::string segment;        // empty: no row is left
    std::uint64_t dropped = 0;  // rows
    std::uint64_t blanked = 0;  // persons of rows that stay for another one of theirs
    [[nodiscard]] bool changed() const { return dropped + blanked > 0; }
};

// Without the rows that name nobody of the roster.
[[nodiscard]] Result<Compacted> without_strangers(store::DataFolder& folder, const policy::Dataset& dataset,
                                                  std::string_view segment, const Roster& roster);
// Without one person, who is still on the roster: rows that name no other of its persons go whole, from
// others the person's number, name and phone go.
[[nodiscard]] Result<Compacted> without_person(store::DataFolder& folder, const policy::Dataset& dataset,
                                               std::string_view segment, const Roster& roster,
                                               PersonId person);

}  // namespace doudi::match
