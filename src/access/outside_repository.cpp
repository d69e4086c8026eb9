// SPDX-License-Identifier: Apache-2.0
#include "access/outside_repository.h"

namespace doudi::access::repository {

namespace {

UserId user_of(std::int64_t value) {
    return UserId(static_cast<std::uint32_t>(value));
}

}  // namespace

// --- links ---

Result<std::optional<SubjectRow>> select_subject(store::Database& database,
                                                 const Accounts::OutsideSubject& subject) {
    auto query = TRY(
        database.prepare("select user_id, person from outside_subject where issuer = $1 and subject = $2"));
    query.bind(1, std::string_view(subject.issuer)).bind(2, std::string_view(subject.subject));
    if (!TRY(query.step())) return std::optional<SubjectRow>();
    return std::optional(
        SubjectRow{user_of(query.integer(0)), PersonId(static_cast<std::uint32_t>(query.integer(1)))});
}

Result<bool> put_subject(store::Database& database, const Accounts::OutsideSubject& subject, UserId user,
                         PersonId person, Instant now) {
    auto put = TRY(database.prepare(
        "insert into outside_subject (issuer, subject, user_id, person, used_at) values ($1, $2, $3, $4, $5)"
        " on conflict (issuer, subject) do update set user_id = excluded.user_id, person = excluded.person,"
        " used_at = excluded.used_at where outside_subject.user_id = 0 or outside_subject.user_id = "
        "excluded.user_id"));
    put.bind(1, std::string_view(subject.issuer)).bind(2, std::string_view(subject.subject));
    put.bind(3, std::int64_t{user.value()}).bind(4, std::int64_t{person.value()});
    TRY_VOID(put.bind(5, micros_of(now)).run());
    return database.changes() == 1;
}

Result<void> close_doors_of(store::Database& database, PersonId person, Instant now) {
    for (const char* sql : {"delete from outside_subject where user_id = 0 and person = $1",
                            "delete from window_code where person = $1"}) {
        auto remove = TRY(database.prepare(sql));
        TRY_VOID(remove.bind(1, std::int64_t{person.value()}).run());
    }
    auto end =
        TRY(database.prepare("update access_session set ended_at = $2 where user_id = 0 and person = $1"
                             " and ended_at is null"));
    return end.bind(1, std::int64_t{person.value()}).bind(2, micros_of(now)).run();
}

Result<std::vector<Accounts::OutsideSubject>> select_subjects(store::Database& database, UserId user) {
    auto query = TRY(database.prepare(
        "select issuer, subject from outside_subject where user_id = $1 order by issuer, subject"));
    query.bind(1, std::int64_t{user.value()});
    std::vector<Accounts::OutsideSubject> subjects;
    while (TRY(query.step())) subjects.push_back({query.text(0), query.text(1)});
    return subjects;
}

Result<std::int64_t> delete_subjects(store::Database& database, UserId user, std::string_view issuer) {
    auto remove = TRY(database.prepare("delete from outside_subject where user_id = $1 and issuer = $2"));
    TRY_VOID(remove.bind(1, std::int64_t{user.value()}).bind(2, issuer).run());
    return database.changes();
}

// --- attempts ---

Result<void> insert_attempt(store::Database& database, const AttemptRow& attempt, Instant now) {
    auto expired = TRY(database.prepare("delete from outside_attempt where expires_at <= $1"));
    TRY_VOID(expired.bind(1, micros_of(now)).run());
    auto insert = TRY(database.prepare(
        "insert into outside_attempt (state_hash, browser_hash, provider, invitation, expires_at)"
        " values ($1, $2, $3, $4, $5)"));
    insert.bind(1, std::string_view(attempt.state_hash)).bind(2, std::string_view(attempt.browser_hash));
    insert.bind(3, std::string_view(attempt.provider)).bind(4, std::string_view(attempt.invitation));
    return insert.bind(5, micros_of(attempt.expires_at)).run();
}

Result<std::optional<AttemptRow>> take_attempt(store::Database& database, std::string_view state_hash,
                                               std::string_view browser_hash, Instant now) {
    auto take = TRY(database.prepare(
        "delete from outside_attempt where state_hash = $1 and browser_hash = $2 and expires_at > $3"
        " returning provider, invitation"));
    take.bind(1, state_hash).bind(2, browser_hash).bind(3, micros_of(now));
    std::optional<AttemptRow> found;
    while (TRY(take.step())) {
        found.emplace();
        found->provider = take.text(0);
        found->invitation = take.text(1);
    }
    return found;
}

// --- invitations ---

Result<void> put_invitation(store::Database& database, std::string_view code_hash, UserId user,
                            UserId issued_by, Instant now, Instant expires_at) {
    auto clear = TRY(database.prepare(
        "delete from outside_invitation where (user_id = $1 and used_at is null) or expires_at <= $2"));
    TRY_VOID(clear.bind(1, std::int64_t{user.value()}).bind(2, micros_of(now)).run());
    auto insert = TRY(database.prepare(
        "insert into outside_invitation (code_hash, user_id, issued_by, issued_at, expires_at)"
        " values ($1, $2, $3, $4, $5)"));
    insert.bind(1, code_hash).bind(2, std::int64_t{user.value()}).bind(3, std::int64_t{issued_by.value()});
    return insert.bind(4, micros_of(now)).bind(5, micros_of(expires_at)).run();
}

Result<std::optional<UserId>> use_invitation(store::Database& database, std::string_view code_hash,
                                             Instant now) {
    auto update = TRY(
        database.prepare("update outside_invitation set used_at = $2 where code_hash = $1 and used_at is null"
                         " and expires_at > $2 returning user_id"));
    update.bind(1, code_hash).bind(2, micros_of(now));
    std::optional<UserId> user;
    while (TRY(update.step())) user = user_of(update.integer(0));
    return user;
}

}  // namespace doudi::access::repository
