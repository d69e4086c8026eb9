// SPDX-License-Identifier: Apache-2.0
// Who works on which household, from when until when, for which case: a look by somebody else is flagged in
// the log. And who lives under protection.
#include <fmt/format.h>

#include "access/protection.h"
#include "http/people/account_reach.h"
#include "http/register/reach.h"
#include "http/request/listed.h"
#include "http/request/reason.h"
#include "http/request/routes.h"
#include "registry/repository.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
namespace json = boost::json;

constexpr std::size_t most_households = 500;

// A body that says whom it concerns first, then more, which `then` reads and does; the same for beginning and
// for ending.
template <class Concerned, class Then>
Outcome<Response> concerning(Call& call, Outcome<Concerned> (*who)(Call&, BodyFields&), const Then& then) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    auto concerned = who(call, fields);
    if (!concerned) return std::unexpected(std::move(concerned).error());
    return then(*concerned, fields, faults);
}

// --- assignments

Outcome<access::Account> account_named(Call& call, const std::string& name) {
    access::Accounts accounts(call.desk.database, call.services.accounts);
    auto account = accounts.find(name);
    if (account && reaches(call, account->unit)) return std::move(*account);
    if (!account && account.error().kind != ErrorKind::not_found)
        return std::unexpected(Failure(account.error()));
    return std::unexpected(
        Failure(404, "no_such_account",
                {"没有这个账号，或不在您的管辖内", "there is no such account within your reach"}));
}

Outcome<Response> list(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const std::string name = query->text("account").value_or(call.who().user_name);
    auto asked = whole_asked(call, *query, faults);
    if (!asked) return std::unexpected(std::move(asked).error());
    auto account = account_named(call, name);
    if (!account) return std::unexpected(std::move(account).error());
    const auto scope = call.scope(Verb::assign, Thing::task);
    auto& look = call.looked("assignments of " + account->name);
    json::array items;
    for (const auto& one : TRY(access::assignments_of(call.desk.database, account->id, call.today()))) {
        const auto unit = TRY(access::unit_of(call.desk.database, one.household, call.today()));
        if (!scope.covers({.household = one.household, .unit = unit})) continue;
        const auto household =
            TRY(registry::read_household(call.desk.data, call.desk.data.current(), one.household));
        json::object item{{"household", household.code},
                          {"case", one.case_ref},
                          {"from", one.from.iso()},
                          {"until", nullptr}};
        if (one.until != access::forever) item["until"] = one.until.iso();
        items.push_back(std::move(item));
        look.households.push_back(one.household);
    }
    return listed(call, *asked, "assignments", {{"household"}, {"case"}, {"from"}, {"until"}},
                  std::move(items));
}

struct Assigning {
    access::Account account;
    std::vector<PlacedHousehold> households;
};
Outcome<Assigning> assigning(Call& call, BodyFields& fields) {
    Assigning asked;
    const std::string name = fields.text("account", {.most = 60});
    const auto codes = fields.texts("households", most_households);
    if (!name.empty()) {
        auto account = account_named(call, name);
        if (!account && account.error().status != 404) return std::unexpected(std::move(account).error());
        if (account) {
            asked.account = std::move(*account);
        } else {
            fields.fault("account", account.error().code, account.error().text);
        }
    }
    auto households = households_in_reach(call, Verb::assign, Thing::task, codes, fields, "households");
    if (!households) return std::unexpected(std::move(households).error());
    asked.households = std::move(*households);
    return asked;
}

access::Look& look_at(Call& call, std::string what, const Assigning& asked) {
    auto& look = call.looked(std::move(what));
    for (const auto& household : asked.households) look.households.push_back(household.id);
    return look;
}

Outcome<Response> assign_asked(Call& call, const Assigning& asked, BodyFields& fields, FieldFaults& faults) {
    const std::string about = fields.text("case");
    const Date from = fields.date("from");
    const Date until = fields.optional_date("until").value_or(access::forever);
    if (faults.empty() && until <= from)
        fields.fault("until", "assignment_days",
                     {"结束日须晚于开始日", "an assignment must end after it begins"});
    if (asked.account.id == call.who().user)
        fields.fault("account", "own_assignment",
                     {"不能给自己分派：请由本单位或上级的其他人员分派",
                      "nobody assigns to themselves: somebody else of the office, or above it, does"});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    TRY_VOID(call.desk.database.write([&]() -> Result<void> {
        for (const auto& household : asked.households)
            TRY_VOID(access::assign_household(call.desk.database, asked.account.id, household.id, about, from,
                                              until));
        return {};
    }));
    look_at(call, "assign to " + asked.account.name, asked);
    return json_answer(json::object{{"assigned", asked.households.size()}}, 201);
}

Outcome<Response> assign(Call& call) {
    return concerning(call, assigning, [&](const Assigning& asked, BodyFields& fields, FieldFaults& faults) {
        return assign_asked(call, asked, fields, faults);
    });
}

