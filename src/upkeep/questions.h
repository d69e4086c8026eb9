// SPDX-License-Identifier: Apache-2.0
// Whom a register's file left out: a question about each household and each member, which a person answers.
// Nobody is taken off the register by a file's silence, nor by an answer: that is the case which comes with
// it.
#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "base/result.h"
#include "registry/verbs.h"
#include "upkeep/verbs.h"

namespace doudi::upkeep {

struct LeftOut {
    PublishId proposal;  // 0: the file proposed nothing
    Date as_of;
    access::UnitId unit;
    std::span<const HouseholdId> households;
    std::span<const registry::AbsentMember> members;
    Instant at;  // when it is asked
};
struct Asked {
    std::size_t households = 0;
    std::size_t members = 0;
};
// Those about whom a question is open already are not asked about again. Inside write(), best that of the
// publication by which the file came: then they are asked about once, whatever happens. Gives how many were
// asked about.
[[nodiscard]] Result<Asked> ask_about(store::DataFolder& folder, const ChangeRules& rules,
                                      const access::Session& session, const LeftOut& left_out);

// Of a question; `then`: the case that the answer leads to, which is about the one who was asked about. Gives
// its number, 0 where the answer leads to none.
[[nodiscard]] Result<CaseId> answer(Desk& desk, CaseId question, std::string_view answer,
                                    const std::optional<Wish>& then);

}  // namespace doudi::upkeep
