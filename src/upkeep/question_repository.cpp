// SPDX-License-Identifier: Apache-2.0
#include "upkeep/question_repository.h"

#include <fmt/format.h>

#include <array>

#include "upkeep/row_ids.h"

namespace doudi::upkeep::repository {

namespace {

Result<void> insert_cases(store::Database& database, const Case& like, std::int64_t begin, std::size_t many) {
    constexpr std::array<std::string_view, 12> columns{
        "id",   "kind",    "effective_on", "source",        "follows",     "proposal",
        "unit", "to_unit", "proposed_by",  "proposed_name", "proposed_at", "payload"};
    const Step& first = like.steps.front();
    auto cases = database.bulk("change_case", columns);
    for (std::size_t i = 0; i < many; ++i) {
        cases.bind(1, begin + static_cast<std::int64_t>(i)).bind(2, std::string_view(like.kind));
        cases.bind(3, like.effective_on).bind(4, std::string_view(like.source)).bind(5, std::int64_t{0});
        cases.bind(6, number_of(like.proposal)).bind(7, std::int64_t{like.unit.value()});
        cases.bind(8, std::int64_t{0}).bind(9, std::int64_t{first.user});
        cases.bind(10, std::string_view(first.name)).bind(11, micros_of(first.at));
        TRY_VOID(cases.bind(12, std::string_view()).row());
    }
    return cases.finish();
}

Result<void> insert_first_steps(store::Database& database, const Step& first, std::int64_t begin,
                                std::size_t many) {
    constexpr std::array<std::string_view, 7> columns{"change_case", "n",  "state", "by_user",
                                                      "by_name",     "at", "reason"};
    auto steps = database.bulk("change_step", columns);
    for (std::size_t i = 0; i < many; ++i) {
        steps.bind(1, begin + static_cast<std::int64_t>(i)).bind(2, std::int64_t{1});
        steps.bind(3, name_of(first.state)).bind(4, std::int64_t{first.user});
        steps.bind(5, std::string_view(first.name)).bind(6, micros_of(first.at));
        TRY_VOID(steps.bind(7, std::string_view()).row());
    }
    return steps.finish();
}

// A member's household with them: by it the case is in reach.
Result<void> insert_subjects(store::Database& database, std::span<const Question> questions,
                             std::int64_t begin) {
    constexpr std::array<std::string_view, 5> columns{"publish", "change_case", "subject", "id", "stand_in"};
    auto subjects = database.bulk("change_subject", columns);
    const auto add = [&](std::int64_t change, Subject subject, std::uint32_t id) {
        subjects.bind(1, std::int64_t{0}).bind(2, change).bind(3, static_cast<std::int64_t>(subject));
        return subjects.bind(4, std::int64_t{id}).bind(5, std::int64_t{0}).row();
    };
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const std::int64_t change = begin + static_cast<std::int64_t>(i);
        if (questions[i].person != PersonId())
            TRY_VOID(add(change, Subject::person, questions[i].person.value()));
        TRY_VOID(add(change, Subject::household, questions[i].household.value()));
    }
    return subjects.finish();
}

}  // namespace

Result<void> insert_questions(store::Database& database, const Case& like,
                              std::span<const Question> questions) {
    const std::int64_t begin = TRY(next_case(database));
    TRY_VOID(insert_cases(database, like, begin, questions.size()));
    TRY_VOID(insert_first_steps(database, like.steps.front(), begin, questions.size()));
    return insert_subjects(database, questions, begin);
}

Result<std::vector<std::uint32_t>> asked_about(store::Database& database, const Kind& kind) {
    auto query =
        TRY(database.prepare(fmt::format("select x.id from change_case c join change_subject x on "
                                         "x.change_case = c.id and x.subject = $2 where"
                                         " c.kind = $1 and {} = 'proposed' order by x.id",
                                         last_state)));
    query.bind(1, std::string_view(kind.id)).bind(2, static_cast<std::int64_t>(kind.about));
    std::vector<std::uint32_t> ids;
    while (TRY(query.step())) ids.push_back(static_cast<std::uint32_t>(query.integer(0)));
    return ids;
}

}  // namespace doudi::upkeep::repository
