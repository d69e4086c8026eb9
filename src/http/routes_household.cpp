// SPDX-License-Identifier: Apache-2.0
// The register: households as a list, one with its members, and why it is warned of.
#include <fmt/format.h>

#include "base/shown_name.h"
#include "http/doubt_json.h"
#include "http/lists.h"
#include "http/repository.h"
#include "http/routes.h"
#include "monitor/read.h"
#include "registry/repository.h"

namespace doudi::http {
namespace {

using access::FieldClass;
using access::Thing;
using access::Verb;
namespace json = boost::json;

constexpr int not_found = 404;

Failure no_such_household() {
    return {not_found,
            "no_such_household",
            {"没有这一户，或不在您的辖区内", "there is no such household within your reach"}};
}

// What this session sees of a row's fields.
class Shower {
  public:
    Shower(Call& call, Thing thing, std::vector<access::Reveal> revealed = {})
        : view_(call.services.roles, *call.units, call.who(), thing, call.today(), std::move(revealed)) {}

    // Null where it is hidden: not shown is not the same as not there.
    [[nodiscard]] json::value text(FieldClass field, const access::ScopedRow& row,
                                   std::string_view value) const {
        const auto shown = view_.shown(field, row);
        if (shown == access::Shown::hidden) return nullptr;
        return json::value(access::as_shown(shown, field, value));
    }
    [[nodiscard]] bool is_whole(FieldClass field, const access::ScopedRow& row) const {
        return view_.shown(field, row) == access::Shown::whole;
    }

  private:
    access::FieldView view_;
};

json::value day_or_null(const std::optional<Date>& day) {
    return day ? json::value(day->iso()) : json::value(nullptr);
}

json::object household_json(const Call& call, const registry::Household& household,
                            const PlacedHousehold& placed, const Shower& shower) {
    const auto row = placed.row();
    json::object body{{"code", household.code},
                      {"region", household.region},
                      {"category", household.category},
                      {"enrolled_on", day_or_null(household.enrolled_on)},
                      {"head_name", shower.text(FieldClass::name, row, household.head_name)},
                      {"address", shower.text(FieldClass::address, row, household.address)},
                      {"unit", nullptr}};
    if (placed.unit) {
        if (const auto* unit = call.units->find(*placed.unit)) body["unit"] = unit->code;
    }
    return body;
}

json::object member_json(const registry::Member& member, access::ScopedRow row, const Shower& shower) {
    row.person = member.id;
    json::object body{{"id", std::to_string(member.id.value())},
                      {"name", shower.text(FieldClass::name, row, member.name)},
                      {"relation", member.relation},
                      {"sex", member.sex},
                      {"phone", shower.text(FieldClass::phone, row, member.phone)},
                      {"identity_number", nullptr}};
    if (member.id_number) {
        const std::string number = shower.is_whole(FieldClass::identity_number, row)
                                       ? member.id_number->reveal()
                                       : member.id_number->masked();
        body["identity_number"] = shower.text(FieldClass::identity_number, row, number);
    }
    return body;
}

// --- the list
// -------------------------------------------------------------------------------------------------------

Result<std::vector<registry::Household>> read_all(Call& call, const std::vector<PlacedHousehold>& rows) {
    std::vector<HouseholdId> ids;
    for (const auto& placed : rows) ids.push_back(placed.id);
    return registry::read_households(call.desk.data, call.desk.data.current(), ids);
}

Outcome<Response> export_households(Call& call, const PageAsked& asked, const HouseholdFilter& filter,
                                    const access::Scope& scope) {
    const auto rows = TRY(list_households(call.desk.data, scope, filter, "", most_exported));
    const Shower shower(call, Thing::household);
    intake::Table table{
        .columns = {{"household_id"}, {"region"}, {"category"}, {"head_name"}, {"enrolled_on"}}, .rows = {}};
    auto& look = call.looked("households.export");
    const auto all = TRY(read_all(call, rows));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& placed = rows[i];
        const auto& household = all[i];
        const auto name = shower.text(FieldClass::name, placed.row(), household.head_name);
        table.rows.push_back({household.code, household.region, household.category,
                              name.is_string() ? std::string(name.get_string()) : "",
                              household.enrolled_on ? household.enrolled_on->iso() : ""});
        look.households.push_back(placed.id);
    }
    return exported(call, asked, "households", table);
}

Outcome<Response> list(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const HouseholdFilter filter{query->text("code").value_or(""), query->text("region").value_or(""),
                                 query->text("category").value_or("")};
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    const auto scope = call.scope(Verb::read, Thing::household);
    if (asked->format != "json") return export_households(call, *asked, filter, scope);
    auto rows = TRY(list_households(call.desk.data, scope, filter,
                                    asked->after.empty() ? "" : asked->after[0], asked->limit + 1));
    const bool more = rows.size() > asked->limit;
    if (more) rows.pop_back();
    const Shower shower(call, Thing::household);
    json::array items;
    auto& look = call.looked("households");
    const auto all = TRY(read_all(call, rows));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        items.push_back(household_json(call, all[i], rows[i], shower));
        look.households.push_back(rows[i].id);
    }
    std::optional<std::vector<std::string>> next;
    if (more) next = std::vector{rows.back().code};
    return page_answer(call, *asked, std::move(items), next);
}

