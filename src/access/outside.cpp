// SPDX-License-Identifier: Apache-2.0
#include "access/outside.h"

#include <fmt/format.h>

#include "access/door_events.h"
#include "access/outside_repository.h"
#include "access/secrets.h"
#include "access/sign_in.h"

namespace doudi::access {

namespace {

constexpr std::size_t invitation_characters = 16;

void derive(OutsideAttempt& attempt) {
    attempt.nonce = hmac_sm3_text(attempt.browser, "doudi outside nonce 1 " + attempt.state);
    attempt.verifier = hmac_sm3_text(attempt.browser, "doudi outside verifier 1 " + attempt.state);
}

std::unexpected<Error> subject_linked() {
    return fail(ErrorKind::conflict, "subject_linked",
                {"这个外部身份已与另一个账号关联", "this outside identity is linked to another account"});
}

}  // namespace

// --- there and back ---

Result<OutsideAttempt> begin_outside(store::Database& database, const AccountServices& services,
                                     std::string_view provider, std::string_view invitation) {
    OutsideAttempt attempt;
    attempt.state = random_token();
    attempt.browser = random_token();
    attempt.provider = provider;
    if (!invitation.empty()) attempt.invitation = sm3_hex(read_code(invitation));
    derive(attempt);
    const Instant now = services.clock.now();
    TRY_VOID(database.write_beside([&] {
        return repository::insert_attempt(database,
                                          {sm3_hex(attempt.state), sm3_hex(attempt.browser), attempt.provider,
                                           attempt.invitation, now + services.rules.outside_attempt_term},
                                          now);
    }));
    return attempt;
}

Result<OutsideAttempt> take_outside(store::Database& database, const AccountServices& services,
                                    std::string_view state, std::string_view browser, std::string_view from) {
    const Instant now = services.clock.now();
    std::optional<repository::AttemptRow> row;
    TRY_VOID(database.write_beside([&]() -> Result<void> {
        row = TRY(repository::take_attempt(database, sm3_hex(state), sm3_hex(browser), now));
        return {};
    }));
    if (!row) {
        TRY_VOID(note_outside_refused(services, "", "outside_state", from));
        return fail(ErrorKind::invalid, "outside_state",
                    {"登录过程已失效或不是从这个浏览器开始的，请重新登录",
                     "this sign-in has run out, was used, or was begun in another browser: begin anew"});
    }
    OutsideAttempt attempt;
    attempt.state = state;
    attempt.browser = browser;
    attempt.provider = row->provider;
    attempt.invitation = row->invitation;
    derive(attempt);
    return attempt;
}

Result<void> note_outside_refused(const AccountServices& services, std::string_view provider,
                                  std::string_view why, std::string_view from) {
    return note_door(services, someone_at_the_door(nullptr, from), Verb::create,
                     fmt::format("refused: outside identity {}; {}", provider, why));
}

// --- invitations ---

Result<Invitation> invite(store::Database& database, const AccountServices& services, UserId user,
                          UserId issued_by) {
    const std::string code = random_code(invitation_characters);
    Invitation invitation;
    for (std::size_t at = 0; at < code.size(); at += 4)
        invitation.code += (at == 0 ? "" : "-") + code.substr(at, 4);
    const Instant now = services.clock.now();
    invitation.expires_at = now + services.rules.invitation_term;
    TRY_VOID(database.write([&] {
        return repository::put_invitation(database, sm3_hex(code), user, issued_by, now,
                                          invitation.expires_at);
    }));
    return invitation;
}

Result<UserId> accept_invitation(store::Database& database, const AccountServices& services,
                                 const Accounts::OutsideSubject& subject, std::string_view invitation_hash,
                                 std::string_view from) {
    const Instant now = services.clock.now();
    std::optional<UserId> user;
    bool linked = false;
    // Both or neither: a code that linked nobody is still good.
    const auto done = database.write([&]() -> Result<void> {
        user = TRY(repository::use_invitation(database, invitation_hash, now));
        if (!user) return {};
        linked = TRY(repository::put_subject(database, subject, *user, PersonId(), now));
        if (!linked) return subject_linked();
        return {};
    });
    if (!done) return std::unexpected(done.error());
    if (!user) {
        return fail(ErrorKind::invalid, "invitation_refused",
                    {"邀请码无效、已用过或已过期", "the invitation is none, was used or has run out"});
    }
    const auto account = TRY(repository::select_account(database, *user));
    TRY_VOID(note_door(services, someone_at_the_door(account ? &*account : nullptr, from), Verb::change,
                       "outside identity linked by invitation; " + subject.issuer));
    return *user;
}

// --- links ---

Result<void> Accounts::link(const OutsideSubject& subject, UserId user) {
    TRY_VOID(find(user));
    bool linked = false;
    TRY_VOID(database_->write([&]() -> Result<void> {
        linked = TRY(repository::put_subject(*database_, subject, user, PersonId(), services_->clock.now()));
        return {};
    }));
    if (!linked) return subject_linked();
    return {};
}

Result<void> Accounts::link(const OutsideSubject& subject, PersonId person) {
    bool linked = false;
    TRY_VOID(database_->write_beside([&]() -> Result<void> {
        linked = TRY(repository::put_subject(*database_, subject, UserId(), person, services_->clock.now()));
        return {};
    }));
    if (!linked) return subject_linked();
    return {};
}

Result<void> close_doors_of(store::Database& database, PersonId person, const Clock& clock) {
    return database.write([&] { return repository::close_doors_of(database, person, clock.now()); });
}

Result<std::optional<UserId>> Accounts::linked_account(const OutsideSubject& subject) {
    const auto linked = TRY(repository::select_subject(*database_, subject));
    if (!linked || linked->user == UserId()) return std::optional<UserId>();
    return std::optional(linked->user);
}

Result<std::vector<Accounts::OutsideSubject>> Accounts::links(UserId user) {
    return repository::select_subjects(*database_, user);
}

Result<std::int64_t> Accounts::unlink(UserId user, std::string_view issuer) {
    const Instant now = services_->clock.now();
    std::int64_t removed = 0;
    const RightsChange rights(*services_);
    TRY_VOID(database_->write([&]() -> Result<void> {
        removed = TRY(repository::delete_subjects(*database_, user, issuer));
        if (removed > 0) (void)TRY(repository::end_sessions(*database_, user, now));
        return {};
    }));
    return removed;
}

Result<SignedIn> Accounts::sign_in(const OutsideSubject& subject, std::string_view from) {
    const auto linked = TRY(repository::select_subject(*database_, subject));
    const auto account = !linked || linked->user == UserId()
                             ? std::optional<repository::AccountRow>()
                             : TRY(repository::select_account(*database_, linked->user));
    const bool citizen = linked && linked->user == UserId();
    if (!citizen && (!account || !account->account.active || account->account.demo)) {
        TRY_VOID(note_door(*services_, someone_at_the_door(account ? &*account : nullptr, from), Verb::create,
                           "refused: outside identity; " + subject.issuer));
        return sign_in_refused();
    }
    repository::SessionRow row;
    row.outside = true;
    if (citizen) {
        row.kind = SessionKind::citizen;
        row.person = linked->person;
    } else {
        row.user = account->account.id;
        row.rights_version = account->rights_version;
    }
    SignedIn in = TRY(open_session(*database_, *services_, row, from));
    TRY_VOID(
        note_door(*services_, in.session, Verb::create, "signed in by outside identity; " + subject.issuer));
    return in;
}

}  // namespace doudi::access
