// SPDX-License-Identifier: Apache-2.0
// What rules find in the cases, for those who audit them, each with the steps on which it stands; and that a
// person has looked at it, with what they say.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "casework/lists/rule_hits.h"
#include "http/cases/case_desk.h"
#include "http/cases/case_names.h"
#include "http/office/desk_routes.h"
#include "http/register/people_names.h"
#include "http/request/listed.h"
#include "http/request/once.h"
#include "http/request/reason.h"
#include "registry/repository.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
using casework::HitRule;
using casework::RuleHit;
namespace json = boost::json;

constexpr int created = 201;

const Text& title_of(HitRule rule) {
    static const std::array<Text, casework::hit_rules.size()> titles{
        {{"死亡后仍在发放", "Paid on after a death"},
         {"重复享受", "Paid twice"},
         {"经办人员近亲属未登记备案", "A relative of staff who was not listed"},
         {"不同家庭共用一个账户", "One account for several households"}}};
    return titles[static_cast<std::size_t>(rule)];
}

json::object source_json(const policy::Law& law, const casework::HitSource& source) {
    const policy::Machine* machine = law.procedures.machine(source.machine);
    return {{"case", std::to_string(source.of.value())},
            {"title", words(machine == nullptr ? Text{source.machine, source.machine} : machine->title)},
            {"event", source.event},
            {"on", source.on.iso()},
            {"amount", source.amount ? json::value(source.amount->fen()) : json::value(nullptr)},
            {"category", source.category},
            {"told", source.told},
            {"account", source.account}};
}

json::value look_json(const Call& call, PeopleNames& people, const casework::HitLook* look) {
    if (look == nullptr) return nullptr;
    const auto* unit = call.units->find(look->unit);
    return json::object{{"at", time_text(micros_of(look->at))},
                        {"by", people.login(look->by)},
                        {"by_name", people.told(look->by)},
                        {"unit", unit == nullptr ? json::value(nullptr) : json::value(unit->title)},
                        {"reason", look->reason}};
}

// One that names a person is about that person, whatever the case is about.
casework::repository::ListedCase about(const RuleHit& hit) {
    casework::repository::ListedCase row = hit.about;
    if (hit.person) row.row.head.person = hit.person;
    return row;
}

// Of those in reach; where nobody lives whom a payment names, their household of the case stands.
Result<casework::RuleHits> all_hits(Call& call, const policy::Law& law,
                                    const std::vector<casework::repository::Readable>& readable) {
    auto desk = case_desk(call);
    auto& data = call.desk.data;
    return casework::rule_hits(desk, law, readable, [&data](PersonId person) -> Result<HouseholdId> {
        return TRY(registry::read_member(data, data.current(), person)).household;
    });
}

class HitPage {
  public:
    [[nodiscard]] static Result<HitPage> of(Call& call, const policy::Law& law,
                                            std::span<const RuleHit> hits) {
        std::vector<casework::repository::ListedCase> rows;
        for (const RuleHit& hit : hits) rows.push_back(about(hit));
        auto desk = case_desk(call);
        return HitPage(call, law, TRY(CaseNames::of(call, law, rows)),
                       TRY(casework::looks_at_hits(desk, hits)));
    }
    [[nodiscard]] json::object item(const RuleHit& hit) {
        const auto& head = hit.about.row.head;
        const auto* unit = call_.units->find(head.unit);
        json::array sources;
        for (const auto& source : hit.sources) sources.push_back(source_json(law_, source));
        const auto look = looks_.find(hit.key);
        return {
            {"key", hit.key},
            {"rule", name_of(hit.rule)},
            {"title", words(title_of(hit.rule))},
            {"case", std::to_string(head.id.value())},
            {"household", hit.about.household},
            {"person", hit.person ? json::value(std::to_string(hit.person->value())) : json::value(nullptr)},
            {"name", names_.name(about(hit))},
            {"category", names_.category(hit.about)},
            {"unit", unit == nullptr ? json::value(nullptr) : json::value(unit->title)},
            {"sources", std::move(sources)},
            {"look", look_json(call_, people_, look == looks_.end() ? nullptr : &look->second)}};
    }

  private:
    HitPage(Call& call, const policy::Law& law, CaseNames names,
            std::map<std::string, casework::HitLook> looks)
        : call_(call), law_(law), names_(std::move(names)), looks_(std::move(looks)), people_(call) {}

    Call& call_;
    const policy::Law& law_;
    CaseNames names_;
    std::map<std::string, casework::HitLook> looks_;
    PeopleNames people_;
};

