// SPDX-License-Identifier: Apache-2.0
// What there is to read of the register's upkeep: kinds, cases, who was in a household.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands.h"
#include "cli/register_commands.h"
#include "cli/register_office.h"
#include "http/register/household_warnings.h"
#include "registry/field_titles.h"
#include "registry/repository.h"
#include "registry/retention.h"
#include "upkeep/departures.h"
#include "upkeep/history.h"
#include "upkeep/lists_repository.h"
#include "upkeep/near.h"
#include "upkeep/repository.h"

namespace doudi::cli {
namespace {

using upkeep::Case;
using upkeep::CaseId;

constexpr std::size_t most_listed = 100000;

// The member whom a question is about, with the number; empty of every other case.
std::string asked_about(RegisterOffice& office, const Case& change) {
    if (!change.changes.empty() || change.persons.empty()) return {};
    const auto member =
        registry::read_member(office.store(), office.store().current(), change.persons.front());
    return member ? fmt::format("{} {}", member->id.value(), member->name) : std::string();
}

Text title_of(const RegisterOffice& office, const Case& change) {
    const upkeep::Kind* kind = office.rules->find(change.kind);
    return kind == nullptr ? Text{change.kind, change.kind} : kind->title;
}

Text state_title(const Case& change) {
    using upkeep::State;
    if (change.taken_back_by != CaseId()) return {"已撤销", "taken back"};
    if (change.in_force) return {"已生效", "in force"};
    switch (change.state()) {
        case State::proposed:
            return {"待确认", "proposed"};
        case State::confirmed:
            return {"已确认，待生效", "confirmed, its day is to come"};
        case State::refused:
            return {"不予确认", "refused"};
        case State::withdrawn:
            return {"已撤回", "withdrawn"};
        case State::answered:
            return {"已答复", "answered"};
    }
    return {};
}

ExitCode put_cases(const Console& console, RegisterOffice& office, const RegisterOptions& options,
                   const std::vector<Case>& cases) {
    Table for_people;
    for_people.headings = {{{"编号", "case"}, true},   {{"类别", "kind"}},   {{"生效日", "from"}},
                           {{"户", "households"}},     {{"成员", "member"}}, {{"状态", "state"}},
                           {{"提出人", "proposed by"}}};
    intake::Table data{.columns = {{"case"},
                                   {"kind"},
                                   {"effective_on"},
                                   {"households"},
                                   {"member"},
                                   {"state"},
                                   {"in_force"},
                                   {"proposed_by"},
                                   {"follows"},
                                   {"proposal"}},
                       .rows = {}};
    for (const Case& change : cases) {
        const std::string number = std::to_string(change.id.value());
        const std::string codes = codes_of(office, change.households);
        const std::string member = asked_about(office, change);
        for_people.rows.push_back({number, console.say(title_of(office, change)), change.effective_on.iso(),
                                   codes, member, console.say(state_title(change)),
                                   change.steps.front().name});
        data.rows.push_back({number, change.kind, change.effective_on.iso(), codes, member,
                             std::string(name_of(change.state())), change.in_force ? "yes" : "no",
                             change.steps.front().name,
                             change.follows == CaseId() ? "" : std::to_string(change.follows.value()),
                             change.proposal == PublishId() ? "" : std::to_string(change.proposal.value())});
    }
    return put_list(console, options.list, for_people, data, {"没有这样的变动", "there are no such cases"});
}

Result<std::vector<Case>> found_cases(RegisterOffice& office, const std::vector<CaseId>& ids) {
    std::vector<Case> cases;
    for (const CaseId id : ids) {
        auto change = TRY(upkeep::repository::find_case(office.store().database(), office.store(), id));
        ensure(change.has_value(), "a case that was listed");
        cases.push_back(std::move(*change));
    }
    return cases;
}

// A household is told by its number, as everywhere.
std::string told_value(RegisterOffice& office, const upkeep::Change& change, const std::string& value) {
    const bool is_household = change.field == "household" || change.field == "successor";
    if (!is_household || value.empty() || value.front() == '-') return shown_value(change.field, value);
    return codes_of(office, {HouseholdId(static_cast<std::uint32_t>(std::stoul(value)))});
}

void print_changes(const Console& console, RegisterOffice& office, const Case& change) {
    Table table;
    table.headings = {{{"对象", "of"}}, {{"字段", "field"}}, {{"原值", "before"}}, {{"新值", "after"}}};
    for (const upkeep::Change& one : change.changes) {
        std::string of = std::to_string(one.subject_id);
        if (one.subject == upkeep::Subject::household && one.subject_id > 0)
            of = codes_of(office, {HouseholdId(static_cast<std::uint32_t>(one.subject_id))});
        const Text subject =
            one.subject == upkeep::Subject::household ? Text{"户 ", "household "} : Text{"成员 ", "member "};
        table.rows.push_back(
            {console.say(subject) + (one.subject_id < 0 ? console.say({"（新）", "(new)"}) : of),
             console.say(registry::field_title(one.field)), told_value(office, one, one.before),
             told_value(office, one, one.after)});
    }
    if (!table.rows.empty()) print_table(console, table);
}

Text title_of(upkeep::State state) {
    switch (state) {
        case upkeep::State::proposed:
            return {"提出", "proposed"};
        case upkeep::State::confirmed:
            return {"确认", "confirmed"};
        case upkeep::State::refused:
            return {"不予确认", "refused"};
        case upkeep::State::withdrawn:
            return {"撤回", "withdrawn"};
        case upkeep::State::answered:
            return {"答复", "answered"};
    }
    return {};
}

// Who did what when, and the reason or answer.
void print_step(const Console& console, const upkeep::Kind* kind, const upkeep::Step& step) {
    Text why{step.reason, step.reason};
    const upkeep::Answer* answer = kind == nullptr ? nullptr : kind->answer(step.reason);
    if (step.state == upkeep::State::answered && answer != nullptr) why = answer->title;
    if (step.warnings == upkeep::WarningsGo::carry) why = {"未办结的预警转入", "open warnings go on"};
    if (step.warnings == upkeep::WarningsGo::close)
        why = {fmt::format("未办结的预警办结：{}", why.zh),
               fmt::format("open warnings are closed: {}", why.en)};
    const Text title = title_of(step.state);
    const std::string day = civil_day(step.at).iso();
    console.line(
        {fmt::format("  {} {} {}{}{}", day, title.zh, step.name, why.zh.empty() ? "" : "：", why.zh),
         fmt::format("  {} {} by {}{}{}", day, title.en, step.name, why.en.empty() ? "" : ": ", why.en)});
}

// Of an open question: what may be answered, and what comes with it.
void print_answers(const Console& console, const upkeep::Kind* kind, const Case& change) {
    if (kind == nullptr || change.state() != upkeep::State::proposed) return;
    for (const upkeep::Answer& one : kind->answers) {
        const std::string then = fmt::format("{}", fmt::join(one.then, " | "));
        console.line({fmt::format("  --answer {}：{}{}", one.id, one.title.zh,
                                  then.empty() ? "" : fmt::format("（须附变动：{}）", then)),
                      fmt::format("  --answer {}: {}{}", one.id, one.title.en,
                                  then.empty() ? "" : fmt::format(" (with a change: {})", then))});
    }
}

// What who confirms has to say something about.
Result<void> print_warnings(const Console& console, RegisterOffice& office, const Case& change) {
    for (const auto& one : TRY(http::warnings_at_stake(office.store(), change))) {
        const std::string of = codes_of(office, {one.household});
        const std::string due = one.warning.due_on ? one.warning.due_on->iso() : "-";
        console.line(
            {fmt::format("  户 {} 将终止，有未办结的预警（{}，{} 发出，限期 {}）：确认时须写明 --warnings {}",
                         of, one.warning.level, one.warning.issued_on.iso(), due,
                         one.has_heir ? "carry|close" : "close"),
             fmt::format("  household {} ends and has an open warning ({}, issued {}, due {}): confirm with "
                         "--warnings {}",
                         of, one.warning.level, one.warning.issued_on.iso(), due,
                         one.has_heir ? "carry|close" : "close")});
    }
    return {};
}

// What a household's page of today does not show: that it ended, and who is in it no more.
Result<void> note_departures(const Console& console, RegisterOffice& office, HouseholdId id) {
    const PublishId current = office.store().current();
    const auto by = [](CaseId change) {
        if (change == CaseId()) return Text{"名册文件", "a register's file"};
        return Text{fmt::format("第 {} 号变动", change.value()), fmt::format("case {}", change.value())};
    };
    if (const auto end = TRY(upkeep::ended(office.store(), current, id))) {
        const std::string to = end->successor ? codes_of(office, {*end->successor}) : "-";
        console.note({fmt::format("该户自 {} 起终止（{}），转至 {}", end->on.iso(), by(end->by).zh, to),
                      fmt::format("the household ended on {} ({}) and refers on to {}", end->on.iso(),
                                  by(end->by).en, to)});
    }
    for (const upkeep::Left& one : TRY(upkeep::who_left(office.store(), current, id))) {
        Text where{"不在册", "left the register"};
        if (one.to != HouseholdId()) {
            const std::string to = codes_of(office, {one.to});
            where = {"转至 " + to, "went to " + to};
        }
        console.note({fmt::format("{} {}：自 {} 起{}（{}）", one.member.id.value(), one.member.name,
                                  one.on.iso(), where.zh, by(one.by).zh),
                      fmt::format("{} {} {} on {} ({})", one.member.id.value(), one.member.name, where.en,
                                  one.on.iso(), by(one.by).en)});
    }
    return {};
}

}  // namespace

ExitCode list_kinds(const Console& console, const RegisterOptions& options) {
    auto office = open_register(console, options.store, store::Access::read);
    if (office == nullptr) return console.failed();
    Table for_people;
    for_people.headings = {{{"代码", "kind"}}, {{"名称", "title"}}, {{"须另一人确认", "second person"}}};
    intake::Table data{.columns = {{"kind"}, {"title_zh"}, {"title_en"}, {"second_person"}}, .rows = {}};
    for (const upkeep::Kind& kind : office->rules->kinds()) {
        for_people.rows.push_back({kind.id, console.say(kind.title),
                                   console.say(kind.second_person ? Text{"是", "yes"} : Text{"否", "no"})});
        data.rows.push_back({kind.id, kind.title.zh, kind.title.en, kind.second_person ? "yes" : "no"});
    }
    return put_list(console, options.list, for_people, data, {"没有变动类别", "there are no kinds"});
}

ExitCode list_cases(const Console& console, const RegisterOptions& options) {
    auto office = open_register(console, options.store, store::Access::read);
    if (office == nullptr) return console.failed();
    if (!options.kind.empty() && office->rules->find(options.kind) == nullptr)
        return console.report(Error{
            ErrorKind::usage,
            "kind_unknown",
            {fmt::format("没有变动类别“{}”（doudi register kinds 列出全部）", options.kind),
             fmt::format("there is no kind of change '{}' (doudi register kinds shows all)", options.kind)},
            {}});
    upkeep::repository::CaseFilter filter{.kind = options.kind, .state = options.state};
    if (!options.household.empty()) {
        const auto id = registry::household_of_code(office->store(), options.household);
        if (!id) return console.report(id.error());
        filter.household = *id;
    }
    const auto ids = upkeep::repository::list_cases(office->store().database(), office->store(), nullptr,
                                                    filter, CaseId(), most_listed);
    if (!ids) return console.report(ids.error());
    const auto cases = found_cases(*office, *ids);
    if (!cases) return console.report(cases.error());
    return put_cases(console, *office, options, *cases);
}

ExitCode show_case(const Console& console, const RegisterOptions& options) {
    auto office = open_register(console, options.store, store::Access::read);
    if (office == nullptr) return console.failed();
    const auto change =
        upkeep::repository::find_case(office->store().database(), office->store(), CaseId(options.number));
    if (!change) return console.report(change.error());
    if (!*change) {
        return console.report(Error{ErrorKind::not_found,
                                    "change_unknown",
                                    {fmt::format("没有第 {} 号变动", options.number),
                                     fmt::format("there is no case {}", options.number)},
                                    {}});
    }
    const Case& found = **change;
    console.line({fmt::format("第 {} 号变动：{}，自 {} 起，{}", options.number, title_of(*office, found).zh,
                              found.effective_on.iso(), state_title(found).zh),
                  fmt::format("case {}: {}, from {}, {}", options.number, title_of(*office, found).en,
                              found.effective_on.iso(), state_title(found).en)});
    if (!found.paper.empty())
        console.line({fmt::format("  材料：{}", found.paper), fmt::format("  paper: {}", found.paper)});
    if (!found.note.empty())
        console.line({fmt::format("  说明：{}", found.note), fmt::format("  note: {}", found.note)});
    if (const std::string member = asked_about(*office, found); !member.empty())
        console.line(
            {fmt::format("  成员：{}（户 {}）", member, codes_of(*office, found.households)),
             fmt::format("  member: {} (household {})", member, codes_of(*office, found.households))});
    const upkeep::Kind* kind = office->rules->find(found.kind);
    for (const upkeep::Step& one : found.steps) print_step(console, kind, one);
    print_answers(console, kind, found);
    print_changes(console, *office, found);
    const auto warned = print_warnings(console, *office, found);
    return warned ? ExitCode::done : console.report(warned.error());
}

ExitCode list_near(const Console& console, const RegisterOptions& options) {
    auto office = open_register(console, options.store, store::Access::read);
    if (office == nullptr) return console.failed();
    const auto day = day_or_today(options.day, office->access->clock);
    if (!day) return console.report(day.error());
    std::optional<HouseholdId> household;
    if (!options.household.empty()) {
        const auto id = registry::household_of_code(office->store(), options.household);
        if (!id) return console.report(id.error());
        household = *id;
    }
    const auto cases = upkeep::changes_near(office->store().database(), office->store(), *office->rules,
                                            nullptr, household, *day, most_listed);
    if (!cases) return console.report(cases.error());
    return put_cases(console, *office, options, *cases);
}

ExitCode show_household(const Console& console, const RegisterOptions& options) {
    auto office = open_register(console, options.store, store::Access::read);
    if (office == nullptr) return console.failed();
    const auto day = day_or_today(options.day, office->access->clock);
    const auto id = registry::household_of_code(office->store(), options.household);
    if (!day) return console.report(day.error());
    if (!id) return console.report(id.error());
    const auto members = upkeep::members_on(office->store(), office->store().current(), *id, *day);
    if (!members) return console.report(members.error());
    Table for_people;
    for_people.headings = {{{"成员编号", "member"}, true},
                           {{"姓名", "name"}},
                           {{"与户主关系", "relation"}},
                           {{"身份证号", "number"}}};
    intake::Table data{.columns = {{"member"}, {"name"}, {"relation"}, {"id_number"}}, .rows = {}};
    for (const registry::Member& member : *members) {
        const std::string number = member.id_number ? member.id_number->masked() : "";
        for_people.rows.push_back({std::to_string(member.id.value()), member.name, member.relation, number});
        data.rows.push_back(for_people.rows.back());
    }
    if (const auto noted = note_departures(console, *office, *id); !noted)
        return console.report(noted.error());
    return put_list(console, options.list, for_people, data,
                    {fmt::format("{} 这一天该户没有成员", day->iso()),
                     fmt::format("nobody was in the household on {}", day->iso())});
}

}  // namespace doudi::cli
