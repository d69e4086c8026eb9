// SPDX-License-Identifier: Apache-2.0
// What was put into force so far: packs and figures, as numbered enactments; and the figures that hold.
#include <charconv>
#include <set>
#include <string>

#include "http/request/listed.h"
#include "http/request/routes.h"
#include "http/rules/pack_shelf.h"
#include "policy/stated_words.h"
#include "ruledesk/law_in_force.h"

namespace doudi::http {
namespace {

using access::Thing;
namespace json = boost::json;

Outcome<Response> enactments(Call& call) {
    auto asked = whole_asked(call);
    if (!asked) return std::unexpected(std::move(asked).error());
    json::array items;
    for (const auto& one : TRY(ruledesk::list_enactments(call.desk.database)))
        items.push_back(json::object{{"number", one.number},
                                     {"kind", ruledesk::name_of(one.kind)},
                                     {"pack", one.pack},
                                     {"pack_title", words(call.services.packs.title(one.pack))},
                                     {"version", one.version},
                                     {"content", one.content},
                                     {"from", one.from.iso()},
                                     {"proposal", std::to_string(one.proposal)},
                                     {"enacted_at", time_text(micros_of(one.enacted_at))}});
    return listed(call, *asked, "enactments",
                  {{"number", true},
                   {"kind"},
                   {"pack"},
                   {"version"},
                   {"content"},
                   {"from"},
                   {"proposal"},
                   {"enacted_at"}},
                  std::move(items));
}

json::object figure_json(const ruledesk::Figure& one) {
    return {{"parameter", one.parameter},
            {"region", one.region},
            {"residence", one.residence},
            {"from", one.from.iso()},
            {"to", one.to ? json::value(one.to->iso()) : json::value(nullptr)},
            {"value", one.value},
            {"sample", one.sample},
            {"source", one.source}};
}

// Of the parameters of these figures: not every reader of figures reads packs.
json::array titles_json(const policy::Law& law, const json::array& figures) {
    std::set<std::string> ids;
    for (const json::value& figure : figures) ids.emplace(figure.at("parameter").as_string());
    json::array titles;
    for (const std::string& id : ids)
        titles.push_back(
            json::object{{"id", id}, {"title", words(policy::stated_title(law, "parameters", id))}});
    return titles;
}

// Texts that are one of a few words.
json::array choices_json(const policy::Law& law) {
    json::array choices;
    for (const policy::Parameter& parameter : law.parameters) {
        if (parameter.words.empty()) continue;
        json::array all;
        for (const policy::FactWord& word : parameter.words)
            all.push_back(json::object{{"id", word.id}, {"title", words(word.title)}});
        choices.push_back(json::object{{"parameter", parameter.id}, {"words", std::move(all)}});
    }
    return choices;
}

// The office's own figures, and what the law in force still waits for: who has to set it.
Outcome<Response> figures(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const auto known = query->number("enactment", 0, std::int64_t{1} << 53U, -1);
    const Date day = query->date("day").value_or(call.today());
    auto asked = whole_asked(call, *query, faults);
    if (!asked) return std::unexpected(std::move(asked).error());
    std::optional<std::uint64_t> as_known;
    if (known >= 0) as_known = static_cast<std::uint64_t>(known);
    auto law = ruledesk::law_in_force(call.desk.database, call.services.law.program(),
                                      {.day = day, .known = as_known, .pack = {}});
    if (!law) return std::unexpected(faulty_law(law.error()));
    json::array items;
    for (const auto& one : TRY(ruledesk::list_figures(call.desk.database, as_known)))
        items.push_back(figure_json(one));
    if (is_file(*asked))
        return listed_file(
            call, *asked, "figures",
            {{"parameter"}, {"region"}, {"residence"}, {"from"}, {"to"}, {"value"}, {"sample"}, {"source"}},
            items);
    json::array unset;
    for (const auto& parameter : law->policy.pack.law.parameters) {
        if (!parameter.values.empty() || !parameter.slice_of.empty()) continue;
        unset.push_back(json::object{{"parameter", parameter.id},
                                     {"title", words(parameter.title)},
                                     {"set_by", words(parameter.set_by)}});
    }
    json::array titles = titles_json(law->policy.pack.law, items);
    return json_answer(json::object{{"items", std::move(items)},
                                    {"next", nullptr},
                                    {"titles", std::move(titles)},
                                    {"unset", std::move(unset)},
                                    {"choices", choices_json(law->policy.pack.law)},
                                    {"pack", law->policy.pack.id},
                                    {"pack_title", words(law->policy.pack.title)},
                                    {"enactment", law->known}});
}

}  // namespace

std::vector<Route> ruledesk_routes() {
    return {
        {.method = "GET",
         .path = "/api/v1/enactments",
         .operation = "listEnactments",
         .handler = enactments,
         .thing = Thing::parameter},
        {.method = "GET",
         .path = "/api/v1/figures",
         .operation = "listFigures",
         .handler = figures,
         .thing = Thing::parameter},
    };
}

}  // namespace doudi::http
