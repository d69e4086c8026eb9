// SPDX-License-Identifier: Apache-2.0
#include "upkeep/questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "upkeep/question_repository.h"
#include "upkeep/steps.h"

namespace doudi::upkeep {

namespace {

// Whoever answers that this one died does not take another one off the register by it.
Result<void> need_same_subject(const Kind& kind, const Case& question, const Case& change) {
    const bool same =
        kind.about == Subject::person
            ? std::ranges::find(change.persons, question.persons.front()) != change.persons.end()
            : std::ranges::find(change.households, question.households.front()) != change.households.end();
    if (same) return {};
    return fail(ErrorKind::invalid, "answer_about_another",
                {"所附的变动没有涉及所问的这一户（人）",
                 "the change that comes with it is not about who was asked about"},
                "change");
}

}  // namespace

Result<CaseId> answer(Desk& desk, CaseId id, std::string_view given, const std::optional<Wish>& then) {
    const Case question = TRY(need(desk, id));
    const Kind& kind = *TRY(need_kind(desk, question.kind));
    TRY_VOID(need_role(desk, kind, kind.confirm));
    TRY_VOID(need_open(question));
    const Answer* answer = kind.answer(given);
    if (answer == nullptr) {
        return fail(ErrorKind::invalid, "answer_unknown",
                    {fmt::format("没有“{}”这个答复", given), fmt::format("there is no answer '{}'", given)},
                    "answer");
    }
    const bool leads_on = !answer->then.empty();
    if (leads_on != then.has_value() ||
        (leads_on && std::ranges::find(answer->then, then->kind) == answer->then.end())) {
        return fail(
            ErrorKind::invalid, "answer_needs_change",
            {fmt::format("答复“{}”与所附的变动不符", answer->title.zh),
             fmt::format("the answer and the change that comes with it do not fit: {}", answer->title.en)},
            "change");
    }
    CaseId next;
    if (then) {
        Case change = TRY(prepare(desk, *then));
        TRY_VOID(need_same_subject(kind, question, change));
        change.follows = id;
        next = TRY(keep(desk, change));
    }
    TRY_VOID(take_step(desk, question, step_of(desk, State::answered, answer->id)));
    return next;
}

namespace {

// Who is left out, without those of whom a question is open already.
Result<std::size_t> ask(store::Database& database, const Kind& kind, Case like,
                        std::vector<Question> left_out) {
    const auto of = [&kind](const Question& one) {
        return kind.about == Subject::person ? one.person.value() : one.household.value();
    };
    const auto asked = TRY(repository::asked_about(database, kind));
    std::erase_if(left_out, [&](const Question& one) { return std::ranges::binary_search(asked, of(one)); });
    if (left_out.empty()) return std::size_t{0};
    like.kind = kind.id;
    TRY_VOID(repository::insert_questions(database, like, left_out));
    return left_out.size();
}

}  // namespace

Result<Asked> ask_about(store::DataFolder& folder, const ChangeRules& rules, const access::Session& session,
                        const LeftOut& left_out) {
    Case like;
    like.effective_on = left_out.as_of;
    like.source = "import";
    like.proposal = left_out.proposal;
    like.unit = left_out.unit;
    like.steps = {{State::proposed, session.user.value(), session.user_name, left_out.at, {}}};
    std::vector<Question> households;
    for (const HouseholdId id : left_out.households) households.push_back({PersonId(), id});
    std::vector<Question> members;
    for (const registry::AbsentMember& one : left_out.members) members.push_back({one.person, one.household});
    Asked asked;
    asked.households =
        TRY(ask(folder.database(), rules.absent(Subject::household), like, std::move(households)));
    asked.members = TRY(ask(folder.database(), rules.absent(Subject::person), like, std::move(members)));
    return asked;
}

}  // namespace doudi::upkeep
