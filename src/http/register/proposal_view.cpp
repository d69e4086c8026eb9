// SPDX-License-Identifier: Apache-2.0
#include "http/register/proposal_view.h"

#include <fmt/format.h>

#include "access/retention.h"
#include "http/feeds/kept_headings.h"
#include "http/register/people_names.h"
#include "http/register/proposal_payload.h"
#include "http/register/reach.h"
#include "http/rules/pack_statements.h"
#include "policy/profile_words.h"
#include "registry/repository.h"

namespace doudi::http {
namespace {

namespace json = boost::json;

// The office of that region that stands highest there: several have one code where a county's bureaus do.
std::string title_of_region(const Call& call, std::string_view region) {
    std::string title;
    std::size_t depth = 0;
    for (const access::Unit& unit : call.units->units()) {
        if (!unit.region || unit.region->text() != region) continue;
        const std::size_t here = call.units->path(unit.id, call.today()).size();
        if (here == 0 || (!title.empty() && here >= depth)) continue;
        title = unit.title;
        depth = here;
    }
    return title;
}

// What would be otherwise, a sentence for each thing.
Outcome<json::array> changes_in(Call& call, const FiguresPayload& payload) {
    const Date first = std::ranges::min(payload.figures, {}, &ruledesk::Figure::from).from;
    const auto law = ruledesk::law_in_force(call.desk.database, call.services.law.program(),
                                            {.day = first, .known = {}, .pack = payload.pack});
    if (!law) return std::unexpected(faulty_law(law.error()));
    const auto changes =
        ruledesk::changes_of(payload.figures, law->policy.pack,
                             [&call](std::string_view region) { return title_of_region(call, region); });
    if (!changes) return std::unexpected(faulty_law(changes.error()));
    json::array said;
    for (const auto& one : *changes) said.push_back(words(one.say));
    return said;
}

// What the one who is to approve must know of a pack that has nothing to warn by.
Outcome<Text> monitoring_stays(Call& call, const ruledesk::PackProposal& payload) {
    const auto law = ruledesk::law_in_force(
        call.desk.database, call.services.law.program(),
        {.day = payload.from, .known = {}, .pack = {}, .purpose = ruledesk::LawAsked::Purpose::warnings});
    if (!law) return std::unexpected(faulty_law(law.error()));
    const policy::Pack& pack = law->policy.pack;
    return Text{fmt::format("{} 没有指标和等级：只用于认定；监测和预警仍按 {}@{}", payload.pack, pack.id,
                            pack.version),
                fmt::format("{} has no indicators and levels: it is for determination alone; monitoring and "
                            "warnings stay with {}@{}",
                            payload.pack, pack.id, pack.version)};
}

Outcome<json::array> changes_in(Call& call, const ruledesk::PackProposal& payload) {
    const auto before = ruledesk::law_in_force(call.desk.database, call.services.law.program(),
                                               {.day = payload.from, .known = {}, .pack = {}});
    if (!before) return std::unexpected(faulty_law(before.error()));
    const auto after = policy::load_policy(call.services.policy_root, payload.pack,
                                           {.day = payload.from, .parameter_files = {}});
    if (!after) return std::unexpected(faulty_law(after.error()));
    json::array said;
    said.push_back(
        words({fmt::format("自 {} 起由 {}@{} 改用 {}@{}", payload.from.iso(), before->policy.pack.id,
                           before->policy.pack.version, payload.pack, payload.version),
               fmt::format("from {} {}@{} gives way to {}@{}", payload.from.iso(), before->policy.pack.id,
                           before->policy.pack.version, payload.pack, payload.version)}));
    if (after->pack.can_monitor()) {
        if (after->pack.profile) said.push_back(words(policy::profile_words(after->pack)));
    } else {
        auto stays = monitoring_stays(call, payload);
        if (!stays) return std::unexpected(std::move(stays).error());
        said.push_back(words(*stays));
    }
    for (const auto& one : statement_changes(before->policy.pack.law, after->pack.law))
        said.push_back(words(one.say()));
    return said;
}

Outcome<json::array> changes_in(Call& call, const RevealPayload& payload) {
    std::size_t persons = 0;
    for (const auto& one : payload.households) persons += one.persons.size();
    const auto* purpose = call.services.roles.purpose(payload.purpose);
    const Text title = purpose != nullptr ? purpose->title : Text{payload.purpose, payload.purpose};
    const bool is_phone = payload.field == access::FieldClass::phone;
    json::array said;
    said.push_back(words({fmt::format("取出 {} 户 {} 人的完整{}，用于{}（{}）", payload.households.size(),
                                      persons, is_phone ? "电话" : "身份证号", title.zh, payload.case_ref),
                          fmt::format("whole {} of {} people in {} households leave, for: {} ({})",
                                      is_phone ? "phone numbers" : "identity numbers", persons,
                                      payload.households.size(), title.en, payload.case_ref)}));
    return said;
}

// Who stands in the sentence, before "的密钥" and before the household: as the reader's role sees their
// names; of whom it sees none, and of whoever is forgotten by now, how many. Of nobody: empty.
Result<Text> people_told(Call& call, const ForgetPayload& payload) {
    const Shower shower(call, access::Thing::person);
    const auto row =
        TRY(row_of_household(call, call.scope(access::Verb::read, access::Thing::person), payload.household));
    Text names;
    std::size_t unnamed = 0;
    for (const PersonId person : payload.persons) {
        const auto member = TRY(registry::read_member(call.desk.data, call.desk.data.current(), person));
        const auto name = shower.text(access::FieldClass::name, row, member.name);
        if (!name.is_string() || name.get_string().empty()) {
            ++unnamed;
            continue;
        }
        names.zh += (names.zh.empty() ? "" : "、") + std::string(name.get_string());
        names.en += (names.en.empty() ? "" : ", ") + std::string(name.get_string());
    }
    if (payload.persons.empty()) return Text();
    if (unnamed == 0) return Text{"成员" + names.zh, "members " + names.en + " of "};
    if (names.zh.empty())
        return Text{fmt::format("成员 {} 人", unnamed), fmt::format("{} {} (not named to you) of ", unnamed,
                                                                    unnamed == 1 ? "member" : "members")};
    return Text{fmt::format("成员{}，另 {} 人", names.zh, unnamed),
                fmt::format("members {} and {} more of ", names.en, unnamed)};
}

Outcome<json::array> changes_in(Call& call, const ForgetPayload& payload) {
    const Text people = TRY(people_told(call, payload));
    const Text whole = payload.whole ? Text{"全户", "the household"} : Text{"一人", "one person"};
    json::array said;
    said.push_back(
        words({fmt::format("销毁 {} 户（{}）{}的密钥，删除其登记和数据行：任何人不能恢复", payload.code,
                           whole.zh, people.zh),
               fmt::format("the keys of {}{} ({}) are destroyed, their rows of the register and of feeds "
                           "go: nobody can bring them back",
                           people.en, payload.code, whole.en)}));
    said.push_back(
        words({"保存期内的原始文件和早先的备份中仍有其信息，另行到期删除",
               "originals within their term and older backups still hold them, and go at their own end"}));
    for (const auto& hold : TRY(access::open_holds(call.desk.database))) {
        if (hold.household && *hold.household != payload.household) continue;
        said.push_back(
            words({fmt::format("停删 {} 号未解除：不能执行（{}）", hold.id, hold.reason),
                   fmt::format("hold {} stands: it cannot be carried out ({})", hold.id, hold.reason)}));
    }
    return said;
}

Outcome<json::array> changes_in(Call& call, const HeadingsPayload& payload) {
    return headings_changes(call, payload);
}

json::array codes_of(const ProposalPayload& payload) {
    json::array codes;
    if (const auto* forgetting = std::get_if<ForgetPayload>(&payload)) codes.emplace_back(forgetting->code);
    if (const auto* reveal = std::get_if<RevealPayload>(&payload)) {
        for (const auto& one : reveal->households) codes.emplace_back(one.code);
    }
    return codes;
}

}  // namespace

bool may_see_proposal(const Call& call, const access::Proposal& proposal) {
    return access::may_see(call.services.roles, *call.units, call.who(), proposal, call.today());
}

json::object proposal_head(Call& call, const access::Proposal& proposal) {
    PeopleNames people(call);
    const auto* unit = call.units->find(proposal.unit);
    const auto payload = read_payload(proposal.payload);
    const bool open = proposal.state == access::ProposalState::open;
    // No department is told who decided, only what.
    const access::UserId decided_by = call.who().department.empty() ? proposal.decided_by : access::UserId();
    return {{"id", std::to_string(proposal.id)},
            {"kind", payload ? json::value(kind_of(*payload)) : json::value(nullptr)},
            {"state", access::name_of(proposal.state)},
            {"reason", proposal.reason},
            {"proposed_by", people.login(proposal.proposed_by)},
            {"proposed_by_name", people.told(proposal.proposed_by)},
            {"unit", unit != nullptr ? json::value(unit->code) : json::value(nullptr)},
            {"proposed_at", time_text(micros_of(proposal.proposed_at))},
            {"expires_at", time_text(micros_of(proposal.proposed_at + call.services.rules.proposal_term))},
            {"decided_by", people.login(decided_by)},
            {"decided_by_name", people.told(decided_by)},
            {"answer", proposal.answer},
            {"mine", proposal.proposed_by == call.who().user},
            {"may_decide", open && access::may_decide(call.services.roles, *call.units, call.who(), proposal,
                                                      call.today())}};
}

Outcome<json::object> proposal_json(Call& call, const access::Proposal& proposal) {
    auto payload = read_payload(proposal.payload);
    if (!payload) return std::unexpected(std::move(payload).error());
    json::object body = proposal_head(call, proposal);
    body["payload_hash"] = access::payload_hash(proposal.payload);
    auto changes = std::visit([&](const auto& one) { return changes_in(call, one); }, *payload);
    if (!changes) return std::unexpected(std::move(changes).error());
    body["changes"] = std::move(*changes);
    body["households"] = codes_of(*payload);
    return body;
}

}  // namespace doudi::http
