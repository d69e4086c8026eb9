// SPDX-License-Identifier: Apache-2.0
// Terms of keeping: what is due by the last daily list, having it carried out, holds, proofs; the log's daily
// roots, for the unit above.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "access/anchors.h"
#include "http/people/account_reach.h"
#include "http/register/people_names.h"
#include "http/request/ask.h"
#include "http/request/listed.h"
#include "http/request/routes.h"
#include "registry/retention.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
namespace json = boost::json;

constexpr int created = 201;
constexpr int not_found = 404;

json::value proposal_json(const std::optional<access::RetentionProposal>& open) {
    if (!open) return nullptr;
    const auto items = parse_json(open->body);
    return json::object{{"id", std::to_string(open->id)},
                        {"made_on", open->made_on.iso()},
                        {"items", items ? *items : json::value(json::array())}};
}

Outcome<Response> terms(Call& call) {
    const auto open = TRY(access::open_proposal(call.desk.database));
    json::array classes;
    for (const auto& one : call.services.retention.classes()) {
        classes.push_back(
            json::object{{"class", one.id},
                         {"title", words(one.title)},
                         {"purpose", words(one.purpose)},
                         {"days", one.days},
                         {"counted_from", words(call.services.retention.kept(one.id).counted_from)},
                         {"basis", words(one.basis)},
                         {"basis_checked", one.checked}});
    }
    return json_answer(json::object{{"classes", std::move(classes)}, {"proposal", proposal_json(open)}});
}

// The list that the one who decides has looked at, and no other.
Outcome<Response> run(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string asked = fields.text("proposal");
    fields.finish();
    const auto open = TRY(access::open_proposal(call.desk.database));
    if (faults.empty() && (!open || std::to_string(open->id) != asked))
        fields.fault("proposal", "no_such_proposal",
                     {"这份到期清单已被替换或已执行：请看最新的一份",
                      "this list was replaced or carried out meanwhile: look at the newest one"});
    if (!faults.empty()) return std::unexpected(faults.failure());
    call.looked("retention.run " + asked);
    return ask_for(call, "retention",
                   {{"proposal", open->id}, {"user", call.who().user_name}, {"from", call.who().from}});
}

Outcome<PageAsked> plain_page(Call& call, std::size_t key_parts) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    return page_asked(call, *query, faults, key_parts);
}

