// SPDX-License-Identifier: Apache-2.0
// "What can I get?" without signing in: answers so far → the next question and what may follow. Keeps
// nothing, logs nothing of it; whom it concerns is never asked.
#include <algorithm>

#include "determine/determine.h"
#include "http/routes.h"
#include "http/self_check.h"

namespace doudi::http {
namespace {

namespace json = boost::json;

// Where one may live: the townships of the office, else its counties, else itself.
json::array places(const Call& call) {
    for (const auto kind : {access::UnitKind::township, access::UnitKind::county, access::UnitKind::city}) {
        json::array out;
        for (const auto& unit : call.units->units()) {
            if (unit.kind != kind || !unit.region || call.units->place(unit.id, call.today()) == nullptr)
                continue;
            out.push_back(json::object{{"id", unit.region->text()},
                                       {"title", json::object{{"zh", unit.title}, {"en", unit.title}}}});
        }
        if (!out.empty()) return out;
    }
    return {};
}

json::object first_question(std::string_view name, Text ask, std::string_view type, json::array choices) {
    return {{"fact", name},         {"of", "place"},
            {"title", words(ask)},  {"ask", words(ask)},
            {"help", nullptr},      {"how", words({"", ""})},
            {"type", type},         {"words", std::move(choices)},
            {"may_be_none", false}, {"members", json::array()}};
}

// Where, and how many: what no pack asks and every answer stands on.
json::value opening_question(const Call& call, const SelfCheck& check) {
    if (check.region.empty())
        return first_question("region",
                              {"您家住在哪个乡镇（街道）？", "Which township or street do you live in?"},
                              "word", places(call));
    if (check.people == 0)
        return first_question(
            "people",
            {"您家一起住、一起吃饭的一共几口人？算上您自己，也算上在外打工和上学的。",
             "How many of you live and eat together? Count yourself, and who is away for work or school."},
            "int", json::array());
    return nullptr;
}

json::object window_json(const Call& call, const std::string& region) {
    const auto* unit = region.empty() ? nullptr : call.units->of_region(region, call.today());
    const access::UnitId id = unit == nullptr ? access::UnitId() : unit->id;
    const auto& window = call.services.windows.of(*call.units, id, call.today());
    return {{"title", words(window.title)},
            {"phone", window.phone},
            {"where", words(window.where)},
            {"office", unit == nullptr ? json::value(nullptr)
                                       : json::value(call.units->shown_path(unit->id, call.today()))}};
}

json::object frame(const Call& call, const policy::Policy& law, const SelfCheck& check,
                   json::value question) {
    return {{"as_of", call.today().iso()},
            {"rules", words(law.pack.title)},
            {"question", std::move(question)},
            {"left", 0},
            {"sample", false},
            {"categories", json::array()},
            {"benefits", json::array()},
            {"window", window_json(call, check.region)}};
}

Outcome<Response> self_check(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    const SelfCheck check = read_self_check(*body, faults);
    if (!faults.empty()) return std::unexpected(faults.failure());
    const auto law = call.services.law.of_questions(call.desk.database, call.today());
    if (!law) return std::unexpected(law.error());
    if (auto opening = opening_question(call, check); !opening.is_null())
        return json_answer(frame(call, **law, check, std::move(opening)));
    const policy::Law& rules = (*law)->pack.law;
    const auto told = case_of(check, rules, call.today(), faults);
    if (!told) return std::unexpected(faults.failure());
    const auto answer = determine::determine(rules, *told, {});
    const NextQuestion next = next_question(rules, *told, answer);
    json::object out = frame(call, **law, check, question_json(rules, next));
    out["left"] = next.left;
    out["sample"] = answer.sample;
    out["categories"] = categories_json(rules, answer);
    out["benefits"] = benefits_json(rules, answer);
    return json_answer(out);
}

}  // namespace

std::vector<Route> self_check_routes() {
    return {{.method = "POST",
             .path = "/api/v1/self-checks",
             .operation = "checkMyself",
             .handler = self_check,
             .who = Who::anyone,
             .is_dear = true,
             .request_type = "application/json",
             .body_limit = std::uint64_t{16} << 10U}};
}

}  // namespace doudi::http
