// SPDX-License-Identifier: Apache-2.0
// "Is this person low-income, and which category?" (CS-2.1d): asked by a department of one person, by name
// and number, with a reason; counted, logged, and answered alike for a wrong name and for nobody.
#include <fmt/format.h>

#include <set>
#include <vector>

#include "access/query_quota.h"
#include "determine/review.h"
#include "http/cases/case_desk.h"
#include "http/register/asked_person.h"
#include "http/register/person_category.h"
#include "http/register/reach.h"
#include "http/request/reason.h"
#include "http/request/routes.h"
#include "registry/repository.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
namespace json = boost::json;

constexpr int too_many = 429;
constexpr int a_day_in_seconds = 86'400;

// The office asks, whichever of its accounts or machines does: another account has no questions of its own.
std::string office_of(const access::Session& who) {
    return fmt::format("{}@{}", who.department, who.unit.value());
}

struct Asked {
    AskedPerson person;
    std::string reason;
};

Outcome<Asked> read_asked(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    constexpr std::size_t most = 200;
    AskedPerson person = read_asked_person(fields);
    Asked asked{std::move(person),
                need_reason(call, fields, {"请写明查询事由", "say what the question is for"}, most)};
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    return asked;
}

// Of a person of a household that stands, within the asker's reach; of anybody else that they are none.
Result<PersonCategory> category_of(Call& call, const policy::Law& law, const Asked& asked,
                                   access::Look& look) {
    const PersonCategory none{false, {}};
    auto& data = call.desk.data;
    const auto member = TRY(find_asked_person(call, asked.person));
    if (!member) return none;
    look.persons.push_back(member->id);
    look.households.push_back(member->household);
    const auto household = TRY(registry::read_household(data, data.current(), member->household));
    if (household.ended_on && *household.ended_on <= call.today()) return none;
    auto desk = case_desk(call);
    std::vector<casework::PaidTo> decided;
    std::set<std::string> machines;
    for (const determine::Allowance& one : determine::allowances_of(law)) machines.insert(one.paid_by);
    for (const std::string& machine : machines) {
        for (auto& paid : TRY(casework::paid_to(desk, household.id, machine)))
            decided.push_back(std::move(paid));
    }
    const std::size_t members = TRY(registry::members_of(data, data.current(), household.id)).size();
    return category_of_person(law, household.category, members, decided, member->id);
}

json::value why_unknown(const PersonCategory& found) {
    if (found.low_income && (!*found.low_income || !found.category.empty())) return nullptr;
    return words(
        {"该户有按个人认定的类别，名册和决定未载明此人属于哪一类，请向民政部门核实",
         "the household has a category of single persons, and neither the register nor a decision says "
         "which this person has: ask civil affairs"});
}

json::value shown_category(const policy::Law& law, const std::string& id) {
    if (id.empty()) return nullptr;
    const int index = law.category_of(id);
    const Text title = index < 0 ? Text{id, id} : law.categories[static_cast<std::size_t>(index)].title;
    return json::object{{"id", id}, {"title", words(title)}};
}

Outcome<Response> ask_category(Call& call) {
    auto asked = read_asked(call);
    if (!asked) return std::unexpected(std::move(asked).error());
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    const auto count = TRY(
        access::count_query(call.desk.database, call.services.rules, office_of(call.who()), call.today()));
    auto& look = call.looked("category.query");
    look.verb = Verb::query;
    look.thing = Thing::category;
    look.reason = asked->reason;
    if (count.is_alarming) look.flag = "many_queries";
    if (count.is_beyond) {
        Failure failure(too_many, "query_quota",
                        {fmt::format("今日查询已达 {} 次上限", call.services.rules.queries_a_day),
                         fmt::format("today's {} questions are used up", call.services.rules.queries_a_day)});
        failure.retry_after = a_day_in_seconds;
        return std::unexpected(std::move(failure));
    }
    const PersonCategory found = TRY(category_of(call, (*law)->pack.law, *asked, look));
    return json_answer(
        json::object{{"low_income", found.low_income ? json::value(*found.low_income) : json::value(nullptr)},
                     {"category", shown_category((*law)->pack.law, found.category)},
                     {"why_unknown", why_unknown(found)},
                     {"as_of", call.today().iso()},
                     {"asked_today", count.today},
                     {"of", call.services.rules.queries_a_day}});
}

}  // namespace

std::vector<Route> query_routes() {
    return {{.method = "POST",
             .path = "/api/v1/category-queries",
             .operation = "askCategory",
             .handler = ask_category,
             .verb = Verb::query,
             .thing = Thing::category,
             .request_type = "application/json"}};
}

}  // namespace doudi::http
