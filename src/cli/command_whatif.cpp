// SPDX-License-Identifier: Apache-2.0
// whatif: the register under another law: who enters, leaves and moves, what it costs, how many doors it
// means.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <tuple>

#include "cli/counted.h"
#include "cli/packs_root.h"
#include "cli/table.h"
#include "cli/usage.h"
#include "oversight/whatif.h"
#include "policy/folder.h"
#include "policy/load.h"

namespace doudi::cli {
namespace {

using oversight::Step;
using oversight::WhatIf;

struct Options {
    StoreOptions store;
    std::string policy, against, as_of, list = "summary";
    std::filesystem::path parameters, root;
    std::vector<std::string> set;
    std::string category, township;
    unsigned threads = default_threads();
    ListOptions out;
};

constexpr std::size_t township_digits = 9;

std::string yuan(std::int64_t fen) {
    return Money::fen(fen).yuan_text();
}

Text step_text(Step step) {
    switch (step) {
        case Step::entered:
            return {"进入", "enters"};
        case Step::left:
            return {"退出", "leaves"};
        case Step::became_unknown:
            return {"变为不能判定", "can no longer be told"};
        case Step::became_known:
            return {"变为可以判定", "can now be told"};
    }
    return {};
}
// A list in both forms: for people, in their language, and as data with fixed columns.
struct Both {
    Table people;
    intake::Table data;

    void heading(Text text, const char* column, bool is_number = false) {
        people.headings.push_back({std::move(text), is_number});
        data.columns.push_back({column, is_number});
    }
};

class Report {
  public:
    Report(const Console& console, const Options& options, const WhatIf& answer,
           const oversight::RegisterCases& people)
        : console_(console), options_(options), answer_(answer), register_(people) {}

    [[nodiscard]] Both categories() const {
        Both list;
        list.heading({"类别", "category"}, "category");
        list.heading({"现有人数", "now"}, "members_before", true);
        list.heading({"调整后", "then"}, "members_after", true);
        list.heading({"进入", "enter"}, "entered", true);
        list.heading({"退出", "leave"}, "left", true);
        list.heading({"现不能判定", "cannot be told now"}, "unknown_before", true);
        list.heading({"后不能判定", "cannot be told then"}, "unknown_after", true);
        for (const auto& one : answer_.categories) {
            const std::vector<std::string> numbers{
                std::to_string(one.before),         std::to_string(one.after),
                std::to_string(one.entered),        std::to_string(one.left),
                std::to_string(one.unknown_before), std::to_string(one.unknown_after)};
            add(list, console_.say(one.title), one.id, numbers);
        }
        return list;
    }

    [[nodiscard]] Both costs() const {
        Both list;
        list.heading({"待遇", "benefit"}, "benefit");
        list.heading({"现每月（元）", "a month now, yuan"}, "yuan_before", true);
        list.heading({"调整后（元）", "then, yuan"}, "yuan_after", true);
        list.heading({"增减（元）", "change, yuan"}, "yuan_change", true);
        list.heading({"现未能算出", "not settled now"}, "unsettled_before", true);
        list.heading({"后未能算出", "not settled then"}, "unsettled_after", true);
        for (const auto& one : answer_.benefits) {
            const std::vector<std::string> numbers{
                yuan(one.fen_before), yuan(one.fen_after), yuan(one.fen_after - one.fen_before),
                std::to_string(one.unsettled_before), std::to_string(one.unsettled_after)};
            add(list, console_.say(one.title), one.id, numbers);
        }
        return list;
    }

    // How many take which step, by a key of each move: its township, its cause.
    [[nodiscard]] Both townships() const {
        Both list;
        list.heading({"乡镇（街道）代码", "township code"}, "township");
        return by_key(std::move(list), [this](const oversight::Move& move) {
            const std::string code = township_of(move);
            return std::pair(code, std::vector<std::string>{code});
        });
    }
    [[nodiscard]] Both causes() const {
        Both list;
        list.heading({"原因", "cause"}, "cause");
        list.heading({"依据", "clause"}, "clause");
        return by_key(std::move(list), [this](const oversight::Move& move) {
            if (move.cause < 0) return std::pair(std::string(), std::vector<std::string>{"", ""});
            const oversight::Cause& cause = answer_.causes[static_cast<std::size_t>(move.cause)];
            return std::pair(cause.clause + cause.say.zh,
                             std::vector<std::string>{console_.say(cause.say), cause.clause});
        });
    }

