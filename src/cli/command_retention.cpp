// SPDX-License-Identifier: Apache-2.0
// retention: what is kept how long, removing what is older, holds that stop it, proofs of what went.
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.h"
#include "cli/counted.h"
#include "cli/retention_office.h"
#include "cli/table.h"
#include "cli/usage.h"
#include "http/register/forget.h"
#include "registry/retention.h"

namespace doudi::cli {
namespace {

struct Options {
    StoreOptions store;
    ListOptions list;
    bool dry_run = false;
    std::string of_class;
    std::string household;
    std::string reason;
    std::int64_t hold = 0;
    std::uint32_t person = 0;
};

constexpr int most_proofs = 1000;

Text counts_of(const access::Removal& one) {
    const std::string day = civil_day(one.before).iso();
    const Text held = one.held == 0
                          ? Text{}
                          : Text{fmt::format("，停删 {} 件", one.held), fmt::format(", {} held", one.held)};
    return {fmt::format("{}：{} 件（{} 以前）{}", one.id, one.rows, day, held.zh),
            fmt::format("{}: {} (before {}){}", one.id, one.rows, day, held.en)};
}

ExitCode list(const Console& console, const Options& options) {
    auto office = open_retention(console, options.store, store::Access::read);
    if (!office) return console.failed();
    const auto due = access::due_removals(office->access->store, office->table, office->access->clock);
    if (!due) return console.report(due.error());
    Table for_people;
    for_people.headings = {{{"类别", "class"}},        {{"用途", "purpose"}}, {{"天数", "days"}, true},
                           {{"起算", "counted from"}}, {{"依据", "basis"}},   {{"已到期", "due"}, true},
                           {{"停删", "held"}, true}};
    intake::Table data{.columns = {{"class"},
                                   {"days", true},
                                   {"due", true},
                                   {"held", true},
                                   {"before"},
                                   {"counted_from"},
                                   {"purpose"},
                                   {"basis"},
                                   {"basis_checked"}},
                       .rows = {}};
    for (std::size_t i = 0; i < due->size(); ++i) {
        const auto& one = office->table.classes()[i];
        const auto& removal = (*due)[i];
        const std::string from = console.say(office->table.kept(one.id).counted_from);
        for_people.rows.push_back({console.say(one.title), console.say(one.purpose), std::to_string(one.days),
                                   from, console.say(one.basis), std::to_string(removal.rows),
                                   std::to_string(removal.held)});
        data.rows.push_back({one.id, std::to_string(one.days), std::to_string(removal.rows),
                             std::to_string(removal.held), civil_day(removal.before).iso(), from,
                             console.say(one.purpose), console.say(one.basis), one.checked ? "yes" : "no"});
    }
    return put_list(console, options.list, for_people, data, {"没有保存期限", "no terms are stated"});
}

ExitCode no_such_class(const Console& console, const std::string& id) {
    return console.report(Error{ErrorKind::usage,
                                "retention_class",
                                {fmt::format("没有数据类别“{}”（doudi retention list 列出全部）", id),
                                 fmt::format("there is no class '{}' (doudi retention list shows all)", id)},
                                {}});
}

ExitCode dry_run(const Console& console, const Options& options) {
    auto office = open_retention(console, options.store, store::Access::read);
    if (!office) return console.failed();
    if (!options.of_class.empty() && !office->has(options.of_class))
        return no_such_class(console, options.of_class);
    const auto due = access::due_removals(office->access->store, office->table, office->access->clock);
    if (!due) return console.report(due.error());
    bool any = false;
    for (const auto& one : *due) {
        if (!options.of_class.empty() && one.id != options.of_class) continue;
        if (one.rows + one.held == 0) continue;
        any = true;
        console.line(counts_of(one));
    }
    if (!any) console.line({"没有到期的内容", "nothing is due"});
    console.note({"只是清单，什么也没有删除", "a list only: nothing was removed"});
    return ExitCode::done;
}

ExitCode run(const Console& console, const Options& options) {
    if (options.dry_run) return dry_run(console, options);
    auto office = open_retention(console, options.store, store::Access::write);
    if (!office) return console.failed();
    if (!options.of_class.empty() && !office->has(options.of_class))
        return no_such_class(console, options.of_class);
    auto& access = *office->access;
    const auto removed = access::remove_due(access.store, *access.log, office->table, access.clock,
                                            machine_session(), options.of_class);
    if (!removed) return console.report(removed.error());
    std::uint64_t all = 0;
    for (const auto& one : *removed) {
        all += one.rows + one.held;
        if (one.rows + one.held == 0) continue;
        const Text counts = counts_of(one);
        console.line(one.rows == 0
                         ? counts
                         : Text{fmt::format("已删除{}，证明 {} 号 {}", counts.zh, one.proof, one.keys_hash),
                                fmt::format("removed {}, proof {} {}", counts.en, one.proof, one.keys_hash)});
    }
    if (all == 0) console.line({"没有到期的内容", "nothing is due"});
    return ExitCode::done;
}

ExitCode proofs(const Console& console, const Options& options) {
    auto office = open_access(console, options.store, store::Access::read);
    if (office == nullptr) return console.failed();
    const auto found = access::proofs(office->store.database(), 0, most_proofs);
    if (!found) return console.report(found.error());
    Table for_people;
    for_people.headings = {{{"证明", "proof"}, true},    {{"类别", "class"}}, {{"早于", "before"}},
                           {{"件数", "how many"}, true}, {{"何时", "when"}},  {{"谁", "who"}},
                           {{"完成", "done"}},           {{"摘要", "hash"}}};
    intake::Table data{.columns = {{"proof", true},
                                   {"class"},
                                   {"before"},
                                   {"things", true},
                                   {"on"},
                                   {"by"},
                                   {"done"},
                                   {"keys_hash"}},
                       .rows = {}};
    for (const auto& one : *found) {
        std::vector<std::string> row{
            std::to_string(one.number), one.id, one.before.iso(),        std::to_string(one.rows),
            civil_day(one.at).iso(),    one.by, one.done ? "yes" : "no", one.keys_hash};
        for_people.rows.push_back(row);
        data.rows.push_back(std::move(row));
    }
    return put_list(console, options.list, for_people, data, {"还没有删除过", "nothing was removed yet"});
}

// --- holds

ExitCode hold(const Console& console, const Options& options) {
    auto office = open_retention(console, options.store, store::Access::write);
    if (!office) return console.failed();
    auto& access = *office->access;
    access::Hold asked;
    asked.id_of_class = options.of_class;
    asked.reason = options.reason;
    if (!options.household.empty()) {
        const auto id = registry::household_of_code(access.store, options.household);
        if (!id) return console.report(id.error());
        asked.household = *id;
    }
    const auto placed = access::place_hold(access.store.database(), *access.log, office->table, access.clock,
                                           machine_session(), asked);
    if (!placed) return console.report(placed.error());
    console.line(
        {fmt::format("停删 {} 号：到期也不删除，直到 doudi retention lift {}", *placed, *placed),
         fmt::format("hold {}: nothing of it goes until doudi retention lift {}", *placed, *placed)});
    return ExitCode::done;
}

ExitCode lift(const Console& console, const Options& options) {
    auto office = open_access(console, options.store, store::Access::write);
    if (office == nullptr) return console.failed();
    const auto lifted = access::lift_hold(office->store.database(), *office->log, office->clock,
                                          machine_session(), options.hold, options.reason);
    if (!lifted) return console.report(lifted.error());
    console.line(
        {fmt::format("已解除停删 {} 号", options.hold), fmt::format("hold {} is lifted", options.hold)});
    return ExitCode::done;
}

ExitCode holds(const Console& console, const Options& options) {
    auto office = open_access(console, options.store, store::Access::read);
    if (office == nullptr) return console.failed();
    const auto found = access::open_holds(office->store.database());
    if (!found) return console.report(found.error());
    Table for_people;
    for_people.headings = {{{"编号", "no"}, true}, {{"类别", "class"}}, {{"户", "household"}},
                           {{"事由", "reason"}},   {{"谁", "who"}},     {{"自", "since"}}};
    intake::Table data{.columns = {{"hold", true}, {"class"}, {"household"}, {"reason"}, {"by"}, {"since"}},
                       .rows = {}};
    for (const auto& one : *found) {
        std::string code;
        if (one.household) {
            const auto told = registry::code_of_household(office->store, *one.household);
            if (!told) return console.report(told.error());
            code = *told;
        }
        std::vector<std::string> row{
            std::to_string(one.id),        one.id_of_class, code, one.reason, one.placed_by,
            civil_day(one.placed_at).iso()};
        data.rows.push_back(row);
        if (row[1].empty()) row[1] = console.say({"全部", "all"});
        if (row[2].empty()) row[2] = console.say({"全部", "all"});
        for_people.rows.push_back(std::move(row));
    }
    return put_list(console, options.list, for_people, data, {"没有停删", "there is no hold"});
}

ExitCode forget(const Console& console, const Options& options) {
    auto office = open_retention(console, options.store, store::Access::write);
    if (!office) return console.failed();
    auto& access = *office->access;
    const auto household = registry::household_of_code(access.store, options.household);
    if (!household) return console.report(household.error());
    const auto person = options.person == 0 ? std::nullopt : std::optional(PersonId(options.person));
    const auto done = http::forget(access.store, *access.log, *office->policy, access.clock,
                                   machine_session(), {*household, person, {}, options.reason});
    if (!done) return console.report(done.error());
    console.line({fmt::format("已删除 {} 人的信息，密钥已销毁，证明 {} 号", done->people, done->proof),
                  fmt::format("{} forgotten, their keys are destroyed, proof {}",
                              counted(done->people, "person is", "people are"), done->proof)});
    if (done->originals_until) {
        console.note({fmt::format("{} 及以前报送的原始文件仍保存着，其中可能有他们：到期一并删除",
                                  done->originals_until->iso()),
                      fmt::format("originals that came up to {} are still kept and may name them: they go at "
                                  "the end of their term",
                                  done->originals_until->iso())});
    }
    console.note({"早先的备份里仍有他们的信息：doudi keys rotate 后另做备份，再 doudi keys forget 旧主密钥",
                  "older backups still hold them: doudi keys rotate, make a new backup, then doudi keys "
                  "forget the old master key"});
    return ExitCode::done;
}

using Action = ExitCode (*)(const Console&, const Options&);

Command* add(Registration& registration, Command& parent, const std::shared_ptr<Options>& options,
             const char* name, const Text& help, Action action) {
    auto* command = parent.add_subcommand(name, registration.help(help.zh.c_str(), help.en.c_str()));
    add_store_options(*command, registration.console, options->store);
    registration.on(*command, options, action);
    return command;
}

}  // namespace

void add_retention(Registration registration) {
    auto options = std::make_shared<Options>();
    auto* retention = registration.app.add_subcommand(
        "retention", registration.help("保存期限、停删和删除证明", "terms of keeping, holds, proofs"));
    retention->require_subcommand(1);
    const auto help = [&](const char* zh, const char* en) { return registration.help(zh, en); };
    const auto listing = [&](const char* name, const Text& text, Action action) {
        add_list_options(*add(registration, *retention, options, name, text, action), registration.console,
                         options->list);
    };
    listing("list", {"列出期限和已到期的数量", "show the terms, and how much is due"}, list);
    listing("proofs", {"列出删除证明", "show what was removed, by which proof"}, proofs);
    listing("holds", {"列出停删", "show what is held"}, holds);
    auto* run_command =
        add(registration, *retention, options, "run",
            {"删除已到期的内容，并在访问记录中留下证明", "remove what is due, with a proof in the log"}, run);
    run_command->add_flag("--dry-run", options->dry_run,
                          help("只列出数量和日期，不删除", "only list counts and days"));
    run_command->add_option("--class", options->of_class, help("只处理这一类", "this class alone"));
    auto* hold_command =
        add(registration, *retention, options, "hold",
            {"停删：诉讼、审计期间到期也不删除", "stop deletion: a lawsuit, an audit"}, hold);
    hold_command->add_option("--class", options->of_class,
                             help("类别（不给为全部）", "a class; else every one"));
    hold_command->add_option("--household", options->household,
                             help("户编号（不给为全部）", "a household's number; else every one"));
    hold_command
        ->add_option("--reason", options->reason, help("事由：案号、通知", "why: the case, the notice"))
        ->required();
    auto* forget_command =
        add(registration, *retention, options, "forget",
            {"删除一人或一户的信息并销毁其密钥（不可恢复）",
             "forget a person or a household: their keys are destroyed, nothing brings them back"},
            forget);
    forget_command->add_option("--household", options->household, help("户编号", "the household's number"))
        ->required();
    forget_command->add_option("--person", options->person,
                               help("成员编号（不给为全户）", "a member's id; else all of them"));
    forget_command->add_option("--reason", options->reason, help("事由", "why"))->required();
    auto* lift_command = add(registration, *retention, options, "lift", {"解除停删", "lift a hold"}, lift);
    lift_command->add_option("hold", options->hold, help("停删编号", "its number"))->required();
    lift_command->add_option("--reason", options->reason, help("事由", "why"))->required();
}

}  // namespace doudi::cli
