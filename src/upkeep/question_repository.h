// SPDX-License-Identifier: Apache-2.0
// Questions in the store: cases without changes, each about one household or one member.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "store/database.h"
#include "upkeep/kinds.h"
#include "upkeep/records.h"

namespace doudi::upkeep {

struct Question {
    PersonId person;  // 0: about the household
    HouseholdId household;
};

namespace repository {

// Many of the kind, proposal and first step of `like`. Inside write().
[[nodiscard]] Result<void> insert_questions(store::Database& database, const Case& like,
                                            std::span<const Question> questions);
// Ids of the households, or persons, about whom a question of this kind is open; sorted.
[[nodiscard]] Result<std::vector<std::uint32_t>> asked_about(store::Database& database, const Kind& kind);

}  // namespace repository
}  // namespace doudi::upkeep