    [[nodiscard]] Both moves() const {
        Both list;
        list.heading({"户编号", "household"}, "household_id");
        list.heading({"成员序号", "member"}, "member", true);
        list.heading({"乡镇（街道）代码", "township code"}, "township");
        list.heading({"类别", "category"}, "category");
        list.heading({"变动", "step"}, "step");
        list.heading({"原因", "cause"}, "cause");
        list.heading({"依据", "clause"}, "clause");
        for (const oversight::Move& move : answer_.moves) {
            if (!wanted(move)) continue;
            const auto& category = answer_.categories[static_cast<std::size_t>(move.category)];
            const oversight::Cause cause =
                move.cause < 0 ? oversight::Cause{} : answer_.causes[static_cast<std::size_t>(move.cause)];
            const std::string household = register_.people.households[move.household].code;
            const std::string member = std::to_string(place_in_household(move));
            list.people.rows.push_back({household, member, township_of(move), console_.say(category.title),
                                        console_.say(step_text(move.step)), console_.say(cause.say),
                                        cause.clause});
            list.data.rows.push_back({household, member, township_of(move), category.id, step_id(move.step),
                                      console_.say(cause.say), cause.clause});
        }
        return list;
    }

    void print_head() const {
        std::uint64_t people = 0;
        for (const auto& shift : answer_.shifts) people += shift.members;
        console_.line(
            {fmt::format("在册 {} 户 {} 人；{} 人的类别会变，涉及 {} 户：变动前每户都要入户核查，由人决定",
                         answer_.households, answer_.members, people, answer_.households_changed),
             fmt::format("{} with {} on the register; the categories of {} would change, in {}: each is "
                         "a door to knock at first, and a person decides",
                         counted(answer_.households, "household", "households"),
                         counted(answer_.members, "member", "members"), counted(people, "person", "people"),
                         counted(answer_.households_changed, "household", "households"))});
        std::int64_t before = 0, after = 0;
        for (const auto& one : answer_.benefits) before += one.fen_before, after += one.fen_after;
        const std::string sign = after < before ? "" : "+";
        console_.line({fmt::format("已能算出的现金待遇每月合计 {} 元，调整后 {} 元（{}{} 元）", yuan(before),
                                   yuan(after), sign, yuan(after - before)),
                       fmt::format("cash that can be settled, a month: {} yuan now, {} yuan then ({}{})",
                                   yuan(before), yuan(after), sign, yuan(after - before))});
        if (answer_.sample) {
            console_.line({"注意：用到了虚构的样例数字，结果只供演示",
                           "note: invented sample figures were used; the result only demonstrates"});
        }
    }

  private:
    static void add(Both& list, const std::string& title, const std::string& id,
                    const std::vector<std::string>& numbers) {
        list.people.rows.push_back({title});
        list.data.rows.push_back({id});
        for (const std::string& number : numbers) {
            list.people.rows.back().push_back(number);
            list.data.rows.back().push_back(number);
        }
    }

    template <class KeyOf>
    [[nodiscard]] Both by_key(Both list, KeyOf key_of) const {
        list.heading({"类别", "category"}, "category");
        list.heading({"变动", "step"}, "step");
        list.heading({"人数", "people"}, "members", true);
        struct Count {
            std::vector<std::string> cells;
            std::uint64_t members = 0;
        };
        std::map<std::tuple<std::string, int, Step>, Count> counts;
        for (const oversight::Move& move : answer_.moves) {
            if (!wanted(move)) continue;
            auto [key, cells] = key_of(move);
            Count& count = counts[{std::move(key), move.category, move.step}];
            count.cells = std::move(cells);
            ++count.members;
        }
        for (const auto& [key, count] : counts) {
            const auto& category = answer_.categories[static_cast<std::size_t>(std::get<1>(key))];
            std::vector<std::string> people = count.cells, data = count.cells;
            people.insert(people.end(),
                          {console_.say(category.title), console_.say(step_text(std::get<2>(key))),
                           std::to_string(count.members)});
            data.insert(data.end(), {category.id, step_id(std::get<2>(key)), std::to_string(count.members)});
            list.people.rows.push_back(std::move(people));
            list.data.rows.push_back(std::move(data));
        }
        return list;
    }

    [[nodiscard]] bool wanted(const oversight::Move& move) const {
        const auto& category = answer_.categories[static_cast<std::size_t>(move.category)];
        return (options_.category.empty() || category.id == options_.category) &&
               (options_.township.empty() || township_of(move) == options_.township);
    }
    [[nodiscard]] std::string township_of(const oversight::Move& move) const {
        return register_.people.households[move.household].region.substr(0, township_digits);
    }
    [[nodiscard]] std::uint64_t place_in_household(const oversight::Move& move) const {
        const auto& ends = register_.cases.member_ends;
        return move.member + 1 - (move.household == 0 ? 0 : ends[move.household - 1]);
    }

