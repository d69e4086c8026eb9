// SPDX-License-Identifier: Apache-2.0
// rhythms: the households that are due by a rhythm of the law, and the making of that list anew.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <vector>

#include "casework/rhythms/rhythm_opening.h"
#include "cli/access_office.h"
#include "cli/case_office.h"
#include "cli/counted.h"
#include "cli/register_office.h"
#include "cli/table.h"

namespace doudi::cli {
namespace {

namespace repository = casework::repository;
using Part = repository::DueFilter::Part;

struct RhythmsOptions {
    StoreOptions store;
    std::string day, unit, category, rhythm;
    bool all = false;
    bool renew = false;
    ListOptions list;
};

Text part_words(Part part) {
    switch (part) {
        case Part::overdue:
            return {"超期", "overdue"};
        case Part::month:
            return {"本月到期", "this month"};
        case Part::perhaps:
            return {"可能到期", "perhaps"};
        case Part::unknown:
            return {"日期不明", "day unknown"};
        default:
            return {"未到期", "later"};
    }
}

// A misspelt word would find nobody, and say that nobody is due.
Result<void> check_known(const std::string& word, const std::vector<std::string>& known, const Text& what) {
    if (word.empty() || std::ranges::find(known, word) != known.end()) return {};
    return fail(ErrorKind::usage, "unknown_word",
                {fmt::format("没有{}“{}”；有：{}", what.zh, word, fmt::join(known, "、")),
                 fmt::format("no {} '{}'; there are: {}", what.en, word, fmt::join(known, ", "))});
}

Result<void> check_words(const policy::Law& law, const RhythmsOptions& options) {
    std::vector<std::string> categories;
    std::vector<std::string> rhythms;
    for (const auto& category : law.categories) categories.push_back(category.id);
    for (const auto& rule : casework::rhythms_of(law)) rhythms.push_back(rule.id);
    TRY_VOID(check_known(options.category, categories, {"类别", "category"}));
    return check_known(options.rhythm, rhythms, {"周期", "rhythm"});
}

Result<repository::DueFilter> filter_of(const CaseOffice& office, const RhythmsOptions& options) {
    TRY_VOID(check_words(office.office->policy.pack.law, options));
    repository::DueFilter filter;
    filter.day = TRY(day_or_today(options.day, office.clock));
    if (!options.all) filter.parts = {Part::overdue, Part::month, Part::perhaps, Part::unknown};
    filter.category = options.category;
    filter.rhythm = options.rhythm;
    if (!options.unit.empty()) filter.below = TRY(unit_of_code(office.units, options.unit));
    return filter;
}

std::string iso_of(const std::optional<Date>& day) {
    return day ? day->iso() : std::string();
}

Result<void> renew(const Console& console, CaseOffice& office) {
    casework::Desk desk = office.desk();
    const auto report = TRY(casework::renew_due_lines(desk, office.office->policy.pack.id));
    console.note(
        {fmt::format("清单已更新：{} 户，{} 项，变动 {} 项", report.households, report.lines, report.changed),
         fmt::format("made anew: {}, {}, {} other than before",
                     counted(report.households, "household", "households"),
                     counted(report.lines, "line", "lines"), report.changed)});
    return {};
}

ExitCode list_due(const Console& console, const RhythmsOptions& options) {
    auto office =
        open_cases(console, options.store, options.renew ? store::Access::write : store::Access::read);
    if (office == nullptr) return console.failed();
    if (options.renew) {
        if (const auto done = renew(console, *office); !done) return console.report(done.error());
    }
    const auto filter = filter_of(*office, options);
    if (!filter) return console.report(filter.error());
    const auto rows = repository::list_due(office->store().database(), *filter);
    if (!rows) return console.report(rows.error());
    if (rows->empty()) {
        // No list is no answer: whether somebody is due is not known.
        const auto whole = repository::list_due(office->store().database(), {.day = filter->day});
        if (!whole) return console.report(whole.error());
        if (whole->empty())
            console.note(
                {"到期清单还没有内容：名册导入后由服务每夜生成，或加 --renew 立即生成",
                 "the list holds nothing yet: the server makes it each night, --renew does so at once"});
    }
    const auto rules = casework::rhythms_of(office->words());
    Table people{.headings = {{{"户编号", "household"}},
                              {{"单位", "office"}},
                              {{"类别", "category"}},
                              {{"周期", "rhythm"}},
                              {{"依据", "clause"}},
                              {{"上次", "last"}},
                              {{"到期", "due"}},
                              {{"状态", "standing"}}},
                 .rows = {}};
    intake::Table data{.columns = {{"household_id"},
                                   {"unit"},
                                   {"category"},
                                   {"rhythm"},
                                   {"clause"},
                                   {"last_on"},
                                   {"due_on"},
                                   {"sure_on"},
                                   {"due"},
                                   {"waits_for"}},
                       .rows = {}};
    for (const auto& [line, code, region, unit] : *rows) {
        const auto* rule = casework::rule_on(rules, line, filter->day);
        const std::string title = rule == nullptr ? line.rhythm : console.say(rule->title);
        const std::string clause = rule == nullptr ? std::string() : rule->element->cite.text();
        const std::string at = unit ? office->unit_title(*unit) : std::string();
        const Part part = repository::part_on(line, filter->day);
        const std::string due = part == Part::perhaps && line.sure_on
                                    ? fmt::format("{} … {}", iso_of(line.due_on), iso_of(line.sure_on))
                                    : iso_of(line.sure_on ? line.sure_on : line.due_on);
        people.rows.push_back({code, at, line.category, title, clause, iso_of(line.last_on), due,
                               console.say(part_words(part))});
        data.rows.push_back({code, at, line.category, rule == nullptr ? line.rhythm : rule->id, clause,
                             iso_of(line.last_on), iso_of(line.due_on), iso_of(line.sure_on),
                             std::string(repository::name_of(part)), line.waits_for});
    }
    return put_list(console, options.list, people, data, {"没有到期的户", "no household is due"});
}

}  // namespace

void add_rhythms(Registration registration) {
    auto options = std::make_shared<RhythmsOptions>();
    const auto help = [&](const char* zh, const char* en) { return registration.help(zh, en); };
    auto* rhythms = registration.app.add_subcommand(
        "rhythms", help("列出按周期应复核、走访的户（超期、本月、可能到期、日期不明）",
                        "list who is due by rhythm: overdue, this month, perhaps, of no known day"));
    add_store_options(*rhythms, registration.console, options->store);
    rhythms->add_option("--day", options->day, help("按此日计（默认今天）", "as of that day (today)"));
    rhythms->add_option("--unit", options->unit,
                        help("单位代码（含其下级）", "an office's code, with all below it"));
    rhythms->add_option("--category", options->category, help("类别", "a category"));
    rhythms->add_option("--rhythm", options->rhythm, help("周期的标识", "a rhythm, by its id"));
    rhythms->add_flag("--all", options->all, help("也列未到期的", "also those that are due later"));
    rhythms->add_flag("--renew", options->renew,
                      help("先按名册和办件更新清单（服务每夜自行更新）",
                           "make the list anew first (the server does so each night)"));
    add_list_options(*rhythms, registration.console, options->list);
    registration.on(*rhythms, options, list_due);
}

}  // namespace doudi::cli
