// SPDX-License-Identifier: Apache-2.0
// The log of looks: for auditors, cut to their own unit and below, page by page or as a file; for citizens,
// which office looked at their own data; for the office that keeps a household, who of its own looked at it.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <limits>
#include <span>

#include "access/right_names.h"
#include "http/people/account_reach.h"
#include "http/people/audit_table.h"
#include "http/register/look_homes.h"
#include "http/register/people_names.h"
#include "http/register/reach.h"
#include "http/request/lists.h"
#include "http/request/routes.h"
#include "registry/repository.h"
#include "upkeep/history.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
namespace json = boost::json;

constexpr int forbidden = 403;

json::array ids_json(std::string_view joined) {
    json::array ids;
    while (!joined.empty()) {
        const std::size_t end = std::min(joined.find(','), joined.size());
        ids.emplace_back(joined.substr(0, end));
        joined.remove_prefix(std::min(end + 1, joined.size()));
    }
    return ids;
}

std::string unit_code(const Call& call, access::UnitId id) {
    const auto* unit = call.units->find(id);
    return unit != nullptr ? unit->code : std::string();
}

json::value unit_title(const Call& call, access::UnitId id) {
    const auto* unit = call.units->find(id);
    return unit != nullptr ? json::value(unit->title) : json::value(nullptr);
}

json::object record_json(const Call& call, PeopleNames& people, const access::AuditRecord& record) {
    const std::string unit = unit_code(call, record.unit);
    return {{"seq", record.seq},
            {"at", time_text(micros_of(record.at))},
            {"kind", record.kind},
            {"user", record.user_name},
            {"user_name", record.kind == "staff" ? people.told(record.user_name) : json::value(nullptr)},
            {"unit_title", unit_title(call, record.unit)},
            {"unit", unit.empty() ? json::value(nullptr) : json::value(unit)},
            {"roles", record.roles},
            {"purpose", record.purpose},
            {"case", record.case_ref},
            {"verb", record.verb},
            {"thing", record.thing},
            {"persons", ids_json(record.persons)},
            {"households", ids_json(record.households)},
            {"what", record.what},
            {"reason", record.reason},
            {"flag", record.flag},
            {"from", record.from},
            {"hash", record.hash}};
}

std::optional<bool> yes_or_no(QueryFields& query, std::string_view name) {
    const auto word = query.word(name, {"true", "false"});
    return word ? std::optional(*word == "true") : std::nullopt;
}

// Nobody is told more than of their own unit and below, whatever is asked.
void ask_within(const Call& call, QueryFields& query, access::AuditQuery& asked) {
    asked.day = call.today();
    asked.within.push_back({call.who().unit, reaches_or_is_root(call, access::UnitId())});
    const auto code = query.text("unit");
    if (!code) return;
    const auto& units = call.units->units();
    const auto at = std::ranges::find(units, *code, &access::Unit::code);
    if (at != units.end() && reaches(call, at->id)) {
        asked.within.push_back({at->id});
    } else {
        query.fault("unit", "no_such_unit",
                    {"没有这个单位，或不在您的辖区内", "there is no such unit within your reach"});
    }
}

// Of a household that nobody knows nothing is found: the same as of one that nobody looked at.
Result<bool> ask_household(Call& call, const std::string& code, access::AuditQuery& asked) {
    const PublishId current = call.desk.data.current();
    const HouseholdId household = TRY(registry::find_by_code(call.desk.data, current, code));
    if (household == HouseholdId()) return false;
    asked.household = household;
    for (const auto& member : TRY(registry::members_of(call.desk.data, current, household)))
        asked.household_people.push_back(member.id);
    return true;
}

