// SPDX-License-Identifier: Apache-2.0
// The law as data: packs, their elements, what serves each clause, how two differ; and one application tried
// against all of it.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include "http/cases/determination.h"
#include "http/request/listed.h"
#include "http/request/routes.h"
#include "http/rules/pack_shelf.h"
#include "http/rules/pack_statements.h"
#include "http/rules/profile_json.h"
#include "http/rules/self_check.h"
#include "policy/coverage.h"
#include "policy/load.h"
#include "policy/stated_words.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
namespace json = boost::json;

Outcome<std::shared_ptr<const policy::Pack>> pack_named(const Call& call, const std::string& id) {
    return call.services.packs.get(id);
}

json::object pack_json(const policy::Pack& pack) {
    json::array extends;
    for (const auto& id : pack.extends) extends.emplace_back(id);
    return {
        {"id", pack.id},
        {"title", words(pack.title)},
        {"version", pack.version},
        {"extends", std::move(extends)},
        {"source", pack.source},
        {"region", pack.region_scope},
        {"effective_from", pack.effective_from.iso()},
        {"effective_to", pack.effective_to ? json::value(pack.effective_to->iso()) : json::value(nullptr)},
        {"can_monitor", pack.can_monitor()},
        {"profile", profile_json(pack)},
        {"hash", pack.content_hash}};
}

// What levels and indicators weigh is only for the rule desk, where the notice is not public.
bool may_weigh(const Call& call, const policy::Pack& pack) {
    return pack.is_public || call.services.roles.may(call.who(), Verb::read, Thing::pack);
}
template <class Number>
json::value number_if(bool shown, const Number& number) {
    return shown ? json::value(number) : json::value(nullptr);
}

Outcome<Response> list(Call& call) {
    if (auto fine = require_staff(call); !fine) return std::unexpected(std::move(fine).error());
    auto asked = whole_asked(call);
    if (!asked) return std::unexpected(std::move(asked).error());
    json::array items;
    for (const auto& id : call.services.packs.ids()) {
        const auto pack = pack_named(call, id);
        if (!pack) return std::unexpected(pack.error());
        items.push_back(pack_json(**pack));
    }
    return listed(call, *asked, "packs",
                  {{"id"},
                   {"title"},
                   {"version"},
                   {"extends"},
                   {"source"},
                   {"region"},
                   {"effective_from"},
                   {"effective_to"},
                   {"can_monitor"},
                   {"hash"}},
                  std::move(items));
}

Outcome<Response> one(Call& call) {
    if (auto fine = require_staff(call); !fine) return std::unexpected(std::move(fine).error());
    const auto pack = pack_named(call, call.parameter("id"));
    if (!pack) return std::unexpected(pack.error());
    json::object body = pack_json(**pack);
    const bool weighs = may_weigh(call, **pack);
    json::array levels;
    for (const auto& level : (*pack)->levels)
        levels.push_back(json::object{
            {"id", level.id},
            {"title", words(level.title)},
            {"points_min", number_if(weighs, level.points_min)},
            {"working_days", level.working_days ? json::value(*level.working_days) : json::value(nullptr)},
            {"target", target_json(**pack, &level)},
            {"clause", level.clause()}});
    json::array indicators;
    for (const auto& indicator : (*pack)->indicators)
        indicators.push_back(json::object{
            {"id", indicator.id},
            {"title", words(indicator.title)},
            {"dimension", indicator.dimension},
            {"dimension_title", words(policy::stated_title((*pack)->law, "dimensions", indicator.dimension))},
            {"points", number_if(weighs, indicator.points)},
            {"clause", indicator.clause()}});
    body["levels"] = std::move(levels);
    body["indicators"] = std::move(indicators);
    return json_answer(body);
}

// All that a pack states, or those of the one section that is asked for; of a section that it has not, none.
using StatedElements = std::vector<std::reference_wrapper<const policy::StatedElement>>;
StatedElements stated_in(const policy::Pack& pack, const std::optional<std::string>& section) {
    StatedElements stated;
    for (const policy::StatedElement& element : pack.law.stated)
        if (!section || element.section == *section) stated.emplace_back(element);
    return stated;
}

// As a file: what each element states, a line for each key.
json::array statements_json(const StatedElements& stated) {
    json::array items;
    for (const policy::StatedElement& element : stated)
        for (const auto& [key, value] : element.values)
            items.push_back(json::object{{"section", element.section},
                                         {"id", element.id},
                                         {"key", key},
                                         {"value", value},
                                         {"clause", element.cite.clause.empty() ? "" : element.cite.text()}});
    return items;
}

