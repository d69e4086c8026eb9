// SPDX-License-Identifier: Apache-2.0
#include "access/sign_in.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/door_events.h"
#include "access/secrets.h"
#include "store/no_waiting.h"

namespace doudi::access {

std::unexpected<Error> sign_in_refused() {
    return fail(ErrorKind::invalid, "sign_in_refused",
                {"登录信息不正确，或不能登录", "what was given does not let you sign in"});
}

FailureCount::FailureCount(store::Database& database, const AccountServices& services,
                           std::string_view folded_name, std::string_view from)
    : database_(&database), services_(&services) {
    if (!folded_name.empty()) name_ = "name:" + sm3_hex(folded_name);
    address_ = fmt::format("address:{}", from);
}

Result<void> FailureCount::check(const std::string& subject) {
    if (subject.empty()) return {};
    const auto failures = TRY(repository::select_failures(*database_, subject));
    const Instant now = services_->clock.now();
    if (failures.wait_until <= now) return {};
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(failures.wait_until - now).count();
    return fail(ErrorKind::limit, "sign_in_wait",
                {fmt::format("尝试次数过多，请 {} 秒后再试", seconds),
                 fmt::format("too many attempts: try again in {} seconds", seconds)},
                fmt::format("{}", seconds));
}

Result<void> FailureCount::check() {
    TRY_VOID(check(name_));
    return check(address_);
}

Result<bool> FailureCount::raise(const std::string& subject, const LockOut& lock) {
    if (subject.empty()) return false;
    auto failures = TRY(repository::select_failures(*database_, subject));
    const Instant now = services_->clock.now();
    if (now - failures.last_at > lock.forget) failures.count = 0;
    ++failures.count;
    failures.last_at = now;
    failures.wait_until = now + lock.wait_after(failures.count);
    TRY_VOID(repository::put_failures(*database_, subject, failures));
    return failures.wait_until > now;
}

Result<bool> FailureCount::failed() {
    bool waits = false;
    TRY_VOID(database_->write([&]() -> Result<void> {
        waits = TRY(raise(name_, services_->rules.account));
        waits = TRY(raise(address_, services_->rules.address)) || waits;
        return {};
    }));
    return waits;
}

std::unexpected<Error> refuse_entry(const AccountServices& services, FailureCount& count, const Session& who,
                                    std::string what) {
    auto waits = count.failed();
    if (!waits) return std::unexpected(std::move(waits).error());
    auto noted = note_door(services, who, Verb::create, "refused: " + what, *waits ? "must_wait" : "");
    if (!noted) return std::unexpected(std::move(noted).error());
    return sign_in_refused();
}

Result<void> FailureCount::succeeded() {
    if (name_.empty() || TRY(repository::select_failures(*database_, name_)).count == 0) return {};
    return database_->write([this] { return repository::forget_failures(*database_, name_); });
}

// --- sessions ---

namespace {

std::unexpected<Error> session_ended() {
    return fail(ErrorKind::invalid, "session_ended",
                {"登录已失效，请重新登录", "the session has ended: sign in again"});
}

// If nobody asks again.
Instant end_of(const SecurityRules& rules, const repository::SessionRow& row) {
    const bool citizen = row.kind == SessionKind::citizen;
    const auto idle = citizen ? rules.citizen_idle : rules.session_idle;
    const auto end = citizen ? rules.citizen_end : rules.session_end;
    return std::min<Instant>(row.seen_at + idle, row.created_at + end);
}

bool is_over(const SecurityRules& rules, const repository::SessionRow& row, Instant now) {
    return row.ended || now >= end_of(rules, row);
}

SessionStage stage_of(const Roles& roles, const Account& account, const repository::SessionRow& row) {
    const bool has = account.has_second_factor;
    if (has && !row.factor_passed) return SessionStage::needs_second_factor;
    if (account.demo) return SessionStage::full;
    // Whoever came by an outside identity has no password here to change.
    if (account.must_change_password && !row.outside) return SessionStage::needs_new_password;
    if (!has && roles.needs_second_factor(account.roles)) return SessionStage::needs_second_factor;
    return SessionStage::full;
}

std::vector<std::string> citizen_roles(const Roles& roles) {
    std::vector<std::string> found;
    for (const Role& role : roles.all()) {
        if (role.kind == SessionKind::citizen) found.push_back(role.id);
    }
    return found;
}

}  // namespace

Result<Session> session_of(store::Database& database, const AccountServices& services,
                           const repository::SessionRow& row, std::string_view from) {
    if (is_over(services.rules, row, services.clock.now())) return session_ended();
    Session session;
    session.id = row.id;
    session.kind = row.kind;
    session.from = from;
    if (row.kind == SessionKind::citizen) {
        if (!row.person) return session_ended();
        session.person = row.person;
        session.household = TRY(repository::select_household_of(database, *row.person));
        session.roles = citizen_roles(services.roles);
        session.why.purpose = "own";
        return session;
    }
    const auto found = TRY(repository::select_account(database, row.user));
    if (!found || !found->account.active || found->rights_version != row.rights_version)
        return session_ended();
    const Account& account = found->account;
    session.user = account.id;
    session.user_name = account.name;
    session.roles = account.roles;
    session.unit = account.unit;
    session.department = account.department;
    session.stage = stage_of(services.roles, account, row);
    session.why.purpose = "routine";
    return session;
}

Result<SignedIn> open_session(store::Database& database, const AccountServices& services,
                              repository::SessionRow row, std::string_view from) {
    const Instant now = services.clock.now();
    row.id = SessionId(static_cast<std::uint64_t>(random_key()));
    row.seen_at = now;
    if (row.created_at == Instant()) row.created_at = now;  // a rotated one grows no older by it
    SignedIn signed_in;
    signed_in.token = random_token();
    signed_in.csrf = Accounts::csrf_of(signed_in.token);
    TRY_VOID(database.write_beside(
        [&] { return repository::insert_session(database, row, sm3_hex(signed_in.token), from); }));
    signed_in.session = TRY(session_of(database, services, row, from));
    return signed_in;
}

std::string Accounts::csrf_of(std::string_view token) {
    return hmac_sm3_text(token, "doudi csrf 1");
}

bool Accounts::csrf_matches(std::string_view token, std::string_view csrf) {
    return same_secret(csrf_of(token), csrf);
}

namespace {

// The row behind a token; "session_ended" if there is none.
Result<repository::SessionRow> row_of(store::Database& database, std::string_view token) {
    auto row = TRY(repository::select_session(database, sm3_hex(token)));
    if (!row) return session_ended();
    return std::move(*row);
}

}  // namespace

Result<Session> Accounts::session(std::string_view token, std::string_view from) {
    const Instant now = services_->clock.now();
    const std::string hash = sm3_hex(token);
    SessionCache* cache = services_->sessions;
    const std::uint64_t generation = cache != nullptr ? cache->generation() : 0;
    if (cache != nullptr) {
        if (auto known = cache->find(hash, now)) {
            known->from = from;
            return std::move(*known);
        }
    }
    const auto row = TRY(repository::select_session(*database_, hash));
    if (!row) return session_ended();
    Session session = TRY(session_of(*database_, *services_, *row, from));
    constexpr auto fresh = std::chrono::minutes(1);
    // That it was seen is worth a write once in a while; one that fails ends nobody's work, and nobody waits
    // for it while an import writes.
    if (now - row->seen_at >= fresh) {
        const store::NoWaiting none(*database_);
        (void)database_->write_beside([&] { return repository::touch_session(*database_, row->id, now); });
    }
    if (cache != nullptr) cache->put(hash, session, now, end_of(services_->rules, *row), generation);
    return session;
}

namespace {

// Whose a session is, be it one that has ended.
Result<Session> holder_of(store::Database& database, const repository::SessionRow& row,
                          std::string_view from) {
    if (row.kind == SessionKind::staff) {
        const auto account = TRY(repository::select_account(database, row.user));
        return someone_at_the_door(account ? &*account : nullptr, from);
    }
    Session who;
    who.kind = row.kind;
    who.person = row.person;
    who.why.purpose = "own";
    who.from = from;
    return who;
}

}  // namespace

Result<void> Accounts::sign_out(std::string_view token, std::string_view from) {
    const auto row = TRY(repository::select_session(*database_, sm3_hex(token)));
    if (!row) return {};
    const Instant now = services_->clock.now();
    const RightsChange change(*services_);
    TRY_VOID(database_->write_beside([&] { return repository::end_session(*database_, row->id, now); }));
    return note_door(*services_, TRY(holder_of(*database_, *row, from)), Verb::change, "signed out");
}

Result<std::int64_t> Accounts::end_sessions(UserId user) {
    const Instant now = services_->clock.now();
    const RightsChange change(*services_);
    std::int64_t ended = 0;
    TRY_VOID(database_->write_beside([&]() -> Result<void> {
        ended = TRY(repository::end_sessions(*database_, user, now));
        return {};
    }));
    return ended;
}

namespace {

// The server's own machine: whoever sits at it may see what is shown there.
bool is_this_machine(std::string_view from) {
    return from.starts_with("127.") || from == "::1";
}

}  // namespace

Result<SignedIn> Accounts::sign_in(std::string_view name, std::string_view password, std::string_view from) {
    const std::string folded = fold_user_name(name);
    FailureCount count(*database_, *services_, folded, from);
    TRY_VOID(count.check());
    const auto found = TRY(repository::select_account(*database_, folded));
    const bool same = TRY(
        services_->hasher.matches(found ? std::string_view(found->password) : std::string_view(), password));
    const Session who = someone_at_the_door(found ? &*found : nullptr, from);
    if (!same || !found->account.active || (found->account.demo && !is_this_machine(from)))
        return refuse_entry(*services_, count, who, "password; " + name_mark(folded));
    // Whoever still lacks the second factor has not signed in: a known password must not reset the count of
    // wrong codes.
    if (!found->account.has_second_factor) TRY_VOID(count.succeeded());
    repository::SessionRow row;
    row.user = found->account.id;
    row.rights_version = found->rights_version;
    TRY_VOID(note_door(*services_, who, Verb::create, "signed in by password"));
    return open_session(*database_, *services_, row, from);
}

// --- the second step ---

namespace {

// The same session goes on under another token.
Result<SignedIn> rotate(store::Database& database, const AccountServices& services,
                        repository::SessionRow row, std::string_view from) {
    const Instant now = services.clock.now();
    const RightsChange change(services);
    TRY_VOID(database.write_beside([&] { return repository::end_session(database, row.id, now); }));
    return open_session(database, services, row, from);
}

}  // namespace

Result<SignedIn> Accounts::second_factor(std::string_view token, std::string_view code,
                                         std::string_view from) {
    auto row = TRY(row_of(*database_, token));
    const Session session = TRY(session_of(*database_, *services_, row, from));
    const auto found = TRY(repository::select_account(*database_, session.user));
    if (!found || !found->account.has_second_factor || row.factor_passed) return sign_in_refused();
    FailureCount count(*database_, *services_, fold_user_name(found->account.name), from);
    TRY_VOID(count.check());
    const FactorMatch match = TRY(factor_matches(*database_, *services_, *found, code));
    const Session who = someone_at_the_door(&*found, from);
    if (match == FactorMatch::no) return refuse_entry(*services_, count, who, "second factor");
    TRY_VOID(count.succeeded());
    TRY_VOID(note_door(*services_, who, Verb::create,
                       match == FactorMatch::device ? "second factor passed" : "recovery code used"));
    row.factor_passed = true;
    return rotate(*database_, *services_, row, from);
}

Result<SignedIn> Accounts::change_password(std::string_view token, std::string_view old_password,
                                           std::string_view new_password, std::string_view from) {
    auto row = TRY(row_of(*database_, token));
    const Session session = TRY(session_of(*database_, *services_, row, from));
    // A session that lacks its second factor knows the password already, and that is all it may know.
    if (session.kind != SessionKind::staff ||
        (session.stage == SessionStage::needs_second_factor && !row.factor_passed &&
         TRY(find(session.user)).has_second_factor)) {
        return sign_in_refused();
    }
    FailureCount count(*database_, *services_, fold_user_name(session.user_name), session.from);
    TRY_VOID(count.check());
    const auto found = TRY(repository::select_account(*database_, session.user));
    const Session who = someone_at_the_door(found ? &*found : nullptr, from);
    if (!found || !TRY(services_->hasher.matches(found->password, old_password)))
        return refuse_entry(*services_, count, who, "change of password");
    TRY_VOID(check_password(services_->rules, session.user_name, new_password));
    if (old_password == new_password) {
        return fail(ErrorKind::invalid, "password_same",
                    {"新密码须与原密码不同", "the new password is the old one"}, "password");
    }
    const std::string hash = TRY(services_->hasher.hash(new_password));
    const Instant now = services_->clock.now();
    const RightsChange change(*services_);
    TRY_VOID(database_->write([&]() -> Result<void> {
        TRY_VOID(repository::update_password(*database_, session.user, hash, false));
        (void)TRY(repository::end_sessions(*database_, session.user, now));
        return {};
    }));
    TRY_VOID(note_door(*services_, who, Verb::change, "password changed"));
    row.rights_version = found->rights_version + 1;
    row.ended = false;
    return open_session(*database_, *services_, row, session.from);
}

}  // namespace doudi::access