// --- one
// ------------------------------------------------------------------------------------------------------------

Outcome<PlacedHousehold> found(Call& call, Thing thing) {
    auto placed = TRY(find_household(call.desk.data, call.scope(Verb::read, thing), call.parameter("code")));
    if (!placed) return std::unexpected(no_such_household());
    return std::move(*placed);
}

Outcome<Response> one(Call& call) {
    auto placed = found(call, Thing::household);
    if (!placed) return std::unexpected(std::move(placed).error());
    const PublishId current = call.desk.data.current();
    const auto household = TRY(registry::read_household(call.desk.data, current, placed->id));
    const auto members = TRY(registry::members_of(call.desk.data, current, placed->id));
    auto row = placed->row();
    if (call.who().user != access::UserId())
        row.assigned =
            TRY(access::is_assigned(call.desk.database, call.who().user, placed->id, call.today()));
    auto revealed = TRY(access::reveals_of(call.desk.database, call.who(), call.services.clock.now()));
    const Shower of_household(call, Thing::household, revealed);
    const Shower of_person(call, Thing::person, std::move(revealed));
    json::object body = household_json(call, household, *placed, of_household);
    body["income_per_head_month"] = nullptr;
    if (household.income_per_head_month)
        body["income_per_head_month"] =
            of_household.text(FieldClass::means, row, household.income_per_head_month->yuan_text());
    auto& look = call.looked("household");
    look.thing = Thing::person;
    look.households.push_back(placed->id);
    json::array people;
    for (const auto& member : members) {
        people.push_back(member_json(member, row, of_person));
        look.persons.push_back(member.id);
    }
    body["members"] = std::move(people);
    look.flag = access::flag_of(call.who(), row.assigned);
    return json_answer(body);
}

json::value proof_json(std::int64_t number) {
    return number == 0 ? json::value(nullptr) : json::value(number);
}

json::object event_json(const monitor::ExplainedEvent& event, bool with_points) {
    json::object body{{"indicator", event.indicator},
                      {"date", event.date.iso()},
                      {"points", nullptr},
                      {"grade", event.grade},
                      {"state", event.state},
                      {"file", shown_file_name(event.file_name)},
                      {"row", event.row},
                      {"original_proof", proof_json(event.original_removal)},
                      {"rows_proof", proof_json(event.rows_removal)},
                      {"clause", event.clause},
                      {"relation", event.relation},
                      {"identity_number", event.number_masked}};
    if (with_points) body["points"] = event.points;
    return body;
}