std::int64_t number_of(const std::string& text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

Outcome<Response> proofs(Call& call) {
    auto page = plain_page(call, 1);
    if (!page) return std::unexpected(std::move(page).error());
    auto found = TRY(access::proofs(call.desk.database, page->after.empty() ? 0 : number_of(page->after[0]),
                                    static_cast<int>(most_of(*page)) + 1));
    const bool more = found.size() > most_of(*page);
    if (more) found.pop_back();
    json::array items;
    PeopleNames people(call);
    for (const auto& one : found) {
        items.push_back(json::object{{"proof", one.number},
                                     {"class", one.id},
                                     {"before", one.before.iso()},
                                     {"removed", one.rows},
                                     {"keys_hash", one.keys_hash},
                                     {"done", one.done},
                                     {"at", time_text(micros_of(one.at))},
                                     {"by", one.by},
                                     {"by_name", people.told(one.by)}});
    }
    std::optional<std::vector<std::string>> next;
    if (more) next = std::vector{std::to_string(found.back().number)};
    return listed(call, *page, "proofs",
                  {{"proof", true},
                   {"class"},
                   {"before"},
                   {"removed", true},
                   {"keys_hash"},
                   {"done"},
                   {"at"},
                   {"by"},
                   {"by_name"}},
                  std::move(items), next);
}

// --- holds

// One on a household is seen, set and lifted where the household belongs, and above; one on a class, or on
// all, concerns everybody.
Result<bool> is_in_reach(const Call& call, const access::Hold& hold) {
    if (!hold.household) return true;
    const auto unit = TRY(access::unit_of(call.desk.database, *hold.household, call.today()));
    return reaches_or_is_root(call, unit.value_or(access::UnitId()));
}

Outcome<Response> holds(Call& call) {
    auto asked = whole_asked(call);
    if (!asked) return std::unexpected(std::move(asked).error());
    auto& look = call.looked("holds");
    json::array items;
    PeopleNames people(call);
    for (const auto& one : TRY(access::open_holds(call.desk.database))) {
        if (!TRY(is_in_reach(call, one))) continue;
        json::value household = nullptr;
        if (one.household) {
            household = json::value(TRY(registry::code_of_household(call.desk.data, *one.household)));
            look.households.push_back(*one.household);
        }
        items.push_back(json::object{
            {"id", std::to_string(one.id)},
            {"class", one.id_of_class.empty() ? json::value(nullptr) : json::value(one.id_of_class)},
            {"household", std::move(household)},
            {"reason", one.reason},
            {"by", one.placed_by},
            {"by_name", people.told(one.placed_by)},
            {"since", time_text(micros_of(one.placed_at))}});
    }
    return listed(call, *asked, "holds",
                  {{"id"}, {"class"}, {"household"}, {"reason"}, {"by"}, {"by_name"}, {"since"}},
                  std::move(items));
}

Outcome<Response> place_hold(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    access::Hold hold;
    hold.id_of_class = fields.optional_text("class").value_or("");
    const auto household = fields.optional_text("household");
    hold.reason = fields.prose("reason");
    fields.finish();
    const auto& classes = call.services.retention.classes();
    if (!hold.id_of_class.empty() &&
        std::ranges::find(classes, hold.id_of_class, &access::RetentionClass::id) == classes.end())
        fields.fault("class", "retention_class", {"没有这个数据类别", "there is no such class"});
    if (household) {
        const auto id = registry::household_of_code(call.desk.data, *household);
        if (id) hold.household = *id;
        if (!id || !TRY(is_in_reach(call, hold)))
            fields.fault("household", "no_such_household",
                         {"没有这一户，或不在您的辖区内", "there is no such household within your reach"});
    }
    if (!faults.empty()) return std::unexpected(faults.failure());
    const auto id = TRY(access::place_hold(call.desk.database, call.services.audit, call.services.retention,
                                           call.services.clock, call.who(), hold));
    return json_answer(json::object{{"id", std::to_string(id)}}, created);
}

// One that is out of reach is not there, nor is one that was lifted.
Outcome<std::int64_t> hold_in_reach(Call& call) {
    for (const auto& one : TRY(access::open_holds(call.desk.database))) {
        if (std::to_string(one.id) == call.parameter("id") && TRY(is_in_reach(call, one))) return one.id;
    }
    return std::unexpected(Failure(not_found, "no_such_hold", {"没有这项停删决定", "there is no such hold"}));
}

Outcome<Response> lift_hold(Call& call) {
    const auto id = hold_in_reach(call);
    if (!id) return std::unexpected(id.error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string reason = fields.prose("reason");
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    TRY_VOID(access::lift_hold(call.desk.database, call.services.audit, call.services.clock, call.who(), *id,
                               reason));
    return no_content();
}

// --- roots

// Those that are addressed to the reader's own office, or to one below it; one more than a page, if there
// are.
Result<std::vector<access::UnitAnchor>> anchors_in_reach(Call& call, access::AnchorPlace after,
                                                         std::size_t most) {
    constexpr int rows_at_once = 500;
    std::vector<access::UnitAnchor> found;
    for (bool more = true; more && found.size() < most;) {
        const auto rows = TRY(access::unit_anchors(call.desk.database, after, rows_at_once));
        more = rows.size() == rows_at_once;
        for (const auto& one : rows) {
            after = {one.anchor.day, one.unit};
            if (reaches(call, one.unit) && found.size() < most) found.push_back(one);
        }
    }
    return found;
}

Outcome<Response> anchors(Call& call) {
    auto page = plain_page(call, 2);
    if (!page) return std::unexpected(std::move(page).error());
    access::AnchorPlace after;
    if (!page->after.empty())
        after = {Date::parse_iso(page->after[0]).value_or(access::forever),
                 access::UnitId(static_cast<std::uint32_t>(number_of(page->after[1])))};
    auto found = TRY(anchors_in_reach(call, after, most_of(*page) + 1));
    const bool more = found.size() > most_of(*page);
    if (more) found.pop_back();
    json::array items;
    for (const auto& one : found) {
        const auto* unit = call.units->find(one.unit);
        items.push_back(
            json::object{{"day", one.anchor.day.iso()},
                         {"unit", unit == nullptr ? json::value(nullptr) : json::value(unit->code)},
                         {"seq", one.anchor.seq},
                         {"hash", one.anchor.hash},
                         {"line", access::line_of(one.anchor)},
                         {"made_at", time_text(micros_of(one.made_at))},
                         {"late", one.late}});
    }
    call.looked("audit.anchors");
    std::optional<std::vector<std::string>> next;
    if (more) next = std::vector{found.back().anchor.day.iso(), std::to_string(found.back().unit.value())};
    return listed(call, *page, "anchors",
                  {{"day"}, {"unit"}, {"seq", true}, {"hash"}, {"line"}, {"made_at"}, {"late"}},
                  std::move(items), next);
}

Route decides(std::string_view path, std::string_view operation, Handler handler, bool creates,
              bool claims_key = false) {
    return {.method = "POST",
            .path = path,
            .operation = operation,
            .handler = handler,
            .verb = Verb::administer,
            .thing = Thing::retention,
            .creates = creates,
            .claims_key = claims_key,
            .request_type = "application/json"};
}

}  // namespace

std::vector<Route> privacy_routes() {
    return {
        reads("/api/v1/retention", "getRetention", terms, Thing::retention),
        decides("/api/v1/retention/runs", "runRetention", run, true),
        reads("/api/v1/retention/proofs", "listProofs", proofs, Thing::retention),
        reads("/api/v1/holds", "listHolds", holds, Thing::retention),
        decides("/api/v1/holds", "placeHold", place_hold, true, true),
        decides("/api/v1/holds/{id}/lift", "liftHold", lift_hold, false),
        reads("/api/v1/anchors", "listAnchors", anchors, Thing::audit),
    };
}

}  // namespace doudi::http
