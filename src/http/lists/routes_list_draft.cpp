// SPDX-License-Identifier: Apache-2.0
// A list below a case drawn up by a condition of the law's language, or by one of its facts: asked here,
// worked out as a job, its rows for whoever asked. Who holds it is one list, of whom it is not known another;
// the person says who is on the list and opens it (a batch).
#include <algorithm>
#include <charconv>
#include <set>

#include "http/cases/case_desk.h"
#include "http/cases/case_routes.h"
#include "http/lists/list_draft.h"
#include "http/register/reach.h"
#include "http/register/repository.h"
#include "http/request/ask.h"
#include "http/request/listed.h"
#include "jobs/repository.h"
#include "policy/asked_condition.h"
#include "registry/repository.h"

namespace doudi::http {
namespace {

using access::FieldClass;
using access::Thing;
using access::Verb;
namespace json = boost::json;

constexpr int forbidden = 403;
constexpr int unprocessable = 422;

// The case above, its law, and the move by which the list is opened, of whoever may make it: a condition
// tells of many what the law knows of them, so it is asked by those alone who have a list to draw.
struct Above {
    casework::CaseHead head;
    std::shared_ptr<const policy::Pack> pack;
};

Outcome<Above> above_of(Call& call) {
    auto found = case_in_reach(call, call.parameter("id"));
    if (!found) return std::unexpected(std::move(found).error());
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    auto pack = law_of_case(call, found->row.head.pack, found->row.head.opened_on);
    if (!pack) return std::unexpected(std::move(pack).error());
    const policy::Machine* machine = listed_machine((*pack)->law, found->row.head.machine);
    if (machine == nullptr)
        return std::unexpected(
            Failure(unprocessable, "lists_nobody", {"这类办件没有名单", "a case of this kind has no list"}));
    const bool may_open = std::ranges::any_of(machine->moves, [&](const policy::Move& move) {
        return move.from.empty() && std::ranges::find_first_of(move.by, call.who().roles) != move.by.end();
    });
    if (!may_open)
        return std::unexpected(
            Failure(forbidden, "not_allowed", {"您的岗位不拟定这份名单", "your role draws no such list"}));
    return Above{found->row.head, std::move(*pack)};
}

// Facts that some dataset tells: of the others the register knows nothing, and all households are unknown.
std::set<std::string> facts_told(const policy::DatasetCatalogue& catalogue) {
    std::set<std::string> told;
    for (const auto& dataset : catalogue.datasets)
        for (const auto& fact : dataset.facts) told.insert(fact.fact);
    return told;
}

bool is_asked_by(const policy::FactDefinition& fact) {
    return fact.type == policy::FactType::boolean && fact.of != policy::Subject::application &&
           !fact.may_be_none;
}

Outcome<Response> list_choices(Call& call) {
    auto above = above_of(call);
    if (!above) return std::unexpected(std::move(above).error());
    const auto told = facts_told(call.services.policy.catalogue);
    json::array facts;
    for (const policy::FactDefinition& fact : above->pack->law.facts) {
        if (!is_asked_by(fact)) continue;
        facts.push_back(json::object{{"id", fact.id},
                                     {"of", fact.of == policy::Subject::person ? "person" : "household"},
                                     {"title", words(fact.title)},
                                     {"told", fact.is.has_value() || told.contains(fact.id)},
                                     {"condition", policy::condition_of_fact(fact)}});
    }
    return json_answer(json::object{{"facts", std::move(facts)}});
}

// The text of the condition, as it was written or as the fact comes to; faults stand at their field.
std::string condition_asked(BodyFields& fields, const policy::Law& law) {
    constexpr std::size_t longest = 2000;
    const auto written = fields.optional_text("condition", longest);
    const auto fact = fields.optional_text("fact");
    if (written.has_value() == fact.has_value()) {
        fields.fault("condition", "one_of_two",
                     {"请写条件 condition 或用 fact 指定一项事实（二者之一）",
                      "write a condition, or name a fact: one of the two"});
        return {};
    }
    if (written) return *written;
    const auto named = std::ranges::find_if(
        law.facts, [&](const policy::FactDefinition& one) { return one.id == *fact && is_asked_by(one); });
    if (named != law.facts.end()) return policy::condition_of_fact(*named);
    fields.fault("fact", "unknown_fact",
                 {"政策包没有这项事实，或它不是“是/否”", "the pack has no such fact that is true or false"});
    return {};
}

std::string unit_asked(const Call& call, BodyFields& fields) {
    const auto code = fields.optional_text("unit");
    if (!code) return {};
    const auto* unit = call.units->find(*code);
    if (unit == nullptr || !call.units->within(unit->id, call.who().unit, call.today()))
        fields.fault("unit", "no_such_unit",
                     {"没有这个单位，或不在您的辖区内", "there is no such office within your reach"});
    return *code;
}

Outcome<Response> ask_draft(Call& call) {
    auto above = above_of(call);
    if (!above) return std::unexpected(std::move(above).error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string condition = condition_asked(fields, above->pack->law);
    const std::string unit = unit_asked(call, fields);
    const auto day = fields.optional_date("as_of");
    fields.finish();
    if (!condition.empty()) {
        if (const auto compiled = policy::compile_asked(above->pack->law, condition); !compiled)
            for (const Error& fault : compiled.error()) fields.fault("condition", fault.code, fault.text);
    }
    if (!faults.empty()) return std::unexpected(faults.failure());
    auto& look = call.looked("case.list_draft");
    look.thing = Thing::household;
    look.reason = condition;  // what was asked of everybody stands in the log
    return ask_for(call, std::string(list_draft_name),
                   {{"case", std::to_string(above->head.id.value())},
                    {"pack", above->head.pack},
                    {"opened_on", above->head.opened_on.iso()},
                    {"condition", condition},
                    {"unit", unit},
                    {"as_of", day ? day->iso() : ""}});
}

// Whom of them the asker reaches still, with the name as they may see it.
Outcome<json::array> households_of(Call& call, const std::vector<jobs::ResultRow>& rows,
                                   const access::Scope& scope) {
    std::vector<PlacedHousehold> placed;
    std::vector<HouseholdId> ids;
    std::vector<std::string> answers;
    for (const jobs::ResultRow& row : rows) {
        const json::object body = json::parse(row.body).as_object();  // we wrote it
        auto found =
            TRY(find_household(call.desk.data, scope, std::string(body.at("household").as_string())));
        if (!found) continue;
        ids.push_back(found->id);
        answers.push_back(row.region);
        placed.push_back(std::move(*found));
    }
    const auto households = TRY(registry::read_households(call.desk.data, call.desk.data.current(), ids));
    const Shower shower(call, Thing::household);
    json::array items;
    for (std::size_t n = 0; n < placed.size(); ++n) {
        const access::Unit* unit = placed[n].unit ? call.units->find(*placed[n].unit) : nullptr;
        call.look->households.push_back(placed[n].id);
        items.push_back(json::object{
            {"household", placed[n].code},
            {"answer", answers[n]},
            {"head_name", shower.text(FieldClass::name, placed[n].row(), households[n].head_name)},
            {"unit_title", unit == nullptr ? json::value(nullptr) : json::value(unit->title)},
            {"category", households[n].category}});
    }
    return items;
}

Outcome<Response> draft_rows(Call& call) {
    const auto job = own_job(call, list_draft_name);
    if (!job) return std::unexpected(job.error());
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const std::string answer = query->word("answer", {"yes", "unknown"}).value_or("");
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    std::int64_t after = 0;
    if (!asked->after.empty())
        std::from_chars(asked->after[0].data(), asked->after[0].data() + asked->after[0].size(), after);
    std::vector<jobs::ResultRow> read;
    TRY_VOID(call.services.board.read([&](store::Database& database) -> Result<void> {
        read = TRY(jobs::result_rows(database, job->id, answer, after, most_of(*asked)));
        return {};
    }));
    call.looked("case.list_draft.rows").thing = Thing::household;
    auto items = households_of(call, read, call.scope(Verb::read, Thing::household));
    if (!items) return std::unexpected(std::move(items).error());
    std::optional<std::vector<std::string>> next;
    if (read.size() == asked->limit) next = std::vector{std::to_string(read.back().n)};
    return listed(call, *asked, "list-draft",
                  {{"household"}, {"head_name"}, {"unit_title"}, {"category"}, {"answer"}}, std::move(*items),
                  next);
}

}  // namespace

std::vector<Route> list_draft_routes() {
    return {{.method = "GET",
             .path = "/api/v1/cases/{id}/list-drafts",
             .operation = "getListChoices",
             .handler = list_choices},
            {.method = "POST",
             .path = "/api/v1/cases/{id}/list-drafts",
             .operation = "askListDraft",
             .handler = ask_draft,
             .creates = true,
             .request_type = "application/json"},
            {.method = "GET",
             .path = "/api/v1/list-drafts/{id}/rows",
             .operation = "listListDraftRows",
             .handler = draft_rows,
             .deadline = std::chrono::seconds{60}}};
}

}  // namespace doudi::http
