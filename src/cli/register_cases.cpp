// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "cli/commands.h"
#include "cli/register_commands.h"
#include "cli/register_office.h"
#include "http/change_wish.h"
#include "registry/repository.h"
#include "upkeep/history.h"
#include "upkeep/lists_repository.h"
#include "upkeep/near.h"
#include "upkeep/questions.h"
#include "upkeep/repository.h"

namespace doudi::cli {
namespace {

using upkeep::Case;
using upkeep::CaseId;

constexpr std::size_t most_listed = 100000;

Result<Date> day_of(const Console&, const std::string& text, const Clock& clock) {
    if (text.empty()) return civil_day(clock.now());
    const auto day = Date::parse_iso(text);
    if (day) return *day;
    return fail(ErrorKind::usage, "bad_date",
                {fmt::format("“{}”应为年-月-日（四位年份）的日期", text),
                 fmt::format("\"{}\" is no day, written as year-month-day", text)});
}

Result<HouseholdId> household_of(store::DataFolder& store, const std::string& code) {
    const HouseholdId id = TRY(registry::find_by_code(store, store.current(), code));
    if (id != HouseholdId()) return id;
    return fail(
        ErrorKind::not_found, "household_unknown",
        {fmt::format("名册中没有户 {}", code), fmt::format("the register has no household {}", code)});
}

std::string codes_of(RegisterOffice& office, const std::vector<HouseholdId>& ids) {
    std::string codes;
    for (const HouseholdId id : ids) {
        const auto household = registry::read_household(office.store(), office.store().current(), id);
        if (household) codes += (codes.empty() ? "" : " ") + household->code;
    }
    return codes;
}

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

// The first fault is enough on a line; the file's place tells where.
Result<upkeep::Wish> read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file) {
        return fail(ErrorKind::not_found, "cannot_read",
                    {fmt::format("读不了 {}", path.string()), fmt::format("cannot read {}", path.string())});
    }
    const auto value = http::parse_json(text);
    if (!value)
        return fail(ErrorKind::invalid, value.error().code, value.error().text, path.filename().string());
    http::FieldFaults faults;
    upkeep::Wish wish = http::read_wish(*value, faults);
    if (faults.empty()) return wish;
    const http::Failure failure = faults.failure();
    const http::FieldFault& first = failure.fields.front();
    return fail(ErrorKind::invalid, first.code, first.detail,
                fmt::format("{}#{}", path.filename().string(), first.pointer));
}

// One step of a case: what was done is in the log of looks before it is said.
template <class Do>
ExitCode step(const Console& console, const RegisterOptions& options, const char* what, Do act) {
    auto office = open_register(console, options.store, store::Access::write);
    if (office == nullptr) return ExitCode::failure;
    const Result<Text> said = act(*office);
    if (!said) return console.report(said.error());
    const auto logged = record(*office->access, access::Verb::change, access::Thing::household,
                               fmt::format("register {} {}", what, options.number));
    if (!logged) return console.report(logged.error());
    console.line(*said);
    return ExitCode::done;
}

Text proposed_as(CaseId id) {
    return {
        fmt::format("记为第 {} 号变动，待另一人确认（doudi register confirm {}）", id.value(), id.value()),
        fmt::format("case {}: it waits for another person (doudi register confirm {})", id.value(),
                    id.value())};
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
            {console.say(subject) + (one.subject_id < 0 ? console.say({"（新）", "(new)"}) : of), one.field,
             shown_value(one.field, one.before), shown_value(one.field, one.after)});
    }
    if (!table.rows.empty()) print_table(console, table);
}

}  // namespace

