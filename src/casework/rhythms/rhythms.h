// SPDX-License-Identifier: Apache-2.0
// Who is due by a rhythm of the law (routes.yaml, `rhythms`; categories.yaml, `valid_months`): from the last
// confirmation or review of a household's category, or its last visit, so many months on. Which of two
// rhythms holds may be unknown: a household is then perhaps due from the nearer day, and due from the farther
// one. The program lists; a person opens.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casework/desk.h"
#include "casework/rhythms/rhythm_rules.h"

namespace doudi::casework {

// What a case said of a household's category: it was confirmed or reviewed anew (or, with no category, the
// household was visited), or it ended.
struct TenureWord {
    MachineMove move;
    std::string category;  // empty: of the household as a whole
    Date on;
    CaseId of;
    Fields told;  // of the case, by its end: what `only_if` asks
};

// A household as the register has it, with what its cases said, the earliest first.
struct Tenure {
    HouseholdId household;
    std::string category;             // the register's
    std::optional<Date> enrolled_on;  // none: the register does not say since when
    std::vector<TenureWord> words;
};

struct DueLine {
    HouseholdId household;
    std::string category;
    std::string machine;
    std::string rhythm;
    std::string sure_rhythm;
    std::optional<Date> last_on;
    std::optional<CaseId> last_case;
    std::optional<Date> due_on;   // the first day on which it may be due; none: unknown
    std::optional<Date> sure_on;  // from which it is due whatever is unknown
    std::string waits_for;
    friend bool operator==(const DueLine&, const DueLine&) = default;
};

// Months that a place sets, by the name of the parameter; none: they are not set.
using MonthsOf = std::function<std::optional<int>(std::string_view parameter)>;

// One line for each category that stands and machine that a rhythm opens. Pure.
[[nodiscard]] std::vector<DueLine> due_lines(const policy::Law& law, const std::vector<RhythmRule>& rules,
                                             const Tenure& tenure, const MonthsOf& months);

// How a line stands on a day.
enum class DueState : std::uint8_t { unknown, later, perhaps, due, overdue };
[[nodiscard]] DueState state_on(const std::optional<Date>& due_on, const std::optional<Date>& sure_on,
                                Date day);
[[nodiscard]] std::string_view name_of(DueState state);

struct DueReport {
    std::uint64_t households = 0;  // that stand
    std::uint64_t lines = 0;
    std::uint64_t changed = 0;  // lines that are new, other or gone
};
// The lines of every household that stands, by the law of that pack today. One transaction for each portion;
// run again it changes nothing. Who ended, and whom nobody is left of, has no line.
[[nodiscard]] Result<DueReport> renew_due_lines(Desk& desk, std::string_view pack);

// The same of one household, after a step on which a rhythm hangs. Within write().
[[nodiscard]] Result<void> renew_due_lines(Desk& desk, const CaseHead& head, const policy::Move& move);

}  // namespace doudi::casework
