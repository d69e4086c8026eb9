// SPDX-License-Identifier: Apache-2.0
// The register: households as a list, and one with its members. Why it is warned of: routes_chain.cpp.
#include <fmt/format.h>

#include "access/authorisations.h"
#include "access/page_standing.h"
#include "base/text_fold.h"
#include "http/people/flags.h"
#include "http/register/household_end.h"
#include "http/register/lists_now.h"
#include "http/register/means.h"
#include "http/register/reach.h"
#include "http/register/register_rows.h"
#include "http/request/lists.h"
#include "http/request/place_asked.h"
#include "http/request/reason.h"
#include "http/request/routes.h"
#include "registry/household_people.h"
#include "registry/repository.h"

namespace doudi::http {
namespace {

using access::FieldClass;
using access::Thing;
using access::Verb;
namespace json = boost::json;

json::object household_json(const Call& call, const registry::Household& household,
                            const PlacedHousehold& placed, const Shower& shower, bool guarded) {
    const auto row = placed.row();
    json::object body{{"code", household.code},
                      {"region", household.region},
                      {"category", household.category},
                      {"enrolled_on", day_or_null(household.enrolled_on)},
                      {"head_name", shower.text(FieldClass::name, row, household.head_name)},
                      {"address", nullptr},
                      {"unit", nullptr}};
    // Where someone lives under protection, the address is withheld, also from the household.
    if (!guarded || shower.is_whole(FieldClass::shelter, row))
        body["address"] = shower.text(FieldClass::address, row, household.address);
    if (placed.unit) {
        if (const auto* unit = call.units->find(*placed.unit)) body["unit"] = unit->code;
    }
    return body;
}

json::object member_json(const Call& call, const registry::Member& member, access::ScopedRow row,
                         const Shower& shower, bool is_protected) {
    row.person = member.id;
    const bool is_own = call.who().person == member.id;
    json::object body{{"id", std::to_string(member.id.value())},
                      {"name", shower.text(FieldClass::name, row, member.name)},
                      {"relation", member.relation},
                      {"sex", member.sex},
                      {"phone", nullptr},
                      {"identity_number", shower.number(member, row)},
                      {"protected", nullptr}};
    // From the mark whom it protects against would learn of it: oneself and staff alone are told.
    if (is_own || call.who().kind == access::SessionKind::staff) body["protected"] = is_protected;
    // The number by which a protected person is reached tells where they are; they themselves see it.
    if (!is_protected || is_own || shower.is_whole(FieldClass::shelter, row))
        body["phone"] = shower.text(FieldClass::phone, row, member.phone);
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
    return exported(call, asked, "households", std::move(table));
}

Outcome<Response> list(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const HouseholdFilter filter{query->text("code").value_or(""), query->text("region").value_or(""),
                                 query->text("category").value_or(""), place_asked(call, *query)};
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    const auto scope = call.scope(Verb::read, Thing::household);
    if (asked->format != "json") return export_households(call, *asked, filter, scope);
    auto rows = TRY(call.services.lists.households(
        call, scope, filter, asked->after.empty() ? "" : asked->after[0], asked->limit + 1));
    const bool more = rows.size() > asked->limit;
    if (more) rows.pop_back();
    const auto guarded = TRY(protected_now(call.desk.data, call.today())).households;
    const Shower shower(call, Thing::household);
    json::array items;
    auto& look = call.looked("households");
    const auto all = TRY(read_all(call, rows));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        items.push_back(household_json(call, all[i], rows[i], shower, guarded.contains(rows[i].id)));
        look.households.push_back(rows[i].id);
    }
    std::optional<std::vector<std::string>> next;
    if (more) next = std::vector{rows.back().code};
    return page_answer(call, *asked, std::move(items), next);
}

// --- by name
// -------------------------------------------------------------------------------------------------------

constexpr std::size_t most_found = 100;

// Whoever of the household has that name, as far as the reader may know names whole: a search tells them.
Result<json::array> named_in(Call& call, const PlacedHousehold& placed, std::string_view name,
                             const Shower& shower, access::Look& look) {
    json::array found;
    for (const auto& member :
         TRY(registry::members_of(call.desk.data, call.desk.data.current(), placed.id))) {
        auto row = placed.row();
        row.person = member.id;
        if (!same_name(member.name, name) || !shower.is_whole(FieldClass::name, row)) continue;
        found.push_back(json::object{
            {"id", std::to_string(member.id.value())}, {"name", member.name}, {"relation", member.relation}});
        look.persons.push_back(member.id);
    }
    return found;
}

// In the body, not in the address: a name is nobody's to find in a server's records. Every search is a look,
// also one that finds nobody; the record says whose households it found, not what was asked.
Outcome<Response> find_by_name(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string name = fields.text("name", {.most = 100});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    HouseholdFilter filter;
    filter.among =
        TRY(call.services.lists.names().households_with(call.desk.data, name, call.services.threads));
    auto rows = TRY(list_households(call.desk.data, call.scope(Verb::read, Thing::household), filter, "",
                                    most_found + 1));
    const bool more = rows.size() > most_found;
    if (more) rows.pop_back();
    const auto guarded = TRY(protected_now(call.desk.data, call.today())).households;
    const Shower of_household(call, Thing::household);
    const Shower of_person(call, Thing::person);
    auto& look = call.looked("households.by_name");
    json::array items;
    const auto all = TRY(read_all(call, rows));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        json::array named = TRY(named_in(call, rows[i], name, of_person, look));
        if (named.empty()) continue;
        json::object item = household_json(call, all[i], rows[i], of_household, guarded.contains(rows[i].id));
        item["named"] = std::move(named);
        items.push_back(std::move(item));
        look.households.push_back(rows[i].id);
    }
    return json_answer(json::object{{"items", std::move(items)}, {"more", more}});
}