Outcome<Response> elements(Call& call) {
    const auto pack = pack_named(call, call.parameter("id"));
    if (!pack) return std::unexpected(pack.error());
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const auto section = query->text("section");
    auto asked = whole_asked(call, *query, faults);
    if (!asked) return std::unexpected(std::move(asked).error());
    const StatedElements stated = stated_in(**pack, section);
    if (is_file(*asked))
        return listed_file(call, *asked, "elements", {{"section"}, {"id"}, {"key"}, {"value"}, {"clause"}},
                           statements_json(stated));
    json::array items;
    for (const policy::StatedElement& element : stated) {
        json::object values;
        for (const auto& [key, value] : element.values) values[key] = value;
        items.push_back(json::object{{"section", element.section},
                                     {"id", element.id},
                                     {"values", std::move(values)},
                                     {"clause", element.cite.clause.empty() ? "" : element.cite.text()}});
    }
    return json_answer(json::object{{"items", std::move(items)}, {"next", nullptr}});
}

json::array named(const std::vector<std::pair<std::string, std::string>>& names) {
    json::array all;
    for (const auto& [kind, id] : names) all.push_back(json::object{{"kind", kind}, {"id", id}});
    return all;
}

// The same as texts, for a cell of a file.
json::array told(const std::vector<std::pair<std::string, std::string>>& names) {
    json::array all;
    for (const auto& [kind, id] : names) all.emplace_back(fmt::format("{} {}", kind, id));
    return all;
}

Outcome<Response> coverage(Call& call) {
    const auto pack = pack_named(call, call.parameter("id"));
    if (!pack) return std::unexpected(pack.error());
    auto asked = whole_asked(call);
    if (!asked) return std::unexpected(std::move(asked).error());
    const auto packs = call.services.policy_root / "packs";
    const auto clauses = policy::load_clauses(packs);
    if (!clauses) return std::unexpected(faulty_law(clauses.error()));
    const auto lines = policy::load_coverage(packs, **pack, *clauses);
    if (!lines) return std::unexpected(faulty_law(lines.error()));
    std::map<std::string_view, std::string_view> cited;
    for (const policy::Clause& clause : *clauses) cited[clause.id] = clause.clause;
    json::array items;
    for (const auto& line : *lines)
        items.push_back(json::object{{"clause", line.clause},
                                     {"cited", cited[line.clause]},
                                     {"status", policy::coverage_status_name(line.status)},
                                     {"served_by", is_file(*asked) ? told(line.by) : named(line.by)},
                                     {"tests", is_file(*asked) ? told(line.tests) : named(line.tests)},
                                     {"record", words(line.record)}});
    return listed(call, *asked, "coverage",
                  {{"clause"}, {"cited"}, {"status"}, {"served_by"}, {"tests"}, {"record"}},
                  std::move(items));
}

json::value side_json(const std::optional<Statement>& side) {
    if (!side) return nullptr;
    return json::object{{"value", side->value}, {"clause", side->clause}};
}

// As a file: a line for each statement, with what each pack says and where.
json::object change_line(const StatementChange& one) {
    const auto text = [](const std::optional<Statement>& side, std::string Statement::* part) {
        return side ? json::value((*side).*part) : json::value(nullptr);
    };
    return {{"section", one.section},
            {"id", one.id},
            {"key", one.key},
            {"before", text(one.before, &Statement::value)},
            {"before_clause", text(one.before, &Statement::clause)},
            {"after", text(one.after, &Statement::value)},
            {"after_clause", text(one.after, &Statement::clause)}};
}

