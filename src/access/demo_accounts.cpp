// SPDX-License-Identifier: Apache-2.0
#include "access/demo_accounts.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/accounts_repository.h"
#include "access/secrets.h"
#include "access/sign_in.h"

namespace doudi::access {

namespace {

std::string demo_name(const Role& role) {
    std::string name = "demo-" + role.id;
    std::ranges::replace(name, '_', '-');
    return name;
}

// The first office of the kinds at which the role sits, of its own department before others; else a root.
const Unit* seat_of(const Role& role, const UnitTree& units, Date day) {
    const Unit* root = nullptr;
    for (const Unit& unit : units.units()) {
        const UnitPlace* place = units.place(unit.id, day);
        if (root == nullptr && place != nullptr && place->parent == UnitId()) root = &unit;
    }
    for (const std::string& kind : role.seats) {
        const Unit* first = nullptr;
        for (const Unit& unit : units.units()) {
            if (name_of(unit.kind) != kind || units.place(unit.id, day) == nullptr) continue;
            if (!role.department.empty() && unit.department == role.department) return &unit;
            if (first == nullptr) first = &unit;
        }
        const bool another =
            first != nullptr && first->kind == UnitKind::department && !role.department.empty();
        if (first != nullptr && !another) return first;
    }
    return root;
}

// Makes it, or wakes it where it was ended; empty: it is there and awake.
Result<std::string> make_one(store::Database& database, const AccountServices& services, Account& account) {
    const std::string folded = fold_user_name(account.name);
    const auto found = TRY(repository::select_account(database, folded));
    if (found && !found->account.demo) {
        return fail(ErrorKind::conflict, "demo_name",
                    {fmt::format("账号 {} 已存在，且不是演示账号", account.name),
                     fmt::format("the account {} is there, and is no demo account", account.name)});
    }
    if (found && found->account.active) {
        account = found->account;
        return std::string();
    }
    const std::string password = random_password();
    const std::string hash = TRY(services.hasher.hash(password));
    TRY_VOID(database.write([&]() -> Result<void> {
        if (found) {
            account.id = found->account.id;
            return repository::revive_demo(database, account, hash);
        }
        account.id = TRY(repository::insert_account(database, account, folded, hash, services.clock.now()));
        return {};
    }));
    return password;
}

}  // namespace

Result<std::vector<std::pair<Account, std::string>>> make_demo_accounts(store::Database& database,
                                                                        const AccountServices& services,
                                                                        const UnitTree& units) {
    const Date day = civil_day(services.clock.now());
    std::vector<std::pair<Account, std::string>> made;
    for (const Role& role : services.roles.all()) {
        if (role.kind != SessionKind::staff) continue;
        const Unit* seat = seat_of(role, units, day);
        if (seat == nullptr) {
            return fail(ErrorKind::invalid, "no_root_unit",
                        {"还没有单位：先用 doudi units load 装载",
                         "there are no units: doudi units load comes first"});
        }
        Account account;
        account.name = demo_name(role);
        // Beside the name its role is shown: a name of its own, which is nobody's.
        account.full_name = fmt::format("演示员{:02}", made.size() + 1);
        account.roles = {role.id};
        account.unit = seat->id;
        account.department = role.department.empty() ? seat->department : role.department;
        account.demo = true;
        std::string password = TRY(make_one(database, services, account));
        made.emplace_back(std::move(account), std::move(password));
    }
    return made;
}

Result<std::int64_t> end_demo_accounts(store::Database& database) {
    std::int64_t ended = 0;
    TRY_VOID(database.write([&]() -> Result<void> {
        ended = TRY(repository::end_demo(database));
        return {};
    }));
    return ended;
}

Result<bool> has_demo_accounts(store::Database& database) {
    return repository::any_demo(database);
}

}  // namespace doudi::access
