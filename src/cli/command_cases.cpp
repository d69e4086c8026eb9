// SPDX-License-Identifier: Apache-2.0
// cases, case, raise: the list of cases, one of them with its events, clocks and papers, and warnings made
// cases.
#include <fmt/format.h>

#include "cli/case_filter.h"
#include "cli/case_text.h"
#include "cli/counted.h"
#include "cli/register_office.h"
#include "cli/table.h"
#include "http/cases/case_work.h"

namespace doudi::cli {
namespace {

namespace repository = casework::repository;

struct CasesOptions {
    StoreOptions store;
    CaseWish wish;
    ListOptions list;
};

// A target of the office's own that has passed is no breach of the law.
Text due_words(const repository::CaseRow& row, bool is_target) {
    if (!row.now.due_on) return {"", ""};
    const std::string day = row.now.due_on->iso();
    if (*row.now.due_on >= today()) return {day, day};
    if (is_target) return {day + "（超内部目标）", day + " (past an internal target)"};
    return {day + "（超期）", day + " (overdue)"};
}

ExitCode list_cases(const Console& console, const CasesOptions& options) {
    auto office = open_cases(console, options.store, store::Access::read);
    if (office == nullptr) return console.failed();
    const auto filter = case_filter(*office, options.wish);
    if (!filter) return console.report(filter.error());
    const auto rows = repository::list_cases(office->store().database(), *filter);
    if (!rows) return console.report(rows.error());
    Table people{.headings = {{{"办件号", "case"}, true},
                              {{"办件", "kind"}},
                              {{"户编号", "household"}},
                              {{"承办单位", "office"}},
                              {{"状态", "state"}},
                              {{"到期日", "due"}}},
                 .rows = {}};
    intake::Table data{.columns = {{"case"},
                                   {"machine"},
                                   {"household_id"},
                                   {"unit"},
                                   {"department"},
                                   {"state"},
                                   {"track"},
                                   {"opened_on"},
                                   {"due_on"},
                                   {"due_internal"},
                                   {"closed"}},
                       .rows = {}};
    for (const casework::repository::ListedCase& one : *rows) {
        const auto& row = one.row;
        const std::string number = std::to_string(row.head.id.value());
        const bool is_target =
            casework::is_target(office->office->policy.pack, row.now.due_clock, one.desk.level);
        people.rows.push_back({number, console.say(machine_title(office->words(), row.head.machine)),
                               one.household, office->unit_title(row.head.unit),
                               console.say(state_title(office->words(), row.head.machine, row.now.state)),
                               console.say(due_words(row, is_target))});
        data.rows.push_back({number, row.head.machine, one.household, office->unit_title(row.head.unit),
                             row.head.department, row.now.state, row.now.track, row.head.opened_on.iso(),
                             row.now.due_on ? row.now.due_on->iso() : "", is_target ? "true" : "false",
                             row.now.is_closed ? "true" : "false"});
    }
    return put_list(console, options.list, people, data, {"没有这样的办件", "there are no such cases"});
}

struct CaseOptions {
    StoreOptions store;
    std::uint64_t number = 0;
    std::string day;
};

ExitCode show_case(const Console& console, const CaseOptions& options) {
    auto office = open_cases(console, options.store, store::Access::read);
    if (office == nullptr) return console.failed();
    const auto day = day_or_today(options.day, office->clock);
    if (!day) return console.report(day.error());
    casework::Desk desk = office->desk();
    const auto view = casework::read_case(desk, casework::CaseId(options.number), *day);
    if (!view) return console.report(view.error());
    const auto awaited = casework::awaited_attachments(desk, *view);
    if (!awaited) return console.report(awaited.error());
    print_case(console, *office, *view, *awaited);
    return ExitCode::done;
}

struct RaiseOptions {
    StoreOptions store;
    std::string as_of;
};

void print_raised(const Console& console, std::uint64_t settled, const casework::RaiseReport& report) {
    console.line(
        {fmt::format(
             "由预警新生成办件 {} 件，并入新事件 {} 件，随户转移 {} 件，撤回 {} 件；已办结并确认 {} 户",
             report.opened, report.joined, report.followed, report.withdrawn, settled),
         fmt::format(
             "{} made of warnings, {} told of new events, {} gone on with another household, {} taken "
             "back; {} acknowledged as closed",
             counted(report.opened, "case was", "cases were"), report.joined, report.followed,
             report.withdrawn, counted(settled, "household", "households"))});
    if (report.deaths > 0)
        console.note({fmt::format("部门数据所述死亡信息待核实：{} 件", report.deaths),
                      fmt::format("{} to be looked into by a person",
                                  counted(report.deaths, "told death is", "told deaths are"))});
    if (!report.deaths_nowhere.empty()) {
        const auto homes = report.deaths_nowhere.size();
        console.note({fmt::format("有死亡信息的 {} 户不属于任何单位，无人核实（doudi units load）", homes),
                      fmt::format("{} with a told death {} of no office: nobody was asked (doudi units load)",
                                  counted(homes, "household", "households"), homes == 1 ? "is" : "are")});
    }
    if (!report.nowhere.empty())
        console.note(
            {fmt::format("{} 户不属于任何单位，未生成办件（doudi units load）", report.nowhere.size()),
             fmt::format("{} of no office: no case was made (doudi units load)",
                         counted(report.nowhere.size(), "household is", "households are"))});
}

ExitCode raise(const Console& console, const RaiseOptions& options) {
    const auto as_of = parse_date_option("--as-of", options.as_of);
    if (!as_of) return console.report(as_of.error());
    auto office = open_cases(console, options.store, store::Access::write);
    if (office == nullptr) return console.failed();
    const http::RaisePlace place{office->store(), office->law, office->office->policy.calendar,
                                 office->clock};
    const auto settled = http::settle_warnings(place, AsOf{*as_of});
    if (!settled) return console.report(settled.error());
    const auto report = http::raise_cases(place, office->office->policy.pack.id);
    if (!report) return console.report(report.error());
    print_raised(console, *settled, *report);
    return ExitCode::done;
}

void add_list(const Registration& registration) {
    auto options = std::make_shared<CasesOptions>();
    auto* cases = registration.app.add_subcommand(
        "cases", registration.help("列出办件，按到期日", "list the cases by the day on which they are due"));
    add_store_options(*cases, registration.console, options->store);
    add_case_wish(*cases, registration, options->wish);
    add_list_options(*cases, registration.console, options->list);
    registration.on(*cases, options, list_cases);
}

}  // namespace

void add_cases(Registration registration) {
    add_list(registration);
    auto of_case = std::make_shared<CaseOptions>();
    auto* one = registration.app.add_subcommand(
        "case", registration.help("一件办件：经过、时限、文书、依据",
                                  "one case: its events, clocks, papers, clauses"));
    add_store_options(*one, registration.console, of_case->store);
    one->add_option("number", of_case->number, registration.help("办件号", "its number"))->required();
    one->add_option("--day", of_case->day,
                    registration.help("时限按此日计（默认今天）", "clocks as of that day (today)"));
    registration.on(*one, of_case, show_case);
    auto of_raise = std::make_shared<RaiseOptions>();
    auto* raised = registration.app.add_subcommand(
        "raise", registration.help("由预警生成办件；已办结的预警予以确认",
                                   "make cases of the warnings; acknowledge those that were closed"));
    add_store_options(*raised, registration.console, of_raise->store);
    raised
        ->add_option("--as-of", of_raise->as_of,
                     registration.help("办理日，YYYY-MM-DD", "the day, YYYY-MM-DD"))
        ->required();
    registration.on(*raised, of_raise, raise);
}

}  // namespace doudi::cli
