// SPDX-License-Identifier: Apache-2.0
// "Is this person low-income, and which category?" (CS-2.1d): asked by a department of one person, by name
// and number, with a reason; counted, logged, and answered alike for a wrong name and for nobody.
#include <fmt/format.h>

#include <algorithm>

#include "access/query_quota.h"
#include "http/asked_person.h"
#include "http/reach.h"
#include "http/routes.h"
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
    Asked asked{read_asked_person(fields), fields.text("reason")};
    if (static_cast<int>(asked.reason.size()) < call.services.rules.reason_least)
        fields.fault("reason", "too_short", {"请写明查询事由", "say what the question is for"});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    return asked;
}

// Of a household that stands, within the asker's reach; empty otherwise.
Result<std::string> category_of(Call& call, const Asked& asked, access::Look& look) {
    auto& data = call.desk.data;
    const auto member = TRY(find_asked_person(call, asked.person));
    if (!member) return std::string();
    look.persons.push_back(member->id);
    look.households.push_back(member->household);
    const auto household = TRY(registry::read_household(data, data.current(), member->household));
    return household.ended_on && *household.ended_on <= call.today() ? std::string() : household.category;
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
    const std::string category = TRY(category_of(call, *asked, look));
    return json_answer(json::object{{"low_income", !category.empty()},
                                    {"category", shown_category((*law)->pack.law, category)},
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
