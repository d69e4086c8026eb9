// SPDX-License-Identifier: Apache-2.0
#include "access/papers_repository.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "access/right_names.h"

namespace doudi::access::repository {

namespace {

constexpr std::string_view signed_words[] = {"self", "supporter", "guardian"};

template <class Enum, class Words>
Enum value_of(const Words& words, std::string_view word) {
    const auto at = std::ranges::find(words, word);
    ensure(at != std::ranges::end(words), "a word that this program wrote");
    return static_cast<Enum>(at - std::ranges::begin(words));
}

std::int64_t signed_of(std::uint64_t id) {
    return static_cast<std::int64_t>(id);
}
UserId user_of(std::int64_t value) {
    return UserId(static_cast<std::uint32_t>(value));
}
PersonId person_of(std::int64_t value) {
    return PersonId(static_cast<std::uint32_t>(value));
}

Result<std::int64_t> number(store::Database& database, const char* sql) {
    auto query = TRY(database.prepare(sql));
    TRY_VOID(query.step());
    return query.integer(0);
}

}  // namespace

// --- reveals ---

Result<int> count_reveals(store::Database& database, UserId user, Instant since) {
    auto query = TRY(database.prepare("select count(*) from reveal where user_id = $1 and granted_at > $2"));
    TRY_VOID(query.bind(1, std::int64_t{user.value()}).bind(2, micros_of(since)).step());
    return static_cast<int>(query.integer(0));
}

Result<void> insert_reveal(store::Database& database, std::int64_t id, const Session& session,
                           const Reveal& reveal, Instant now) {
    auto insert = TRY(database.prepare(
        "insert into reveal (id, session, user_id, household, field, case_ref, granted_at, expires_at)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8)"));
    insert.bind(1, id).bind(2, signed_of(session.id.value())).bind(3, std::int64_t{session.user.value()});
    insert.bind(4, std::int64_t{reveal.household.value()}).bind(5, name_of(reveal.field));
    insert.bind(6, std::string_view(session.why.case_ref));
    return insert.bind(7, micros_of(now)).bind(8, micros_of(reveal.expires_at)).run();
}

namespace {

// Field "": the household is assigned; "!": that person is under protection.
constexpr std::string_view standing_sql =
    "select a.household, '', a.household from assignment a where a.user_id = $1 and a.household = $2 and"
    " a.from_on <= $3 and a.until_on > $3 union all select r.household, r.field, r.expires_at from reveal r "
    "where"
    " r.session = $4 and r.expires_at > $5 and r.case_ref = $6";
constexpr std::string_view guarded_sql =
    " union all select p.person, '!', p.person from protected_person p where p.from_on <= $3 and p.until_on "
    "> $3"
    " and p.person in (";
constexpr int first_person = 7;

}  // namespace

Result<PageStanding> select_standing(store::Database& database, const Session& session, HouseholdId household,
                                     std::span<const PersonId> people, Date day, Instant now) {
    // Few sizes, so that few are prepared; what is too many is the last one again.
    const std::size_t size = people.empty() ? 0 : std::bit_ceil(people.size());
    std::string sql(standing_sql);
    for (std::size_t n = 0; n < size; ++n)
        sql +=
            fmt::format("{}${}{}", n == 0 ? guarded_sql : ", ", first_person + n, n + 1 == size ? ")" : "");
    auto query = TRY(database.prepare(sql));
    query.bind(1, std::int64_t{session.user.value()}).bind(2, std::int64_t{household.value()}).bind(3, day);
    query.bind(4, signed_of(session.id.value())).bind(5, micros_of(now));
    query.bind(6, std::string_view(session.why.case_ref));
    for (std::size_t n = 0; n < size; ++n)
        query.bind(first_person + static_cast<int>(n),
                   std::int64_t{people[std::min(n, people.size() - 1)].value()});
    PageStanding standing;
    while (TRY(query.step())) {
        const auto field = query.text_view(1);
        if (field == "!") {
            standing.guarded.emplace(static_cast<std::uint32_t>(query.integer(0)));
        } else if (field.empty()) {
            standing.of_session.assigned = session.user != UserId();
        } else {
            standing.of_session.revealed.push_back({HouseholdId(static_cast<std::uint32_t>(query.integer(0))),
                                                    value_of<FieldClass>(field_names(), field),
                                                    instant_of(query.integer(2))});
        }
    }
    return standing;
}

Result<std::vector<Reveal>> select_reveals(store::Database& database, const Session& session, Instant now) {
    auto query = TRY(
        database.prepare("select household, field, expires_at from reveal where session = $1 and expires_at "
                         "> $2 and case_ref = $3"));
    query.bind(1, signed_of(session.id.value())).bind(2, micros_of(now));
    query.bind(3, std::string_view(session.why.case_ref));
    std::vector<Reveal> reveals;
    while (TRY(query.step())) {
        reveals.push_back({HouseholdId(static_cast<std::uint32_t>(query.integer(0))),
                           value_of<FieldClass>(field_names(), query.text_view(1)),
                           instant_of(query.integer(2))});
    }
    return reveals;
}

// --- proposals ---

namespace {

constexpr std::string_view proposal_columns =
    "select id, thing, payload, reason, proposed_by, unit, proposed_at, state, decided_by, answer,"
    " decided_hash from proposal";

ProposalState state_of(std::string_view word) {
    for (const auto state :
         {ProposalState::open, ProposalState::approved, ProposalState::refused, ProposalState::used}) {
        if (name_of(state) == word) return state;
    }
    ensure(false, "a word that this program wrote");
    return {};
}

Proposal proposal_of(const store::Statement& row) {
    Proposal proposal;
    proposal.id = static_cast<std::uint64_t>(row.integer(0));
    proposal.thing = value_of<Thing>(thing_names(), row.text_view(1));
    proposal.payload = row.text_view(2);
    proposal.reason = row.text_view(3);
    proposal.proposed_by = user_of(row.integer(4));
    proposal.unit = UnitId(static_cast<std::uint32_t>(row.integer(5)));
    proposal.proposed_at = instant_of(row.integer(6));
    proposal.state = state_of(row.text_view(7));
    proposal.decided_by = user_of(row.integer(8));
    proposal.answer = row.text_view(9);
    proposal.decided_hash = row.text_view(10);
    return proposal;
}

}  // namespace

Result<std::uint64_t> insert_proposal(store::Database& database, const Proposal& proposal) {
    std::int64_t id = 0;
    TRY_VOID(database.write([&]() -> Result<void> {
        id = TRY(number(database, "select coalesce(max(id), 0) + 1 from proposal"));
        auto insert = TRY(database.prepare(
            "insert into proposal (id, thing, payload, reason, proposed_by, unit, proposed_at, state,"
            " decided_by) values ($1, $2, $3, $4, $5, $6, $7, 'open', 0)"));
        insert.bind(1, id).bind(2, name_of(proposal.thing)).bind(3, std::string_view(proposal.payload));
        insert.bind(4, std::string_view(proposal.reason));
        insert.bind(5, std::int64_t{proposal.proposed_by.value()});
        insert.bind(6, std::int64_t{proposal.unit.value()});
        return insert.bind(7, micros_of(proposal.proposed_at)).run();
    }));
    return static_cast<std::uint64_t>(id);
}

Result<std::optional<Proposal>> select_proposal(store::Database& database, std::uint64_t id) {
    auto query = TRY(database.prepare(std::string(proposal_columns) + " where id = $1"));
    if (!TRY(query.bind(1, signed_of(id)).step())) return std::optional<Proposal>();
    return std::optional(proposal_of(query));
}

Result<std::vector<Proposal>> select_proposals(store::Database& database, ProposalState state,
                                               Instant since) {
    auto query = TRY(database.prepare(std::string(proposal_columns) +
                                      " where state = $1 and proposed_at > $2 order by id"));
    query.bind(1, name_of(state)).bind(2, micros_of(since));
    std::vector<Proposal> found;
    while (TRY(query.step())) found.push_back(proposal_of(query));
    return found;
}

Result<bool> change_proposal(store::Database& database, ProposalState before, const Proposal& after,
                             Instant now) {
    auto update =
        TRY(database.prepare("update proposal set state = $3, decided_by = $4, decided_at = $5, answer = $6,"
                             " decided_hash = $7 where id = $1 and state = $2"));
    update.bind(1, signed_of(after.id)).bind(2, name_of(before)).bind(3, name_of(after.state));
    update.bind(4, std::int64_t{after.decided_by.value()}).bind(5, micros_of(now));
    TRY_VOID(
        update.bind(6, std::string_view(after.answer)).bind(7, std::string_view(after.decided_hash)).run());
    return database.changes() == 1;
}

// --- authorisations ---

namespace {

constexpr const char* authorisation_columns =
    "select id, person, signer, signed_as, scope, signed_on, from_on, until_on, revoked_on, paper,"
    " ward_paper from authorisation";

Authorisation authorisation_of(const store::Statement& row) {
    Authorisation paper;
    paper.id = static_cast<std::uint64_t>(row.integer(0));
    paper.person = person_of(row.integer(1));
    if (!row.is_null(2)) paper.signer = person_of(row.integer(2));
    paper.signed_as = value_of<SignedAs>(signed_words, row.text_view(3));
    paper.scope = row.text_view(4);
    paper.signed_on = row.date(5).value_or(forever);
    paper.from = row.date(6).value_or(forever);
    paper.until = row.date(7).value_or(paper.from);
    paper.revoked_on = row.date(8);
    paper.paper = row.text_view(9);
    paper.ward_paper = row.text_view(10);
    return paper;
}

SubjectPlace signer_place(PersonId person, std::int64_t id) {
    return {"authorisation.signer_sealed", person, id};
}
SubjectPlace reason_place(PersonId person, std::int64_t id) {
    return {"protected_person.reason_sealed", person, id};
}

}  // namespace

Result<std::uint64_t> insert_authorisation(store::Database& database, const FolderKeys& keys,
                                           const Authorisation& paper, UserId recorded_by, Instant now) {
    std::int64_t id = 0;
    TRY_VOID(database.write([&]() -> Result<void> {
        id = TRY(number(database, "select coalesce(max(id), 0) + 1 from authorisation"));
        auto insert = TRY(database.prepare(
            "insert into authorisation (id, person, signer, signed_as, scope, signed_on, from_on, until_on,"
            " revoked_on, paper, recorded_by, recorded_at, signer_name, signer_sealed, ward_paper)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"));
        const SubjectText signer = TRY(write_words(keys, signer_place(paper.person, id), paper.signer_name));
        insert.bind(1, id).bind(2, std::int64_t{paper.person.value()});
        if (paper.signer) {
            insert.bind(3, std::int64_t{paper.signer->value()});
        } else {
            insert.bind_null(3);
        }
        insert.bind(4, name_of(paper.signed_as));
        insert.bind(5, std::string_view(paper.scope)).bind(6, paper.signed_on).bind(7, paper.from);
        insert.bind(8, paper.until).bind(9, paper.revoked_on).bind(10, std::string_view(paper.paper));
        insert.bind(11, std::int64_t{recorded_by.value()}).bind(12, micros_of(now));
        insert.bind(13, std::string_view(signer.plain));
        if (signer.sealed.empty()) {
            insert.bind_null(14);
        } else {
            insert.bind(14, std::span<const std::byte>(signer.sealed));
        }
        return insert.bind(15, std::string_view(paper.ward_paper)).run();
    }));
    return static_cast<std::uint64_t>(id);
}

Result<std::string> select_signer_name(store::Database& database, const FolderKeys& keys,
                                       const Authorisation& paper) {
    auto query = TRY(database.prepare("select signer_name, signer_sealed from authorisation where id = $1"));
    if (!TRY(query.bind(1, signed_of(paper.id)).step())) return std::string();
    return read_words(keys, signer_place(paper.person, signed_of(paper.id)), query.text_view(0),
                      query.blob(1));
}

Result<bool> revoke(store::Database& database, std::uint64_t id, Date on) {
    bool changed = false;
    TRY_VOID(database.write([&]() -> Result<void> {
        // An earlier revocation stands.
        auto update =
            TRY(database.prepare("update authorisation set revoked_on = $2 where id = $1"
                                 " and (revoked_on is null or revoked_on > $2)"));
        TRY_VOID(update.bind(1, signed_of(id)).bind(2, on).run());
        changed = database.changes() == 1;
        return {};
    }));
    return changed;
}

Result<std::vector<Authorisation>> select_authorisations(store::Database& database,
                                                         std::optional<PersonId> person) {
    const std::string sql = std::string(authorisation_columns) +
                            (person ? " where person = $1 order by id" : " order by person, id");
    auto query = TRY(database.prepare(sql));
    if (person) query.bind(1, std::int64_t{person->value()});
    std::vector<Authorisation> papers;
    while (TRY(query.step())) papers.push_back(authorisation_of(query));
    return papers;
}

Result<std::vector<Authorisation>> select_own_authorisations(store::Database& database, PersonId person) {
    auto query = TRY(database.prepare(std::string(authorisation_columns) +
                                      " where person = $1 or signer = $1 order by id"));
    query.bind(1, std::int64_t{person.value()});
    std::vector<Authorisation> papers;
    while (TRY(query.step())) papers.push_back(authorisation_of(query));
    return papers;
}

// --- assignments ---

Result<void> put_assignment(store::Database& database, UserId user, HouseholdId household,
                            std::string_view case_ref, Date from, Date until) {
    auto put = TRY(database.prepare(
        "insert into assignment (user_id, household, from_on, until_on, case_ref) values ($1, $2, $3, $4, $5)"
        " on conflict (user_id, household, from_on) do update set until_on = excluded.until_on,"
        " case_ref = excluded.case_ref"));
    put.bind(1, std::int64_t{user.value()}).bind(2, std::int64_t{household.value()});
    return put.bind(3, from).bind(4, until).bind(5, case_ref).run();
}

Result<std::int64_t> end_assignment(store::Database& database, UserId user, HouseholdId household, Date on) {
    auto update = TRY(database.prepare(
        "update assignment set until_on = $3 where user_id = $1 and household = $2 and until_on > $3"));
    update.bind(1, std::int64_t{user.value()}).bind(2, std::int64_t{household.value()});
    TRY_VOID(update.bind(3, on).run());
    return database.changes();
}

Result<std::vector<Assignment>> select_assignments(store::Database& database, UserId user, Date day) {
    auto query = TRY(
        database.prepare("select household, case_ref, from_on, until_on from assignment where user_id = $1"
                         " and until_on > $2 and from_on < until_on order by household, from_on"));
    query.bind(1, std::int64_t{user.value()}).bind(2, day);
    std::vector<Assignment> found;
    while (TRY(query.step())) {
        found.push_back({HouseholdId(static_cast<std::uint32_t>(query.integer(0))), query.text(1),
                         query.date(2).value_or(forever), query.date(3).value_or(forever)});
    }
    return found;
}

Result<bool> select_assigned(store::Database& database, UserId user, HouseholdId household, Date day) {
    auto query =
        TRY(database.prepare("select 1 from assignment where user_id = $1 and household = $2 and from_on <= "
                             "$3 and until_on > $3"));
    query.bind(1, std::int64_t{user.value()}).bind(2, std::int64_t{household.value()});
    return query.bind(3, day).step();
}

// --- protections ---

Result<std::vector<Protection>> select_protections(store::Database& database, const FolderKeys& keys,
                                                   PersonId person) {
    auto query = TRY(database.prepare(
        "select id, from_on, until_on, reason, marked_by, reason_sealed from protected_person"
        " where person = $1 and from_on < until_on order by from_on"));
    query.bind(1, std::int64_t{person.value()});
    std::vector<Protection> found;
    while (TRY(query.step())) {
        std::string reason =
            TRY(read_words(keys, reason_place(person, query.integer(0)), query.text_view(3), query.blob(5)));
        found.push_back({static_cast<std::uint64_t>(query.integer(0)), person,
                         query.date(1).value_or(forever), query.date(2).value_or(forever), std::move(reason),
                         user_of(query.integer(4))});
    }
    return found;
}

Result<std::uint64_t> insert_protection(store::Database& database, const FolderKeys& keys,
                                        const Protection& mark, Instant now) {
    const std::int64_t id = TRY(number(database, "select coalesce(max(id), 0) + 1 from protected_person"));
    auto insert = TRY(database.prepare(
        "insert into protected_person (id, person, from_on, until_on, reason, marked_by, marked_at,"
        " reason_sealed) values ($1, $2, $3, $4, $5, $6, $7, $8)"));
    const SubjectText reason = TRY(write_words(keys, reason_place(mark.person, id), mark.reason));
    insert.bind(1, id).bind(2, std::int64_t{mark.person.value()}).bind(3, mark.from).bind(4, mark.until);
    insert.bind(5, std::string_view(reason.plain)).bind(6, std::int64_t{mark.marked_by.value()});
    if (reason.sealed.empty()) {
        insert.bind_null(8);
    } else {
        insert.bind(8, std::span<const std::byte>(reason.sealed));
    }
    TRY_VOID(insert.bind(7, micros_of(now)).run());
    return static_cast<std::uint64_t>(id);
}

Result<bool> end_protection(store::Database& database, PersonId person, Date on) {
    bool changed = false;
    TRY_VOID(database.write([&]() -> Result<void> {
        auto update =
            TRY(database.prepare("update protected_person set until_on = $2 where person = $1"
                                 " and until_on > $2 and from_on < until_on"));
        TRY_VOID(update.bind(1, std::int64_t{person.value()}).bind(2, on).run());
        changed = database.changes() > 0;
        return {};
    }));
    return changed;
}

// --- words about persons

namespace {

// The tables alike: a plain column and the sealed one in its place.
struct Worded {
    const char* select;
    const char* update;
    const char* blank;
    SubjectPlace (*place)(PersonId person, std::int64_t id);
};
constexpr Worded worded[] = {
    {"select id, person, signer_name from authorisation where signer_name <> ''",
     "update authorisation set signer_name = '', signer_sealed = $2 where id = $1",
     "update authorisation set signer_name = '', signer_sealed = null where person = $1", signer_place},
    {"select id, person, reason from protected_person where reason <> ''",
     "update protected_person set reason = '', reason_sealed = $2 where id = $1",
     "update protected_person set reason = '', reason_sealed = null where person = $1", reason_place}};

struct PlainWords {
    std::int64_t id = 0;
    PersonId person;
    std::string words;
};

Result<std::vector<PlainWords>> plain_words(store::Database& database, const char* select) {
    auto query = TRY(database.prepare(select));
    std::vector<PlainWords> found;
    while (TRY(query.step())) found.push_back({query.integer(0), person_of(query.integer(1)), query.text(2)});
    return found;
}

}  // namespace

Result<void> seal_plain_words(store::Database& database, const FolderKeys& keys) {
    for (const Worded& one : worded) {
        for (const PlainWords& row : TRY(plain_words(database, one.select))) {
            const SubjectText text = TRY(write_words(keys, one.place(row.person, row.id), row.words));
            auto update = TRY(database.prepare(one.update));
            update.bind(1, row.id);
            if (text.sealed.empty()) {
                update.bind_null(2);
            } else {
                update.bind(2, std::span<const std::byte>(text.sealed));
            }
            TRY_VOID(update.run());
        }
    }
    return {};
}

Result<void> blank_words(store::Database& database, PersonId person) {
    for (const Worded& one : worded) {
        auto blank = TRY(database.prepare(one.blank));
        TRY_VOID(blank.bind(1, std::int64_t{person.value()}).run());
    }
    return {};
}

}  // namespace doudi::access::repository
