// SPDX-License-Identifier: Apache-2.0
// A household's chain of events, each as far as the reader's kind may see it: why it is warned of (staff),
// the household's own page (citizens), and who would see what (a preview).
#include <fmt/format.h>

#include <algorithm>

#include "base/shown_name.h"
#include "http/feeds/doubt_json.h"
#include "http/feeds/event_row.h"
#include "http/lists/due_left.h"
#include "http/register/chain.h"
#include "http/register/own_household.h"
#include "http/request/listed.h"
#include "http/request/routes.h"
#include "http/rules/profile_json.h"
#include "registry/household_people.h"
#include "registry/repository.h"

namespace doudi::http {
namespace {

using access::FieldClass;
using access::Thing;
using access::Verb;
namespace json = boost::json;

Outcome<void> look_at_all(Call& call, const PlacedHousehold& placed, std::string what) {
    auto& look = call.looked(std::move(what));
    look.households.push_back(placed.id);
    look.persons = TRY(registry::who_is_in(call.desk.data, call.desk.data.current(), placed.id));
    return {};
}

// --- why a household is warned of

// By which proof it was deleted; null: it is kept.
json::value proof_json(std::int64_t number) {
    return number == 0 ? json::value(nullptr) : json::value(number);
}

json::object event_json(const monitor::ExplainedEvent& event, bool with_points) {
    json::object body{{"id", event_id(event)},
                      {"indicator", event.indicator},
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

// What the reader may not see is left out, and that something was is said; of what a reveal would show, of
// which class it is.
class WhyPage {
  public:
    WhyPage(Call& call, const PlacedHousehold& placed, const policy::Pack& pack,
            const std::vector<access::Reveal>& revealed)
        : call_(call),
          placed_(placed),
          pack_(pack),
          reader_(call, revealed),
          with_points_(Shower(call, Thing::warning).is_whole(FieldClass::score, placed.row())) {}

    json::object warning(const monitor::ExplainedWarning& warning) {
        json::array events = seen(warning.events);
        const auto withheld = static_cast<std::int64_t>(warning.events.size() - events.size());
        const policy::Level* level = level_named(warning.level);
        json::object body{{"id", std::to_string(warning.id)},
                          {"state", warning.state},
                          {"level", warning.level},
                          {"score", nullptr},
                          {"issued_on", warning.issued_on.iso()},
                          {"clock", nullptr},
                          {"target", target_json(pack_, level)},
                          {"level_clause", level == nullptr ? "" : level->clause()},
                          {"closed_on", day_or_null(warning.closed_on)},
                          {"closed_why", warning.closed_why},
                          {"events", std::move(events)},
                          {"withheld", withheld}};
        if (with_points_) body["score"] = warning.score;
        if (warning.clock)
            body["clock"] = json::object{
                {"started_on", warning.clock->started_on.iso()},
                {"due_on", warning.clock->due_on.iso()},
                {"working_days", warning.clock->working_days},
                {"provisional", warning.clock->provisional},
                {"working_days_left",
                 warning.closed_on ? json::value(nullptr) : working_days_left(call_, warning.clock->due_on)},
                {"target", warning.clock->is_target}};
        return body;
    }
    const policy::Level* level_named(std::string_view id) const {
        const auto level = std::ranges::find(pack_.levels, id, &policy::Level::id);
        return level == pack_.levels.end() ? nullptr : &*level;
    }
    bool sees(const std::string& dataset, PersonId person) {
        const auto shown = reader_.shown_told(placed_, dataset, person);
        if (shown == access::Shown::masked) masked_.insert(*reader_.class_told(dataset));
        return shown == access::Shown::whole;
    }
    json::array masked() const {
        json::array classes;
        for (const FieldClass field : masked_) classes.emplace_back(access::name_of(field));
        return classes;
    }
    // Those that the reader may see.
    json::array seen(const std::vector<monitor::ExplainedEvent>& events) {
        json::array all;
        for (const auto& event : events) {
            if (sees(event.dataset, event.person)) all.push_back(event_json(event, with_points_));
        }
        return all;
    }

  private:
    std::set<FieldClass> masked_;
    const Call& call_;
    const PlacedHousehold& placed_;
    const policy::Pack& pack_;
    ChainReader reader_;
    bool with_points_;
};

Outcome<Response> why(Call& call) {
    auto placed = household_in_reach(call, Verb::read, Thing::warning);
    if (!placed) return std::unexpected(std::move(placed).error());
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    const auto told = TRY(monitor::explain(call.desk.data, **law, placed->code));
    WhyPage page(call, *placed, (*law)->pack, TRY(call.reveals()));
    json::array warnings;
    for (const auto& warning : told.warnings) warnings.push_back(page.warning(warning));
    json::array doubts;
    for (const auto& doubt : told.doubts) {
        if (page.sees(doubt.dataset, doubt.person)) doubts.push_back(doubt_json(doubt));
    }
    if (auto logged = look_at_all(call, *placed, "household.why"); !logged)
        return std::unexpected(std::move(logged).error());
    return json_answer(json::object{{"household", placed->code},
                                    {"exit_proposed", told.exit_proposed},
                                    {"exit_events", page.seen(told.exit_events)},
                                    {"pack", (*law)->pack.id},
                                    {"pack_title", words((*law)->pack.title)},
                                    {"pack_version", (*law)->pack.version},
                                    {"profile", profile_json((*law)->pack)},
                                    {"masked", page.masked()},
                                    {"warnings", std::move(warnings)},
                                    {"doubts", std::move(doubts)}});
}

// --- the chain

Outcome<std::vector<ChainItem>> seen_chain(Call& call, const PlacedHousehold& placed) {
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    auto items = chain_of(call, placed, TRY(monitor::explain(call.desk.data, **law, placed.code)));
    if (!items) return items;
    const ChainReader reader(call, TRY(call.reveals()));
    std::erase_if(*items,
                  [&](const ChainItem& item) { return !reader.sees(placed, item.event, item.person); });
    return items;
}

json::object item_json(const Call& call, const ChainItem& item) {
    const auto* rule = call.services.visibility.find(item.event.kind);
    const auto& catalogue = call.services.policy.catalogue;
    const int source = item.source.empty() ? -1 : catalogue.index_of(item.source);
    json::object body{{"kind", item.event.kind},
                      {"title", words(rule != nullptr ? rule->title : Text{})},
                      {"on", item.on.iso()},
                      {"person", nullptr},
                      {"told_by", nullptr}};
    if (item.person) body["person"] = std::to_string(item.person->value());
    if (source >= 0)
        body["told_by"] = words(catalogue.datasets[static_cast<std::size_t>(source)].department_title);
    return body;
}

Outcome<Response> my_chain(Call& call) {
    auto placed = own_household(call);
    if (!placed) return std::unexpected(std::move(placed).error());
    json::array items;
    if (*placed) {
        auto chain = seen_chain(call, **placed);
        if (!chain) return std::unexpected(std::move(chain).error());
        for (const auto& item : *chain) items.push_back(item_json(call, item));
        if (auto logged = look_at_all(call, **placed, "my.chain"); !logged)
            return std::unexpected(std::move(logged).error());
    }
    return json_answer(json::object{{"items", std::move(items)}, {"next", nullptr}});
}

// --- the preview

json::object seen_json(const bool (&seen)[access::reader_kind_count]) {
    json::object body;
    for (int kind = 0; kind < access::reader_kind_count; ++kind)
        body[access::name_of(static_cast<access::ReaderKind>(kind))] = seen[kind];
    return body;
}

Outcome<Response> preview(Call& call) {
    if (auto fine = require_staff(call); !fine) return std::unexpected(std::move(fine).error());
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const bool about_protected = query->word("protected", {"true", "false"}) == "true";
    auto asked = whole_asked(call, *query, faults);
    if (!asked) return std::unexpected(std::move(asked).error());
    json::array items;
    for (const auto& row : call.services.visibility.preview(about_protected))
        items.push_back(
            json::object{{"kind", row.kind}, {"title", words(row.title)}, {"seen", seen_json(row.seen)}});
    return listed(call, *asked, "visibility",
                  {{"kind"},
                   {"title"},
                   {"seen/person"},
                   {"seen/adult"},
                   {"seen/minor"},
                   {"seen/village"},
                   {"seen/department"},
                   {"seen/internal"},
                   {"seen/auditor"},
                   {"seen/other_citizen"}},
                  std::move(items));
}

json::value step_json(const Call& call, const ChainItem& item) {
    if (!item.step) return nullptr;
    const access::Unit* unit = call.units->find(item.step->unit);
    return json::object{{"case", std::to_string(item.step->of.value())},
                        {"machine", words(item.step->machine)},
                        {"title", words(item.step->move)},
                        {"unit", unit == nullptr ? json::value(nullptr) : json::value(unit->title)}};
}

// Each event of this household's chain that the asker sees themselves, and which readers would see it too.
Outcome<Response> household_preview(Call& call) {
    if (auto fine = require_staff(call); !fine) return std::unexpected(std::move(fine).error());
    auto placed = household_in_reach(call, Verb::read, Thing::household);
    if (!placed) return std::unexpected(std::move(placed).error());
    auto chain = seen_chain(call, *placed);
    if (!chain) return std::unexpected(std::move(chain).error());
    // What a notice keeps from the village stays with the offices: how a household was graded too.
    const bool is_office = access::is_office(access::reader_kind(call.who()));
    json::array items;
    for (const auto& item : *chain) {
        bool seen[access::reader_kind_count] = {};
        for (int kind = 0; kind < access::reader_kind_count; ++kind)
            seen[kind] = call.services.visibility.may_see(
                {static_cast<access::ReaderKind>(kind), item.event.department}, item.event, call.today());
        json::object body = item_json(call, item);
        body["step"] = step_json(call, item);
        body["level"] = is_office && !item.level.empty() ? json::value(item.level) : json::value(nullptr);
        body["protected"] = item.event.about_protected;
        body["seen"] = seen_json(seen);
        items.push_back(std::move(body));
    }
    if (auto logged = look_at_all(call, *placed, "household.visibility"); !logged)
        return std::unexpected(std::move(logged).error());
    return json_answer(json::object{{"items", std::move(items)}, {"next", nullptr}});
}

}  // namespace

std::vector<Route> chain_routes() {
    return {
        {.method = "GET",
         .path = "/api/v1/households/{code}/why",
         .operation = "getHouseholdWhy",
         .handler = why,
         .thing = Thing::warning},
        {.method = "GET",
         .path = "/api/v1/households/{code}/visibility",
         .operation = "getHouseholdVisibility",
         .handler = household_preview},
        {.method = "GET", .path = "/api/v1/my/chain", .operation = "listMyChain", .handler = my_chain},
        {.method = "GET",
         .path = "/api/v1/visibility",
         .operation = "getVisibility",
         .handler = preview,
         .who = Who::signed_in},
    };
}

}  // namespace doudi::http
