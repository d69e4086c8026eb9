// SPDX-License-Identifier: Apache-2.0
// user: accounts, for whoever sets up an office or has locked everyone out.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "access/demo_accounts.h"
#include "access/secrets.h"
#include "access/vault_sealer.h"
#include "cli/access_office.h"
#include "cli/commands.h"
#include "cli/table.h"
#include "cli/usage.h"

namespace doudi::cli {
namespace {

struct Options {
    StoreOptions store;
    std::string name;
    std::string full_name;
    std::vector<std::string> roles;
    std::string unit;
    std::string department;
    bool unlock = false;
    bool remove = false;
    ListOptions list;
};

// The accounts of an office that is open, with all that they need.
class Desk {
  public:
    explicit Desk(std::unique_ptr<AccessOffice> office)
        : office_(std::move(office)),
          hasher_(office_->rules),
          services_{office_->roles, office_->rules, office_->clock, hasher_, sealer_},
          accounts_(office_->store.database(), services_) {}

    access::Accounts& accounts() { return accounts_; }
    access::AccountServices& services() { return services_; }
    AccessOffice& office() { return *office_; }

  private:
    std::unique_ptr<AccessOffice> office_;
    access::PasswordHasher hasher_;
    access::NoSealer sealer_;  // no command of this file seals anything
    access::AccountServices services_;
    access::Accounts accounts_;
};

void show_password(const Console& console, const std::string& name, const std::string& password) {
    console.line({fmt::format("账号 {} 的首次密码（登录后须更改，只显示这一次）：\n    {}", name, password),
                  fmt::format("the first password of {} (to be changed at sign-in, shown only now):\n    {}",
                              name, password)});
}

Result<void> add_account(Desk& desk, const Console& console, const Options& options) {
    const auto tree = TRY(access::read_units(desk.office().store.database()));
    access::Account account;
    account.name = options.name;
    account.full_name = options.full_name.empty() ? options.name : options.full_name;
    account.roles = options.roles;
    account.unit = TRY(unit_of_code(tree, options.unit));
    account.department = options.department;
    const std::string password = access::random_password();
    TRY_VOID(desk.accounts().add(account, password));
    TRY_VOID(record(desk.office(), access::Verb::create, access::Thing::account,
                    fmt::format("user add {}: {} @ {} {}", options.name, fmt::join(options.roles, ","),
                                options.unit, options.department)));
    show_password(console, options.name, password);
    if (desk.office().store.seal() == nullptr && desk.office().roles.needs_second_factor(account.roles)) {
        console.note(
            {"该角色须第二步验证，而数据目录没有加密，无处存放其密钥，因此还不能登录：请先运行 doudi keys "
             "seal",
             "this role needs a second factor, which a data folder that is not sealed cannot keep, so "
             "the account cannot sign in yet: run doudi keys seal first"});
    }
    return {};
}

Result<void> lock_account(Desk& desk, const Console& console, const Options& options) {
    const auto account = TRY(desk.accounts().find(options.name));
    TRY_VOID(desk.accounts().set_active(account.id, options.unlock));
    TRY_VOID(record(desk.office(), access::Verb::change, access::Thing::account,
                    fmt::format("user {} {}", options.unlock ? "unlock" : "lock", account.name)));
    if (options.unlock) {
        console.line(
            {fmt::format("账号 {} 已恢复", account.name), fmt::format("{} can sign in again", account.name)});
    } else {
        console.line({fmt::format("账号 {} 已停用，其登录全部失效", account.name),
                      fmt::format("{} is locked, and signed out everywhere", account.name)});
    }
    return {};
}

Result<void> reset_account(Desk& desk, const Console& console, const Options& options) {
    const auto account = TRY(desk.accounts().find(options.name));
    const std::string password = access::random_password();
    TRY_VOID(desk.accounts().reset(account.id, password));
    TRY_VOID(record(desk.office(), access::Verb::change, access::Thing::account,
                    fmt::format("user reset {}", account.name)));
    show_password(console, account.name, password);
    return {};
}

// --- accounts for a look at the program ---

Result<void> end_demo(Desk& desk, const Console& console) {
    const auto ended = TRY(access::end_demo_accounts(desk.office().store.database()));
    if (ended > 0)
        TRY_VOID(record(desk.office(), access::Verb::change, access::Thing::account,
                        fmt::format("user demo --remove: {} ended", ended)));
    console.line({fmt::format("已停用 {} 个演示账号", ended), fmt::format("{} demo accounts ended", ended)});
    return {};
}

Result<void> demo_accounts(Desk& desk, const Console& console, const Options& options) {
    if (options.remove) return end_demo(desk, console);
    const auto tree = TRY(access::read_units(desk.office().store.database()));
    const auto made = TRY(access::make_demo_accounts(desk.office().store.database(), desk.services(), tree));
    console.line({"演示账号（密码只显示这一次；只能从本机登录）：",
                  "demo accounts (passwords are shown only now; they enter from this machine alone):"});
    for (const auto& [account, password] : made) {
        if (!password.empty())
            TRY_VOID(
                record(desk.office(), access::Verb::create, access::Thing::account,
                       fmt::format("user demo {} @ {}", account.name, code_of_unit(tree, account.unit))));
        const Text shown = password.empty() ? Text{"已有，密码不变", "there already, password as it was"}
                                            : Text{password, password};
        console.line(
            {fmt::format("    {:<30} {:<20} {}", account.name, code_of_unit(tree, account.unit), shown.zh),
             fmt::format("    {:<30} {:<20} {}", account.name, code_of_unit(tree, account.unit), shown.en)});
    }
    return {};
}

using Action = Result<void> (*)(Desk&, const Console&, const Options&);

ExitCode act(const Console& console, const Options& options, Action action) {
    auto office = open_access(console, options.store, store::Access::write);
    if (office == nullptr) return console.failed();
    Desk desk(std::move(office));
    const auto done = action(desk, console, options);
    return done ? ExitCode::done : console.report(done.error());
}

ExitCode list(const Console& console, const Options& options) {
    auto office = open_access(console, options.store, store::Access::read);
    if (office == nullptr) return console.failed();
    Desk desk(std::move(office));
    const auto accounts = desk.accounts().list();
    if (!accounts) return console.report(accounts.error());
    const auto tree = access::read_units(desk.office().store.database());
    if (!tree) return console.report(tree.error());
    Table for_people;
    for_people.headings = {{{"账号", "account"}}, {{"姓名", "name"}},       {{"角色", "roles"}},
                           {{"单位", "unit"}},    {{"部门", "department"}}, {{"状态", "state"}}};
    intake::Table data{.columns = {{"name"},
                                   {"full_name"},
                                   {"roles"},
                                   {"unit"},
                                   {"department"},
                                   {"active"},
                                   {"second_factor"},
                                   {"demo"}},
                       .rows = {}};
    for (const auto& account : *accounts) {
        const std::string roles = fmt::format("{}", fmt::join(account.roles, ";"));
        const std::string unit = code_of_unit(*tree, account.unit);
        const Text state = !account.active                ? Text{"停用", "locked"}
                           : account.demo                 ? Text{"演示", "demo"}
                           : account.must_change_password ? Text{"待改密码", "password to be changed"}
                           : account.has_second_factor    ? Text{"两步验证", "second factor"}
                                                          : Text{"正常", "active"};
        for_people.rows.push_back(
            {account.name, account.full_name, roles, unit, account.department, console.say(state)});
        data.rows.push_back({account.name, account.full_name, roles, unit, account.department,
                             account.active ? "yes" : "no", account.has_second_factor ? "yes" : "no",
                             account.demo ? "yes" : "no"});
    }
    return put_list(console, options.list, for_people, data, {"还没有账号", "there are no accounts yet"});
}

Command* add_action(Command& user, Registration registration, std::shared_ptr<Options> options,
                    const char* name, const std::string& help, Action action) {
    auto* command = user.add_subcommand(name, help);
    add_store_options(*command, registration.console, options->store);
    command->add_option("name", options->name, registration.help("账号", "the account's name"))->required();
    command->callback([registration, options, action]() mutable {
        registration.run = [&console = registration.console, options, action] {
            return act(console, *options, action);
        };
    });
    return command;
}

}  // namespace

void add_user(Registration registration) {
    auto options = std::make_shared<Options>();
    auto* user = registration.app.add_subcommand("user", registration.help("账号", "accounts"));
    user->require_subcommand(1);
    auto* add = add_action(*user, registration, options, "add", registration.help("新增账号", "add one"),
                           add_account);
    add->add_option("--role", options->roles,
                    registration.help("角色（可多次）", "a role (may be given several times)"))
        ->required();
    add->add_option("--unit", options->unit, registration.help("单位代码", "the unit's code"))->required();
    add->add_option(
        "--department", options->department,
        registration.help("部门，如 hr（民政部门不写）", "the department, such as hr (civil affairs: none)"));
    add->add_option("--full-name", options->full_name, registration.help("姓名", "the person's name"));
    auto* lock = add_action(
        *user, registration, options, "lock",
        registration.help("停用账号（--undo 恢复）", "lock one (--undo: let it in again)"), lock_account);
    lock->add_flag("--undo", options->unlock, registration.help("恢复", "let it in again"));
    add_action(*user, registration, options, "reset",
               registration.help("重置密码和两步验证", "a new first password, no second factor"),
               reset_account);
    auto* demo = user->add_subcommand(
        "demo",
        registration.help("为每个角色建立演示账号（--remove 停用）",
                          "an account for each role, for a look at the program (--remove ends them)"));
    add_store_options(*demo, registration.console, options->store);
    demo->add_flag("--remove", options->remove, registration.help("停用演示账号", "end them"));
    demo->callback([registration, options]() mutable {
        registration.run = [&console = registration.console, options] {
            return act(console, *options, demo_accounts);
        };
    });
    auto* list_command = user->add_subcommand("list", registration.help("列出账号", "show them"));
    add_store_options(*list_command, registration.console, options->store);
    add_list_options(*list_command, registration.console, options->list);
    list_command->callback([registration, options]() mutable {
        registration.run = [&console = registration.console, options] { return list(console, *options); };
    });
}

}  // namespace doudi::cli