// Which version when: each span of days on which the pack reads the same, its own versions' and those of what
// it extends, the latest first; how much the one before it reads differently, its difference tells.
Outcome<Response> versions(Call& call) {
    const std::string& id = call.parameter("id");
    auto asked = whole_asked(call);
    if (!asked) return std::unexpected(std::move(asked).error());
    const auto days = call.services.packs.days(id);
    if (!days) return std::unexpected(days.error());
    json::array items;
    std::shared_ptr<const policy::Pack> before;
    for (std::size_t at = 0; at < days->size(); ++at) {
        const Date from = (*days)[at];
        const auto pack = call.services.packs.get(id, from);
        if (!pack) return std::unexpected(pack.error());
        json::array extends;
        for (const std::string& base : (*pack)->extends) {
            const auto other = call.services.packs.get(base, from);
            if (!other) return std::unexpected(other.error());
            extends.emplace_back(fmt::format("{} {}", base, (*other)->version));
        }
        const bool is_last = at + 1 == days->size();
        const auto ends = is_last ? (*pack)->effective_to : std::optional<Date>((*days)[at + 1] + -1);
        items.insert(items.begin(),
                     json::object{{"from", from.iso()},
                                  {"until", ends ? json::value(ends->iso()) : json::value(nullptr)},
                                  {"version", (*pack)->version},
                                  {"title", words((*pack)->title)},
                                  {"source", (*pack)->source},
                                  {"extends", std::move(extends)},
                                  {"hash", (*pack)->content_hash},
                                  {"changes",
                                   before == nullptr
                                       ? json::value(nullptr)
                                       : json::value(statement_changes(before->law, (*pack)->law).size())}});
        before = *pack;
    }
    return listed(
        call, *asked, "versions",
        {{"from"}, {"until"}, {"version"}, {"title"}, {"source"}, {"extends"}, {"hash"}, {"changes", true}},
        std::move(items));
}

Outcome<Response> diff(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const auto day = query->date("day");
    const auto other_day = query->date("other_day");
    auto asked = whole_asked(call, *query, faults);
    if (!asked) return std::unexpected(std::move(asked).error());
    const auto before = call.services.packs.get(call.parameter("id"), day);
    if (!before) return std::unexpected(before.error());
    const auto after = call.services.packs.get(call.parameter("other"), other_day);
    if (!after) return std::unexpected(after.error());
    const auto changes = statement_changes((*before)->law, (*after)->law);
    json::array items;
    if (is_file(*asked)) {
        for (const auto& one : changes) items.push_back(change_line(one));
        return listed_file(
            call, *asked, "differences",
            {{"section"}, {"id"}, {"key"}, {"before"}, {"before_clause"}, {"after"}, {"after_clause"}},
            items);
    }
    for (const auto& one : changes)
        items.push_back(json::object{{"section", one.section},
                                     {"id", one.id},
                                     {"key", one.key},
                                     {"before", side_json(one.before)},
                                     {"after", side_json(one.after)}});
    return page_answer(call, *asked, std::move(items), std::nullopt);
}

// --- one application
// ------------------------------------------------------------------------------------------------

Outcome<Response> determine_case(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string id = fields.optional_text("pack").value_or("");
    // An answer that was given before is given again by the number of the last enactment that it knew.
    const std::optional<std::uint64_t> known = fields.optional_number("enactment");
    const auto* told_json = fields.value("case");
    if (told_json != nullptr && !told_json->is_object())
        fields.fault("case", "not_an_object", {"应为一个对象", "takes an object"});
    const auto* on_register = fields.value("register", false);
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    if (!id.empty()) {
        if (const auto pack = pack_named(call, id); !pack) return std::unexpected(pack.error());
    }
    auto all = determine_told(call, {.told = told_json->get_object(),
                                     .at = std::string("/case"),
                                     .on_register = on_register,
                                     .pack = id,
                                     .known = known});
    if (!all) return std::unexpected(std::move(all).error());
    return json_answer(determination_json(**all));
}

// --- this description of it all
// -------------------------------------------------------------------------------------

Outcome<Response> openapi(Call&) {
    Response response;
    response.headers.add("Content-Type", "application/json; charset=utf-8");
    response.headers.add("Cache-Control", "no-cache");
    response.body = openapi_json();
    return response;
}

}  // namespace

std::vector<Route> law_routes() {
    return {
        reads("/api/v1/packs", "listPacks", list, Who::signed_in),
        reads("/api/v1/packs/{id}", "getPack", one, Who::signed_in),
        reads("/api/v1/packs/{id}/elements", "listPackElements", elements, Thing::pack),
        reads("/api/v1/packs/{id}/coverage", "listPackCoverage", coverage, Thing::pack),
        reads("/api/v1/packs/{id}/versions", "listPackVersions", versions, Thing::pack),
        reads("/api/v1/packs/{id}/diff/{other}", "diffPacks", diff, Thing::pack),
        {.method = "POST",
         .path = "/api/v1/determinations",
         .operation = "determine",
         .handler = determine_case,
         .verb = Verb::create,
         .thing = Thing::application,
         .request_type = "application/json",
         .body_limit = std::uint64_t{1} << 20U,
         .deadline = std::chrono::seconds{30}},
        self_check_route(),
        {.method = "GET",
         .path = "/api/v1/openapi.json",
         .operation = "getOpenApi",
         .handler = openapi,
         .who = Who::anyone},
    };
}

}  // namespace doudi::http
