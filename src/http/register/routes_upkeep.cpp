// SPDX-License-Identifier: Apache-2.0
// The register kept up: changes of persons and households as cases, and who was where.
#include <fmt/format.h>

#include <algorithm>

#include "http/register/change_json.h"
#include "http/register/change_wish.h"
#include "http/register/household_warnings.h"
#include "http/register/register_shown.h"
#include "http/register/repository.h"
#include "http/request/listed.h"
#include "http/request/reason.h"
#include "http/request/routes.h"
#include "registry/repository.h"
#include "upkeep/history.h"
#include "upkeep/lists_repository.h"
#include "upkeep/near.h"
#include "upkeep/questions.h"
#include "upkeep/repository.h"
#include "upkeep/verbs.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
using upkeep::Case;
using upkeep::CaseId;
namespace json = boost::json;

constexpr int created = 201;
constexpr int accepted = 202;
constexpr int not_found = 404;

Failure no_such_case() {
    return {not_found,
            "change_unknown",
            {"没有这项变动，或不在您的辖区内", "there is no such case within your reach"}};
}

Outcome<Case> found_case(Call& call, Verb verb) {
    const auto number = case_number(call.parameter("id"));
    if (!number) return std::unexpected(no_such_case());
    const CaseId id(*number);
    auto change = TRY(upkeep::repository::find_case(call.desk.database, call.desk.data, id));
    if (!change ||
        !TRY(upkeep::repository::reaches(call.desk.database, call.scope(verb, Thing::household), id)))
        return std::unexpected(no_such_case());
    return std::move(*change);
}

Outcome<Response> whole_case(Call& call, const Case& change, int status = 200) {
    const auto of = TRY(reached(call, change, call.scope(Verb::read, Thing::household)));
    json::object body = TRY(case_json(call, change, of));
    const RegisterValues values(call);
    body["paper"] = values.words(change.paper, of.row, of.guarded);
    body["note"] = values.words(change.note, of.row, of.guarded);
    body["changes"] = TRY(changes_json(call, change, of));
    body["steps"] = steps_json(call, change, of);
    body["warnings"] = TRY(warnings_json(call, change, of));
    auto& look = call.looked("register.case");
    look.households = of.ids;
    look.persons = change.persons;
    return json_answer(body, status);
}

Outcome<Response> one_case(Call& call) {
    auto change = found_case(call, Verb::read);
    if (!change) return std::unexpected(std::move(change).error());
    return whole_case(call, *change);
}

Outcome<Response> kinds(Call& call) {
    json::array items;
    for (const upkeep::Kind& kind : call.services.changes.kinds()) {
        json::array answers;
        for (const auto& answer : kind.answers)
            answers.push_back(json::object{
                {"id", answer.id}, {"title", words(answer.title)}, {"then", text_array(answer.then)}});
        json::array may;
        for (std::uint32_t i = 0; kind.may >> i != 0; ++i) {
            if ((kind.may >> i & 1U) != 0) may.emplace_back(name_of(static_cast<upkeep::Act>(i)));
        }
        items.push_back(
            json::object{{"id", kind.id},
                         {"title", words(kind.title)},
                         {"may", std::move(may)},
                         {"fields", text_array(kind.fields)},
                         {"second_person", kind.second_person},
                         {"from_month", kind.from_month},
                         {"ahead_days", kind.ahead_days},
                         {"may_propose", upkeep::ChangeRules::is_one_of(call.who(), kind.propose)},
                         {"may_confirm", upkeep::ChangeRules::is_one_of(call.who(), kind.confirm)},
                         {"answers", std::move(answers)}});
    }
    return json_answer(json::object{{"items", std::move(items)}});
}

