// SPDX-License-Identifier: Apache-2.0
// What the law in force calls its things: no screen shows an id where a person expects a word.
#include "http/call.h"
#include "http/routes.h"

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

// Which indicators a notice has is told to those who read its warnings, whatever else it keeps to itself.
Outcome<Response> list_titles(Call& call) {
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    const policy::Pack& pack = (*law)->pack;
    const bool reads_warnings = call.services.roles.may(call.who(), Verb::read, Thing::warning);
    return json_answer(
        json::object{{"pack", pack.id},
                     {"levels", titles_of(pack.levels)},
                     {"categories", titles_of(pack.law.categories)},
                     {"benefits", titles_of(pack.law.benefits)},
                     {"datasets", titles_of((*law)->catalogue.datasets)},
                     {"facts", titles_of(pack.law.facts)},
                     {"purposes", titles_of(call.services.roles.purposes())},
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
