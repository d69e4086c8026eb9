// SPDX-License-Identifier: Apache-2.0
// Why a household is warned of: every event with its row and file, the clause, the clock.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "cli/commands.h"
#include "cli/counted.h"
#include "cli/event_words.h"
#include "cli/table.h"
#include "cli/usage.h"
#include "monitor/read.h"
#include "policy/profile_words.h"

namespace doudi::cli {
namespace {

struct Options {
    StoreOptions store;
    std::string household;
};

Text state_title(const std::string& state) {
    if (state == "counted") return {"计分", "counted"};
    if (state == "beyond_count") return {"同类已计，不再计", "already counted once"};
    if (state == "taken_back") return {"部门已撤回", "taken back by the department"};
    if (state == "cancelled") return {"因死亡等不计", "cancelled by another event"};
    return {state, state};
}

Text closed_title(const std::string& why) {
    if (why == "settled") return {"已办结", "settled"};
    if (why == "taken_back") return {"事件全部撤回", "all events taken back"};
    if (why == "natural_exit") return {"自然减员", "natural exit"};
    if (why == "forgotten") return {"该户信息已删除", "the household was forgotten"};
    if (why == "merged") return {"该户终止，随之办结", "closed with its household"};
    if (why == "carried")
        return {"该户终止，转入人员去往的户", "went on with the household to which the people went"};
    return {why, why};
}

const policy::Level* level_of(const policy::Pack& pack, const std::string& id) {
    const auto level = std::ranges::find(pack.levels, id, &policy::Level::id);
    return level == pack.levels.end() ? nullptr : &*level;
}

void print_no_clock(const Console& console, const policy::Pack& pack, const policy::Level* level) {
    if (level == nullptr) {
        console.line({"  期限：规则中没有这个等级", "  clock: the rules know no such level"});
        return;
    }
    const Text how = channel_words(level->channel);
    if (level->target < 0) {
        console.line({"  期限：不设天数，" + how.zh, "  clock: no day is set; " + how.en});
        return;
    }
    const Text why = policy::target_words(pack, *level);
    console.line({fmt::format("  期限：没有（{}，尚未设定）；{}", why.zh, how.zh),
                  fmt::format("  clock: none ({}: not set yet); {}", why.en, how.en)});
}

void print_clock(const Console& console, const policy::Pack& pack, const monitor::ExplainedWarning& warning) {
    const policy::Level* level = level_of(pack, warning.level);
    if (!warning.clock) return print_no_clock(console, pack, level);
    // Of a level that the rules know no more nobody can say how.
    const Text how = level == nullptr ? Text{"核查", "look into it"} : channel_words(level->channel);
    const auto& clock = *warning.clock;
    if (clock.is_target && level != nullptr) {
        const Text why = policy::target_words(pack, *level);
        console.line({fmt::format("  下面是机关目标，不是法定期限：{}", why.zh),
                      fmt::format("  what follows is a target and no lawful term: {}", why.en)});
    }
    console.line(
        {fmt::format("  期限：{} 起（当日不计）{} 个工作日，最迟 {} {}{}", clock.started_on.iso(),
                     clock.working_days, clock.due_on.iso(), how.zh,
                     clock.provisional ? "（暂定：该年放假安排尚未装载）" : ""),
         fmt::format("  clock: {} from {} (that day not counted), {} by {}{}",
                     counted(static_cast<std::uint64_t>(clock.working_days), "working day", "working days"),
                     clock.started_on.iso(), how.en, clock.due_on.iso(),
                     clock.provisional ? " (provisional: that year's calendar is not loaded)" : "")});
}

// What of the file is kept no longer, and by which proof it went.
void print_removals(const Console& console, const std::vector<monitor::ExplainedEvent>& events) {
    std::set<std::tuple<std::string, std::int64_t, std::int64_t>> told;
    for (const auto& event : events) {
        const std::string file = shown_file_name(event.file_name);
        if (!told.emplace(file, event.original_removal, event.rows_removal).second) continue;
        if (event.original_removal != 0)
            console.line({fmt::format("  {} 的原件已到期删除（证明 {} 号）", file, event.original_removal),
                          fmt::format("  {}: the original was older than its term and is deleted (proof {})",
                                      file, event.original_removal)});
        if (event.rows_removal != 0)
            console.line({fmt::format("  {} 的数据行已到期删除（证明 {} 号）", file, event.rows_removal),
                          fmt::format("  {}: its landed rows were older than their term and are deleted "
                                      "(proof {})",
                                      file, event.rows_removal)});
    }
}

void print_events(const Console& console, const policy::Pack& pack,
                  const std::vector<monitor::ExplainedEvent>& events) {
    if (events.empty()) return;
    Table table;
    table.headings = {{{"事件日期", "date"}}, {{"指标", "indicator"}}, {{"分", "points"}, true},
                      {{"状态", "state"}},    {{"成员", "member"}},    {{"匹配", "match"}},
                      {{"来源文件", "file"}}, {{"行", "row"}, true},   {{"依据", "clause"}}};
    for (const auto& event : events) {
        table.rows.push_back({event.date.iso(), console.say(indicator_title(pack, event.indicator)),
                              std::to_string(event.points), console.say(state_title(event.state)),
                              event.relation + " " + event.number_masked,
                              console.say(grade_title(event.grade)), shown_file_name(event.file_name),
                              row_as_seen(console, shown_file_name(event.file_name), event.row),
                              event.clause});
    }
    print_table(console, table);
    print_removals(console, events);
}

// What of the warning is a profile's and not the notice's.
void print_profile(const Console& console, const policy::Pack& pack,
                   const monitor::ExplainedWarning& warning) {
    if (!pack.profile) return;
    const policy::Level* level = level_of(pack, warning.level);
    const bool by_profile = (level != nullptr && pack.profile->states(level->clause())) ||
                            std::ranges::any_of(warning.events, [&](const auto& event) {
                                return pack.profile->states(event.clause);
                            });
    if (!by_profile) return;
    const Text words = policy::profile_words(pack);
    console.line({"  注意：" + words.zh, "  note: " + words.en});
    if (level == nullptr) return;
    console.line({fmt::format("  等级“{}”依据：{}", level->title.zh, level->clause()),
                  fmt::format("  level '{}' stands on: {}", level->title.en, level->clause())});
}

void print_warning(const Console& console, const policy::Pack& pack,
                   const monitor::ExplainedWarning& warning) {
    const policy::Level* known = level_of(pack, warning.level);
    const Text level = known == nullptr ? Text{warning.level, warning.level} : known->title;
    const bool open = warning.state == "open";
    const Text end =
        open ? Text{"未办结", "open"}
             : Text{fmt::format("{} 关闭（{}）", warning.closed_on ? warning.closed_on->iso() : "",
                                closed_title(warning.closed_why).zh),
                    fmt::format("closed {} ({})", warning.closed_on ? warning.closed_on->iso() : "",
                                closed_title(warning.closed_why).en)};
    console.line({fmt::format("预警 {}：{} 分，{}，{} 发布，{}", warning.id, warning.score, level.zh,
                              warning.issued_on.iso(), end.zh),
                  fmt::format("warning {}: {}, {}, issued {}, {}", warning.id,
                              counted(static_cast<std::uint64_t>(warning.score), "point", "points"), level.en,
                              warning.issued_on.iso(), end.en)});
    if (open) print_clock(console, pack, warning);
    print_events(console, pack, warning.events);
    print_profile(console, pack, warning);
}

void print_doubts(const Console& console, const policy::Policy& policy,
                  const std::vector<monitor::DoubtRow>& doubts) {
    console.line(
        {"存疑的事件（计分条件无法判断，未计分，请人工核对）：",
         "events in doubt (their condition is not settled; they do not score, a person must look):"});
    Table table;
    table.headings = {{{"事件日期", "date"}}, {{"指标", "indicator"}}, {{"情况", "what"}},
                      {{"缘由", "reason"}},   {{"成员", "member"}},    {{"匹配", "match"}},
                      {{"来源文件", "file"}}, {{"行", "row"}, true},   {{"依据", "clause"}}};
    for (const auto& doubt : doubts) {
        const std::string file = shown_file_name(doubt.file_name);
        table.rows.push_back(
            {doubt.date.iso(), console.say(indicator_title(policy.pack, doubt.indicator)),
             console.say(outcome_title(doubt)), console.say(reason_text(policy.catalogue, doubt)),
             doubt.relation + " " + doubt.number_masked, console.say(grade_title(doubt.grade)), file,
             row_as_seen(console, file, doubt.row), doubt.clause});
    }
    print_table(console, table);
}

ExitCode why(const Console& console, const Options& options) {
    auto office = open_office(console, options.store, store::Access::read);
    if (!office || !take_law_in_force(console, *office, today())) return console.failed();
    const auto& pack = office->policy.pack;
    const auto found = monitor::explain(office->store, office->policy, options.household);
    if (!found) return console.report(found.error());
    console.line(
        {fmt::format("{}　规则：{}（{}@{}）", found->household, pack.title.zh, pack.id, pack.version),
         fmt::format("{}  rules: {} ({}@{})", found->household, pack.title.en, pack.id, pack.version)});
    if (found->exit_proposed) {
        console.line({"全户成员均已死亡（精确匹配），建议自然减员，不再预警",
                      "every member has died (exact matches): proposed for natural exit, no warning"});
        if (found->exit_events.empty())
            console.line({"提出建议时的事件未留存（旧版本的记录）",
                          "the events behind it were not kept: it was proposed by an older version"});
        print_events(console, pack, found->exit_events);
    }
    if (found->warnings.empty()) console.line({"没有预警", "there is no warning"});
    for (const auto& warning : found->warnings) print_warning(console, pack, warning);
    if (!found->doubts.empty()) print_doubts(console, office->policy, found->doubts);
    return ExitCode::done;
}

}  // namespace

void add_warning(Registration registration) {
    auto options = std::make_shared<Options>();
    auto* command = registration.app.add_subcommand(
        "warning", registration.help("一户的预警及其依据", "a household's warnings, and why"));
    add_store_options(*command, registration.console, options->store);
    command
        ->add_option("household", options->household, registration.help("户编号", "the household's number"))
        ->required();
    command->callback([registration, options]() mutable {
        registration.run = [&console = registration.console, options] { return why(console, *options); };
    });
}

}  // namespace doudi::cli
