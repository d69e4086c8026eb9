// SPDX-License-Identifier: Apache-2.0
// What needs a second person: figures and packs put into force, whole numbers of many people, people who are
// forgotten, headings that an office keeps. One proposes, another sees in words what would be done and
// decides, and it is done once, as it was approved.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/utf8.h"
#include "http/cases/case_law.h"
#include "http/feeds/kept_headings.h"
#include "http/register/forget_work.h"
#include "http/register/proposal_payload.h"
#include "http/register/proposal_view.h"
#include "http/register/reach.h"
#include "http/request/listed.h"
#include "http/request/routes.h"

namespace doudi::http {
namespace {

using access::FieldClass;
using access::Thing;
using access::Verb;
namespace json = boost::json;

constexpr std::size_t most_households = 5000;
constexpr std::size_t most_figures = 200;

// --- proposing

ruledesk::Figure figure_of(const json::value& item, FieldFaults& faults, std::size_t n) {
    BodyFields fields(item, faults, fmt::format("/figures/{}", n));
    ruledesk::Figure figure;
    figure.parameter = fields.text("parameter");
    figure.region = fields.text("region", {.most = 12, .required = false});
    figure.residence = fields.text("residence", {.required = false});
    figure.from = fields.date("from");
    figure.to = fields.optional_date("to");
    figure.value = fields.text("value", {.most = 40});
    figure.sample = fields.flag("sample", false);
    figure.source = fields.prose("source", {.most = 500});
    // Each becomes a line of a file of figures.
    const std::pair<std::string_view, const std::string*> lines[] = {{"region", &figure.region},
                                                                     {"residence", &figure.residence},
                                                                     {"value", &figure.value},
                                                                     {"source", &figure.source}};
    for (const auto& [name, text] : lines) {
        if (text->find_first_of("\n\r\t") != std::string::npos)
            fields.fault(name, "not_a_line", {"不能换行", "takes one line"});
    }
    fields.finish();
    return figure;
}

// An office sets figures of its own region alone.
void check_region(const Call& call, const ruledesk::Figure& figure, FieldFaults& faults, std::size_t n) {
    const auto* unit = call.units->find(call.who().unit);
    const std::string own = unit != nullptr && unit->region ? unit->region->text() : std::string();
    if (figure.region.starts_with(own)) return;
    faults.add("body", fmt::format("/figures/{}/region", n), "region_out_of_reach",
               {fmt::format("只能设定本辖区（{}）的数值", own),
                fmt::format("only figures of one's own region ({}) can be set", own)});
}

Outcome<ProposalPayload> figures_asked(Call& call, BodyFields& fields, FieldFaults& faults) {
    FiguresPayload payload;
    const auto* list = fields.value("figures");
    const auto* items = list != nullptr ? list->if_array() : nullptr;
    if (list != nullptr && (items == nullptr || items->empty() || items->size() > most_figures))
        fields.fault("figures", "not_in_range",
                     {fmt::format("应为 1 到 {} 项的列表", most_figures),
                      fmt::format("takes a list of 1 to {}", most_figures)});
    for (std::size_t n = 0; items != nullptr && n < items->size() && n < most_figures; ++n) {
        payload.figures.push_back(figure_of((*items)[n], faults, n));
        check_region(call, payload.figures.back(), faults, n);
    }
    if (!faults.empty()) return payload;
    const Date first = std::ranges::min(payload.figures, {}, &ruledesk::Figure::from).from;
    auto law = ruledesk::law_in_force(call.desk.database, call.services.law.program(),
                                      {.day = first, .known = {}, .pack = {}});
    if (!law) return std::unexpected(faulty_law(law.error()));
    payload.pack = law->policy.pack.id;
    if (const auto changes = ruledesk::changes_of(payload.figures, law->policy.pack); !changes) {
        for (const Error& fault : changes.error())
            faults.add("body", "/" + (fault.where.starts_with("figures/") ? fault.where : "figures"),
                       fault.code, fault.text);
    }
    return payload;
}

Outcome<ProposalPayload> pack_asked(Call& call, BodyFields& fields, FieldFaults& faults) {
    const std::string id = fields.text("pack");
    const Date from = fields.date("from");
    if (!faults.empty()) return ruledesk::PackProposal{};
    const auto& root = call.services.policy_root;
    const auto known = policy::pack_ids(root / "packs");
    if (std::ranges::find(known, id) == known.end()) {
        fields.fault("pack", "no_such_pack", {"没有这个规则包", "there is no such pack"});
        return ruledesk::PackProposal{};
    }
    auto asked = ruledesk::propose_pack(root, id, from);
    if (!asked) return std::unexpected(faulty_law(asked.error()));
    return std::move(*asked);
}

// By their codes, or all that the filters leave.
Outcome<std::vector<PlacedHousehold>> list_asked(Call& call, BodyFields& fields) {
    const auto codes = fields.texts("households", most_households, false);
    const HouseholdFilter filter{"", fields.optional_text("region").value_or(""),
                                 fields.optional_text("category").value_or("")};
    if (!codes.empty())
        return households_in_reach(call, Verb::reveal, Thing::person, codes, fields, "households");
    auto rows = TRY(list_households(call.desk.data, call.scope(Verb::reveal, Thing::person), filter, "",
                                    most_households + 1));
    if (rows.empty() || rows.size() > most_households)
        fields.fault("households", "not_in_range",
                     {fmt::format("应有 1 到 {} 户", most_households),
                      fmt::format("takes 1 to {} households", most_households)});
    return rows;
}

Outcome<ProposalPayload> reveal_asked(Call& call, BodyFields& fields, FieldFaults& faults,
                                      const std::string& reason) {
    TRY_VOID(call.services.roles.require(call.who(), Verb::reveal, Thing::person));
    RevealPayload payload;
    const int least = call.services.rules.reason_least;
    if (count_code_points(reason) < static_cast<std::size_t>(least))
        fields.fault("reason", "reveal_without_reason",
                     {fmt::format("须写明理由（至少 {} 个字）", least),
                      fmt::format("takes a reason of {} characters", least)});
    const bool is_number = fields.word("field", {"identity_number", "phone"}) == "identity_number";
    payload.field = is_number ? FieldClass::identity_number : FieldClass::phone;
    payload.purpose = fields.text("purpose");
    payload.case_ref = fields.text("case");
    if (!payload.purpose.empty() && call.services.roles.purpose(payload.purpose) == nullptr)
        fields.fault("purpose", "purpose", {"没有这种目的", "there is no such purpose"});
    auto placed = list_asked(call, fields);
    if (!placed) return std::unexpected(std::move(placed).error());
    if (!faults.empty()) return payload;
    for (const auto& one : *placed) {
        RevealPayload::Household household{one.id, one.code, {}};
        auto members = members_in(call, one);
        if (!members) return std::unexpected(std::move(members).error());
        for (const auto& member : *members) household.persons.push_back(member.id);
        payload.households.push_back(std::move(household));
    }
    return payload;
}

// A person of a household, or all of it.
Outcome<ProposalPayload> forgetting_asked(Call& call, BodyFields& fields, FieldFaults& faults) {
    const auto codes = fields.texts("households", 1);
    const auto person = fields.optional_text("person");
    auto placed = households_in_reach(call, Verb::propose, Thing::retention, codes, fields, "households");
    if (!placed) return std::unexpected(std::move(placed).error());
    if (!faults.empty() || placed->empty()) return ForgetPayload{};
    const PlacedHousehold& one = placed->front();
    ForgetPayload payload{one.id, one.code, !person, {}};
    auto members = members_in(call, one);
    if (!members) return std::unexpected(std::move(members).error());
    for (const auto& member : *members) {
        if (!person || std::to_string(member.id.value()) == *person) payload.persons.push_back(member.id);
    }
    if (person && payload.persons.empty())
        fields.fault("person", "no_such_member", {"这一户没有这名成员", "the household has no such member"});
    if (faults.empty()) TRY_VOID(check_forgetting(call, payload));
    return payload;
}

void look_at_subjects(access::Look& look, const ProposalPayload& payload) {
    if (const auto* forgetting = std::get_if<ForgetPayload>(&payload)) {
        look.households.push_back(forgetting->household);
        look.persons = forgetting->persons;
    }
    const auto* reveal = std::get_if<RevealPayload>(&payload);
    if (reveal == nullptr) return;
    for (const auto& one : reveal->households) {
        look.households.push_back(one.id);
        look.persons.insert(look.persons.end(), one.persons.begin(), one.persons.end());
    }
}

Thing thing_of_kind(const std::string& kind) {
    if (kind == "figures") return Thing::parameter;
    if (kind == "pack") return Thing::pack;
    if (kind == "headings") return Thing::feed;
    return kind == "reveal" ? Thing::person : Thing::retention;
}

Outcome<ProposalPayload> asked_for(Call& call, BodyFields& fields, FieldFaults& faults,
                                   const std::string& kind, const std::string& reason) {
    if (kind == "figures") return figures_asked(call, fields, faults);
    if (kind == "pack") return pack_asked(call, fields, faults);
    if (kind == "reveal") return reveal_asked(call, fields, faults, reason);
    if (kind == "headings") return headings_asked(call, fields, faults);
    return forgetting_asked(call, fields, faults);
}

Outcome<Response> create(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string kind = fields.word("kind", {"figures", "pack", "reveal", "forgetting", "headings"});
    const std::string reason = fields.prose("reason", {.most = 1000});
    // Who may not propose it is told so, whatever the body says.
    const Thing thing = thing_of_kind(kind);
    TRY_VOID(call.services.roles.require(call.who(), Verb::propose, thing));
    auto payload = asked_for(call, fields, faults, kind, reason);
    if (!payload) return std::unexpected(std::move(payload).error());
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    const auto id = TRY(access::propose(call.desk.database, call.services.roles, call.services.clock,
                                        call.who(), thing, text_of(*payload), reason));
    auto& look = call.looked(fmt::format("proposal.{} {}", kind, id));
    look.verb = Verb::propose;
    look.thing = thing;
    look.reason = reason;
    look_at_subjects(look, *payload);
    const auto made = TRY(access::find_proposal(call.desk.database, id));
    auto shown = proposal_json(call, *made);
    if (!shown) return std::unexpected(std::move(shown).error());
    Response response = json_answer(*shown, 201);
    response.headers.add("Location", fmt::format("/api/v1/proposals/{}", id));
    return response;
}

// --- seeing

Outcome<Response> list(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const auto wanted = query->word("state", {"open", "approved", "refused"});
    auto asked = whole_asked(call, *query, faults);
    if (!asked) return std::unexpected(std::move(asked).error());
    auto state = access::ProposalState::open;
    if (wanted == "approved") state = access::ProposalState::approved;
    if (wanted == "refused") state = access::ProposalState::refused;
    json::array items;
    for (const auto& proposal :
         TRY(access::list_proposals(call.desk.database, call.services.rules, call.services.clock, state))) {
        if (may_see_proposal(call, proposal)) items.push_back(proposal_head(call, proposal));
    }
    return listed(call, *asked, "proposals",
                  {{"id"},
                   {"kind"},
                   {"state"},
                   {"reason"},
                   {"proposed_by"},
                   {"proposed_by_name"},
                   {"unit"},
                   {"proposed_at"},
                   {"expires_at"},
                   {"decided_by"},
                   {"decided_by_name"},
                   {"answer"}},
                  std::move(items));
}

Outcome<access::Proposal> found(Call& call) {
    std::uint64_t id = 0;
    const std::string& text = call.parameter("id");
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (failure == std::errc() && end == text.data() + text.size() && (id >> 62U) == 0) {
        auto proposal = TRY(access::find_proposal(call.desk.database, id));
        if (proposal && may_see_proposal(call, *proposal)) return std::move(*proposal);
    }
    return std::unexpected(
        Failure(404, "no_such_proposal", {"没有这份提请，或与您无关", "there is no such proposal for you"}));
}

Outcome<Response> one(Call& call) {
    auto proposal = found(call);
    if (!proposal) return std::unexpected(std::move(proposal).error());
    auto payload = read_payload(proposal->payload);
    if (!payload) return std::unexpected(std::move(payload).error());
    auto shown = proposal_json(call, *proposal);
    if (!shown) return std::unexpected(std::move(shown).error());
    auto& look = call.looked(fmt::format("proposal {}", proposal->id));
    look.thing = proposal->thing;
    look_at_subjects(look, *payload);
    return json_answer(*shown);
}

// --- deciding

Outcome<Response> decide(Call& call) {
    auto proposal = found(call);
    if (!proposal) return std::unexpected(std::move(proposal).error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    (void)fields.value("approved");
    const bool approved = fields.flag("approved", false);
    const std::string seen = fields.text("payload_hash");
    const std::string answer = fields.prose("reason", {.most = 1000, .required = false});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    TRY_VOID(access::decide_proposal(call.desk.database, call.services.roles, call.services.rules,
                                     call.services.clock, call.who(), proposal->id,
                                     {.approved = approved, .payload_hash = seen, .answer = answer}));
    auto& look = call.looked(fmt::format("proposal.{} {}", approved ? "approve" : "refuse", proposal->id));
    look.verb = Verb::approve;
    look.thing = proposal->thing;
    look.reason = answer;
    return json_answer(proposal_head(call, *TRY(access::find_proposal(call.desk.database, proposal->id))));
}

// --- carrying out

Outcome<std::uint64_t> enacted(Call& call, const access::Proposal& proposal, const ProposalPayload& payload) {
    const ruledesk::Carrying carrying{.database = call.desk.database,
                                      .rules = call.services.rules,
                                      .clock = call.services.clock,
                                      .by = call.who().user,
                                      .proposal = proposal.id,
                                      .payload = proposal.payload};
    if (const auto* figures = std::get_if<FiguresPayload>(&payload))
        return TRY(ruledesk::enact_figures(carrying, figures->pack, figures->figures));
    if (const auto* pack = std::get_if<ruledesk::PackProposal>(&payload))
        return TRY(ruledesk::enact_pack(carrying, call.services.law.program(), *pack));
    return std::unexpected(Failure(409, "proposal_kind",
                                   {"这类提请以取出文件的方式执行（…/file）",
                                    "this kind of proposal is carried out by taking its file (…/file)"}));
}

Outcome<Response> execute(Call& call) {
    auto proposal = found(call);
    if (!proposal) return std::unexpected(std::move(proposal).error());
    auto payload = read_payload(proposal->payload);
    if (!payload) return std::unexpected(std::move(payload).error());
    if (const auto* forgetting = std::get_if<ForgetPayload>(&*payload))
        return forget_as_approved(call, *proposal, *forgetting);
    if (const auto* headings = std::get_if<HeadingsPayload>(&*payload)) {
        if (auto done = put_headings(call, *proposal, *headings); !done)
            return std::unexpected(std::move(done).error());
        auto& look = call.looked(fmt::format("headings of proposal {}", proposal->id));
        look.verb = Verb::change;
        look.thing = proposal->thing;
        return json_answer(json::object{{"enactment", nullptr}}, 201);
    }
    auto number = enacted(call, *proposal, *payload);
    if (!number) return std::unexpected(std::move(number).error());
    call.services.law.changed();
    call.services.case_law.changed();
    auto& look = call.looked(fmt::format("enactment {} of proposal {}", *number, proposal->id));
    look.verb = Verb::change;
    look.thing = proposal->thing;
    return json_answer(json::object{{"enactment", *number}}, 201);
}

// The rows that leave: number or phone whole, and on each of them under which proposal.
Outcome<intake::Table> revealed_table(Call& call, const RevealPayload& payload, std::uint64_t proposal) {
    const std::string field(access::name_of(payload.field));
    intake::Table table{
        .columns = {{"household_id"}, {"relation"}, {"name"}, {field.c_str()}, {"purpose"}, {"proposal"}},
        .rows = {}};
    const Shower shower(call, Thing::list);
    for (const auto& one : payload.households) {
        const PlacedHousehold placed{.id = one.id,
                                     .code = one.code,
                                     .unit = TRY(access::unit_of(call.desk.database, one.id, call.today()))};
        const auto guarded = TRY(protected_members(call.desk.data, one.id, call.today()));
        auto members = members_in(call, placed);
        if (!members) return std::unexpected(std::move(members).error());
        for (const auto& member : *members) {
            // Who came to the household since was not what anybody approved.
            if (std::ranges::find(one.persons, member.id) == one.persons.end()) continue;
            const auto name = shower.text(FieldClass::name, placed.row(), member.name);
            std::string shown = member.id_number ? member.id_number->reveal() : std::string();
            // By a phone number a protected person is found.
            if (payload.field == FieldClass::phone) shown = guarded.contains(member.id) ? "" : member.phone;
            table.rows.push_back({one.code, member.relation,
                                  name.is_string() ? std::string(name.get_string()) : std::string(), shown,
                                  payload.purpose, std::to_string(proposal)});
        }
    }
    return table;
}

Outcome<Response> take_file(Call& call) {
    auto proposal = found(call);
    if (!proposal) return std::unexpected(std::move(proposal).error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    PageAsked asked;
    asked.format = fields.word("format", {"csv", "xlsx"});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    TRY_VOID(call.services.roles.require(call.who(), Verb::export_, Thing::list));
    auto payload = read_payload(proposal->payload);
    if (!payload) return std::unexpected(std::move(payload).error());
    const auto* reveal = std::get_if<RevealPayload>(&*payload);
    if (reveal == nullptr)
        return std::unexpected(
            Failure(409, "proposal_kind", {"这类提请没有文件", "this kind of proposal has no file"}));
    auto table = revealed_table(call, *reveal, proposal->id);
    if (!table) return std::unexpected(std::move(table).error());
    access::Session who = call.who();
    who.why = {reveal->purpose, reveal->case_ref};
    access::MassReveal request{
        .field = reveal->field, .households = {}, .persons = {}, .reason = proposal->reason};
    for (const auto& one : reveal->households) {
        request.households.push_back(one.id);
        request.persons.insert(request.persons.end(), one.persons.begin(), one.persons.end());
    }
    call.look =
        TRY(access::reveal_many(call.desk.database, call.services.roles, *call.units, call.services.rules,
                                call.services.clock, who, request, proposal->id, proposal->payload));
    return exported(call, asked, fmt::format("proposal-{}", proposal->id), std::move(*table));
}

}  // namespace

std::vector<Route> proposal_routes() {
    constexpr std::string_view type = "application/json";
    const auto route = [type](std::string_view method, std::string_view path, std::string_view operation,
                              Handler handler) {
        return Route{.method = method,
                     .path = path,
                     .operation = operation,
                     .handler = handler,
                     .who = Who::signed_in,
                     .request_type = method == "GET" ? std::string_view{} : type,
                     .deadline = std::chrono::seconds{60}};
    };
    std::vector<Route> routes{
        route("GET", "/api/v1/proposals", "listProposals", list),
        route("POST", "/api/v1/proposals", "propose", create),
        route("GET", "/api/v1/proposals/{id}", "getProposal", one),
        route("POST", "/api/v1/proposals/{id}/decision", "decideProposal", decide),
        route("POST", "/api/v1/proposals/{id}/execution", "executeProposal", execute),
        route("POST", "/api/v1/proposals/{id}/file", "takeProposalFile", take_file),
    };
    routes[4].request_type = {};
    for (Route* making : {&routes[1], &routes[4]}) making->creates = making->claims_key = true;
    return routes;
}

}  // namespace doudi::http
