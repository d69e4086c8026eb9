// SPDX-License-Identifier: Apache-2.0
// The register kept up: changes as cases, and what a register's file proposes.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "http/change_wish.h"
#include "http/lists.h"
#include "http/repository.h"
#include "http/routes.h"
#include "registry/proposals.h"
#include "registry/repository.h"
#include "upkeep/history.h"
#include "upkeep/near.h"
#include "upkeep/repository.h"
#include "upkeep/verbs.h"

namespace doudi::http {
namespace {

using access::FieldClass;
using access::Thing;
using access::Verb;
using upkeep::Case;
using upkeep::CaseId;
namespace json = boost::json;

constexpr int created = 201;
constexpr int accepted = 202;
constexpr int not_found = 404;
constexpr std::size_t longest_reason = 500;

std::optional<std::uint64_t> number_of(const std::string& text) {
    std::uint64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    constexpr std::uint64_t largest = INT64_MAX;
    if (failure != std::errc() || end != text.data() + text.size() || number == 0 || number > largest)
        return std::nullopt;
    return number;
}

json::value number_or_null(std::uint64_t number) {
    return number == 0 ? json::value(nullptr) : json::value(std::to_string(number));
}

FieldClass class_of(std::string_view field) {
    if (field == "name" || field == "head_name") return FieldClass::name;
    if (field == "id_number") return FieldClass::identity_number;
    if (field == "phone") return FieldClass::phone;
    if (field == "address") return FieldClass::address;
    return field == "income_per_head_month" ? FieldClass::means : FieldClass::plain;
}

// Values of a household's or member's fields as this session sees them: null where they are hidden.
class Values {
  public:
    explicit Values(Call& call)
        : view_(call.services.roles, *call.units, call.who(), Thing::person, call.today()) {}

    [[nodiscard]] json::value shown(std::string_view field, std::string_view value,
                                    const access::ScopedRow& row) const {
        const FieldClass of = class_of(field);
        const auto how = view_.shown(of, row);
        if (how == access::Shown::hidden) return nullptr;
        // A number is masked by its own form, region and last four, unless it may be seen whole.
        if (of == FieldClass::identity_number && how != access::Shown::whole)
            return json::value(access::as_shown(how, of, mask_text(value)));
        return json::value(access::as_shown(how, of, value));
    }

