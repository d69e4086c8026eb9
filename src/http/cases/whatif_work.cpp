// SPDX-License-Identifier: Apache-2.0
#include "http/cases/whatif_work.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <optional>

#include "base/money.h"
#include "http/request/call.h"
#include "http/request/payload.h"
#include "oversight/whatif.h"
#include "policy/load.h"

namespace doudi::http {
namespace {

namespace json = boost::json;
using oversight::Step;
using oversight::WhatIf;

// The law in force on the day of the question, and figures that are only tried laid over it.
Result<policy::Pack> pack_of(const WorkPlace& place, store::Database& database, Date day,
                             const std::string& id, const std::string& figures) {
    const auto tried = [&]() -> policy::Loaded<policy::Pack> {
        auto law =
            ruledesk::law_in_force(database, place.law.program(), {.day = day, .known = {}, .pack = id});
        if (!law) return std::unexpected(std::move(law).error());
        if (figures.empty()) return std::move(law->policy.pack);
        if (auto laid = policy::lay_figures_over(figures, "parameters", law->policy.pack); !laid)
            return std::unexpected(std::move(laid).error());
        return std::move(law->policy.pack);
    };
    auto pack = tried();
    if (pack) return std::move(*pack);
    Error first = pack.error().front();
    first.kind = ErrorKind::invalid;
    if (first.where.find('/') != std::string::npos) first.where.clear();
    return std::unexpected(std::move(first));
}

struct Question {
    Date day;
    policy::Pack before, after;
    bool other_pack = false;
};

Result<Question> question_of(const WorkPlace& place, Desk& desk, const json::object& asked) {
    const std::string day_text = text_of(asked, "as_of");
    const Date day = day_text.empty() ? TRY(oversight::last_told_day(desk.data))
                                      : Date::parse_iso(day_text).value_or(Date());
    const std::string id = text_of(asked, "policy");
    const std::string against = text_of(asked, "against");
    const std::string figures = text_of(asked, "parameters");
    Question question{day, TRY(pack_of(place, desk.database, day, id, figures)),
                      TRY(pack_of(place, desk.database, day, against.empty() ? id : against, figures)),
                      !against.empty()};
    for (const auto& change : asked.at("set").as_array())
        TRY_VOID(oversight::set_parameter(question.after.law, std::string(change.as_string()), AsOf{day}));
    return question;
}

json::object totals_json(const WhatIf& answer, Date day) {
    json::array categories;
    for (const auto& one : answer.categories)
        categories.push_back(json::object{{"id", one.id},
                                          {"title", words(one.title)},
                                          {"before", one.before},
                                          {"after", one.after},
                                          {"entered", one.entered},
                                          {"left", one.left},
                                          {"unknown_before", one.unknown_before},
                                          {"unknown_after", one.unknown_after}});
    json::array benefits;
    for (const auto& one : answer.benefits)
        benefits.push_back(json::object{{"id", one.id},
                                        {"title", words(one.title)},
                                        {"yuan_before", Money::fen(one.fen_before).yuan_text()},
                                        {"yuan_after", Money::fen(one.fen_after).yuan_text()},
                                        {"unsettled_before", one.unsettled_before},
                                        {"unsettled_after", one.unsettled_after}});
    json::array causes;
    for (const auto& cause : answer.causes)
        causes.push_back(json::object{{"text", words(cause.say)}, {"clause", cause.clause}});
    return {{"as_of", day.iso()},
            {"households", answer.households},
            {"members", answer.members},
            {"households_changed", answer.households_changed},
            {"moves", answer.moves.size()},
            {"sample", answer.sample},
            {"categories", std::move(categories)},
            {"benefits", std::move(benefits)},
            {"causes", std::move(causes)}};
}

Result<void> put_moves(const WhatIf& answer, const oversight::RegisterCases& people,
                       jobs::Progress& progress) {
    constexpr std::size_t at_once = 5000;
    std::vector<jobs::ResultRow> rows;
    for (const auto& move : answer.moves) {
        const auto& household = people.people.households[move.household];
        const auto& ends = people.cases.member_ends;
        const auto place = move.member + 1 - (move.household == 0 ? 0 : ends[move.household - 1]);
        json::object body{{"household", household.code},
                          {"member", place},
                          {"category", answer.categories[static_cast<std::size_t>(move.category)].id},
                          {"step", step_id(move.step)},
                          {"cause", nullptr},
                          {"clause", ""}};
        if (move.cause >= 0) {
            const auto& cause = answer.causes[static_cast<std::size_t>(move.cause)];
            body["cause"] = words(cause.say);
            body["clause"] = cause.clause;
        }
        rows.push_back({0, household.region, json::serialize(body)});
        if (rows.size() < at_once) continue;
        if (progress.stop().stop_requested())
            return fail(ErrorKind::cancelled, "cancelled", {"已取消", "cancelled"});
        TRY_VOID(progress.put_rows(std::exchange(rows, {})));
    }
    return progress.put_rows(std::move(rows));
}

}  // namespace

Result<std::string> whatif_work(WorkPlace& place, const jobs::Job& job, jobs::Progress& progress) {
    const auto asked = json::parse(job.parameters).as_object();
    auto desk = TRY(place.desks.take());
    progress.stage({"正在读取规则", "reading the law"});
    const auto question = TRY(question_of(place, *desk, asked));
    progress.stage({"正在读取名册和事实", "reading the register and its facts"});
    const auto& catalogue = place.policy.catalogue;
    const AsOf as_of{question.day};
    const auto cases = TRY(oversight::read_register_cases(desk->data, catalogue, question.before.law, as_of));
    std::optional<oversight::RegisterCases> others;
    if (question.other_pack)
        others = TRY(oversight::read_register_cases(desk->data, catalogue, question.after.law, as_of));
    if (progress.stop().stop_requested())
        return fail(ErrorKind::cancelled, "cancelled", {"已取消", "cancelled"});
    progress.stage({"正在试算", "comparing the two laws"});
    const WhatIf answer =
        oversight::what_if({&question.before, &cases.cases},
                           {&question.after, others ? &others->cases : &cases.cases}, place.threads);
    progress.stage({"正在写入明细", "writing the rows behind the totals"});
    TRY_VOID(put_moves(answer, cases, progress));
    return json::serialize(totals_json(answer, question.day));
}

}  // namespace doudi::http
