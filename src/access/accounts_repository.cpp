// SPDX-License-Identifier: Apache-2.0
#include "access/accounts_repository.h"

#include <map>
#include <utility>

#include "access/colleagues.h"

namespace doudi::access::repository {

namespace {

std::int64_t signed_of(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}
std::int64_t number_of(UserId user) {
    return user.value();
}
UserId user_of(std::int64_t value) {
    return UserId(static_cast<std::uint32_t>(value));
}
UnitId unit_of_column(std::int64_t value) {
    return UnitId(static_cast<std::uint32_t>(value));
}

constexpr const char* account_columns =
    "select id, name, full_name, unit, department, active, must_change, created_at, password, rights_version,"
    " totp_secret, totp_offered, totp_step, demo from account";

AccountRow account_of(const store::Statement& row) {
    AccountRow found;
    found.account.id = user_of(row.integer(0));
    found.account.name = row.text_view(1);
    found.account.full_name = row.text_view(2);
    found.account.unit = unit_of_column(row.integer(3));
    found.account.department = row.text_view(4);
    found.account.active = row.integer(5) != 0;
    found.account.must_change_password = row.integer(6) != 0;
    found.account.created_at = instant_of(row.integer(7));
    found.password = row.text_view(8);
    found.rights_version = row.integer(9);
    found.totp_secret = row.text_view(10);
    found.totp_offered = row.text_view(11);
    found.totp_step = row.integer(12);
    found.account.has_second_factor = !found.totp_secret.empty();
    found.account.demo = row.integer(13) != 0;
    found.account.version = found.rights_version;
    return found;
}

Result<std::vector<std::string>> roles_of(store::Database& database, UserId user) {
    auto query = TRY(database.prepare("select role from account_role where user_id = $1 order by role"));
    query.bind(1, number_of(user));
    std::vector<std::string> roles;
    while (TRY(query.step())) roles.push_back(query.text(0));
    return roles;
}

Result<void> insert_roles(store::Database& database, UserId user, const std::vector<std::string>& roles) {
    auto insert = TRY(database.prepare(
        "insert into account_role (user_id, role) values ($1, $2) on conflict (user_id, role) do nothing"));
    for (const std::string& role : roles)
        TRY_VOID(insert.bind(1, number_of(user)).bind(2, std::string_view(role)).run());
    return {};
}

Result<void> replace_roles(store::Database& database, UserId user, const std::vector<std::string>& roles) {
    auto clear = TRY(database.prepare("delete from account_role where user_id = $1"));
    TRY_VOID(clear.bind(1, number_of(user)).run());
    return insert_roles(database, user, roles);
}

Result<std::optional<AccountRow>> whole(store::Database& database, store::Statement& query) {
    if (!TRY(query.step())) return std::optional<AccountRow>();
    AccountRow found = account_of(query);
    found.account.roles = TRY(roles_of(database, found.account.id));
    return std::optional(std::move(found));
}

}  // namespace

Result<UserId> insert_account(store::Database& database, const Account& account, std::string_view folded,
                              std::string_view password, Instant now) {
    auto last = TRY(database.prepare("select coalesce(max(id), 0) + 1 from account"));
    TRY_VOID(last.step());
    const UserId id = user_of(last.integer(0));
    auto insert = TRY(database.prepare(
        "insert into account (id, name, name_folded, full_name, unit, department, active, must_change,"
        " password, rights_version, totp_secret, totp_offered, totp_step, created_at, demo)"
        " values ($1, $2, $3, $4, $5, $6, 1, 1, $7, 1, '', '', 0, $8, $9)"));
    insert.bind(1, number_of(id)).bind(2, std::string_view(account.name)).bind(3, folded);
    insert.bind(4, std::string_view(account.full_name)).bind(5, std::int64_t{account.unit.value()});
    insert.bind(6, std::string_view(account.department)).bind(7, password).bind(8, micros_of(now));
    TRY_VOID(insert.bind(9, std::int64_t{account.demo ? 1 : 0}).run());
    TRY_VOID(insert_roles(database, id, account.roles));
    return id;
}

Result<std::optional<AccountRow>> select_account(store::Database& database, std::string_view folded) {
    auto query = TRY(database.prepare(std::string(account_columns) + " where name_folded = $1"));
    query.bind(1, folded);
    return whole(database, query);
}

Result<std::optional<AccountRow>> select_account(store::Database& database, UserId user) {
    auto query = TRY(database.prepare(std::string(account_columns) + " where id = $1"));
    query.bind(1, number_of(user));
    return whole(database, query);
}

Result<std::vector<Account>> select_accounts(store::Database& database) {
    auto query = TRY(database.prepare(std::string(account_columns) + " order by id"));
    std::vector<Account> accounts;
    while (TRY(query.step())) accounts.push_back(account_of(query).account);
    for (Account& account : accounts) account.roles = TRY(roles_of(database, account.id));
    return accounts;
}

Result<std::vector<Account>> select_page(store::Database& database, UnitId within, Date day,
                                         std::string_view after, std::size_t most) {
    auto query = TRY(database.prepare(
        std::string(account_columns) +
        " where name_folded > $1 and exists (select 1 from unit_within w where w.unit = account.unit"
        " and w.ancestor = $2 and w.from_on <= $3 and w.until_on > $3) order by name_folded limit $4"));
    query.bind(1, after).bind(2, std::int64_t{within.value()}).bind(3, day);
    query.bind(4, static_cast<std::int64_t>(most));
    std::vector<Account> accounts;
    while (TRY(query.step())) accounts.push_back(account_of(query).account);
    for (Account& account : accounts) account.roles = TRY(roles_of(database, account.id));
    return accounts;
}

Result<std::vector<Account>> colleagues_of(store::Database& database, std::span<const UnitId> units,
                                           std::string_view department) {
    std::string at = "0";
    for (const UnitId unit : units) at += "," + std::to_string(unit.value());
    const std::string who = " where unit in (" + at + ") and department = $1 and active = 1";
    // A county's people are many: their roles are read at once.
    auto asked =
        TRY(database.prepare("select user_id, role from account_role where user_id in"
                             " (select id from account" +
                             who + ") order by user_id, role"));
    asked.bind(1, department);
    std::map<UserId, std::vector<std::string>> roles;
    while (TRY(asked.step())) roles[user_of(asked.integer(0))].push_back(asked.text(1));
    auto query = TRY(database.prepare(std::string(account_columns) + who + " order by name_folded"));
    query.bind(1, department);
    std::vector<Account> accounts;
    while (TRY(query.step())) accounts.push_back(account_of(query).account);
    for (Account& account : accounts) account.roles = std::move(roles[account.id]);
    return accounts;
}

Result<void> update_active(store::Database& database, UserId user, bool active) {
    auto update = TRY(database.prepare(
        "update account set active = $2, rights_version = rights_version + 1 where id = $1"));
    return update.bind(1, number_of(user)).bind(2, std::int64_t{active ? 1 : 0}).run();
}

Result<void> update_password(store::Database& database, UserId user, std::string_view password,
                             bool must_change) {
    auto update = TRY(database.prepare(
        "update account set password = $2, must_change = $3, rights_version = rights_version + 1"
        " where id = $1"));
    return update.bind(1, number_of(user)).bind(2, password).bind(3, std::int64_t{must_change ? 1 : 0}).run();
}

Result<bool> update_account(store::Database& database, const Account& account, const AccountChange& change) {
    auto update =
        TRY(database.prepare("update account set full_name = $3, unit = $4, department = $5, active = $6,"
                             " rights_version = rights_version + 1 where id = $1 and rights_version = $2"));
    update.bind(1, number_of(account.id)).bind(2, account.version);
    update.bind(3, std::string_view(change.full_name)).bind(4, std::int64_t{change.unit.value()});
    update.bind(5, std::string_view(change.department)).bind(6, std::int64_t{change.active ? 1 : 0});
    TRY_VOID(update.run());
    if (database.changes() != 1) return false;
    TRY_VOID(replace_roles(database, account.id, change.roles));
    return true;
}

// --- demo accounts ---

Result<std::int64_t> end_demo(store::Database& database) {
    auto update = TRY(database.prepare(
        "update account set active = 0, rights_version = rights_version + 1 where demo = 1 and active = 1"));
    TRY_VOID(update.run());
    const std::int64_t ended = database.changes();
    auto clear = TRY(database.prepare(
        "delete from saved_view where account in (select id from account where demo = 1 and active = 0)"));
    TRY_VOID(clear.run());
    return ended;
}

Result<bool> any_demo(store::Database& database) {
    auto query = TRY(database.prepare("select 1 from account where demo = 1 and active = 1 limit 1"));
    return query.step();
}

Result<void> revive_demo(store::Database& database, const Account& account, std::string_view password) {
    auto update = TRY(database.prepare(
        "update account set password = $2, unit = $3, department = $4, active = 1, must_change = 1,"
        " rights_version = rights_version + 1 where id = $1 and demo = 1"));
    update.bind(1, number_of(account.id)).bind(2, password).bind(3, std::int64_t{account.unit.value()});
    TRY_VOID(update.bind(4, std::string_view(account.department)).run());
    return replace_roles(database, account.id, account.roles);
}

// --- second factor ---

namespace {

Result<void> drop_recovery(store::Database& database, UserId user) {
    auto clear = TRY(database.prepare("delete from recovery_code where user_id = $1"));
    return clear.bind(1, number_of(user)).run();
}

}  // namespace

Result<void> clear_factor(store::Database& database, UserId user) {
    auto update = TRY(database.prepare(
        "update account set totp_secret = '', totp_offered = '', totp_step = 0 where id = $1"));
    TRY_VOID(update.bind(1, number_of(user)).run());
    return drop_recovery(database, user);
}

Result<void> offer_factor(store::Database& database, UserId user, std::string_view sealed) {
    auto update = TRY(database.prepare("update account set totp_offered = $2 where id = $1"));
    return update.bind(1, number_of(user)).bind(2, sealed).run();
}

Result<void> take_factor(store::Database& database, UserId user, std::string_view sealed, std::int64_t step,
                         const std::vector<std::string>& recovery_hashes) {
    auto update = TRY(database.prepare(
        "update account set totp_secret = $2, totp_offered = '', totp_step = $3 where id = $1"));
    TRY_VOID(update.bind(1, number_of(user)).bind(2, sealed).bind(3, step).run());
    TRY_VOID(drop_recovery(database, user));
    auto insert = TRY(database.prepare("insert into recovery_code (user_id, hash) values ($1, $2)"));
    for (const std::string& hash : recovery_hashes)
        TRY_VOID(insert.bind(1, number_of(user)).bind(2, std::string_view(hash)).run());
    return {};
}

Result<bool> use_step(store::Database& database, UserId user, std::int64_t step) {
    auto update = TRY(database.prepare("update account set totp_step = $2 where id = $1 and totp_step < $2"));
    TRY_VOID(update.bind(1, number_of(user)).bind(2, step).run());
    return database.changes() == 1;
}

Result<bool> use_recovery(store::Database& database, UserId user, std::string_view hash, Instant now) {
    auto update = TRY(database.prepare(
        "update recovery_code set used_at = $3 where user_id = $1 and hash = $2 and used_at is null"));
    TRY_VOID(update.bind(1, number_of(user)).bind(2, hash).bind(3, micros_of(now)).run());
    return database.changes() == 1;
}

// --- sessions ---

Result<void> insert_session(store::Database& database, const SessionRow& session, std::string_view token_hash,
                            std::string_view from) {
    auto insert = TRY(database.prepare(
        "insert into access_session (id, token_hash, kind, user_id, person, rights_version, factor_passed,"
        " outside, created_at, seen_at, from_address) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
        "$11)"));
    insert.bind(1, signed_of(session.id.value())).bind(2, token_hash);
    insert.bind(3, std::string_view(session.kind == SessionKind::citizen ? "citizen" : "staff"));
    insert.bind(4, number_of(session.user))
        .bind(5, std::int64_t{session.person.value_or(PersonId()).value()});
    insert.bind(6, session.rights_version).bind(7, std::int64_t{session.factor_passed ? 1 : 0});
    insert.bind(8, std::int64_t{session.outside ? 1 : 0}).bind(9, micros_of(session.created_at));
    return insert.bind(10, micros_of(session.seen_at)).bind(11, from).run();
}

Result<std::optional<SessionRow>> select_session(store::Database& database, std::string_view token_hash) {
    auto query = TRY(database.prepare(
        "select id, kind, user_id, person, rights_version, factor_passed, created_at, seen_at, ended_at,"
        " outside"
        " from access_session where token_hash = $1"));
    if (!TRY(query.bind(1, token_hash).step())) return std::optional<SessionRow>();
    SessionRow row;
    row.id = SessionId(static_cast<std::uint64_t>(query.integer(0)));
    row.kind = query.text_view(1) == "citizen" ? SessionKind::citizen : SessionKind::staff;
    row.user = user_of(query.integer(2));
    if (query.integer(3) != 0) row.person = PersonId(static_cast<std::uint32_t>(query.integer(3)));
    row.rights_version = query.integer(4);
    row.factor_passed = query.integer(5) != 0;
    row.created_at = instant_of(query.integer(6));
    row.seen_at = instant_of(query.integer(7));
    row.ended = !query.is_null(8);
    row.outside = query.integer(9) != 0;
    return std::optional(row);
}

Result<void> touch_session(store::Database& database, SessionId id, Instant now) {
    auto update = TRY(database.prepare("update access_session set seen_at = $2 where id = $1"));
    return update.bind(1, signed_of(id.value())).bind(2, micros_of(now)).run();
}

Result<void> end_session(store::Database& database, SessionId id, Instant now) {
    auto update =
        TRY(database.prepare("update access_session set ended_at = $2 where id = $1 and ended_at is null"));
    return update.bind(1, signed_of(id.value())).bind(2, micros_of(now)).run();
}

Result<std::int64_t> end_sessions(store::Database& database, UserId user, Instant now) {
    auto update = TRY(
        database.prepare("update access_session set ended_at = $2 where user_id = $1 and ended_at is null"));
    TRY_VOID(update.bind(1, number_of(user)).bind(2, micros_of(now)).run());
    return database.changes();
}

Result<void> pass_factor(store::Database& database, SessionId id) {
    auto update = TRY(database.prepare("update access_session set factor_passed = 1 where id = $1"));
    return update.bind(1, signed_of(id.value())).run();
}

Result<std::optional<HouseholdId>> select_household_of(store::Database& database, PersonId person) {
    auto query = TRY(database.prepare(
        "select household from member where id = $1 and publish <= (select c.id from current_publication c)"
        " order by publish desc limit 1"));
    if (!TRY(query.bind(1, std::int64_t{person.value()}).step())) return std::optional<HouseholdId>();
    return std::optional(HouseholdId(static_cast<std::uint32_t>(query.integer(0))));
}

// --- failures ---

Result<Failures> select_failures(store::Database& database, std::string_view subject) {
    auto query = TRY(
        database.prepare("select failures, last_at, wait_until_at from sign_in_failure where subject = $1"));
    Failures failures;
    if (TRY(query.bind(1, subject).step())) {
        failures.count = static_cast<int>(query.integer(0));
        failures.last_at = instant_of(query.integer(1));
        failures.wait_until = instant_of(query.integer(2));
    }
    return failures;
}

Result<void> put_failures(store::Database& database, std::string_view subject, const Failures& failures) {
    auto put = TRY(database.prepare(
        "insert into sign_in_failure (subject, failures, last_at, wait_until_at) values ($1, $2, $3, $4)"
        " on conflict (subject) do update set failures = excluded.failures, last_at = excluded.last_at,"
        " wait_until_at = excluded.wait_until_at"));
    put.bind(1, subject).bind(2, std::int64_t{failures.count});
    return put.bind(3, micros_of(failures.last_at)).bind(4, micros_of(failures.wait_until)).run();
}

Result<void> forget_failures(store::Database& database, std::string_view subject) {
    auto clear = TRY(database.prepare("delete from sign_in_failure where subject = $1"));
    return clear.bind(1, subject).run();
}

// --- tokens of departments ---

namespace {

constexpr const char* token_columns =
    "select id, title, role, unit, department, from_on, until_on, revoked_at from api_token";

ApiToken token_of(const store::Statement& row) {
    ApiToken token;
    token.id = static_cast<std::uint64_t>(row.integer(0));
    token.title = row.text_view(1);
    token.role = row.text_view(2);
    token.unit = unit_of_column(row.integer(3));
    token.department = row.text_view(4);
    token.from = row.date(5).value_or(forever);
    token.until = row.date(6).value_or(token.from);
    if (!row.is_null(7)) token.revoked_at = instant_of(row.integer(7));
    return token;
}

}  // namespace

Result<void> insert_token(store::Database& database, const ApiToken& token, std::string_view token_hash,
                          UserId issued_by, Instant now) {
    auto insert = TRY(database.prepare(
        "insert into api_token (id, token_hash, title, role, unit, department, from_on, until_on, issued_by,"
        " issued_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"));
    insert.bind(1, signed_of(token.id)).bind(2, token_hash).bind(3, std::string_view(token.title));
    insert.bind(4, std::string_view(token.role)).bind(5, std::int64_t{token.unit.value()});
    insert.bind(6, std::string_view(token.department)).bind(7, token.from).bind(8, token.until);
    return insert.bind(9, number_of(issued_by)).bind(10, micros_of(now)).run();
}

Result<std::optional<ApiToken>> select_token(store::Database& database, std::string_view token_hash) {
    auto query = TRY(database.prepare(std::string(token_columns) + " where token_hash = $1"));
    if (!TRY(query.bind(1, token_hash).step())) return std::optional<ApiToken>();
    return std::optional(token_of(query));
}

Result<std::vector<ApiToken>> select_tokens(store::Database& database) {
    auto query = TRY(database.prepare(std::string(token_columns) + " order by issued_at, id"));
    std::vector<ApiToken> tokens;
    while (TRY(query.step())) tokens.push_back(token_of(query));
    return tokens;
}

Result<bool> revoke_token(store::Database& database, std::uint64_t id, Instant now) {
    auto update =
        TRY(database.prepare("update api_token set revoked_at = $2 where id = $1 and revoked_at is null"));
    TRY_VOID(update.bind(1, signed_of(id)).bind(2, micros_of(now)).run());
    return database.changes() == 1;
}

// --- window codes ---

Result<void> put_code(store::Database& database, const WindowCode& code) {
    auto clear = TRY(database.prepare("delete from window_code where person = $1 and used_at is null"));
    TRY_VOID(clear.bind(1, std::int64_t{code.person.value()}).run());
    auto insert = TRY(database.prepare(
        "insert into window_code (locator, code_hash, person, issued_by, issued_at, expires_at, tries_left)"
        " values ($1, $2, $3, $4, $5, $6, $7)"));
    insert.bind(1, std::string_view(code.locator)).bind(2, std::string_view(code.code_hash));
    insert.bind(3, std::int64_t{code.person.value()}).bind(4, number_of(code.issued_by));
    insert.bind(5, micros_of(code.issued_at)).bind(6, micros_of(code.expires_at));
    return insert.bind(7, std::int64_t{code.tries_left}).run();
}

Result<std::optional<WindowCode>> try_code(store::Database& database, std::string_view locator, Instant now) {
    auto update = TRY(database.prepare(
        "update window_code set tries_left = tries_left - 1 where locator = $1 and used_at is null"
        " and tries_left > 0 and expires_at > $2"));
    TRY_VOID(update.bind(1, locator).bind(2, micros_of(now)).run());
    if (database.changes() != 1) return std::optional<WindowCode>();
    auto query = TRY(database.prepare("select code_hash, person from window_code where locator = $1"));
    if (!TRY(query.bind(1, locator).step())) return std::optional<WindowCode>();
    WindowCode code;
    code.locator = locator;
    code.code_hash = query.text_view(0);
    code.person = PersonId(static_cast<std::uint32_t>(query.integer(1)));
    return std::optional(std::move(code));
}

Result<bool> use_code(store::Database& database, std::string_view locator, Instant now) {
    auto update =
        TRY(database.prepare("update window_code set used_at = $2 where locator = $1 and used_at is null"));
    TRY_VOID(update.bind(1, locator).bind(2, micros_of(now)).run());
    return database.changes() == 1;
}

}  // namespace doudi::access::repository
