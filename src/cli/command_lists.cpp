// SPDX-License-Identifier: Apache-2.0
// warnings, exits, quality: the lists of an office.
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.h"
#include "cli/counted.h"
#include "cli/table.h"
#include "cli/usage.h"
#include "monitor/read.h"

namespace doudi::cli {
namespace {

struct Options {
    StoreOptions store;
    std::string as_of;
    ListOptions list;
};

std::string indicator_titles(const Console& console, const policy::Pack& pack,
                             const std::string& indicators) {
    std::string titles;
    for (std::size_t at = 0; at < indicators.size();) {
        const std::size_t end = std::min(indicators.find(';', at), indicators.size());
        const std::string id = indicators.substr(at, end - at);
        const int known = pack.indicator_of(id);
        if (!titles.empty()) titles += console.lang == Lang::zh ? "、" : ", ";
        titles += known < 0 ? id : console.say(pack.indicators[static_cast<std::size_t>(known)].title);
        at = end + 1;
    }
    return titles;
}

const policy::Level* level_named(const policy::Pack& pack, const std::string& id) {
    const auto level = std::ranges::find(pack.levels, id, &policy::Level::id);
    return level == pack.levels.end() ? nullptr : &*level;
}

std::string due_text(const Console& console, const policy::Pack& pack, const monitor::WarningRow& row) {
    if (row.due_on)
        return row.due_on->iso() +
               (row.due_provisional ? (console.lang == Lang::zh ? "（暂定）" : " (provisional)") : "");
    const auto* level = level_named(pack, row.level);
    if (level == nullptr) return "";
    if (level->channel == policy::Channel::telephone) return console.say({"电话问询", "by telephone"});
    return level->target >= 0 ? console.say({"未设目标", "no target set"}) : "";
}

// How many stand at each level, the highest first, and what the first day is.
void print_summary(const Console& console, const policy::Pack& pack,
                   const std::vector<monitor::WarningRow>& rows) {
    Text line{fmt::format("共 {} 条：", rows.size()), counted(rows.size(), "warning:", "warnings:")};
    for (const auto& level : pack.levels) {
        const auto count = std::ranges::count(rows, level.id, &monitor::WarningRow::level);
        line.zh += fmt::format("{} {}  ", level.title.zh, count);
        line.en += fmt::format(" {} {} ", level.title.en, count);
    }
    console.note(line);
}

void remark_on_provisional(const Console& console, const std::vector<monitor::WarningRow>& rows) {
    const auto provisional =
        static_cast<std::uint64_t>(std::ranges::count_if(rows, &monitor::WarningRow::due_provisional));
    if (provisional == 0) return;
    console.note({fmt::format("注意：{} 条的期限为暂定：该年放假安排尚未装载", provisional),
                  fmt::format("note: {} provisional: that year's calendar is not loaded",
                              counted(provisional, "due day is", "due days are"))});
}

// For people the most urgent stands first: by level, then by the day, then by household.
std::vector<monitor::WarningRow> by_urgency(std::vector<monitor::WarningRow> rows, const policy::Pack& pack) {
    const auto place = [&](const monitor::WarningRow& row) {
        const auto level =
            std::ranges::find(pack.levels, row.level, &policy::Level::id) - pack.levels.begin();
        return std::tuple<std::ptrdiff_t, bool, Date, std::string_view>(
            level, !row.due_on, row.due_on.value_or(row.issued_on), row.household);
    };
    std::ranges::sort(rows, [&](const auto& left, const auto& right) { return place(left) < place(right); });
    return rows;
}

ExitCode warnings(const Console& console, const Options& options) {
    auto office = open_office(console, options.store, store::Access::read);
    if (!office || !take_law_in_force(console, *office, today())) return console.failed();
    const auto rows = monitor::list_warnings(office->store);
    if (!rows) return console.report(rows.error());

    Table people{.headings = {{{"户编号", "household"}},
                              {{"得分", "score"}, true},
                              {{"等级", "level"}},
                              {{"发布日", "issued"}},
                              {{"最迟入户日", "visit by"}},
                              {{"原因", "why"}}},
                 .rows = {}};
    intake::Table data{
        .columns = {{"household_id"}, {"score", true}, {"level"}, {"issued_on"}, {"due_on"}, {"indicators"}},
        .rows = {}};
    const auto& pack = office->policy.pack;
    for (const auto& row : by_urgency(*rows, pack)) {
        const auto* level = level_named(pack, row.level);
        people.rows.push_back({row.household, std::to_string(row.score),
                               level != nullptr ? console.say(level->title) : row.level, row.issued_on.iso(),
                               due_text(console, pack, row),
                               indicator_titles(console, pack, row.indicators)});
    }
    for (const auto& row : *rows) {
        data.rows.push_back({row.household, std::to_string(row.score), row.level, row.issued_on.iso(),
                             row.due_on ? row.due_on->iso() : "", row.indicators});
    }
    // The columns of the CSV are fixed; other programs are told with the row.
    if (format_of(options.list) == "json") {
        data.columns.push_back({"due_provisional"});
        for (std::size_t i = 0; i < rows->size(); ++i)
            data.rows[i].emplace_back((*rows)[i].due_provisional ? "true" : "false");
    }
    const auto done = put_list(console, options.list, people, data,
                               {"没有未办结的预警", "there are no open warnings"}, WorkbookShows::for_people);
    if (done != ExitCode::done) return done;
    if (format_of(options.list) == "table" && !rows->empty()) print_summary(console, pack, *rows);
    remark_on_provisional(console, *rows);
    return done;
}

ExitCode exits(const Console& console, const Options& options) {
    auto office = open_office(console, options.store, store::Access::read);
    if (!office) return console.failed();
    const auto rows = monitor::list_exits(office->store);
    if (!rows) return console.report(rows.error());
    Table people{.headings = {{{"建议自然减员的户", "proposed for natural exit"}}}, .rows = {}};
    intake::Table data{.columns = {{"household_id"}}, .rows = {}};
    for (const auto& household : *rows) {
        people.rows.push_back({household});
        data.rows.push_back({household});
    }
    return put_list(console, options.list, people, data,
                    {"没有建议自然减员的户", "no household is proposed for natural exit"},
                    WorkbookShows::for_people);
}

// In the order in which the notice names what the files tell; files of one dataset by name.
void sort_as_stated(std::vector<monitor::QualityRow>& rows, const policy::Policy& policy) {
    const auto order = policy.pack.datasets_in_order();
    const auto place = [&](const monitor::QualityRow& row) {
        const auto at = std::ranges::find(order, policy.catalogue.index_of(row.dataset)) - order.begin();
        return std::tuple<std::ptrdiff_t, std::string_view, std::string_view>(at, row.dataset, row.file_name);
    };
    std::ranges::sort(rows, [&](const auto& left, const auto& right) { return place(left) < place(right); });
}

ExitCode quality(const Console& console, const Options& options) {
    const auto as_of = parse_date_option("--as-of", options.as_of);
    if (!as_of) return console.report(as_of.error());
    auto office = open_office(console, options.store, store::Access::read);
    if (!office) return console.failed();
    auto rows = monitor::list_quality(office->store, AsOf{*as_of});
    if (!rows) return console.report(rows.error());
    sort_as_stated(*rows, office->policy);

    Table people{.headings = {{{"文件", "file"}}, {{"行数", "rows"}, true}}, .rows = {}};
    intake::Table data{.columns = {{"file"}, {"rows", true}}, .rows = {}};
    using match::Bucket;
    struct Named {
        Bucket bucket;
        Text title;
        const char* column;
    };
    const Named buckets[] = {{Bucket::exact, {"精确", "exact"}, "exact"},
                             {Bucket::probable, {"疑似", "probable"}, "probable"},
                             {Bucket::off_roster, {"不在册", "off register"}, "off_roster"},
                             {Bucket::review, {"待核", "review"}, "review"},
                             {Bucket::held, {"暂存", "held"}, "held"},
                             {Bucket::rejected, {"退回", "rejected"}, "rejected"},
                             {Bucket::duplicate, {"重复", "duplicate"}, "duplicate"}};
    for (const auto& named : buckets) {
        people.headings.push_back({named.title, true});
        data.columns.push_back({named.column, true});
    }
    for (const auto& row : *rows) {
        std::vector<std::string> cells{shown_file_name(row.file_name), std::to_string(row.buckets.rows)};
        for (const auto& named : buckets) cells.push_back(std::to_string(row.buckets[named.bucket]));
        people.rows.push_back(cells);
        data.rows.push_back(std::move(cells));
    }
    return put_list(console, options.list, people, data,
                    {fmt::format("{} 没有导入部门数据", as_of->iso()),
                     fmt::format("no feed was imported as of {}", as_of->iso())},
                    WorkbookShows::for_people);
}

void add_list(Registration registration, const char* name, const char* zh, const char* en, bool with_day,
              ExitCode (*run)(const Console&, const Options&)) {
    auto options = std::make_shared<Options>();
    auto* command = registration.app.add_subcommand(name, registration.help(zh, en));
    add_store_options(*command, registration.console, options->store);
    if (with_day)
        command
            ->add_option("--as-of", options->as_of,
                         registration.help("报送日，YYYY-MM-DD", "the day of import, YYYY-MM-DD"))
            ->required();
    add_list_options(*command, registration.console, options->list);
    command->callback([registration, options, run]() mutable {
        registration.run = [&console = registration.console, options, run] { return run(console, *options); };
    });
}

}  // namespace

void add_lists(Registration registration) {
    add_list(registration, "warnings", "列出未办结的分级预警", "list the open graded warnings", false,
             warnings);
    add_list(registration, "exits", "列出建议自然减员的户", "list the households proposed for natural exit",
             false, exits);
    add_list(registration, "quality", "列出某日导入文件的数据质量",
             "list how the rows of a day's files fared", true, quality);
}

}  // namespace doudi::cli