Outcome<access::AuditQuery> records_asked(Call& call, QueryFields& query) {
    access::AuditQuery asked;
    ask_within(call, query, asked);
    asked.flagged_only = query.word("flagged", {"true", "false"}) == "true";
    asked.doors = yes_or_no(query, "doors");
    const auto names = access::verb_names();
    const auto verb = query.word("verb", std::vector<std::string>(names.begin(), names.end()));
    if (verb) asked.verb = static_cast<Verb>(std::ranges::find(names, *verb) - names.begin());
    asked.what = query.text("what").value_or("");
    asked.from = query.date("from");
    asked.until = query.date("until");
    if (const auto person = query.number("person", 0, std::numeric_limits<std::uint32_t>::max(), 0);
        person != 0)
        asked.person = PersonId(static_cast<std::uint32_t>(person));
    if (const auto user = query.text("user")) {
        const auto account = access::find_account(call.desk.database, *user);
        if (!account && account.error().kind != ErrorKind::not_found)
            return std::unexpected(Failure(account.error()));
        // A name that nobody has is nobody's record.
        asked.user = account ? account->id : access::UserId(std::numeric_limits<std::uint32_t>::max());
    }
    return asked;
}

// As the page tells it: whoever takes the log away knows people by name and households by number. Part by
// part, for the numbers of all at once would be one question of a whole register.
Result<intake::Table> table_of(Call& call, std::span<const access::AuditRecord> records) {
    constexpr std::size_t at_once = 200;
    PeopleNames people(call);
    intake::Table table;
    std::size_t begin = 0;
    do {
        const auto part = records.subspan(begin, std::min(at_once, records.size() - begin));
        const LookHomes homes = TRY(LookHomes::of(call, part));
        intake::Table rows = audit_table(
            part, {.unit = [&call](access::UnitId unit) { return unit_code(call, unit); },
                   .time = [](Instant at) { return time_text(micros_of(at)); },
                   .people =
                       [&](const access::AuditRecord& record) {
                           const auto name =
                               record.kind == "staff" ? people.told(record.user_name) : json::value(nullptr);
                           LookHomes::Cells cells = homes.cells(record);
                           return AuditWords::People{name.is_string() ? std::string(name.get_string()) : "",
                                                     std::move(cells.homes), std::move(cells.homes_total)};
                       }});
        table.columns = std::move(rows.columns);
        std::ranges::move(rows.rows, std::back_inserter(table.rows));
        begin += part.size();
    } while (begin < records.size());
    return table;
}

Outcome<Response> audit(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    auto asked = records_asked(call, *query);
    if (!asked) return std::unexpected(std::move(asked).error());
    const auto household = query->text("household");
    auto page = page_asked(call, *query, faults, 1);
    if (!page) return std::unexpected(std::move(page).error());
    const bool is_file = page->format != "json";
    if (is_file) TRY_VOID(call.services.roles.require(call.who(), Verb::export_, Thing::audit));
    if (!page->after.empty())
        std::from_chars(page->after[0].data(), page->after[0].data() + page->after[0].size(), asked->before);
    asked->most = static_cast<int>(is_file ? most_exported : page->limit + 1);
    const bool may_be = !household || TRY(ask_household(call, *household, *asked));
    std::vector<access::AuditRecord> records;
    if (may_be) records = TRY(access::read_audit(call.desk.database, *asked));
    call.looked("audit");
    if (is_file) return exported(call, *page, "audit", TRY(table_of(call, records)));
    const bool more = records.size() > page->limit;
    if (more) records.pop_back();
    json::array items;
    PeopleNames people(call);
    const LookHomes homes = TRY(LookHomes::of(call, records));
    for (const auto& record : records) {
        json::object item = record_json(call, people, record);
        homes.tell(record, item);
        items.push_back(std::move(item));
    }
    std::optional<std::vector<std::string>> next;
    if (more) next = std::vector{std::to_string(records.back().seq)};
    return page_answer(call, *page, std::move(items), next);
}

// As the office that works on the household reads it: what of a record proves it, and from which machine it
// was made, is the auditor's.
json::object office_look_json(PeopleNames& people, const access::AuditRecord& record) {
    return {{"seq", record.seq},         {"at", time_text(micros_of(record.at))},
            {"user", record.user_name},  {"user_name", people.told(record.user_name)},
            {"purpose", record.purpose}, {"case", record.case_ref},
            {"verb", record.verb},       {"thing", record.thing},
            {"what", record.what},       {"reason", record.reason},
            {"flag", record.flag}};
}