json::object warning_json(const monitor::ExplainedWarning& warning, bool with_points) {
    json::array events;
    for (const auto& event : warning.events) events.push_back(event_json(event, with_points));
    json::object body{{"id", std::to_string(warning.id)},
                      {"state", warning.state},
                      {"level", warning.level},
                      {"score", nullptr},
                      {"issued_on", warning.issued_on.iso()},
                      {"clock", nullptr},
                      {"closed_on", day_or_null(warning.closed_on)},
                      {"closed_why", warning.closed_why},
                      {"events", std::move(events)}};
    if (with_points) body["score"] = warning.score;
    if (warning.clock)
        body["clock"] = json::object{{"started_on", warning.clock->started_on.iso()},
                                     {"due_on", warning.clock->due_on.iso()},
                                     {"working_days", warning.clock->working_days},
                                     {"provisional", warning.clock->provisional}};
    return body;
}

Outcome<Response> why(Call& call) {
    auto placed = found(call, Thing::warning);
    if (!placed) return std::unexpected(std::move(placed).error());
    const auto told = TRY(monitor::explain(call.desk.data, call.services.policy, placed->code));
    const Shower shower(call, Thing::warning);
    const bool with_points = shower.is_whole(FieldClass::score, placed->row());
    json::array warnings;
    for (const auto& warning : told.warnings) warnings.push_back(warning_json(warning, with_points));
    json::array doubts;
    for (const auto& doubt : told.doubts) doubts.push_back(doubt_json(doubt));
    auto& look = call.looked("household.why");
    look.households.push_back(placed->id);
    for (const auto& member : TRY(registry::members_of(call.desk.data, call.desk.data.current(), placed->id)))
        look.persons.push_back(member.id);
    return json_answer(json::object{{"household", placed->code},
                                    {"exit_proposed", told.exit_proposed},
                                    {"pack", call.services.policy.pack.id},
                                    {"pack_version", call.services.policy.pack.version},
                                    {"warnings", std::move(warnings)},
                                    {"doubts", std::move(doubts)}});
}

// --- a field whole
// ---------------------------------------------------------------------------------------------------

constexpr std::array<std::pair<std::string_view, FieldClass>, 4> fields_to_reveal{
    {{"identity_number", FieldClass::identity_number},
     {"phone", FieldClass::phone},
     {"account", FieldClass::account},
     {"means", FieldClass::means}}};

Outcome<Response> reveal(Call& call) {
    constexpr int created = 201;
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string name = fields.word("field", {"identity_number", "phone", "account", "means"});
    const std::string reason = fields.text("reason", {.most = 500});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    auto placed = found(call, Thing::household);
    if (!placed) return std::unexpected(std::move(placed).error());
    access::RevealRequest request{.household = placed->id, .persons = {}, .reason = reason};
    request.field =
        std::ranges::find(fields_to_reveal, name, &std::pair<std::string_view, FieldClass>::first)->second;
    for (const auto& member : TRY(registry::members_of(call.desk.data, call.desk.data.current(), placed->id)))
        request.persons.push_back(member.id);
    const auto given =
        TRY(access::reveal(call.desk.database, call.services.audit, call.services.roles, *call.units,
                           call.services.rules, call.services.clock, call.who(), request));
    return json_answer(json::object{{"field", name}, {"expires_at", time_text(micros_of(given.expires_at))}},
                       created);
}

}  // namespace

std::vector<Route> household_routes() {
    return {
        {.method = "GET", .path = "/api/v1/households", .operation = "listHouseholds", .handler = list},
        {.method = "GET", .path = "/api/v1/households/{code}", .operation = "getHousehold", .handler = one},
        {.method = "GET",
         .path = "/api/v1/households/{code}/why",
         .operation = "getHouseholdWhy",
         .handler = why,
         .thing = Thing::warning},
        {.method = "POST",
         .path = "/api/v1/households/{code}/reveals",
         .operation = "revealField",
         .handler = reveal,
         .verb = Verb::reveal,
         .thing = Thing::person,
         .request_type = "application/json"},
    };
}

}  // namespace doudi::http
