// SPDX-License-Identifier: Apache-2.0
// What a register's file proposes that came while one stood: seen row by row, decided as a whole or in part.
#include <fmt/format.h>

#include "http/register/register_shown.h"
#include "http/register/repository.h"
#include "http/request/listed.h"
#include "http/request/reason.h"
#include "http/request/routes.h"
#include "registry/proposals.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
namespace json = boost::json;

constexpr int accepted = 202;
constexpr int not_found = 404;

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
    const auto number = case_number(call.parameter("id"));
    if (!number) return std::unexpected(none);
    const auto proposal = TRY(registry::find_proposal(call.desk.data, PublishId(*number)));
    if (!proposal || !in_reach(call, *proposal)) return std::unexpected(none);
    return *proposal;
}

Outcome<Response> list_proposals(Call& call) {
    constexpr std::size_t most = 200;
    auto asked = whole_asked(call);
    if (!asked) return std::unexpected(std::move(asked).error());
    json::array items;
    for (const auto& proposal : TRY(registry::list_proposals(call.desk.data, most))) {
        if (!in_reach(call, proposal)) continue;
        auto body = proposal_json(call, proposal);
        if (!body) return std::unexpected(std::move(body).error());
        items.push_back(std::move(*body));
    }
    if (is_file(*asked))
        return listed_file(call, *asked, "register-proposals", {{"id"}, {"as_of"}, {"unit"}, {"open", true}},
                           items);
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
Result<access::ScopedRow> row_of(Call& call, const access::Scope& scope, const registry::Proposal& proposal,
                                 const registry::ProposedRow& row) {
    access::ScopedRow scoped{.household = row.of_household, .unit = access::UnitId(proposal.unit)};
    if (row.of_household < proposal.first_household)
        scoped = TRY(row_of_household(call, scope, row.of_household));
    if (!row.household && !row.is_new) scoped.person = PersonId(row.id);
    return scoped;
}

struct RowsRead {
    std::vector<registry::ProposedRow> rows;
    std::vector<access::ScopedRow> scoped;
    Protected guarded;

    [[nodiscard]] bool is_guarded(const registry::ProposedRow& row) const {
        if (row.household) return guarded.households.contains(row.of_household);
        return !row.is_new && guarded.persons.contains(PersonId(row.id));
    }
};
Result<RowsRead> read_proposed(Call& call, const registry::Proposal& proposal, registry::RowPlace after,
                               std::size_t most) {
    RowsRead read{TRY(registry::read_rows(call.desk.data, proposal, after, most)),
                  {},
                  TRY(protected_now(call.desk.data, call.today()))};
    read.guarded.households.merge(TRY(proposed_for_protected(call.desk.data, proposal.id, call.today())));
    const auto scope = call.scope(Verb::read, Thing::household);
    auto& look = *call.look;
    for (const auto& row : read.rows) {
        read.scoped.push_back(TRY(row_of(call, scope, proposal, row)));
        if (row.of_household < proposal.first_household) look.households.push_back(row.of_household);
        if (read.scoped.back().person) look.persons.push_back(*read.scoped.back().person);
    }
    return read;
}

Outcome<Response> export_rows(Call& call, const PageAsked& asked, const registry::Proposal& proposal) {
    constexpr std::size_t most = 1'000'000;
    const RowsRead read = TRY(read_proposed(call, proposal, {}, most));
    const RegisterValues values(call);
    intake::Table table{
        .columns = {{"kind"}, {"household"}, {"member"}, {"field"}, {"before"}, {"after"}, {"outcome"}},
        .rows = {}};
    for (std::size_t i = 0; i < read.rows.size(); ++i) {
        const auto& row = read.rows[i];
        const bool is_guarded = read.is_guarded(row);
        for (const auto& one : row.changes) {
            table.rows.push_back(
                {fmt::format("{} {}", row.is_new ? "add" : "change", row.household ? "household" : "member"),
                 row.code, row.household || row.is_new ? "" : std::to_string(row.id), one.field,
                 text_or_empty(values.shown(one.field, one.before, read.scoped[i], is_guarded)),
                 text_or_empty(values.shown(one.field, one.after, read.scoped[i], is_guarded)),
                 std::string(name_of(row.outcome))});
        }
    }
    return exported(call, asked, "register-proposal", std::move(table));
}

json::object proposed_json(const registry::ProposedRow& row, const access::ScopedRow& scoped,
                           const RegisterValues& values, bool is_guarded) {
    json::array changes;
    for (const auto& one : row.changes) {
        changes.push_back(json::object{{"field", one.field},
                                       {"before", values.shown(one.field, one.before, scoped, is_guarded)},
                                       {"after", values.shown(one.field, one.after, scoped, is_guarded)}});
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
                 static_cast<std::uint32_t>(case_number(asked->after[1]).value_or(0))};
    const RowsRead read = TRY(read_proposed(call, *proposal, after, asked->limit));
    const RegisterValues values(call);
    json::array items;
    for (std::size_t i = 0; i < read.rows.size(); ++i)
        items.push_back(proposed_json(read.rows[i], read.scoped[i], values, read.is_guarded(read.rows[i])));
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
    asked.reason = reason_if_told(fields);
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

}  // namespace

std::vector<Route> register_proposal_routes() {
    return {
        reads("/api/v1/register/proposals", "listRegisterProposals", list_proposals, Who::office),
        reads("/api/v1/register/proposals/{id}", "getRegisterProposal", one_proposal, Who::office),
        reads("/api/v1/register/proposals/{id}/rows", "listProposedRows", rows, Who::office),
        {.method = "POST",
         .path = "/api/v1/register/proposals/{id}/decisions",
         .operation = "decideRegisterProposal",
         .handler = decide,
         .who = Who::office,
         .verb = Verb::change,
         .creates = true,
         .request_type = "application/json"},
    };
}

}  // namespace doudi::http
