// SPDX-License-Identifier: Apache-2.0
#include "casework/payments/together.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>

#include "casework/payments/paid.h"
#include "casework/repository.h"

namespace doudi::casework {

namespace {

using repository::CaseRow;

bool names(const std::vector<std::string>& ids, const std::string& id) {
    return std::ranges::find(ids, id) != ids.end();
}

// What was given besides, and in which cases.
struct Given {
    Money sum;
    std::vector<std::uint64_t> of;
};

class Together {
  public:
    Together(Desk& desk, const MoveQuestion& question, const policy::TogetherRule& rule, const CaseHead& head,
             const MoveRequest& request)
        : desk_(desk), question_(question), rule_(rule), head_(head) {
        same_ = first_of(request.fields, rule.same);
        if (same_.empty()) same_ = first_of(question.state.fields, rule.same);
        std::string told = first_of(request.fields, rule.day);
        if (told.empty()) told = first_of(question.state.fields, rule.day);
        day_ = rule.day.empty() ? request.on : Date::parse_iso(told);
    }

    Result<Given> given(const std::string& field) {
        Given given;
        if (!question_.state.state.empty()) {  // its own count on whichever day
            for (const CaseEvent& event : TRY(repository::select_events(desk_.shelf, head_)))
                TRY_VOID(count(event, field, head_.id, given));
        }
        for (const CaseRow& row : TRY(others())) {
            CaseState state;
            for (const CaseEvent& event : TRY(repository::select_events(desk_.shelf, row.head))) {
                fold(state, event);
                if (is_same(state) && is_near(event, state))
                    TRY_VOID(count(event, field, row.head.id, given));
            }
        }
        return given;
    }

  private:
    // The other cases of the machine, of the household and of the person.
    Result<std::vector<CaseRow>> others() {
        std::vector<CaseRow> rows;
        if (head_.household) rows = TRY(repository::select_cases_of(desk_.shelf, *head_.household));
        if (head_.person) {
            for (CaseRow& row : TRY(repository::select_of_person(desk_.shelf, head_.machine, *head_.person)))
                rows.push_back(std::move(row));
        }
        std::erase_if(rows, [&](const CaseRow& row) {
            return row.head.machine != head_.machine || row.head.id == head_.id;
        });
        std::ranges::sort(rows, {}, [](const CaseRow& row) { return row.head.id; });
        const auto again = std::ranges::unique(rows, {}, [](const CaseRow& row) { return row.head.id; });
        rows.erase(again.begin(), again.end());
        return rows;
    }

    [[nodiscard]] bool is_same(const CaseState& other) const {
        return rule_.same.empty() || first_of(other.fields, rule_.same) == same_;
    }

    // By its day, or by when it was written down: who dates a step back takes it out of nothing. A day that
    // nobody told is no other day.
    [[nodiscard]] bool is_near(const CaseEvent& event, const CaseState& other) const {
        const auto day = rule_.day.empty() ? event.on : Date::parse_iso(first_of(other.fields, rule_.day));
        const bool by_day = !day || !day_ || std::abs(*day - *day_) < rule_.days;
        return by_day || std::abs(question_.today - civil_day(event.at)) < rule_.days;
    }

    Result<void> count(const CaseEvent& event, const std::string& field, CaseId of, Given& given) const {
        if (!names(rule_.moves, event.move)) return {};
        const std::string text = first_of(event.fields, field);
        if (text.empty()) return {};  // goods of which no worth was told
        const Money sum = TRY(sum_kept(of, event, field, text));
        if (sum == Money()) return {};
        given.sum = TRY(given.sum.plus(sum));
        if (given.of.empty() || given.of.back() != of.value()) given.of.push_back(of.value());
        return {};
    }

    Desk& desk_;
    const MoveQuestion& question_;
    const policy::TogetherRule& rule_;
    const CaseHead& head_;
    std::string same_;
    std::optional<Date> day_;
};

MoveFault too_much(const MoveQuestion& question, const policy::Move& move, const std::string& field,
                   const Given& given, Money most) {
    const Text title = question.law.procedures.title_of_field(field);
    const Money left = most > given.sum ? Money::fen(most.fen() - given.sum.fen()) : Money();
    const std::string& clause = move.together->clause;
    return {
        field,
        "together_too_much",
        {fmt::format("此前已发 {} 元（第 {} 号），“{}”与之合计不得超过 {} 元，本次至多 {} 元（{}）",
                     given.sum.yuan_text(), fmt::join(given.of, "、"), title.zh, most.yuan_text(),
                     left.yuan_text(), clause),
         fmt::format("{} yuan were given before (case {}): with them '{}' is {} yuan at most, now {} ({})",
                     given.sum.yuan_text(), fmt::join(given.of, ", "), title.en, most.yuan_text(),
                     left.yuan_text(), clause)}};
}

}  // namespace

Result<std::vector<MoveFault>> check_together(Desk& desk, const MoveQuestion& question,
                                              const policy::Move& move, const Actor& actor,
                                              const CaseHead& head, const MoveRequest& request) {
    std::vector<MoveFault> faults;
    if (!move.together) return faults;
    for (const auto& [field, parameter] : move.at_most) {
        const auto told = sum_told(first_of(request.fields, field));
        const policy::ParameterValue* bound =
            question.law.value_of(question.law.parameter_of(parameter), actor.region, "", question.today);
        if (!told || bound == nullptr || bound->value.kind() != expr::TypeKind::money) continue;
        const Money most = bound->value.as_money();
        if (*told > most) continue;
        TRY_VOID(repository::hold_openings(desk.shelf));
        const Given given = TRY(Together(desk, question, *move.together, head, request).given(field));
        if (given.sum > Money() && TRY(told->plus(given.sum)) > most)
            faults.push_back(too_much(question, move, field, given, most));
    }
    return faults;
}

std::vector<MoveFault> together_hints(const policy::Move& move, const CaseHead& head, const Fields& told) {
    if (!move.together || !is_of_nobody(head)) return {};
    const bool is_paid = std::ranges::any_of(
        move.at_most, [&](const auto& one) { return !first_of(told, one.first).empty(); });
    if (!is_paid) return {};
    return {
        {"",
         std::string(given_unknown),
         {"当事人身份未查明：此前是否已获得同类救助无从查知（未知），查明后请归入其家庭",
          "nobody knows yet who it is: whether help was given before is unknown; once it is known, tie it to"
          " the household"}}};
}

}  // namespace doudi::casework