Outcome<Response> unassign_asked(Call& call, const Assigning& asked, BodyFields& fields,
                                 FieldFaults& faults) {
    const Date on = fields.date("on");
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    TRY_VOID(call.desk.database.write([&]() -> Result<void> {
        for (const auto& household : asked.households)
            TRY_VOID(access::end_assignment(call.desk.database, asked.account.id, household.id, on));
        return {};
    }));
    look_at(call, "end assignment of " + asked.account.name, asked);
    return json_answer(json::object{{"ended", asked.households.size()}});
}

Outcome<Response> unassign(Call& call) {
    return concerning(call, assigning, [&](const Assigning& asked, BodyFields& fields, FieldFaults& faults) {
        return unassign_asked(call, asked, fields, faults);
    });
}

// --- protection

json::object mark_json(const access::Protection& mark) {
    json::object body{{"person", std::to_string(mark.person.value())},
                      {"from", mark.from.iso()},
                      {"until", nullptr},
                      {"reason", mark.reason}};
    if (mark.until != access::forever) body["until"] = mark.until.iso();
    return body;
}

Outcome<Response> protections(Call& call) {
    auto placed = household_in_reach(call, Verb::decide, Thing::person);
    if (!placed) return std::unexpected(std::move(placed).error());
    auto members = members_in(call, *placed);
    if (!members) return std::unexpected(std::move(members).error());
    std::vector<PersonId> people;
    for (const auto& member : *members) people.push_back(member.id);
    json::array items;
    for (const auto& mark :
         TRY(access::protections_on(call.desk.database, call.desk.data.seal(), people, call.today())))
        items.push_back(mark_json(mark));
    auto& look = call.looked("protections");
    look.households.push_back(placed->id);
    look.persons = people;
    return json_answer(json::object{{"items", std::move(items)}, {"next", nullptr}});
}

// Marking and ending are decisions about one person, and stand in the log with their reason.
struct Marking {
    PlacedHousehold placed;
    registry::Member member;
};
Outcome<Marking> marking(Call& call, BodyFields& fields) {
    auto placed = household_in_reach(call, Verb::decide, Thing::person);
    if (!placed) return std::unexpected(std::move(placed).error());
    auto member = member_named(call, *placed, fields.text("person"));
    if (!member) return std::unexpected(std::move(member).error());
    return Marking{std::move(*placed), std::move(*member)};
}

void look_at(Call& call, std::string what, const Marking& marked, const std::string& reason) {
    auto& look = call.looked(std::move(what));
    look.households.push_back(marked.placed.id);
    look.persons.push_back(marked.member.id);
    look.reason = reason;
}

Outcome<Response> protect_asked(Call& call, const Marking& marked, BodyFields& fields, FieldFaults& faults) {
    access::Protection mark;
    mark.person = marked.member.id;
    mark.reason = fields.prose("reason", {.most = longest_reason});
    mark.from = fields.optional_date("from").value_or(call.today());
    mark.until = fields.optional_date("until").value_or(access::forever);
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    (void)TRY(
        access::protect(call.desk.database, call.desk.data.seal(), call.who(), call.services.clock, mark));
    look_at(call, "protect", marked, mark.reason);
    return json_answer(mark_json(mark), 201);
}

Outcome<Response> protect(Call& call) {
    return concerning(call, marking, [&](const Marking& marked, BodyFields& fields, FieldFaults& faults) {
        return protect_asked(call, marked, fields, faults);
    });
}

Outcome<Response> unprotect_asked(Call& call, const Marking& marked, BodyFields& fields,
                                  FieldFaults& faults) {
    const Date on = fields.date("on");
    const std::string reason = fields.prose("reason", {.most = longest_reason});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    TRY_VOID(access::end_protection(call.desk.database, marked.member.id, on));
    look_at(call, "end protection", marked, reason);
    return no_content();
}

Outcome<Response> unprotect(Call& call) {
    return concerning(call, marking, [&](const Marking& marked, BodyFields& fields, FieldFaults& faults) {
        return unprotect_asked(call, marked, fields, faults);
    });
}

}  // namespace

std::vector<Route> assignment_routes() {
    constexpr std::string_view type = "application/json";
    const auto route = [type](std::string_view method, std::string_view path, std::string_view operation,
                              Handler handler, Verb verb, Thing thing, bool creates = false) {
        return Route{.method = method,
                     .path = path,
                     .operation = operation,
                     .handler = handler,
                     .verb = verb,
                     .thing = thing,
                     .creates = creates,
                     .claims_key = creates,
                     .request_type = method == "GET" ? std::string_view{} : type};
    };
    return {
        route("GET", "/api/v1/assignments", "listAssignments", list, Verb::assign, Thing::task),
        route("POST", "/api/v1/assignments", "assignHouseholds", assign, Verb::assign, Thing::task, true),
        route("POST", "/api/v1/assignments/end", "endAssignments", unassign, Verb::assign, Thing::task),
        route("GET", "/api/v1/households/{code}/protections", "listProtections", protections, Verb::decide,
              Thing::person),
        route("POST", "/api/v1/households/{code}/protections", "protectPerson", protect, Verb::decide,
              Thing::person, true),
        route("POST", "/api/v1/households/{code}/protections/end", "endProtection", unprotect, Verb::decide,
              Thing::person),
    };
}

}  // namespace doudi::http
