// SPDX-License-Identifier: Apache-2.0
#include "access/accounts.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/sign_in.h"
#include "base/text_fold.h"
#include "base/utf8.h"

namespace doudi::access {

namespace {

constexpr std::size_t longest_name = 64;

Result<void> check_name(std::string_view name) {
    const std::string folded = fold_user_name(name);
    const bool has_blank = std::ranges::any_of(
        folded, [](char c) { return (c >= 0 && c <= ' ') || c == 0x7F || c == ',' || c == '/'; });
    if (!folded.empty() && folded.size() <= longest_name && !has_blank && is_valid_utf8(folded)) return {};
    return fail(ErrorKind::invalid, "user_name",
                {"用户名不能为空，不能含空格、逗号和斜线，最长 64 字节",
                 "a user name has 1 to 64 bytes and no blank, comma or slash"},
                "name");
}

Result<void> check_roles(const Roles& roles, const std::vector<std::string>& names) {
    if (names.empty()) {
        return fail(ErrorKind::invalid, "user_without_role",
                    {"账号至少要有一个角色", "an account needs a role"}, "roles");
    }
    for (const std::string& name : names) {
        const Role* role = roles.find(name);
        if (role != nullptr && role->kind == SessionKind::staff) continue;
        return fail(ErrorKind::invalid, "role_unknown",
                    {fmt::format("没有可给账号的角色“{}”", name),
                     fmt::format("there is no role '{}' that an account can have", name)},
                    "roles");
    }
    return {};
}

}  // namespace

Result<UserId> Accounts::add(const Account& account, std::string_view first_password) {
    TRY_VOID(check_name(account.name));
    TRY_VOID(check_roles(services_->roles, account.roles));
    TRY_VOID(check_password(services_->rules, account.name, first_password));
    const std::string folded = fold_user_name(account.name);
    if (TRY(repository::select_account(*database_, folded))) {
        return fail(ErrorKind::conflict, "user_name_taken",
                    {fmt::format("用户名“{}”已有人使用", account.name),
                     fmt::format("the user name '{}' is taken", account.name)},
                    "name");
    }
    const std::string hash = TRY(services_->hasher.hash(first_password));
    UserId id;
    TRY_VOID(database_->write([&]() -> Result<void> {
        id = TRY(repository::insert_account(*database_, account, folded, hash, services_->clock.now()));
        return {};
    }));
    return id;
}

Result<std::vector<Account>> Accounts::list() {
    return repository::select_accounts(*database_);
}

namespace {

Result<Account> need(std::optional<repository::AccountRow> row) {
    if (row) return std::move(row->account);
    return fail(ErrorKind::not_found, "user_unknown", {"没有这个账号", "there is no such account"});
}

}  // namespace

Result<Account> find_account(store::Database& database, std::string_view name) {
    return need(TRY(repository::select_account(database, fold_user_name(name))));
}

Result<Account> Accounts::find(std::string_view name) {
    return find_account(*database_, name);
}

Result<Account> Accounts::find(UserId user) {
    return need(TRY(repository::select_account(*database_, user)));
}

namespace {

// One that was ended is only made anew by `doudi user demo`, which knows where the server listens.
Result<void> check_demo(const Account& account, bool active) {
    if (!account.demo || account.active || !active) return {};
    return fail(ErrorKind::conflict, "demo_ended",
                {"演示账号已停用，只能用 doudi user demo 重新建立",
                 "a demo account that was ended comes back by 'doudi user demo' alone"});
}

}  // namespace

Result<std::vector<Account>> Accounts::page(UnitId unit, Date day, std::string_view after, std::size_t most) {
    return repository::select_page(*database_, unit, day, after, most);
}

Result<void> Accounts::change(const Account& account, const AccountChange& change) {
    TRY_VOID(check_roles(services_->roles, change.roles));
    TRY_VOID(check_demo(account, change.active));
    bool changed = false;
    const RightsChange rights(*services_);
    TRY_VOID(database_->write([&]() -> Result<void> {
        changed = TRY(repository::update_account(*database_, account, change));
        return {};
    }));
    if (changed) return {};
    return fail(ErrorKind::conflict, "account_changed",
                {"账号在您查询之后已被修改", "the account was changed after it was read"});
}

Result<void> Accounts::set_active(UserId user, bool active) {
    TRY_VOID(check_demo(TRY(find(user)), active));
    const RightsChange change(*services_);
    return database_->write([&] { return repository::update_active(*database_, user, active); });
}

Result<void> Accounts::reset(UserId user, std::string_view first_password) {
    const Account account = TRY(find(user));
    TRY_VOID(check_password(services_->rules, account.name, first_password));
    const std::string hash = TRY(services_->hasher.hash(first_password));
    FailureCount count(*database_, *services_, fold_user_name(account.name), {});
    TRY_VOID(count.succeeded());
    const RightsChange change(*services_);
    return database_->write([&]() -> Result<void> {
        TRY_VOID(repository::update_password(*database_, user, hash, true));
        return repository::clear_factor(*database_, user);
    });
}

}  // namespace doudi::access