// --- one
// ------------------------------------------------------------------------------------------------------------

// What the register says of a household's means is shown whole under a paper of everybody in it alone.
Outcome<bool> may_read_means(Call& call, const std::vector<registry::Member>& members,
                             const access::ScopedRow& row, const Shower& shower) {
    if (!shower.is_whole(FieldClass::means, row)) return true;
    return papers_let_read_means(call, members);
}

Result<access::PageStanding> standing_of(const Call& call, const PlacedHousehold& placed,
                                         const std::vector<registry::Member>& members) {
    std::vector<PersonId> people;
    for (const auto& member : members) people.push_back(member.id);
    return access::standing_of_page(call.desk.database, call.who(), placed.id, people, call.today(),
                                    call.services.clock.now());
}

Outcome<Response> one(Call& call) {
    const auto found = whole_household_in_reach(call, Verb::read, Thing::household);
    if (!found) return std::unexpected(found.error());
    const auto& [placed, household] = *found;
    const auto people = TRY(registry::people_of(call.desk.data, call.desk.data.current(), placed.id));
    const auto& members = people.members;
    const auto standing = TRY(standing_of(call, placed, members));
    auto row = placed.row();
    row.assigned = standing.of_session.assigned;
    call.assigned = row.assigned;
    const auto& guarded = standing.guarded;
    const Shower of_household(call, Thing::household, standing.of_session.revealed);
    const Shower of_person(call, Thing::person, standing.of_session.revealed);
    json::object body = household_json(call, household, placed, of_household, !guarded.empty());
    body["income_per_head_month"] = nullptr;
    auto may_read = may_read_means(call, members, row, of_household);
    if (!may_read) return std::unexpected(std::move(may_read).error());
    if (household.income_per_head_month && *may_read)
        body["income_per_head_month"] =
            of_household.text(FieldClass::means, row, household.income_per_head_month->yuan_text());
    auto& look = call.looked("household");
    look.thing = Thing::person;
    look.households.push_back(placed.id);
    json::array shown;
    for (const auto& member : members) {
        shown.push_back(member_json(call, member, row, of_person, guarded.contains(member.id)));
        look.persons.push_back(member.id);
    }
    body["members"] = std::move(shown);
    body["ended"] = household.ended_on ? TRY(ended_json(call, placed)) : json::value(nullptr);
    body["left"] = TRY(left_json(call, placed, people.once, of_person, look));
    return json_answer(body);
}

// --- a field whole
// ---------------------------------------------------------------------------------------------------

// Those that some answer holds: number and phone of members, means of a household, and what its chain, its
// warnings and their reasons tell of an illness or of a marriage.
constexpr std::array<std::pair<std::string_view, FieldClass>, 5> fields_to_reveal{
    {{"identity_number", FieldClass::identity_number},
     {"phone", FieldClass::phone},
     {"means", FieldClass::means},
     {"illness", FieldClass::illness},
     {"marriage", FieldClass::marriage}}};

Outcome<Response> reveal(Call& call) {
    constexpr int created = 201;
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string name =
        fields.word("field", {"identity_number", "phone", "means", "illness", "marriage"});
    const std::string reason = fields.prose("reason", {.most = longest_reason});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    auto placed = household_in_reach(call, Verb::read, Thing::household);
    if (!placed) return std::unexpected(std::move(placed).error());
    access::RevealRequest request{.household = placed->id, .persons = {}, .reason = reason};
    request.field =
        std::ranges::find(fields_to_reveal, name, &std::pair<std::string_view, FieldClass>::first)->second;
    for (const auto& member :
         TRY(registry::members_of(call.desk.data, call.desk.data.current(), placed->id))) {
        request.persons.push_back(member.id);
        if (request.field == FieldClass::means)
            TRY_VOID(access::require_authorisation(call.desk.database, member.id, access::whole_check,
                                                   call.today()));
    }
    if (call.who().kind == access::SessionKind::staff) request.flag = TRY(flag_of(call, placed->id));
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
        {.method = "POST",
         .path = "/api/v1/household-searches",
         .operation = "findHouseholdsByName",
         .handler = find_by_name,
         .request_type = "application/json",
         .deadline = std::chrono::seconds(60)},
        {.method = "GET", .path = "/api/v1/households/{code}", .operation = "getHousehold", .handler = one},
        {.method = "POST",
         .path = "/api/v1/households/{code}/reveals",
         .operation = "revealField",
         .handler = reveal,
         .verb = Verb::reveal,
         .thing = Thing::person,
         .creates = true,
         .claims_key = true,
         .request_type = "application/json"},
    };
}

}  // namespace doudi::http