// Of a page; what it names is looked at.
Outcome<json::array> case_items(Call& call, const std::vector<CaseId>& ids, std::string what) {
    const auto scope = call.scope(Verb::read, Thing::household);
    json::array items;
    std::vector<HouseholdId> looked_at;
    std::vector<PersonId> persons;  // whom a question names
    for (const CaseId id : ids) {
        const auto change = TRY(upkeep::repository::find_case(call.desk.database, call.desk.data, id));
        const auto of = TRY(reached(call, *change, scope));
        looked_at.insert(looked_at.end(), of.ids.begin(), of.ids.end());
        if (change->changes.empty())
            persons.insert(persons.end(), change->persons.begin(), change->persons.end());
        items.push_back(TRY(case_json(call, *change, of)));
    }
    auto& look = call.looked(std::move(what));
    look.households = std::move(looked_at);
    look.persons = std::move(persons);
    return items;
}

// A household of the query; none is none of the filter's.
Outcome<std::optional<HouseholdId>> asked_household(Call& call, const std::string& code) {
    if (code.empty()) return std::nullopt;
    const auto placed = TRY(find_household(call.desk.data, call.scope(Verb::read, Thing::household), code));
    if (placed) return placed->id;
    return std::unexpected(
        Failure(not_found, "no_such_household",
                {"没有这一户，或不在您的辖区内", "there is no such household within your reach"}));
}

Outcome<Response> list_cases(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    upkeep::repository::CaseFilter filter;
    filter.kind = query->text("kind").value_or("");
    filter.state =
        query->word("state", {"proposed", "confirmed", "refused", "withdrawn", "answered"}).value_or("");
    const std::string code = query->text("household").value_or("");
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    const auto household = asked_household(call, code);
    if (!household) return std::unexpected(household.error());
    filter.household = *household;
    const CaseId before(asked->after.empty() ? 0 : case_number(asked->after[0]).value_or(0));
    const auto scope = call.scope(Verb::read, Thing::household);
    auto ids = TRY(upkeep::repository::list_cases(call.desk.database, call.desk.data, &scope, filter, before,
                                                  most_of(*asked) + 1));
    const bool more = ids.size() > most_of(*asked);
    if (more) ids.pop_back();
    auto items = case_items(call, ids, is_file(*asked) ? "register.cases.export" : "register.cases");
    if (!items) return std::unexpected(std::move(items).error());
    std::optional<std::vector<std::string>> next;
    if (more) next = std::vector{std::to_string(ids.back().value())};
    return listed(call, *asked, "register-cases",
                  {{"id"},
                   {"kind"},
                   {"title"},
                   {"effective_on"},
                   {"source"},
                   {"state"},
                   {"in_force"},
                   {"households"},
                   {"asked_about"},
                   {"to_unit"},
                   {"follows"},
                   {"taken_back_by"},
                   {"proposal"},
                   {"proposed_by"},
                   {"proposed_by_name"},
                   {"proposed_at"}},
                  std::move(*items), next);
}

Outcome<Response> near(Call& call) {
    constexpr std::size_t most = 1000;
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const std::string code = query->text("household").value_or("");
    const Date day = query->date("day").value_or(call.today());
    query->finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    const auto household = asked_household(call, code);
    if (!household) return std::unexpected(household.error());
    const auto scope = call.scope(Verb::read, Thing::household);
    const auto cases = TRY(upkeep::changes_near(call.desk.database, call.desk.data, call.services.changes,
                                                &scope, *household, day, most));
    std::vector<CaseId> ids;
    for (const Case& change : cases) ids.push_back(change.id);
    auto items = case_items(call, ids, "register.near");
    if (!items) return std::unexpected(std::move(items).error());
    return json_answer(json::object{{"from", upkeep::near_from(call.services.changes, day).iso()},
                                    {"until", day.iso()},
                                    {"items", std::move(*items)}});
}

upkeep::Desk desk_of(Call& call, const access::Scope& scope) {
    return {call.desk.data,      call.desk.database, call.services.changes,
            call.services.clock, call.who(),         &scope};
}

// Kept together with the answer that is remembered.
Outcome<Response> keep_case(Call& call, const Case& change) {
    auto& look = call.looked("register.propose");
    look.persons = change.persons;
    look.households = change.households;
    return make_once(call, [&](store::Database& database) -> Outcome<Response> {
        const CaseId id = TRY(upkeep::repository::insert_case(database, call.desk.data, change));
        Response response = json_answer(json::object{{"case", std::to_string(id.value())}}, created);
        response.headers.add("Location", fmt::format("/api/v1/register/cases/{}", id.value()));
        return response;
    });
}

