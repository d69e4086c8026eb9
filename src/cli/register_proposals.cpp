// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "access/units.h"
#include "cli/commands.h"
#include "cli/counted.h"
#include "cli/place_households.h"
#include "cli/register_commands.h"
#include "cli/register_office.h"
#include "match/register_import.h"
#include "registry/field_titles.h"
#include "registry/proposals.h"

namespace doudi::cli {
namespace {

using registry::Proposal;
using registry::ProposalPart;

constexpr std::size_t most_proposals = 10000;
constexpr std::size_t rows_at_once = 5000;

Result<Proposal> found_proposal(store::DataFolder& store, std::uint64_t number) {
    const auto proposal = TRY(registry::find_proposal(store, PublishId(number)));
    if (proposal) return *proposal;
    return fail(ErrorKind::not_found, "proposal_unknown",
                {fmt::format("没有第 {} 号名册提请", number),
                 fmt::format("there is no proposal {} of the register", number)});
}

std::string number_text(std::uint64_t number) {
    return std::to_string(number);
}

ProposalPart::What part_named(const std::string& name) {
    if (name == "add") return ProposalPart::What::add;
    return name == "change" ? ProposalPart::What::change : ProposalPart::What::all;
}

Result<intake::Table> difference_of(store::DataFolder& store, const Proposal& proposal) {
    intake::Table table{
        .columns = {{"kind"}, {"household"}, {"member"}, {"field"}, {"before"}, {"after"}, {"outcome"}},
        .rows = {}};
    registry::RowPlace after;
    for (;;) {
        const auto rows = TRY(registry::read_rows(store, proposal, after, rows_at_once));
        if (rows.empty()) return table;
        for (const registry::ProposedRow& row : rows) {
            const std::string kind =
                fmt::format("{} {}", row.is_new ? "add" : "change", row.household ? "household" : "member");
            const std::string member = row.household || row.is_new ? "" : number_text(row.id);
            for (const auto& one : row.changes)
                table.rows.push_back({kind, row.code, member, one.field, shown_value(one.field, one.before),
                                      shown_value(one.field, one.after), std::string(name_of(row.outcome))});
        }
        after = {!rows.back().household, rows.back().id};
    }
}

Text row_title(const std::string& kind) {
    if (kind == "add household") return {"新增户", "new household"};
    if (kind == "change household") return {"变更户", "changed household"};
    return kind == "add member" ? Text{"新增成员", "new member"} : Text{"变更成员", "changed member"};
}
Text outcome_title(const std::string& outcome) {
    if (outcome == "open") return {"待决", "open"};
    if (outcome == "accepted") return {"已采纳", "accepted"};
    if (outcome == "refused") return {"不予采纳", "refused"};
    return {"名册已有更新的变动", "overtaken"};
}

// Of whom the file came for; empty: nobody was told.
std::string unit_code(RegisterOffice& office, const Proposal& proposal) {
    const auto tree = access::read_units(office.store().database());
    return tree ? code_of_unit(*tree, access::UnitId(proposal.unit)) : std::string();
}

ExitCode decide(const Console& console, const RegisterOptions& options, bool accepted) {
    auto office = open_register(console, options.store, store::Access::write);
    if (office == nullptr) return console.failed();
    const auto decided = [&]() -> Result<registry::Decided> {
        const Proposal proposal = TRY(found_proposal(office->store(), options.number));
        ProposalPart part{.what = part_named(options.part), .households = {}};
        if (!options.households.empty()) {
            part.what = ProposalPart::What::households;
            part.households =
                TRY(registry::proposed_households(office->store(), proposal, options.households));
        }
        const registry::Decision decision{.accepted = accepted,
                                          .part = part.what,
                                          .by = {0, office->session->user_name},
                                          .reason = options.reason,
                                          .at = office->access->clock.now()};
        return match::decide_proposal(office->store(), proposal.id, part, decision, options.threads);
    }();
    if (!decided) return console.report(decided.error());
    if (accepted) {
        const auto proposal = found_proposal(office->store(), options.number);
        if (!proposal) return console.report(proposal.error());
        const auto placed =
            place_households(console, office->store(), unit_code(*office, *proposal), proposal->as_of);
        if (placed != ExitCode::done) return placed;
    }
    const auto logged =
        record(*office->access, access::Verb::decide, access::Thing::household,
               fmt::format("register {} {}: {} households, {} members", accepted ? "accept" : "refuse",
                           options.number, decided->households, decided->members));
    if (!logged) return console.report(logged.error());
    console.line(
        {fmt::format("{} {} 户、{} 名成员；{} 行因名册已有更新的变动未采纳，{} 名成员待其户先采纳",
                     accepted ? "已采纳" : "不予采纳", decided->households, decided->members,
                     decided->overtaken, decided->waiting),
         fmt::format("{}: {}, {}; {} overtaken by something newer, {} waiting for their household",
                     accepted ? "accepted" : "refused",
                     counted(decided->households, "household", "households"),
                     counted(decided->members, "member", "members"), decided->overtaken, decided->waiting)});
    return ExitCode::done;
}

}  // namespace

ExitCode list_proposals(const Console& console, const RegisterOptions& options) {
    auto office = open_register(console, options.store, store::Access::read);
    if (office == nullptr) return console.failed();
    const auto proposals = registry::list_proposals(office->store(), most_proposals);
    if (!proposals) return console.report(proposals.error());
    Table for_people;
    for_people.headings = {{{"编号", "proposal"}, true},
                           {{"报送日", "as of"}},
                           {{"新增户", "new households"}, true},
                           {{"变更户", "changed households"}, true},
                           {{"新增成员", "new members"}, true},
                           {{"变更成员", "changed members"}, true},
                           {{"待决", "open"}, true}};
    intake::Table data{.columns = {{"proposal", true},
                                   {"as_of"},
                                   {"new_households", true},
                                   {"changed_households", true},
                                   {"new_members", true},
                                   {"changed_members", true},
                                   {"open", true}},
                       .rows = {}};
    for (const Proposal& proposal : *proposals) {
        const auto counts = registry::count_rows(office->store(), proposal.id);
        if (!counts) return console.report(counts.error());
        for_people.rows.push_back({number_text(proposal.id.value()), proposal.as_of.iso(),
                                   number_text(counts->new_households.all()),
                                   number_text(counts->changed_households.all()),
                                   number_text(counts->new_members.all()),
                                   number_text(counts->changed_members.all()), number_text(counts->open())});
        data.rows.push_back(for_people.rows.back());
    }
    return put_list(console, options.list, for_people, data,
                    {"没有名册提请", "no register's file has proposed anything"});
}

ExitCode show_proposal(const Console& console, const RegisterOptions& options) {
    auto office = open_register(console, options.store, store::Access::read);
    if (office == nullptr) return console.failed();
    const auto proposal = found_proposal(office->store(), options.number);
    if (!proposal) return console.report(proposal.error());
    const auto data = difference_of(office->store(), *proposal);
    if (!data) return console.report(data.error());
    Table for_people;
    for_people.headings = {{{"类别", "kind"}},   {{"户", "household"}}, {{"成员", "member"}},
                           {{"字段", "field"}},  {{"原值", "before"}},  {{"新值", "after"}},
                           {{"结果", "outcome"}}};
    for (auto row : data->rows) {
        row[0] = console.say(row_title(row[0]));
        row[3] = console.say(registry::field_title(row[3]));
        row[6] = console.say(outcome_title(row[6]));
        for_people.rows.push_back(std::move(row));
    }
    return put_list(console, options.list, for_people, *data, {"没有差异", "there is no difference"});
}

ExitCode accept_proposal(const Console& console, const RegisterOptions& options) {
    return decide(console, options, true);
}

ExitCode refuse_proposal(const Console& console, const RegisterOptions& options) {
    return decide(console, options, false);
}

}  // namespace doudi::cli
