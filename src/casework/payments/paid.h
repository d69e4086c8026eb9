// SPDX-License-Identifier: Apache-2.0
// What is paid a month, and from when: read from the events of the case of what is paid. A later word takes
// the place of what an earlier one had set from that day on; nothing is stored of it.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "casework/desk.h"

namespace doudi::casework {

// The marks of what is set of it: an amount, or that it ends.
inline constexpr std::string_view amount_mark = "amount_set";
inline constexpr std::string_view ended_mark = "payment_ended";
// The sum of a step.
inline constexpr std::string_view amount_field = "amount";
// The day from which an amount holds; where it is not told, the day of the event.
inline constexpr std::string_view from_field = "from_on";

[[nodiscard]] bool leaves(const CaseEvent& event, std::string_view mark);
// The one of two marks that was left last; empty: neither was.
[[nodiscard]] std::string_view last_of(const CaseState& state, std::string_view one, std::string_view other);

// A sum as fields have it, in fen; none: the text is no whole number, so it is not known.
[[nodiscard]] std::optional<Money> sum_told(std::string_view text);
// The same where a step was not made without one: "sum_unreadable", naming case, step and field.
[[nodiscard]] Result<Money> sum_kept(CaseId of, const CaseEvent& event, std::string_view field,
                                     std::string_view text);

struct PaidFrom {
    Date from;
    // A month. None: nothing is paid from that day if it ends; else it is not known, because what the step
    // was told cannot be read.
    std::optional<Money> amount;
    std::string category;
    int event = 0;  // that set it
    bool ends = false;
};
// In the order of their days, each once.
[[nodiscard]] std::vector<PaidFrom> paid_course(std::span<const CaseEvent> events);
// Null: nothing was set for that day yet.
[[nodiscard]] const PaidFrom* paid_on(std::span<const PaidFrom> course, Date day);

// What had been set when the last step of those moves was made ("end|admit_end"), in fen as fields have it;
// empty: there is no such step, or nothing had been set.
[[nodiscard]] std::string paid_before(std::span<const CaseEvent> events, std::string_view moves);

// To whom a household's payments of one machine go that go on.
struct PaidTo {
    std::string category;
    std::optional<PersonId> person;  // none: the case is about the household, or does not say which of it
};
[[nodiscard]] Result<std::vector<PaidTo>> paid_to(Desk& desk, HouseholdId household,
                                                  std::string_view machine);

// The last amount a month that was set, else the one that was granted; none: it has ended, none was told, or
// it cannot be read.
[[nodiscard]] std::optional<Money> paid_amount(std::span<const CaseEvent> events);

// What is paid to a household by a case of that machine that goes on.
struct PaidCase {
    std::optional<CaseId> of;  // none: nothing is paid
    std::string category;
    std::optional<Money> amount;  // the last that was set, else the one that was granted
};
// Of several that of the category. "paid_unclear": there are several and it names none of them.
// "sum_unreadable": what is paid is not known.
[[nodiscard]] Result<PaidCase> paid_case(Desk& desk, std::optional<HouseholdId> household,
                                         std::string_view machine, std::string_view category);

}  // namespace doudi::casework
