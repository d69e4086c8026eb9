// SPDX-License-Identifier: Apache-2.0
// register: how the register is kept up. Changes as cases, and what a register's file proposed.

#include "cli/commands.h"
#include "cli/register_commands.h"

namespace doudi::cli {
namespace {

using Perform = ExitCode (*)(const Console&, const RegisterOptions&);

class Declaring {
  public:
    Declaring(Registration registration, Command& group) : registration_(registration), group_(group) {}

    // With its data folder; what else it takes is added to what this returns.
    Command& add(const char* name, const char* zh, const char* en, Perform perform) {
        auto* command = group_.add_subcommand(name, registration_.help(zh, en));
        add_store_options(*command, registration_.console, options_->store);
        registration_.on(*command, options_, perform);
        return *command;
    }
    Command& add_list(const char* name, const char* zh, const char* en, Perform perform) {
        Command& command = add(name, zh, en, perform);
        add_list_options(command, registration_.console, options_->list);
        return command;
    }
    // Of the case or proposal of that number.
    Command& add_numbered(const char* name, const char* zh, const char* en, Perform perform) {
        return numbered(add(name, zh, en, perform));
    }
    Command& numbered(Command& command) {
        command.add_option("number", options_->number, registration_.help("编号", "its number"))->required();
        return command;
    }
    template <class Value>
    Option* option(Command& command, const char* name, Value RegisterOptions::* member, const char* zh,
                   const char* en) {
        return command.add_option(name, (*options_).*member, registration_.help(zh, en));
    }
    [[nodiscard]] const Console& console() const { return registration_.console; }

  private:
    Registration registration_;
    Command& group_;
    std::shared_ptr<RegisterOptions> options_ = std::make_shared<RegisterOptions>();
};

void declare_reading(Declaring& all) {
    all.add_list("kinds", "变动的类别", "the kinds of change", list_kinds);
    Command& cases = all.add_list("cases", "变动列表", "the cases of change", list_cases);
    all.option(cases, "--kind", &RegisterOptions::kind, "类别", "of this kind");
    all.option(cases, "--household", &RegisterOptions::household, "户编号", "of this household");
    allow_words(*all.option(cases, "--state", &RegisterOptions::state, "状态", "in this state"),
                all.console(), {"proposed", "confirmed", "refused", "withdrawn", "answered"});
    all.add_numbered("case", "一项变动", "one case", show_case);
    Command& near =
        all.add_list("near", "某日（如申请日）之前不久的分户、并户",
                     "splits and merges shortly before a day, such as that of an application", list_near);
    all.option(near, "--household", &RegisterOptions::household, "户编号", "of this household");
    all.option(near, "--day", &RegisterOptions::day, "日期（默认今天）", "the day (today)");
    Command& household =
        all.add_list("household", "某日的成员及其编号", "who was in a household on a day", show_household);
    all.option(household, "household", &RegisterOptions::household, "户编号", "the household's number")
        ->required();
    all.option(household, "--day", &RegisterOptions::day, "日期（默认今天）", "the day (today)");
}

void declare_steps(Declaring& all) {
    Command& propose = all.add("propose", "提出一项变动", "propose a change", propose_case);
    all.option(propose, "file", &RegisterOptions::file, "变动内容（JSON）", "what shall change (JSON)")
        ->required();
    Command& confirm = all.add_numbered("confirm", "确认他人提出的变动",
                                        "confirm a case that another person proposed", confirm_case);
    allow_words(*all.option(confirm, "--warnings", &RegisterOptions::warnings,
                            "将终止的户的未办结预警：转入（carry）或办结（close）",
                            "open warnings of households that end go on (carry) or are closed (close)"),
                all.console(), {"carry", "close"});
    all.option(confirm, "--reason", &RegisterOptions::reason, "办结预警的理由", "why they are closed");
    Command& reject = all.add_numbered("reject", "不予确认", "refuse a case", reject_case);
    all.option(reject, "--reason", &RegisterOptions::reason, "理由", "why")->required();
    all.add_numbered("withdraw", "撤回自己提出的变动", "withdraw a case of one's own", withdraw_case);
    Command& undo =
        all.add_numbered("undo", "提出撤销已生效的变动", "propose to take back what a case did", undo_case);
    all.option(undo, "--note", &RegisterOptions::reason, "说明", "a note");
    Command& answer = all.add_numbered("answer", "答复漏报核实",
                                       "answer about a household that a file left out", answer_case);
    all.option(answer, "--answer", &RegisterOptions::answer, "答复", "the answer")->required();
    all.option(answer, "--change", &RegisterOptions::file, "由此引起的变动（JSON）",
               "the change it leads to (JSON)");
    Command& apply = all.add("apply", "使到期的已确认变动生效",
                             "let confirmed changes take effect whose day has come", apply_cases);
    all.option(apply, "--as-of", &RegisterOptions::as_of, "日期（默认今天）", "the day (today)");
}

void declare_proposals(Declaring& all) {
    all.add_list("proposals", "名册文件提请的增改", "what files of the register proposed", list_proposals);
    all.numbered(all.add_list("show", "一项名册提请的逐项差异", "a proposal, field by field", show_proposal));
    Command& accept =
        all.add_numbered("accept", "采纳名册提请", "accept a proposal of the register", accept_proposal);
    Command& refuse =
        all.add_numbered("refuse", "不予采纳名册提请", "refuse a proposal of the register", refuse_proposal);
    for (Command* command : {&accept, &refuse}) {
        auto* part = all.option(*command, "--part", &RegisterOptions::part, "哪一部分", "which part of it");
        allow_words(*part, all.console(), {"all", "add", "change"});
        all.option(*command, "--household", &RegisterOptions::households, "只限这些户（户编号）",
                   "only these households")
            ->excludes(part);
        all.option(*command, "--reason", &RegisterOptions::reason, "说明", "why");
    }
    allow_range(*all.option(accept, "--threads", &RegisterOptions::threads, "线程数", "threads"),
                all.console(), 1, 64);
}

}  // namespace

void add_register(Registration registration) {
    auto* group = registration.app.add_subcommand(
        "register", registration.help("名册维护：成员与户的变动、名册文件的增改",
                                      "keep up the register: changes as cases, and what its files propose"));
    group->require_subcommand(1);
    Declaring all(registration, *group);
    declare_reading(all);
    declare_steps(all);
    declare_proposals(all);
}

}  // namespace doudi::cli
