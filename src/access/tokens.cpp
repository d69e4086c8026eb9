// SPDX-License-Identifier: Apache-2.0
// Tokens of departments' machines, and the codes by which citizens enter.
#include <fmt/format.h>

#include "access/door_events.h"
#include "access/scope.h"
#include "access/secrets.h"
#include "access/sign_in.h"
#include "base/text_fold.h"

namespace doudi::access {

namespace {

constexpr std::string_view token_prefix = "doudi_";
constexpr std::size_t locator_characters = 4;
constexpr std::size_t code_characters = 8;

std::unexpected<Error> refuse(std::string code, Text text, std::string where) {
    return fail(ErrorKind::invalid, std::move(code), std::move(text), std::move(where));
}

}  // namespace

Result<std::string> issue_token(store::Database& database, const AccountServices& services,
                                const ApiToken& token, UserId issued_by, ApiToken* made) {
    const Role* role = services.roles.find(token.role);
    if (role == nullptr || role->kind != SessionKind::token) {
        return refuse("role_unknown",
                      {fmt::format("没有可给接口的角色“{}”", token.role),
                       fmt::format("there is no role '{}' that a machine can have", token.role)},
                      "role");
    }
    if (trim(token.title).empty() || token.department.empty() || token.unit == UnitId()) {
        return refuse("token_scope",
                      {"须写明用途、单位和部门", "a token says for what, for which unit and department"},
                      "title");
    }
    if (token.from >= token.until || token.until - token.from > services.rules.token_longest_days) {
        return refuse("token_days",
                      {fmt::format("有效期须为 1 至 {} 天", services.rules.token_longest_days),
                       fmt::format("a token holds for 1 to {} days", services.rules.token_longest_days)},
                      "until");
    }
    ApiToken kept = token;
    kept.id = static_cast<std::uint64_t>(random_key());
    std::string secret = std::string(token_prefix) + random_token();
    TRY_VOID(database.write([&] {
        return repository::insert_token(database, kept, sm3_hex(secret), issued_by, services.clock.now());
    }));
    if (made != nullptr) *made = kept;
    return secret;
}

Result<Session> token_session(store::Database& database, const AccountServices& services,
                              std::string_view token, std::string_view from) {
    const auto found = TRY(repository::select_token(database, sm3_hex(token)));
    const Date day = civil_day(services.clock.now());
    if (!found || found->revoked_at || day < found->from || day >= found->until) return sign_in_refused();
    Session session;
    session.id = SessionId(found->id);
    session.kind = SessionKind::token;
    session.user_name = found->title;
    session.roles = {found->role};
    session.unit = found->unit;
    session.department = found->department;
    session.why.purpose = "routine";
    session.from = from;
    return session;
}

Result<std::vector<ApiToken>> list_tokens(store::Database& database) {
    return repository::select_tokens(database);
}

Result<ApiToken> find_token(store::Database& database, std::uint64_t id) {
    for (ApiToken& token : TRY(list_tokens(database))) {
        if (token.id == id) return std::move(token);
    }
    return fail(ErrorKind::not_found, "token_unknown", {"没有这个接口令牌", "there is no such token"});
}

Result<void> revoke_token(store::Database& database, const Clock& clock, std::uint64_t id) {
    bool revoked = false;
    TRY_VOID(database.write([&]() -> Result<void> {
        revoked = TRY(repository::revoke_token(database, id, clock.now()));
        return {};
    }));
    if (revoked) return {};
    return fail(ErrorKind::not_found, "token_unknown",
                {"没有这个接口令牌，或已撤销", "there is no such token, or it was revoked before"});
}

// --- citizens ---

namespace {

Result<void> check_window(store::Database& database, const AccountServices& services, const Session& officer,
                          HouseholdId household, std::string_view paper_seen) {
    TRY_VOID(services.roles.require(officer, Verb::issue, Thing::person));
    const Date day = civil_day(services.clock.now());
    const UnitTree units = TRY(read_units(database));
    ScopedRow row;
    row.household = household;
    row.unit = TRY(unit_of(database, household, day));
    const Scope scope = Scope::of(services.roles, units, officer, Verb::issue, Thing::person, day);
    if (!scope.covers(row)) {
        return fail(ErrorKind::not_found, "out_of_scope",
                    {"此人不在本单位范围内", "this person is not of your units"});
    }
    if (trim(paper_seen).empty()) {
        return refuse("window_paper", {"须记明查验的证件", "say which paper was seen"}, "paper_seen");
    }
    return {};
}

}  // namespace

Result<std::string> issue_window_code(store::Database& database, const AccountServices& services,
                                      AuditLog& log, const Session& officer, PersonId person,
                                      std::string_view paper_seen) {
    const auto household = TRY(repository::select_household_of(database, person));
    TRY_VOID(check_window(database, services, officer, household.value_or(HouseholdId()), paper_seen));
    Look look;
    look.who = officer;
    look.who.why.purpose = "window";
    look.verb = Verb::issue;
    look.thing = Thing::person;
    look.persons = {person};
    look.what = fmt::format("window code; {}", trim(paper_seen));
    TRY_VOID(log.append(look));
    repository::WindowCode code;
    code.locator = random_code(locator_characters);
    const std::string secret = random_code(code_characters);
    code.code_hash = sm3_hex(code.locator + secret);
    code.person = person;
    code.issued_by = officer.user;
    code.issued_at = services.clock.now();
    code.expires_at = code.issued_at + services.rules.window_code_term;
    code.tries_left = services.rules.window_code_tries;
    TRY_VOID(database.write([&] { return repository::put_code(database, code); }));
    return fmt::format("{}-{}-{}", code.locator, secret.substr(0, 4), secret.substr(4));
}

Result<SignedIn> redeem_window_code(store::Database& database, const AccountServices& services,
                                    std::string_view code, std::string_view from) {
    FailureCount count(database, services, {}, from);
    TRY_VOID(count.check());
    const std::string typed = read_code(code);
    const std::string locator = typed.substr(0, locator_characters);
    const Instant now = services.clock.now();
    std::optional<PersonId> person;
    TRY_VOID(database.write_beside([&]() -> Result<void> {
        const auto found = TRY(repository::try_code(database, locator, now));
        const std::string hash = sm3_hex(typed);
        if (found && same_secret(found->code_hash, hash) && TRY(repository::use_code(database, locator, now)))
            person = found->person;
        return {};
    }));
    if (!person) return refuse_entry(services, count, someone_at_the_door(nullptr, from), "code of a window");
    repository::SessionRow row;
    row.kind = SessionKind::citizen;
    row.person = person;
    SignedIn in = TRY(open_session(database, services, row, from));
    TRY_VOID(note_door(services, in.session, Verb::create, "signed in by the code of a window"));
    return in;
}

}  // namespace doudi::access