// As a file has them: a row for each step on which a hit stands, so that each can be looked up.
json::array rows_of(const json::array& items) {
    json::array rows;
    for (const json::value& item : items) {
        for (const json::value& source : item.at("sources").as_array()) {
            json::object row = item.as_object();
            row.erase("sources");
            for (const auto& [name, told] : source.as_object())
                row[fmt::format("source_{}", std::string_view(name))] = told;
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

// How many of each rule, and of those how many nobody has looked at.
json::array counts_of(const casework::RuleHits& found,
                      const std::map<std::string, casework::HitLook>& looks) {
    json::array counts;
    for (std::size_t n = 0; n < casework::hit_rules.size(); ++n) {
        const auto rule = static_cast<HitRule>(n);
        const bool is_of_accounts = rule == HitRule::same_account;
        if (is_of_accounts && !found.without_account) continue;  // none would say that there is none
        std::uint64_t all = 0;
        std::uint64_t open = 0;
        for (const RuleHit& hit : found.all) {
            if (hit.rule != rule) continue;
            ++all;
            open += looks.contains(hit.key) ? 0U : 1U;
        }
        counts.push_back(json::object{
            {"rule", name_of(rule)},
            {"title", words(title_of(rule))},
            {"count", all},
            {"open", open},
            {"unknown", is_of_accounts ? json::value(*found.without_account) : json::value(nullptr)}});
    }
    return counts;
}

struct HitsAsked {
    std::optional<std::string> rule;
    std::optional<bool> is_looked_at;
};

Result<std::vector<RuleHit>> cut_hits(Call& call, std::vector<RuleHit> hits, const HitsAsked& asked) {
    auto desk = case_desk(call);
    const auto looks = TRY(casework::looks_at_hits(desk, hits));
    std::erase_if(hits, [&](const RuleHit& hit) {
        return (asked.rule && name_of(hit.rule) != *asked.rule) ||
               (asked.is_looked_at && looks.contains(hit.key) != *asked.is_looked_at);
    });
    return hits;
}

Outcome<Response> list_hits(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    HitsAsked of;
    of.rule = query->word("rule", {casework::hit_rules.begin(), casework::hit_rules.end()});
    if (const auto looked = query->word("looked_at", {"true", "false"})) of.is_looked_at = *looked == "true";
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    auto readable = readable_cases(call);
    if (!readable) return std::unexpected(std::move(readable).error());
    const auto hits = TRY(cut_hits(call, TRY(all_hits(call, (*law)->pack.law, *readable)).all, of));
    std::size_t at = 0;
    if (!asked->after.empty())
        std::from_chars(asked->after[0].data(), asked->after[0].data() + asked->after[0].size(), at);
    at = is_file(*asked) ? 0 : std::min(at, hits.size());
    const std::size_t end = std::min(at + most_of(*asked), hits.size());
    const std::span<const RuleHit> page(hits.data() + at, end - at);
    HitPage shown = TRY(HitPage::of(call, (*law)->pack.law, page));
    auto& look = call.looked("rule_hits");
    json::array items;
    for (const RuleHit& hit : page) {
        items.push_back(shown.item(hit));
        if (hit.about.row.head.household) look.households.push_back(*hit.about.row.head.household);
    }
    if (is_file(*asked))
        return listed_file(call, *asked, "rule-hits",
                           {{"rule"},
                            {"title"},
                            {"household"},
                            {"name"},
                            {"category"},
                            {"unit"},
                            {"source_case"},
                            {"source_title"},
                            {"source_event", true},
                            {"source_on"},
                            {"source_amount", true},
                            {"source_category"},
                            {"source_told"},
                            {"source_account"},
                            {"look/at"},
                            {"look/by_name"},
                            {"look/reason"}},
                           rows_of(items));
    std::optional<std::vector<std::string>> next;
    if (end < hits.size()) next = std::vector{std::to_string(end)};
    return page_answer(call, *asked, std::move(items), next);
}

Outcome<Response> count_hits(Call& call) {
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    auto readable = readable_cases(call);
    if (!readable) return std::unexpected(std::move(readable).error());
    const auto found = TRY(all_hits(call, (*law)->pack.law, *readable));
    auto desk = case_desk(call);
    return json_answer(
        json::object{{"rules", counts_of(found, TRY(casework::looks_at_hits(desk, found.all)))}});
}

Outcome<RuleHit> hit_named(Call& call, const policy::Law& law, const std::string& key) {
    auto readable = readable_cases(call);
    if (!readable) return std::unexpected(std::move(readable).error());
    auto found = TRY(all_hits(call, law, *readable));
    for (RuleHit& hit : found.all)
        if (hit.key == key) return std::move(hit);
    return std::unexpected(Failure(
        404, "no_such_hit", {"没有这条，或情况已变化", "there is no such finding, or things have changed"}));
}

Outcome<Response> look_at_hit(Call& call) {
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string key = fields.text("key", {.most = 100});
    constexpr std::size_t most = 1000;
    const std::string reason = need_reason(call, fields, {"请写明核实情况", "say what was found"}, most);
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    const auto hit = hit_named(call, (*law)->pack.law, key);
    if (!hit) return std::unexpected(hit.error());
    const auto& head = hit->about.row.head;
    call.session->why.case_ref = std::to_string(head.id.value());
    auto made = make_once(call, [&](store::Database& database) -> Outcome<Response> {
        auto desk = case_desk(call, database);
        TRY_VOID(casework::look_at_hit_within(desk, *hit, actor_of(call), reason));
        return json_answer(json::object{{"key", key}}, created);
    });
    auto& look = call.looked("rule_hit.look");
    look.reason = reason;
    if (head.household) look.households.push_back(*head.household);
    return made;
}

}  // namespace

std::vector<Route> rule_hit_routes() {
    constexpr std::chrono::seconds patience{60};
    return {{.method = "GET",
             .path = "/api/v1/rule-hits",
             .operation = "listRuleHits",
             .handler = list_hits,
             .thing = Thing::rule_hit,
             .deadline = patience},
            {.method = "GET",
             .path = "/api/v1/rule-hits/counts",
             .operation = "countRuleHits",
             .handler = count_hits,
             .thing = Thing::rule_hit,
             .deadline = patience},
            {.method = "POST",
             .path = "/api/v1/rule-hits/looks",
             .operation = "lookAtRuleHit",
             .handler = look_at_hit,
             .verb = Verb::change,
             .thing = Thing::rule_hit,
             .creates = true,
             .request_type = "application/json",
             .deadline = patience}};
}

}  // namespace doudi::http
