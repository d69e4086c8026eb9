// SPDX-License-Identifier: Apache-2.0
// The signed papers of a household: who has signed, who still has to, a revocation; and the rows about means
// that wait for a paper.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <vector>

#include "access/authorisations.h"
#include "base/shown_name.h"
#include "http/register/reach.h"
#include "http/register/signatures.h"
#include "http/request/lists.h"
#include "http/request/reason.h"
#include "http/request/routes.h"
#include "oversight/register_cases.h"
#include "registry/repository.h"

namespace doudi::http {
namespace {

using access::FieldClass;
using access::Thing;
using access::Verb;
namespace json = boost::json;

// `signer_name`: as this session is shown it.
json::object paper_json(const access::Authorisation& paper, json::value signer_name) {
    json::object body{{"id", std::to_string(paper.id)},
                      {"person", std::to_string(paper.person.value())},
                      {"signer", nullptr},
                      {"signer_name", std::move(signer_name)},
                      {"signed_as", access::name_of(paper.signed_as)},
                      {"scope", paper.scope},
                      {"signed_on", paper.signed_on.iso()},
                      {"from", paper.from.iso()},
                      {"until", paper.until.iso()},
                      {"revoked_on", day_or_null(paper.revoked_on)},
                      {"paper", paper.paper},
                      {"ward_paper", paper.ward_paper}};
    if (paper.signer) body["signer"] = std::to_string(paper.signer->value());
    return body;
}

// Null: the register has who signed, or the reader is shown no names.
Outcome<json::value> signer_name(Call& call, const Shower& shower, access::ScopedRow row,
                                 const access::Authorisation& paper) {
    const std::string name = TRY(access::signer_name_of(call.desk.database, call.desk.data.seal(), paper));
    if (name.empty()) return json::value(nullptr);
    row.person = paper.person;
    return shower.text(FieldClass::name, row, name);
}

Outcome<Response> paper_answer(Call& call, const PlacedHousehold& placed, const access::Authorisation& paper,
                               int status) {
    const Shower shower(call, Thing::authorisation);
    auto name = signer_name(call, shower, placed.row(), paper);
    if (!name) return std::unexpected(std::move(name).error());
    return json_answer(paper_json(paper, std::move(*name)), status);
}

Outcome<json::array> papers_json(Call& call, const Shower& shower, const access::ScopedRow& row,
                                 const std::vector<access::Authorisation>& all, PersonId person) {
    json::array papers;
    for (const auto& paper : all) {
        if (paper.person != person) continue;
        auto name = signer_name(call, shower, row, paper);
        if (!name) return std::unexpected(std::move(name).error());
        papers.push_back(paper_json(paper, std::move(*name)));
    }
    return papers;
}

// A member with their papers, and what is needed to print a form for who still has to sign.
json::object member_json(const registry::Member& member, access::ScopedRow row, const Shower& shower,
                         const access::SigningState& state, json::array papers) {
    row.person = member.id;
    json::value signs_as = nullptr;
    json::value how = nullptr;
    if (state.signs_as) {
        signs_as = json::value(access::name_of(*state.signs_as));
    } else {
        how = json::value(words(access::how_to_know_birthday()));
    }
    return {{"person", std::to_string(member.id.value())},
            {"name", shower.text(FieldClass::name, row, member.name)},
            {"relation", member.relation},
            {"identity_number", shower.number(member, row)},
            {"signs_as", std::move(signs_as)},
            {"how", std::move(how)},
            {"answer", access::name_of(state.answer)},
            {"said", words(access::describe(state.answer))},
            {"papers", std::move(papers)}};
}

Outcome<Response> list(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const Date day = query->date("day").value_or(call.today());
    query->finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    auto placed = household_in_reach(call, Verb::read, Thing::authorisation);
    if (!placed) return std::unexpected(std::move(placed).error());
    auto members = members_in(call, *placed);
    if (!members) return std::unexpected(std::move(members).error());
    std::vector<access::HouseholdPerson> people;
    std::vector<access::Authorisation> all;
    for (const auto& member : *members) {
        people.push_back({member.id, birthday(member)});
        const auto papers = TRY(access::authorisations_of(call.desk.database, member.id));
        all.insert(all.end(), papers.begin(), papers.end());
    }
    const auto states = access::signing_states(access::AuthorisationBook(all), call.services.rules, people,
                                               access::whole_check, day);
    const Shower shower(call, Thing::authorisation,
                        TRY(access::reveals_of(call.desk.database, call.who(), call.services.clock.now())));
    auto& look = call.looked("authorisations");
    look.households.push_back(placed->id);
    json::array items;
    std::int64_t missing = 0;
    for (std::size_t n = 0; n < members->size(); ++n) {
        const auto& member = (*members)[n];
        auto papers = papers_json(call, shower, placed->row(), all, member.id);
        if (!papers) return std::unexpected(std::move(papers).error());
        missing += states[n].answer == access::AuthorisationAnswer::covered ? 0 : 1;
        items.push_back(member_json(member, placed->row(), shower, states[n], std::move(*papers)));
        look.persons.push_back(member.id);
    }
    const auto* unit = placed->unit ? call.units->find(*placed->unit) : nullptr;
    return json_answer(
        json::object{{"household", placed->code},
                     {"day", day.iso()},
                     {"unit", unit != nullptr ? json::value(unit->title) : json::value(nullptr)},
                     {"missing", missing},
                     {"members", std::move(items)}});
}

// --- recording

// "means", or one kind of fact that needs a paper.
Outcome<bool> is_scope(Call& call, const std::string& scope) {
    if (scope == access::whole_check) return true;
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    return std::ranges::any_of((*law)->pack.law.facts, [&](const policy::FactDefinition& fact) {
        return fact.needs_authorisation && fact.id == scope;
    });
}

access::SignedAs signed_as(const std::string& word) {
    using enum access::SignedAs;
    return word == "self" ? self : word == "supporter" ? supporter : guardian;
}

// What the register's number says, or what a paper shows where there is no number.
access::Birthday birthday_asked(const Call& call, const registry::Member* member, BodyFields& fields) {
    access::Birthday born;
    if (member != nullptr) born.on = birthday(*member);
    const auto told = fields.optional_date("born_on");
    if (!told || member == nullptr) return born;
    if (born.on) {
        fields.fault(
            "born_on", "known_already",
            {"该成员的出生日期以登记的身份证号为准", "the register's number says this person's birthday"});
    } else if (*told > call.today()) {
        fields.fault("born_on", "date_in_future", {"不能晚于今天", "lies in the future"});
    }
    return {.on = told, .by_paper = true};
}

struct PaperAsked {
    access::Authorisation paper;
    access::Birthday born;
};

// A member of the household, or somebody else by their name; the person themselves need not be named again.
void read_signer(BodyFields& fields, const std::vector<registry::Member>& members, PaperAsked& asked) {
    access::Authorisation& paper = asked.paper;
    const std::string signer = fields.text("signer", {.required = false});
    paper.signer_name = fields.text("signer_name", {.most = 60, .required = false});
    const auto at = std::ranges::find_if(
        members, [&](const registry::Member& one) { return std::to_string(one.id.value()) == signer; });
    if (at != members.end()) {
        paper.signer = at->id;
        asked.born.of_signer = birthday(*at);
    } else if (!signer.empty()) {
        fields.fault("signer", "no_such_member", {"这一户没有这名成员", "the household has no such member"});
    }
    paper.signed_as = signed_as(fields.word("signed_as", {"self", "supporter", "guardian"}));
    if (signer.empty() && paper.signed_as == access::SignedAs::self) paper.signer = paper.person;
    if (paper.signer && !paper.signer_name.empty())
        fields.fault("signer_name", "signer_twice",
                     {"签署人为本户成员的，不另写姓名", "who is a member is not named again"});
}

Outcome<PaperAsked> paper_asked(Call& call, const PlacedHousehold& placed, BodyFields& fields) {
    PaperAsked asked;
    access::Authorisation& paper = asked.paper;
    auto members = members_in(call, placed);
    if (!members) return std::unexpected(std::move(members).error());
    const std::string person = fields.text("person");
    const auto whose = std::ranges::find_if(
        *members, [&](const registry::Member& one) { return std::to_string(one.id.value()) == person; });
    if (whose != members->end()) {
        paper.person = whose->id;
    } else if (!person.empty()) {
        fields.fault("person", "no_such_member", {"这一户没有这名成员", "the household has no such member"});
    }
    asked.born = birthday_asked(call, whose != members->end() ? &*whose : nullptr, fields);
    read_signer(fields, *members, asked);
    paper.scope = fields.optional_text("scope").value_or(std::string(access::whole_check));
    auto known = is_scope(call, paper.scope);
    if (!known) return std::unexpected(std::move(known).error());
    if (!*known) fields.fault("scope", "no_such_scope", {"没有这种授权范围", "there is no such scope"});
    paper.signed_on = fields.date("signed_on");
    paper.from = fields.optional_date("from").value_or(paper.signed_on);
    paper.until = fields.date("until");
    paper.paper = fields.text("paper", {.most = 200, .required = false});
    paper.ward_paper = fields.text("ward_paper", {.most = 200, .required = false});
    if (paper.signed_on > call.today())
        fields.fault("signed_on", "date_in_future", {"不能晚于今天", "lies in the future"});
    return asked;
}

Outcome<Response> create(Call& call) {
    auto placed = household_in_reach(call, Verb::create, Thing::authorisation);
    if (!placed) return std::unexpected(std::move(placed).error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    auto asked = paper_asked(call, *placed, fields);
    if (!asked) return std::unexpected(std::move(asked).error());
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    access::Authorisation& paper = asked->paper;
    paper.id =
        TRY(access::record_authorisation(call.desk.database, call.desk.data.seal(), call.services.rules,
                                         call.who(), call.services.clock, paper, asked->born));
    auto& look = call.looked(fmt::format("authorisation {} recorded{}", paper.id,
                                         asked->born.by_paper ? ", birthday by paper" : ""));
    look.households.push_back(placed->id);
    look.persons.push_back(paper.person);
    return paper_answer(call, *placed, paper, 201);
}

Outcome<access::Authorisation> paper_named(Call& call, const PlacedHousehold& placed) {
    auto members = members_in(call, placed);
    if (!members) return std::unexpected(std::move(members).error());
    for (const auto& member : *members) {
        for (auto& paper : TRY(access::authorisations_of(call.desk.database, member.id))) {
            if (std::to_string(paper.id) == call.parameter("id")) return std::move(paper);
        }
    }
    return std::unexpected(
        Failure(404, "no_such_authorisation", {"这一户没有这份授权书", "the household has no such paper"}));
}

Outcome<Response> revoke(Call& call) {
    auto placed = household_in_reach(call, Verb::change, Thing::authorisation);
    if (!placed) return std::unexpected(std::move(placed).error());
    auto paper = paper_named(call, *placed);
    if (!paper) return std::unexpected(std::move(paper).error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const Date on = fields.date("on");
    const std::string reason = reason_if_told(fields);
    if (faults.empty() && on < paper->signed_on)
        fields.fault("on", "revoked_before_signed", {"不能早于签署日", "lies before it was signed"});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    TRY_VOID(access::revoke_authorisation(call.desk.database, paper->id, on));
    paper->revoked_on = on;
    auto& look = call.looked(fmt::format("authorisation {} revoked", paper->id));
    look.reason = reason;
    look.households.push_back(placed->id);
    look.persons.push_back(paper->person);
    return paper_answer(call, *placed, *paper, 200);
}

// --- what waits for a paper

Outcome<std::vector<oversight::KeptApart>> waiting(Call& call, Date day) {
    auto law = ruledesk::law_in_force(call.desk.database, call.services.law.program(),
                                      {.day = day, .known = {}, .pack = {}});
    if (!law) return std::unexpected(faulty_law(law.error()));
    auto rows = TRY(
        oversight::read_kept_apart(call.desk.data, law->policy.catalogue, law->policy.pack.law, AsOf{day}));
    const auto scope = call.scope(Verb::read, Thing::fact);
    std::map<HouseholdId, bool> reached;
    for (const auto& row : rows) {
        if (reached.contains(row.household)) continue;
        const auto unit = TRY(access::unit_of(call.desk.database, row.household, call.today()));
        reached[row.household] = scope.covers({.household = row.household, .unit = unit});
    }
    std::erase_if(rows, [&](const oversight::KeptApart& row) { return !reached[row.household]; });
    return rows;
}

// Of whom a row is: members of a household are read once.
class NamesOfRows {
  public:
    explicit NamesOfRows(Call& call) : call_(call), shower_(call, Thing::person) {}
    // Null: not shown, or no more on the register.
    Result<json::value> name(const oversight::KeptApart& row) {
        auto home = homes_.find(row.household);
        if (home == homes_.end()) {
            Home read;
            read.row = {.household = row.household,
                        .unit = TRY(access::unit_of(call_.desk.database, row.household, call_.today()))};
            read.members =
                TRY(registry::members_of(call_.desk.data, call_.desk.data.current(), row.household));
            home = homes_.emplace(row.household, std::move(read)).first;
        }
        const auto& members = home->second.members;
        const auto member = std::ranges::find(members, row.person, &registry::Member::id);
        if (member == members.end()) return json::value(nullptr);
        return shower_.text(FieldClass::name, home->second.row, member->name);
    }

  private:
    struct Home {
        access::ScopedRow row;
        std::vector<registry::Member> members;
    };
    Call& call_;
    Shower shower_;
    std::map<HouseholdId, Home> homes_;
};

Outcome<Response> kept_apart(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const auto asked_day = query->date("day");
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    const auto last = oversight::last_told_day(call.desk.data);
    std::vector<oversight::KeptApart> rows;
    if (last) {
        auto found = waiting(call, asked_day.value_or(*last));
        if (!found) return std::unexpected(std::move(found).error());
        rows = std::move(*found);
    } else if (last.error().kind != ErrorKind::not_found) {
        return std::unexpected(Failure(last.error()));
    }
    auto& look = call.looked("kept apart");
    json::array items;
    intake::Table table{.columns = {{"file"},
                                    {"row", true},
                                    {"dataset"},
                                    {"fact"},
                                    {"household_id"},
                                    {"name"},
                                    {"told_on"},
                                    {"reason"}},
                        .rows = {}};
    std::size_t begin = 0;
    if (!asked->after.empty())
        std::from_chars(asked->after[0].data(), asked->after[0].data() + asked->after[0].size(), begin);
    const std::size_t most = asked->format == "json" ? asked->limit : most_exported;
    const std::size_t end = std::min(rows.size(), begin + most);
    NamesOfRows names(call);
    for (std::size_t n = begin; n < end; ++n) {
        const auto& row = rows[n];
        const Text why = access::describe(row.why);
        json::value name = TRY(names.name(row));
        const std::string name_text = name.is_string() ? std::string(name.get_string()) : std::string();
        items.push_back(json::object{{"file", shown_file_name(row.file_name)},
                                     {"row", row.row},
                                     {"dataset", row.dataset},
                                     {"fact", row.fact},
                                     {"household", row.code},
                                     {"person", std::to_string(row.person.value())},
                                     {"name", std::move(name)},
                                     {"told_on", row.told_on.iso()},
                                     {"answer", access::name_of(row.why)},
                                     {"said", words(why)}});
        table.rows.push_back({shown_file_name(row.file_name), std::to_string(row.row), row.dataset, row.fact,
                              row.code, name_text, row.told_on.iso(), why.in(call.lang)});
        look.households.push_back(row.household);
        look.persons.push_back(row.person);
    }
    if (asked->format != "json") return exported(call, *asked, "kept-apart", std::move(table));
    std::optional<std::vector<std::string>> next;
    if (end < rows.size()) next = std::vector{std::to_string(end)};
    return page_answer(call, *asked, std::move(items), next);
}

}  // namespace

std::vector<Route> authorisation_routes() {
    constexpr std::string_view type = "application/json";
    return {
        {.method = "GET",
         .path = "/api/v1/households/{code}/authorisations",
         .operation = "listAuthorisations",
         .handler = list,
         .thing = Thing::authorisation},
        {.method = "POST",
         .path = "/api/v1/households/{code}/authorisations",
         .operation = "recordAuthorisation",
         .handler = create,
         .verb = Verb::create,
         .thing = Thing::authorisation,
         .creates = true,
         .claims_key = true,
         .request_type = type},
        {.method = "POST",
         .path = "/api/v1/households/{code}/authorisations/{id}/revocation",
         .operation = "revokeAuthorisation",
         .handler = revoke,
         .verb = Verb::change,
         .thing = Thing::authorisation,
         .request_type = type},
        {.method = "GET",
         .path = "/api/v1/kept-apart",
         .operation = "listKeptApart",
         .handler = kept_apart,
         .thing = Thing::fact,
         .deadline = std::chrono::seconds{60}},
    };
}

}  // namespace doudi::http