Outcome<Response> propose(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    const upkeep::Wish wish = read_wish(*body, faults);
    if (!faults.empty()) return std::unexpected(faults.failure());
    const auto scope = call.scope(Verb::change, Thing::household);
    upkeep::Desk desk = desk_of(call, scope);
    return keep_case(call, TRY(upkeep::prepare(desk, wish)));
}

// The text of a step: its reason or note, the only field of its body.
Outcome<std::string> step_text(Call& call, std::string_view name, bool required) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    std::string text = fields.prose(name, {.most = longest_reason, .required = required});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    return text;
}

Outcome<Response> undo(Call& call) {
    const auto change = found_case(call, Verb::change);
    if (!change) return std::unexpected(change.error());
    const auto note = step_text(call, "note", false);
    if (!note) return std::unexpected(note.error());
    const auto scope = call.scope(Verb::change, Thing::household);
    upkeep::Desk desk = desk_of(call, scope);
    return keep_case(call, TRY(upkeep::prepare_counter(desk, change->id, *note)));
}

void look_at(Call& call, const Case& change, std::string what) {
    auto& look = call.looked(std::move(what));
    look.persons = change.persons;
    look.households = change.households;
}

// What becomes of open warnings; without a body nothing is said of them.
Outcome<upkeep::WarningsWord> warnings_word(Call& call) {
    upkeep::WarningsWord word;
    if (call.request.body.empty()) return word;
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string go = fields.word("warnings", {"carry", "close"});
    word.go = go == "carry" ? upkeep::WarningsGo::carry : upkeep::WarningsGo::close;
    word.reason = reason_if_told(fields);
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    return word;
}

// Confirmed at once; in force as soon as the board comes to it, if its day has come.
Outcome<Response> confirm(Call& call) {
    const auto change = found_case(call, Verb::change);
    if (!change) return std::unexpected(change.error());
    const auto word = warnings_word(call);
    if (!word) return std::unexpected(word.error());
    const auto scope = call.scope(Verb::change, Thing::household);
    upkeep::Desk desk = desk_of(call, scope);
    MonitoredWarnings warnings(call.desk.data);
    TRY_VOID(upkeep::confirm(desk, warnings, change->id, *word));
    look_at(call, *change, "register.confirm");
    const auto job = TRY(call.services.board.add({.kind = "register",
                                                  .parameters = R"({"what":"apply"})",
                                                  .asked_by = call.asker(),
                                                  .unit = std::to_string(call.who().unit.value())}));
    Response response = json_answer(json::object{{"job", std::to_string(job)}}, accepted);
    response.headers.add("Location", fmt::format("/api/v1/jobs/{}", job));
    return response;
}

Outcome<Response> refuse(Call& call) {
    const auto change = found_case(call, Verb::change);
    if (!change) return std::unexpected(change.error());
    const auto reason = step_text(call, "reason", true);
    if (!reason) return std::unexpected(reason.error());
    const auto scope = call.scope(Verb::change, Thing::household);
    upkeep::Desk desk = desk_of(call, scope);
    TRY_VOID(upkeep::refuse(desk, change->id, *reason));
    look_at(call, *change, "register.refuse");
    return no_content();
}

Outcome<Response> withdraw(Call& call) {
    const auto change = found_case(call, Verb::change);
    if (!change) return std::unexpected(change.error());
    const auto reason = call.request.body.empty() ? Outcome<std::string>() : step_text(call, "reason", true);
    if (!reason) return std::unexpected(reason.error());
    const auto scope = call.scope(Verb::change, Thing::household);
    upkeep::Desk desk = desk_of(call, scope);
    TRY_VOID(upkeep::withdraw(desk, change->id, *reason));
    look_at(call, *change, "register.withdraw");
    return no_content();
}