  private:
    access::FieldView view_;
};

// --- cases ---

// The households of a case that the session reaches, with the office of each.
struct Reached {
    std::vector<HouseholdId> ids;
    std::vector<std::string> codes;
    access::ScopedRow row;  // of the first
};

Result<Reached> reached(Call& call, const Case& change, const access::Scope& scope) {
    Reached all;
    for (const HouseholdId id : change.households) {
        const auto unit = TRY(access::unit_of(call.desk.database, id, call.today()));
        const access::ScopedRow row{.household = id, .unit = unit};
        const bool receives = change.to_unit != access::UnitId() && scope.covers({.unit = change.to_unit});
        if (!scope.covers(row) && !receives) continue;
        if (scope.covers(row) && all.row.household == std::nullopt) all.row = row;
        all.ids.push_back(id);
        all.codes.push_back(TRY(registry::read_household(call.desk.data, call.desk.data.current(), id)).code);
    }
    return all;
}

json::array texts(const std::vector<std::string>& all) {
    json::array array;
    for (const auto& one : all) array.emplace_back(one);
    return array;
}

json::object case_json(const Call& call, const Case& change, const Reached& of) {
    const auto* kind = call.services.changes.find(change.kind);
    json::object body{{"id", std::to_string(change.id.value())},
                      {"kind", change.kind},
                      {"title", kind == nullptr ? words({change.kind, change.kind}) : words(kind->title)},
                      {"effective_on", change.effective_on.iso()},
                      {"source", change.source},
                      {"state", name_of(change.state())},
                      {"in_force", change.in_force.has_value()},
                      {"households", texts(of.codes)},
                      {"to_unit", nullptr},
                      {"follows", number_or_null(change.follows.value())},
                      {"taken_back_by", number_or_null(change.taken_back_by.value())},
                      {"proposal", number_or_null(change.proposal.value())},
                      {"proposed_by", change.steps.front().name},
                      {"proposed_at", time_text(micros_of(change.steps.front().at))}};
    if (const auto* unit = call.units->find(change.to_unit)) body["to_unit"] = unit->code;
    return body;
}

// A value that is an id of a household is told as its number, where that is reached.
Result<std::string> told(Call& call, const upkeep::Change& change, const std::string& value,
                         const Reached& of) {
    if ((change.field != "household" && change.field != "successor") || value.empty() || value.front() == '-')
        return value;
    const HouseholdId id(static_cast<std::uint32_t>(std::stoul(value)));
    if (std::ranges::find(of.ids, id) == of.ids.end()) return std::string("***");
    return TRY(registry::read_household(call.desk.data, call.desk.data.current(), id)).code;
}

Result<json::array> changes_json(Call& call, const Case& change, const Reached& of) {
    const Values values(call);
    json::array changes;
    for (const upkeep::Change& one : change.changes) {
        const bool household = one.subject == upkeep::Subject::household;
        access::ScopedRow row = of.row;
        if (!household && one.subject_id > 0)
            row.person = PersonId(static_cast<std::uint32_t>(one.subject_id));
        json::object body{{"of", household ? "household" : "person"},
                          {"is_new", one.subject_id < 0},
                          {"id", nullptr},
                          {"field", one.field},
                          {"before", values.shown(one.field, TRY(told(call, one, one.before, of)), row)},
                          {"after", values.shown(one.field, TRY(told(call, one, one.after, of)), row)}};
        const auto at = household ? std::ranges::find(of.ids, HouseholdId(static_cast<std::uint32_t>(
                                                                  std::max<std::int64_t>(one.subject_id, 0))))
                                  : of.ids.end();
        if (at != of.ids.end()) body["id"] = of.codes[static_cast<std::size_t>(at - of.ids.begin())];
        if (!household && one.subject_id > 0) body["id"] = std::to_string(one.subject_id);
        changes.push_back(std::move(body));
    }
    return changes;
}

json::array steps_json(const Case& change) {
    json::array steps;
    for (const upkeep::Step& one : change.steps) {
        steps.push_back(json::object{{"state", name_of(one.state)},
                                     {"name", one.name},
                                     {"at", time_text(micros_of(one.at))},
                                     {"reason", one.reason}});
    }
    return steps;
}

Failure no_such_case() {
    return {not_found,
            "change_unknown",
            {"没有这项变动，或不在您的辖区内", "there is no such case within your reach"}};
}

Outcome<Case> found_case(Call& call, Verb verb) {
    const auto number = number_of(call.parameter("id"));
    if (!number) return std::unexpected(no_such_case());
    const CaseId id(*number);
    auto change = TRY(upkeep::repository::find_case(call.desk.database, call.desk.data, id));
    if (!change ||
        !TRY(upkeep::repository::reaches(call.desk.database, call.scope(verb, Thing::household), id)))
        return std::unexpected(no_such_case());
    return std::move(*change);
}

Outcome<Response> whole_case(Call& call, const Case& change, int status = 200) {
    const auto of = TRY(reached(call, change, call.scope(Verb::read, Thing::household)));
    json::object body = case_json(call, change, of);
    body["paper"] = change.paper;
    body["note"] = change.note;
    body["changes"] = TRY(changes_json(call, change, of));
    body["steps"] = steps_json(change);
    auto& look = call.looked("register.case");
    look.households = of.ids;
    look.persons = change.persons;
    return json_answer(body, status);
}

Outcome<Response> one_case(Call& call) {
    auto change = found_case(call, Verb::read);
    if (!change) return std::unexpected(std::move(change).error());
    return whole_case(call, *change);
}

Outcome<Response> kinds(Call& call) {
    json::array items;
    for (const upkeep::Kind& kind : call.services.changes.kinds()) {
        json::array answers;
        for (const auto& answer : kind.answers)
            answers.push_back(json::object{
                {"id", answer.id}, {"title", words(answer.title)}, {"then", texts(answer.then)}});
        json::array may;
        for (std::uint32_t i = 0; kind.may >> i != 0; ++i) {
            if ((kind.may >> i & 1U) != 0) may.emplace_back(name_of(static_cast<upkeep::Act>(i)));
        }
        items.push_back(
            json::object{{"id", kind.id},
                         {"title", words(kind.title)},
                         {"may", std::move(may)},
                         {"fields", texts(kind.fields)},
                         {"second_person", kind.second_person},
                         {"from_month", kind.from_month},
                         {"ahead_days", kind.ahead_days},
                         {"may_propose", upkeep::ChangeRules::is_one_of(call.who(), kind.propose)},
                         {"may_confirm", upkeep::ChangeRules::is_one_of(call.who(), kind.confirm)},
                         {"answers", std::move(answers)}});
    }
    return json_answer(json::object{{"items", std::move(items)}});
}

// Of a page; what it names is looked at.
Outcome<json::array> case_items(Call& call, const std::vector<CaseId>& ids, std::string what) {
    const auto scope = call.scope(Verb::read, Thing::household);
    json::array items;
    std::vector<HouseholdId> looked_at;
    for (const CaseId id : ids) {
        const auto change = TRY(upkeep::repository::find_case(call.desk.database, call.desk.data, id));
        const auto of = TRY(reached(call, *change, scope));
        looked_at.insert(looked_at.end(), of.ids.begin(), of.ids.end());
        items.push_back(case_json(call, *change, of));
    }
    call.looked(std::move(what)).households = std::move(looked_at);
    return items;
}

// A household of the query; none is none of the filter's.
Outcome<std::optional<HouseholdId>> asked_household(Call& call, const std::string& code) {
    if (code.empty()) return std::nullopt;
    const auto placed = TRY(find_household(call.desk.data, call.scope(Verb::read, Thing::household), code));
    if (placed) return placed->id;
    return std::unexpected(
        Failure(not_found, "no_such_household",
                {"没有这一户，或不在您的辖区内", "there is no such household within your reach"}));
}

Outcome<Response> list_cases(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    upkeep::repository::CaseFilter filter;
    filter.kind = query->text("kind").value_or("");
    filter.state =
        query->word("state", {"proposed", "confirmed", "refused", "withdrawn", "answered"}).value_or("");
    const std::string code = query->text("household").value_or("");
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    const auto household = asked_household(call, code);
    if (!household) return std::unexpected(household.error());
    filter.household = *household;
    const CaseId before(asked->after.empty() ? 0 : number_of(asked->after[0]).value_or(0));
    const auto scope = call.scope(Verb::read, Thing::household);
    auto ids = TRY(upkeep::repository::list_cases(call.desk.database, call.desk.data, &scope, filter, before,
                                                  asked->limit + 1));
    const bool more = ids.size() > asked->limit;
    if (more) ids.pop_back();
    auto items = case_items(call, ids, "register.cases");
    if (!items) return std::unexpected(std::move(items).error());
    std::optional<std::vector<std::string>> next;
    if (more) next = std::vector{std::to_string(ids.back().value())};
    return page_answer(call, *asked, std::move(*items), next);
}

Outcome<Response> near(Call& call) {
    constexpr std::size_t most = 1000;
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const std::string code = query->text("household").value_or("");
    const Date day = query->date("day").value_or(call.today());
    query->finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    const auto household = asked_household(call, code);
    if (!household) return std::unexpected(household.error());
    const auto scope = call.scope(Verb::read, Thing::household);
    const auto cases = TRY(upkeep::changes_near(call.desk.database, call.desk.data, call.services.changes,
                                                &scope, *household, day, most));
    std::vector<CaseId> ids;
    for (const Case& change : cases) ids.push_back(change.id);
    auto items = case_items(call, ids, "register.near");
    if (!items) return std::unexpected(std::move(items).error());
    return json_answer(json::object{{"from", upkeep::near_from(call.services.changes, day).iso()},
                                    {"until", day.iso()},
                                    {"items", std::move(*items)}});
}

upkeep::Desk desk_of(Call& call, const access::Scope& scope) {
    return {call.desk.data,      call.desk.database, call.services.changes,
            call.services.clock, call.who(),         &scope};
}

// Kept together with the answer that is remembered.
Outcome<Response> keep_case(Call& call, const Case& change) {
    auto& look = call.looked("register.propose");
    look.persons = change.persons;
    look.households = change.households;
    return make_once(call, [&](store::Database& database) -> Outcome<Response> {
        const CaseId id = TRY(upkeep::repository::insert_case(database, call.desk.data, change));
        Response response = json_answer(json::object{{"case", std::to_string(id.value())}}, created);
        response.headers.add("Location", fmt::format("/api/v1/register/cases/{}", id.value()));
        return response;
    });
}

Outcome<Response> propose(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    const upkeep::Wish wish = read_wish(*body, faults);
    if (!faults.empty()) return std::unexpected(faults.failure());
    const auto scope = call.scope(Verb::change, Thing::household);
    upkeep::Desk desk = desk_of(call, scope);
    return keep_case(call, TRY(upkeep::prepare(desk, wish)));
}

// The text of a step: its reason or note, the only field of its body.
Outcome<std::string> step_text(Call& call, std::string_view name, bool required) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    std::string text = required ? fields.text(name, {.most = longest_reason})
                                : fields.optional_text(name, longest_reason).value_or("");
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    return text;
}

Outcome<Response> undo(Call& call) {
    const auto change = found_case(call, Verb::change);
    if (!change) return std::unexpected(change.error());
    const auto note = step_text(call, "note", false);
    if (!note) return std::unexpected(note.error());
    const auto scope = call.scope(Verb::change, Thing::household);
    upkeep::Desk desk = desk_of(call, scope);
    return keep_case(call, TRY(upkeep::prepare_counter(desk, change->id, *note)));
}

void look_at(Call& call, const Case& change, std::string what) {
    auto& look = call.looked(std::move(what));
    look.persons = change.persons;
    look.households = change.households;
}

// Confirmed at once; in force as soon as the board comes to it, if its day has come.
Outcome<Response> confirm(Call& call) {
    const auto change = found_case(call, Verb::change);
    if (!change) return std::unexpected(change.error());
    const auto scope = call.scope(Verb::change, Thing::household);
    upkeep::Desk desk = desk_of(call, scope);
    TRY_VOID(upkeep::confirm(desk, change->id));
    look_at(call, *change, "register.confirm");
    const auto job = TRY(call.services.board.add({.kind = "register",
                                                  .parameters = R"({"what":"apply"})",
                                                  .asked_by = call.asker(),
                                                  .unit = std::to_string(call.who().unit.value())}));
    Response response = json_answer(json::object{{"job", std::to_string(job)}}, accepted);
    response.headers.add("Location", fmt::format("/api/v1/jobs/{}", job));
    return response;
}

Outcome<Response> refuse(Call& call) {
    const auto change = found_case(call, Verb::change);
    if (!change) return std::unexpected(change.error());
    const auto reason = step_text(call, "reason", true);
    if (!reason) return std::unexpected(reason.error());
    const auto scope = call.scope(Verb::change, Thing::household);
    upkeep::Desk desk = desk_of(call, scope);
    TRY_VOID(upkeep::refuse(desk, change->id, *reason));
    look_at(call, *change, "register.refuse");
    return no_content();
}

Outcome<Response> withdraw(Call& call) {
    const auto change = found_case(call, Verb::change);
    if (!change) return std::unexpected(change.error());
    const auto scope = call.scope(Verb::change, Thing::household);
    upkeep::Desk desk = desk_of(call, scope);
    TRY_VOID(upkeep::withdraw(desk, change->id));
    look_at(call, *change, "register.withdraw");
    return no_content();
}

Outcome<Response> answer(Call& call) {
    const auto question = found_case(call, Verb::change);
    if (!question) return std::unexpected(question.error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string given = fields.text("answer");
    std::optional<upkeep::Wish> then;
    if (const json::value* change = fields.value("change", false); change != nullptr && !change->is_null())
        then = read_wish(*change, faults, "/change");
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    const auto scope = call.scope(Verb::change, Thing::household);
    upkeep::Desk desk = desk_of(call, scope);
    const CaseId next = TRY(upkeep::answer(desk, question->id, given, then));
    look_at(call, *question, "register.answer");
    return json_answer(json::object{{"case", number_or_null(next.value())}});
}

// --- who was where ---

Outcome<Response> members_on_day(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const Date day = query->date("day").value_or(call.today());
    query->finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    const auto placed =
        TRY(find_household(call.desk.data, call.scope(Verb::read, Thing::household), call.parameter("code")));
    if (!placed) return std::unexpected(asked_household(call, call.parameter("code")).error());
    const PublishId current = call.desk.data.current();
    const auto household = TRY(upkeep::household_on(call.desk.data, current, placed->id, day));
    const auto now = TRY(registry::read_household(call.desk.data, current, placed->id));
    const auto members = TRY(upkeep::members_on(call.desk.data, current, placed->id, day));
    const Values values(call);
    json::array people;
    auto& look = call.looked("register.who");
    look.thing = Thing::person;
    look.households.push_back(placed->id);
    for (const registry::Member& member : members) {
        access::ScopedRow row = placed->row();
        row.person = member.id;
        people.push_back(json::object{
            {"id", std::to_string(member.id.value())},
            {"name", values.shown("name", member.name, row)},
            {"relation", member.relation},
            {"identity_number", member.id_number ? values.shown("id_number", member.id_number->reveal(), row)
                                                 : json::value(nullptr)}});
        look.persons.push_back(member.id);
    }
    json::object body{{"household", placed->code}, {"day", day.iso()},     {"stands", household.has_value()},
                      {"ended_on", nullptr},       {"refers_to", nullptr}, {"members", std::move(people)}};
    if (now.ended_on) body["ended_on"] = now.ended_on->iso();
    if (now.successor)
        body["refers_to"] = TRY(registry::read_household(call.desk.data, current, *now.successor)).code;
    return json_answer(body);
}

// --- what a register's file proposes ---

json::object counts_json(const registry::RowCounts& counts) {
    return {{"open", counts.open},
            {"accepted", counts.accepted},
            {"refused", counts.refused},
            {"overtaken", counts.overtaken}};
}

// By whose office it came: those of that office and above see it.
bool in_reach(const Call& call, const registry::Proposal& proposal) {
    return call.scope(Verb::read, Thing::household).covers({.unit = access::UnitId(proposal.unit)});
}

Outcome<json::object> proposal_json(Call& call, const registry::Proposal& proposal) {
    const auto counts = TRY(registry::count_rows(call.desk.data, proposal.id));
    json::object body{{"id", std::to_string(proposal.id.value())},
                      {"as_of", proposal.as_of.iso()},
                      {"unit", nullptr},
                      {"open", counts.open()},
                      {"new_households", counts_json(counts.new_households)},
                      {"changed_households", counts_json(counts.changed_households)},
                      {"new_members", counts_json(counts.new_members)},
                      {"changed_members", counts_json(counts.changed_members)}};
    if (const auto* unit = call.units->find(access::UnitId(proposal.unit))) body["unit"] = unit->code;
    json::array decisions;
    for (const auto& decision : TRY(registry::decisions_of(call.desk.data, proposal.id))) {
        decisions.push_back(json::object{{"verdict", decision.accepted ? "accept" : "refuse"},
                                         {"part", name_of(decision.part)},
                                         {"name", decision.by.name},
                                         {"reason", decision.reason},
                                         {"at", time_text(micros_of(decision.at))}});
    }
    body["decisions"] = std::move(decisions);
    return body;
}

Outcome<registry::Proposal> found_proposal(Call& call) {
    const Failure none(not_found, "proposal_unknown",
                       {"没有这项名册提请，或不在您的辖区内", "there is no such proposal within your reach"});
    const auto number = number_of(call.parameter("id"));
    if (!number) return std::unexpected(none);
    const auto proposal = TRY(registry::find_proposal(call.desk.data, PublishId(*number)));
    if (!proposal || !in_reach(call, *proposal)) return std::unexpected(none);
    return *proposal;
}

Outcome<Response> list_proposals(Call& call) {
    constexpr std::size_t most = 200;
    json::array items;
    for (const auto& proposal : TRY(registry::list_proposals(call.desk.data, most))) {
        if (!in_reach(call, proposal)) continue;
        auto body = proposal_json(call, proposal);
        if (!body) return std::unexpected(std::move(body).error());
        items.push_back(std::move(*body));
    }
    return json_answer(json::object{{"items", std::move(items)}});
}

Outcome<Response> one_proposal(Call& call) {
    const auto proposal = found_proposal(call);
    if (!proposal) return std::unexpected(proposal.error());
    const auto body = proposal_json(call, *proposal);
    if (!body) return std::unexpected(body.error());
    return json_answer(*body);
}

// A row of whom the register has is seen by where that household is; of a new one by where the file came
// from.
Result<access::ScopedRow> row_of(Call& call, const registry::Proposal& proposal,
                                 const registry::ProposedRow& row) {
    access::ScopedRow scoped{.household = row.of_household, .unit = access::UnitId(proposal.unit)};
    if (row.of_household < proposal.first_household)
        scoped.unit = TRY(access::unit_of(call.desk.database, row.of_household, call.today()));
    if (!row.household && !row.is_new) scoped.person = PersonId(row.id);
    return scoped;
}

std::string text_or_empty(const json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : std::string();
}

struct RowsRead {
    std::vector<registry::ProposedRow> rows;
    std::vector<access::ScopedRow> scoped;
};
Result<RowsRead> read_proposed(Call& call, const registry::Proposal& proposal, registry::RowPlace after,
                               std::size_t most) {
    RowsRead read{TRY(registry::read_rows(call.desk.data, proposal, after, most)), {}};
    auto& look = *call.look;
    for (const auto& row : read.rows) {
        read.scoped.push_back(TRY(row_of(call, proposal, row)));
        if (row.of_household < proposal.first_household) look.households.push_back(row.of_household);
        if (read.scoped.back().person) look.persons.push_back(*read.scoped.back().person);
    }
    return read;
}

Outcome<Response> export_rows(Call& call, const PageAsked& asked, const registry::Proposal& proposal) {
    constexpr std::size_t most = 1'000'000;
    const RowsRead read = TRY(read_proposed(call, proposal, {}, most));
    const Values values(call);
    intake::Table table{
        .columns = {{"kind"}, {"household"}, {"member"}, {"field"}, {"before"}, {"after"}, {"outcome"}},
        .rows = {}};
    for (std::size_t i = 0; i < read.rows.size(); ++i) {
        const auto& row = read.rows[i];
        for (const auto& one : row.changes) {
            table.rows.push_back(
                {fmt::format("{} {}", row.is_new ? "add" : "change", row.household ? "household" : "member"),
                 row.code, row.household || row.is_new ? "" : std::to_string(row.id), one.field,
                 text_or_empty(values.shown(one.field, one.before, read.scoped[i])),
                 text_or_empty(values.shown(one.field, one.after, read.scoped[i])),
                 std::string(name_of(row.outcome))});
        }
    }
    return exported(call, asked, "register-proposal", table);
}

json::object proposed_json(const registry::ProposedRow& row, const access::ScopedRow& scoped,
                           const Values& values) {
    json::array changes;
    for (const auto& one : row.changes) {
        changes.push_back(json::object{{"field", one.field},
                                       {"before", values.shown(one.field, one.before, scoped)},
                                       {"after", values.shown(one.field, one.after, scoped)}});
    }
    json::object body{{"of", row.household ? "household" : "person"},
                      {"is_new", row.is_new},
                      {"household", row.code},
                      {"id", nullptr},
                      {"outcome", name_of(row.outcome)},
                      {"changes", std::move(changes)}};
    if (!row.household && !row.is_new) body["id"] = std::to_string(row.id);
    return body;
}

Outcome<Response> rows(Call& call) {
    const auto proposal = found_proposal(call);
    if (!proposal) return std::unexpected(proposal.error());
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    auto asked = page_asked(call, *query, faults, 2);
    if (!asked) return std::unexpected(std::move(asked).error());
    call.looked("register.proposal.rows").thing = Thing::person;
    if (asked->format != "json") return export_rows(call, *asked, *proposal);
    registry::RowPlace after;
    if (!asked->after.empty())
        after = {asked->after[0] == "person",
                 static_cast<std::uint32_t>(number_of(asked->after[1]).value_or(0))};
    const RowsRead read = TRY(read_proposed(call, *proposal, after, asked->limit));
    const Values values(call);
    json::array items;
    for (std::size_t i = 0; i < read.rows.size(); ++i)
        items.push_back(proposed_json(read.rows[i], read.scoped[i], values));
    std::optional<std::vector<std::string>> next;
    if (read.rows.size() == asked->limit)
        next = std::vector<std::string>{read.rows.back().household ? "household" : "person",
                                        std::to_string(read.rows.back().id)};
    return page_answer(call, *asked, std::move(items), next);
}

// What is asked of a decision: verdict, and which part.
struct DecisionAsked {
    std::string verdict, part, reason;
    std::vector<std::string> codes;
};
Outcome<DecisionAsked> decision_asked(Call& call) {
    constexpr std::size_t most_households = 5000;
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    DecisionAsked asked;
    asked.verdict = fields.word("verdict", {"accept", "refuse"});
    asked.part = fields.word("part", {"all", "add", "change", "households"});
    asked.reason = fields.optional_text("reason", longest_reason).value_or("");
    asked.codes = fields.texts("households", most_households, false);
    if ((asked.part == "households") == asked.codes.empty())
        fields.fault("households", "one_of_two",
                     {"part 为 households 时须列出户编号，否则不列",
                      "the part households names them by their numbers, no other does"});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    return asked;
}

Outcome<Response> decide(Call& call) {
    const auto proposal = found_proposal(call);
    if (!proposal) return std::unexpected(proposal.error());
    if (!call.services.changes.decides_imports(call.who()))
        return std::unexpected(Failure(Error{
            ErrorKind::usage,
            "change_role",
            {"您的角色不能决定名册提请", "your role does not decide on what a register's file proposes"},
            {}}));
    const auto asked = decision_asked(call);
    if (!asked) return std::unexpected(asked.error());
    json::array ids;
    auto& look = call.looked("register.proposal.decide");
    for (const HouseholdId id : TRY(registry::proposed_households(call.desk.data, *proposal, asked->codes))) {
        ids.emplace_back(std::int64_t{id.value()});
        if (id < proposal->first_household) look.households.push_back(id);
    }
    const json::object parameters{{"what", "decide"},
                                  {"proposal", static_cast<std::int64_t>(proposal->id.value())},
                                  {"verdict", asked->verdict},
                                  {"part", asked->part},
                                  {"reason", asked->reason},
                                  {"by_name", call.who().user_name},
                                  {"households", std::move(ids)}};
    jobs::JobId job = 0;
    auto outcome = make_once(call, [&](store::Database& database) -> Outcome<Response> {
        job = TRY(call.services.board.add(database, {.kind = "register",
                                                     .parameters = json::serialize(parameters),
                                                     .asked_by = call.asker(),
                                                     .unit = std::to_string(call.who().unit.value())}));
        Response response = json_answer(json::object{{"job", std::to_string(job)}}, accepted);
        response.headers.add("Location", fmt::format("/api/v1/jobs/{}", job));
        return response;
    });
    if (job != 0 && outcome) call.services.board.wake(job);
    return outcome;
}

Route reads(std::string_view path, std::string_view operation, Handler handler) {
    return {.method = "GET", .path = path, .operation = operation, .handler = handler};
}
Route changes(std::string_view path, std::string_view operation, Handler handler, bool creates,
              bool has_body) {
    return {.method = "POST",
            .path = path,
            .operation = operation,
            .handler = handler,
            .verb = Verb::change,
            .creates = creates,
            .request_type = has_body ? std::string_view("application/json") : std::string_view()};
}

}  // namespace

std::vector<Route> upkeep_routes() {
    return {
        reads("/api/v1/register/kinds", "listChangeKinds", kinds),
        reads("/api/v1/register/cases", "listChanges", list_cases),
        changes("/api/v1/register/cases", "proposeChange", propose, true, true),
        reads("/api/v1/register/cases/{id}", "getChange", one_case),
        changes("/api/v1/register/cases/{id}/confirm", "confirmChange", confirm, false, false),
        changes("/api/v1/register/cases/{id}/refuse", "refuseChange", refuse, false, true),
        changes("/api/v1/register/cases/{id}/withdraw", "withdrawChange", withdraw, false, false),
        changes("/api/v1/register/cases/{id}/undo", "undoChange", undo, true, true),
        changes("/api/v1/register/cases/{id}/answer", "answerQuestion", answer, false, true),
        reads("/api/v1/register/near", "listChangesNear", near),
        reads("/api/v1/households/{code}/members", "listMembersOn", members_on_day),
        reads("/api/v1/register/proposals", "listRegisterProposals", list_proposals),
        reads("/api/v1/register/proposals/{id}", "getRegisterProposal", one_proposal),
        reads("/api/v1/register/proposals/{id}/rows", "listProposedRows", rows),
        changes("/api/v1/register/proposals/{id}/decisions", "decideRegisterProposal", decide, true, true),
    };
}

}  // namespace doudi::http
