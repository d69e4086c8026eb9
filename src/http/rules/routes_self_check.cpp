// SPDX-License-Identifier: Apache-2.0
// "What can I get?" without signing in: answers so far → the next question and what may follow. Keeps
// nothing, logs nothing of it; whom it concerns is never asked.
#include <algorithm>

#include "access/windows.h"
#include "determine/determine.h"
#include "http/cases/case_law.h"
#include "http/request/call.h"
#include "http/rules/self_check.h"
#include "http/server/rate_limiter.h"

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

// It is dear to answer and asks for no session: a village behind one address has so many in a row, and then
// two a second.
bool is_too_often(const Call& call) {
    static RateLimiter strangers({.a_second = 2, .in_a_row = 60});
    return !strangers.allows(call.request.peer, SteadyClock::now());
}

Failure too_often() {
    Failure failure(429, "too_many_requests",
                    {"问的人太多，请稍等一会儿再试", "too many are asking: try again in a moment"});
    failure.retry_after = 1;
    return failure;
}

Outcome<json::object> window_json(const Call& call, const std::string& region) {
    const auto windows = access::Windows::load(call.services.policy_root / "access" / "windows.yaml");
    if (!windows) return std::unexpected(faulty_law(windows.error()));
    const auto* unit = region.empty() ? nullptr : call.units->of_region(region, call.today());
    const access::UnitId id = unit == nullptr ? access::UnitId() : unit->id;
    const auto& window = windows->of(*call.units, id, call.today());
    return json::object{
        {"title", words(window.title)},
        {"phone", window.phone},
        {"where", words(window.where)},
        {"office", unit == nullptr ? json::value(nullptr)
                                   : json::value(call.units->shown_path(unit->id, call.today()))}};
}

struct Asked {
    SelfCheck check;
    std::shared_ptr<const policy::Pack> pack;
};

Outcome<Asked> read_asked(Call& call) {
    if (is_too_often(call)) return std::unexpected(too_often());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    Asked asked{read_self_check(*body, faults), nullptr};
    if (!faults.empty()) return std::unexpected(faults.failure());
    asked.pack = call.services.case_law.of(call.desk.database, "", call.today());
    if (!asked.pack) return std::unexpected(faulty_law({}));
    return asked;
}

json::object frame(const Call& call, const policy::Pack& pack) {
    return {{"as_of", call.today().iso()},
            {"pack", pack.region_scope.empty() ? json::value(nullptr) : json::value(pack.id)},
            {"rules", words(pack.title)},
            {"question", nullptr},
            {"left", 0},
            {"sample", false},
            {"categories", json::array()},
            {"benefits", json::array()}};
}

Outcome<Response> self_check(Call& call) {
    auto asked = read_asked(call);
    if (!asked) return std::unexpected(std::move(asked).error());
    auto window = window_json(call, asked->check.region);
    if (!window) return std::unexpected(std::move(window).error());
    json::object out = frame(call, *asked->pack);
    out["window"] = std::move(*window);
    out["question"] = opening_question(call, asked->check);
    if (!out["question"].is_null()) return json_answer(out);
    FieldFaults faults;
    const policy::Law& law = asked->pack->law;
    const auto told = case_of(asked->check, law, call.today(), faults);
    if (!told) return std::unexpected(faults.failure());
    const auto answer = determine::determine(law, *told, {});
    const NextQuestion next = next_question(law, *told, answer);
    out["question"] = question_json(law, next);
    out["left"] = next.left;
    out["sample"] = answer.sample;
    out["categories"] = categories_json(law, answer);
    out["benefits"] = benefits_json(law, answer);
    return json_answer(out);
}

}  // namespace

Route self_check_route() {
    return {.method = "POST",
            .path = "/api/v1/self-checks",
            .operation = "checkMyself",
            .handler = self_check,
            .who = Who::anyone,
            .request_type = "application/json",
            .body_limit = std::uint64_t{16} << 10U};
}

}  // namespace doudi::http