    const Console& console_;
    const Options& options_;
    const WhatIf& answer_;
    const oversight::RegisterCases& register_;
};

ExitCode put(const Console& console, const Options& options, const Report& report) {
    const Text nothing{"没有变动", "nothing would change"};
    if (options.list == "categories") {
        const Both list = report.categories();
        return put_list(console, options.out, list.people, list.data, nothing);
    }
    if (options.list == "costs") {
        const Both list = report.costs();
        return put_list(console, options.out, list.people, list.data, nothing);
    }
    if (options.list == "townships") {
        const Both list = report.townships();
        return put_list(console, options.out, list.people, list.data, nothing);
    }
    if (options.list == "causes") {
        const Both list = report.causes();
        return put_list(console, options.out, list.people, list.data, nothing);
    }
    if (options.list == "moves") {
        const Both list = report.moves();
        return put_list(console, options.out, list.people, list.data, nothing);
    }
    report.print_head();
    for (const Both& list : {report.categories(), report.costs(), report.causes()}) {
        console.line({"", ""});
        if (list.people.rows.empty()) {
            console.line(nothing);
        } else {
            print_table(console, list.people);
        }
    }
    return ExitCode::done;
}

// The law in force on that day with the office's own figures, and a file of figures that are only tried laid
// over both.
policy::Loaded<policy::Pack> pack_of(Office& office, const std::string& id,
                                     const std::filesystem::path& figures, Date day) {
    auto law = ruledesk::law_in_force(office.store.database(), office.program,
                                      {.day = day, .known = {}, .pack = id});
    if (!law) return std::unexpected(std::move(law).error());
    if (figures.empty()) return std::move(law->policy.pack);
    const auto text = policy::read_whole_file(figures);
    if (!text) return std::unexpected(std::vector{text.error()});
    if (auto laid = policy::lay_figures_over(*text, figures.generic_string(), law->policy.pack); !laid)
        return std::unexpected(std::move(laid).error());
    return std::move(law->policy.pack);
}

ExitCode whatif(const Console& console, const Options& options) {
    if (options.set.empty() == options.against.empty()) {
        return console.report(
            Error{ErrorKind::usage,
                  "no_change",
                  {"请用 --set 改一个参数，或用 --against 指定另一政策包（二者之一）",
                   "change a parameter with --set, or name another pack with --against: one of the two"},
                  {}});
    }
    const auto root = packs_root(options.root);
    if (!root) return console.report(root.error());
    auto office = open_office(console, options.store, store::Access::read, *root);
    if (!office) return console.failed();
    const auto last = oversight::last_told_day(office->store);
    if (!last) return console.report(last.error());
    auto as_of = options.as_of.empty() ? Result<Date>(*last) : parse_date_option("--as-of", options.as_of);
    if (!as_of) return console.report(as_of.error());
    const auto before = pack_of(*office, options.policy, options.parameters, *as_of);
    if (!before) return console.report(before.error());
    auto after = pack_of(*office, options.against.empty() ? options.policy : options.against,
                         options.parameters, *as_of);
    if (!after) return console.report(after.error());
    for (const std::string& change : options.set) {
        if (const auto set = oversight::set_parameter(after->law, change, AsOf{*as_of}); !set)
            return console.report(set.error());
    }
    const auto cases =
        oversight::read_register_cases(office->store, office->policy.catalogue, before->law, AsOf{*as_of});
    if (!cases) return console.report(cases.error());
    std::optional<Result<oversight::RegisterCases>> others;
    if (!options.against.empty()) {
        others =
            oversight::read_register_cases(office->store, office->policy.catalogue, after->law, AsOf{*as_of});
        if (!*others) return console.report(others->error());
    }
    const WhatIf answer = oversight::what_if(
        {&*before, &cases->cases}, {&*after, others ? &(**others).cases : &cases->cases}, options.threads);
    return put(console, options, Report(console, options, answer, *cases));
}

}  // namespace

void add_whatif(Registration registration) {
    auto options = std::make_shared<Options>();
    auto* command = registration.app.add_subcommand(
        "whatif", registration.help(
                      "试算：改一个参数或换一个政策包，谁进、谁退、花多少、走多少户",
                      "try another figure or pack: who enters, who leaves, what it costs, how many doors"));
    const auto help = [&](const char* zh, const char* en) { return registration.help(zh, en); };
    add_store_options(*command, registration.console, options->store);
    command->add_option("--policy", options->policy,
                        help("政策包（默认为本数据目录的）", "the pack (default: the data folder's)"));
    add_root_option(*command, registration.console, options->root);
    command->add_option("--parameters", options->parameters,
                        help("本地参数文件（YAML）", "a file of local figures (YAML)"));
    command->add_option("--set", options->set,
                        help("改参数：名称=+5%、=-20.00 或 =700.00，可多次",
                             "name=+5%, =-20.00 or =700.00; may be repeated"));
    command->add_option("--against", options->against, help("与另一政策包比较", "compare with another pack"));
    command->add_option("--as-of", options->as_of,
                        help("试算日（默认最近的报送日）", "the day (default: the last import's)"));
    allow_words(*command->add_option(
                    "--list", options->list,
                    help("输出：summary（默认）、categories、costs、townships、causes、moves",
                         "what to print: summary (default), categories, costs, townships, causes, moves")),
                registration.console, {"summary", "categories", "costs", "townships", "causes", "moves"});
    command->add_option("--category", options->category, help("只看一个类别", "only one category"));
    command->add_option("--township", options->township, help("只看一个乡镇（街道）", "only one township"));
    allow_range(*command->add_option("--threads", options->threads, help("线程数", "threads")),
                registration.console, 1, 64);
    add_list_options(*command, registration.console, options->out);
    registration.on(*command, options, whatif);
}

}  // namespace doudi::cli