ExitCode list_kinds(const Console& console, const RegisterOptions& options) {
    auto office = open_register(console, options.store, store::Access::read);
    if (office == nullptr) return ExitCode::failure;
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
    if (office == nullptr) return ExitCode::failure;
    upkeep::repository::CaseFilter filter{.kind = options.kind, .state = options.state};
    if (!options.household.empty()) {
        const auto id = household_of(office->store(), options.household);
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
    if (office == nullptr) return ExitCode::failure;
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
    for (const upkeep::Step& one : found.steps)
        console.line(
            {fmt::format("  {} {} {} {}", civil_day(one.at).iso(), name_of(one.state), one.name, one.reason),
             fmt::format("  {} {} {} {}", civil_day(one.at).iso(), name_of(one.state), one.name,
                         one.reason)});
    print_changes(console, *office, found);
    return ExitCode::done;
}

ExitCode list_near(const Console& console, const RegisterOptions& options) {
    auto office = open_register(console, options.store, store::Access::read);
    if (office == nullptr) return ExitCode::failure;
    const auto day = day_of(console, options.day, office->access->clock);
    if (!day) return console.report(day.error());
    std::optional<HouseholdId> household;
    if (!options.household.empty()) {
        const auto id = household_of(office->store(), options.household);
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
    if (office == nullptr) return ExitCode::failure;
    const auto day = day_of(console, options.day, office->access->clock);
    const auto id = household_of(office->store(), options.household);
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
    return put_list(console, options.list, for_people, data,
                    {fmt::format("{} 这一天该户没有成员", day->iso()),
                     fmt::format("nobody was in the household on {}", day->iso())});
}

ExitCode propose_case(const Console& console, const RegisterOptions& options) {
    const auto wish = read_file(options.file);
    if (!wish) return console.report(wish.error());
    return step(console, options, "propose", [&](RegisterOffice& office) -> Result<Text> {
        upkeep::Desk desk = office.desk();
        return proposed_as(TRY(upkeep::propose(desk, *wish)));
    });
}

ExitCode confirm_case(const Console& console, const RegisterOptions& options) {
    return step(console, options, "confirm", [&](RegisterOffice& office) -> Result<Text> {
        upkeep::Desk desk = office.desk();
        TRY_VOID(upkeep::confirm(desk, CaseId(options.number)));
        TRY_VOID(take_due_changes(console, office.store(), civil_day(office.access->clock.now())));
        return Text{fmt::format("第 {} 号变动已确认", options.number),
                    fmt::format("case {} is confirmed", options.number)};
    });
}

ExitCode reject_case(const Console& console, const RegisterOptions& options) {
    return step(console, options, "reject", [&](RegisterOffice& office) -> Result<Text> {
        upkeep::Desk desk = office.desk();
        TRY_VOID(upkeep::refuse(desk, CaseId(options.number), options.reason));
        return Text{fmt::format("第 {} 号变动不予确认", options.number),
                    fmt::format("case {} is refused", options.number)};
    });
}

ExitCode withdraw_case(const Console& console, const RegisterOptions& options) {
    return step(console, options, "withdraw", [&](RegisterOffice& office) -> Result<Text> {
        upkeep::Desk desk = office.desk();
        TRY_VOID(upkeep::withdraw(desk, CaseId(options.number)));
        return Text{fmt::format("第 {} 号变动已撤回", options.number),
                    fmt::format("case {} is withdrawn", options.number)};
    });
}

ExitCode undo_case(const Console& console, const RegisterOptions& options) {
    return step(console, options, "undo", [&](RegisterOffice& office) -> Result<Text> {
        upkeep::Desk desk = office.desk();
        return proposed_as(TRY(upkeep::propose_counter(desk, CaseId(options.number), options.reason)));
    });
}

ExitCode answer_case(const Console& console, const RegisterOptions& options) {
    std::optional<upkeep::Wish> then;
    if (!options.file.empty()) {
        auto wish = read_file(options.file);
        if (!wish) return console.report(wish.error());
        then = std::move(*wish);
    }
    return step(console, options, "answer", [&](RegisterOffice& office) -> Result<Text> {
        upkeep::Desk desk = office.desk();
        const CaseId next = TRY(upkeep::answer(desk, CaseId(options.number), options.answer, then));
        if (next != CaseId()) return proposed_as(next);
        return Text{fmt::format("第 {} 号问题已答复", options.number),
                    fmt::format("case {} is answered", options.number)};
    });
}

ExitCode apply_cases(const Console& console, const RegisterOptions& options) {
    auto office = open_register(console, options.store, store::Access::write);
    if (office == nullptr) return ExitCode::failure;
    const auto day = day_of(console, options.as_of, office->access->clock);
    if (!day) return console.report(day.error());
    const auto taken = take_due_changes(console, office->store(), *day);
    return taken ? ExitCode::done : console.report(taken.error());
}

}  // namespace doudi::cli