// Who of one's own office looked at a household that one keeps: an office answers for its own people before
// an auditor comes. Of other offices, and of those below, nothing is told.
Outcome<Response> household_looks(Call& call) {
    auto placed = household_in_reach(call, Verb::change, Thing::household);
    if (!placed) return std::unexpected(std::move(placed).error());
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    auto page = page_asked(call, *query, faults, 1);
    if (!page) return std::unexpected(std::move(page).error());
    access::AuditQuery asked{.most = static_cast<int>(page->limit + 1),
                             .within = {{.unit = call.who().unit, .alone = true}},
                             .day = call.today()};
    if (!page->after.empty())
        std::from_chars(page->after[0].data(), page->after[0].data() + page->after[0].size(), asked.before);
    std::vector<access::AuditRecord> records;
    if (TRY(ask_household(call, placed->code, asked)))
        records = TRY(access::read_audit(call.desk.database, asked));
    call.looked("household.looks").households.push_back(placed->id);
    const bool more = records.size() > page->limit;
    if (more) records.pop_back();
    json::array items;
    PeopleNames people(call);
    for (const auto& record : records) items.push_back(office_look_json(people, record));
    std::optional<std::vector<std::string>> next;
    if (more) next = std::vector{std::to_string(records.back().seq)};
    return page_answer(call, *page, std::move(items), next);
}

// The household itself, by day, with those who ever lived in it.
Result<std::vector<access::LivedIn>> lived_in(Call& call, PersonId person) {
    const PublishId current = call.desk.data.current();
    std::vector<access::LivedIn> lived;
    for (const upkeep::Stay& stay : TRY(upkeep::stays_of(call.desk.data, current, person))) {
        auto others = TRY(registry::ever_in(call.desk.data, current, stay.household));
        std::erase(others, person);
        lived.push_back({stay.household, stay.from, stay.until.value_or(access::forever), std::move(others)});
    }
    return lived;
}

// A citizen always reads a sentence, also of a look for which none was stated.
Text purpose_shown(const Call& call, const access::CitizenLook& look) {
    const access::Roles& roles = call.services.roles;
    const auto* purpose = roles.purpose(look.purpose);
    if (purpose == nullptr) purpose = roles.purpose(roles.purpose_of(look.thing));
    return purpose != nullptr ? purpose->title : Text{"未写明目的", "No purpose was stated"};
}

Outcome<Response> my_looks(Call& call) {
    if (!call.who().person)
        return std::unexpected(Failure(forbidden, "not_a_citizen",
                                       {"只有群众本人可以查询", "only the person themselves may ask"}));
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    auto page = page_asked(call, *query, faults, 1);
    if (!page) return std::unexpected(std::move(page).error());
    std::uint64_t before = 0;
    if (!page->after.empty())
        std::from_chars(page->after[0].data(), page->after[0].data() + page->after[0].size(), before);
    const auto lived = TRY(lived_in(call, *call.who().person));
    auto looks = TRY(access::looks_at(call.desk.database, *call.who().person, lived, before,
                                      static_cast<int>(page->limit) + 1));
    const bool more = looks.size() > page->limit;
    if (more) looks.pop_back();
    json::array items;
    for (const auto& look : looks) {
        items.push_back(json::object{{"seq", look.seq},
                                     {"at", time_text(micros_of(look.at))},
                                     {"unit", call.units->shown_path(look.unit, call.today())},
                                     {"purpose", words(purpose_shown(call, look))},
                                     {"verb", look.verb},
                                     {"thing", look.thing}});
    }
    std::optional<std::vector<std::string>> next;
    if (more) next = std::vector{std::to_string(looks.back().seq)};
    return page_answer(call, *page, std::move(items), next);
}

}  // namespace

std::vector<Route> audit_routes() {
    return {
        {.method = "GET",
         .path = "/api/v1/audit",
         .operation = "listLooks",
         .handler = audit,
         .thing = Thing::audit},
        {.method = "GET",
         .path = "/api/v1/households/{code}/looks",
         .operation = "listHouseholdLooks",
         .handler = household_looks,
         .verb = Verb::change,
         .thing = Thing::household},
        {.method = "GET",
         .path = "/api/v1/my/looks",
         .operation = "listMyLooks",
         .handler = my_looks,
         .thing = Thing::audit},
    };
}

}  // namespace doudi::http