Outcome<Response> answer(Call& call) {
    const auto question = found_case(call, Verb::change);
    if (!question) return std::unexpected(question.error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string given = fields.prose("answer");
    std::optional<upkeep::Wish> then;
    if (const json::value* change = fields.value("change", false); change != nullptr && !change->is_null())
        then = read_wish(*change, faults, "/change");
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    const auto scope = call.scope(Verb::change, Thing::household);
    upkeep::Desk desk = desk_of(call, scope);
    const CaseId next = TRY(upkeep::answer(desk, question->id, given, then));
    look_at(call, *question, "register.answer");
    return json_answer(json::object{{"case", number_or_null(next.value())}});
}

// --- who was where ---

Outcome<Response> members_on_day(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const Date day = query->date("day").value_or(call.today());
    query->finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    const auto placed =
        TRY(find_household(call.desk.data, call.scope(Verb::read, Thing::household), call.parameter("code")));
    if (!placed) return std::unexpected(asked_household(call, call.parameter("code")).error());
    const PublishId current = call.desk.data.current();
    const auto household = TRY(upkeep::household_on(call.desk.data, current, placed->id, day));
    const auto now = TRY(registry::read_household(call.desk.data, current, placed->id));
    const auto members = TRY(upkeep::members_on(call.desk.data, current, placed->id, day));
    const RegisterValues values(call);
    json::array people;
    auto& look = call.looked("register.who");
    look.thing = Thing::person;
    look.households.push_back(placed->id);
    for (const registry::Member& member : members) {
        access::ScopedRow row = placed->row();
        row.person = member.id;
        people.push_back(json::object{
            {"id", std::to_string(member.id.value())},
            {"name", values.shown("name", member.name, row, false)},
            {"relation", member.relation},
            {"identity_number", member.id_number
                                    ? values.shown("id_number", member.id_number->reveal(), row, false)
                                    : json::value(nullptr)}});
        look.persons.push_back(member.id);
    }
    json::object body{{"household", placed->code}, {"day", day.iso()},     {"stands", household.has_value()},
                      {"ended_on", nullptr},       {"refers_to", nullptr}, {"members", std::move(people)}};
    if (now.ended_on) body["ended_on"] = now.ended_on->iso();
    if (now.successor)
        body["refers_to"] = TRY(registry::read_household(call.desk.data, current, *now.successor)).code;
    return json_answer(body);
}

// What is written of a change is internal: no citizen and no village is told of another's divorce.
Route changes(std::string_view path, std::string_view operation, Handler handler, bool creates,
              bool has_body) {
    return {.method = "POST",
            .path = path,
            .operation = operation,
            .handler = handler,
            .who = Who::office,
            .verb = Verb::change,
            .creates = creates,
            .request_type = has_body ? std::string_view("application/json") : std::string_view()};
}

}  // namespace

std::vector<Route> upkeep_routes() {
    return {
        reads("/api/v1/register/kinds", "listChangeKinds", kinds, Who::office),
        reads("/api/v1/register/cases", "listChanges", list_cases, Who::office),
        changes("/api/v1/register/cases", "proposeChange", propose, true, true),
        reads("/api/v1/register/cases/{id}", "getChange", one_case, Who::office),
        {.method = "POST",
         .path = "/api/v1/register/cases/{id}/confirm",
         .operation = "confirmChange",
         .handler = confirm,
         .who = Who::office,
         .verb = Verb::change,
         .request_type = "application/json",
         .body_optional = true},
        changes("/api/v1/register/cases/{id}/refuse", "refuseChange", refuse, false, true),
        {.method = "POST",
         .path = "/api/v1/register/cases/{id}/withdraw",
         .operation = "withdrawChange",
         .handler = withdraw,
         .who = Who::office,
         .verb = Verb::change,
         .request_type = "application/json",
         .body_optional = true},
        changes("/api/v1/register/cases/{id}/undo", "undoChange", undo, true, true),
        changes("/api/v1/register/cases/{id}/answer", "answerQuestion", answer, false, true),
        reads("/api/v1/register/near", "listChangesNear", near, Who::office),
        reads("/api/v1/households/{code}/members", "listMembersOn", members_on_day, Who::office),
    };
}

}  // namespace doudi::http
