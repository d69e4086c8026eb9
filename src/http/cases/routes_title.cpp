// SPDX-License-Identifier: Apache-2.0
// What the law in force calls its things: no screen shows an id where a person expects a word.
#include <span>

#include "access/right_names.h"
#include "http/people/account_reach.h"
#include "http/people/unit_json.h"
#include "http/request/call.h"
#include "http/request/routes.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
namespace json = boost::json;

template <typename Things>
json::array titles_of(const Things& things) {
    json::array all;
    for (const auto& thing : things)
        all.push_back(json::object{{"id", thing.id}, {"title", words(thing.title)}});
    return all;
}

// Of verbs and things, as roles.yaml names them.
json::array words_of(const access::Roles& roles, std::span<const std::string_view> ids) {
    json::array all;
    for (const std::string_view id : ids)
        all.push_back(json::object{{"id", id}, {"title", words(roles.word(std::string(id)))}});
    return all;
}

// Where things are, in words, for those who do not read the list of offices: all below their own unit (a
// department's people: below the office at which it stands, since what is addressed to it lies there) and
// those above. Titles of offices are on their doors.
json::array offices_told(const Call& call) {
    json::array all;
    const access::Session& who = call.who();
    const bool reads_units = call.services.roles.may(who, Verb::read, Thing::unit);
    const auto* own = call.units->place(who.unit, call.today());
    if (who.kind != access::SessionKind::staff || own == nullptr) return all;
    if (reads_units && who.department.empty()) return all;
    const bool is_beside = !who.department.empty() && own->parent != access::UnitId();
    const access::UnitId top = is_beside ? own->parent : who.unit;
    for (const access::Unit& unit : call.units->units()) {
        const auto* place = call.units->place(unit.id, call.today());
        if (place == nullptr) continue;
        const bool is_below = call.units->within(unit.id, top, call.today());
        if (!is_below && !call.units->within(top, unit.id, call.today())) continue;
        all.push_back(unit_json(call, unit, *place, reaches(call, unit.id)));
    }
    return all;
}

// Which indicators a notice has is told to those who read its warnings, whatever else it keeps to itself.
Outcome<Response> list_titles(Call& call) {
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    const policy::Pack& pack = (*law)->pack;
    const access::Roles& roles = call.services.roles;
    const bool reads_warnings = roles.may(call.who(), Verb::read, Thing::warning);
    return json_answer(
        json::object{{"pack", pack.id},
                     {"pack_title", words(pack.title)},
                     {"levels", titles_of(pack.levels)},
                     {"categories", titles_of(pack.law.categories)},
                     {"benefits", titles_of(pack.law.benefits)},
                     {"datasets", titles_of((*law)->catalogue.datasets)},
                     {"facts", titles_of(pack.law.facts)},
                     {"purposes", titles_of(roles.purposes())},
                     {"verbs", words_of(roles, access::verb_names())},
                     {"things", words_of(roles, access::thing_names())},
                     {"offices", offices_told(call)},
                     {"indicators", reads_warnings ? titles_of(pack.indicators) : json::array()}});
}

}  // namespace

std::vector<Route> title_routes() {
    return {{.method = "GET",
             .path = "/api/v1/titles",
             .operation = "listTitles",
             .handler = list_titles,
             .who = Who::signed_in}};
}

}  // namespace doudi::http
