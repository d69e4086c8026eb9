// SPDX-License-Identifier: Apache-2.0
#include "access/retention_repository.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

namespace doudi::access::repository {

namespace {

// `select` names the keys of rows whose use ended before $1 (microseconds) or, where days are kept, before
// the day $1, and of whom (a person's household as the register has it now; 0: nobody's); a row that is still
// in use is never among them.
enum class KeyIs : std::uint8_t { number, text, two_texts };  // the first of two without a blank in it
struct Class {
    std::string_view id;
    Text from;
    const char* select;
    bool by_day;
    KeyIs key;
    const char* remove;
};

const std::array<Class, 8>& door_classes() {
    static const std::array<Class, 8> all = {{
        {"session",
         {"结束之时", "its end"},
         "select id, 0 from access_session where coalesce(ended_at, seen_at) < $1 order by id",
         false,
         KeyIs::number,
         "delete from access_session where id = $1"},
        {"sign_in_failure",
         {"最后一次失败", "the last failure"},
         "select subject, 0 from sign_in_failure where last_at < $1 and wait_until_at < $1 order by subject",
         false,
         KeyIs::text,
         "delete from sign_in_failure where subject = $1"},
        {"window_code",
         {"失效之时", "the end of its term"},
         "select locator, 0 from window_code where expires_at < $1 order by locator",
         false,
         KeyIs::text,
         "delete from window_code where locator = $1"},
        {"reveal",
         {"到期之时", "its end"},
         "select id, household from reveal where expires_at < $1 order by id",
         false,
         KeyIs::number,
         "delete from reveal where id = $1"},
        {"outside_link",
         {"最后一次登录", "the last sign-in with it"},
         "select s.issuer || ' ' || s.subject, coalesce((select m.household from member m where m.id = "
         "s.person "
         "order by m.publish desc limit 1), 0) from outside_subject s where s.user_id = 0 and s.used_at < $1 "
         "order by s.issuer, s.subject",
         false,
         KeyIs::two_texts,
         "delete from outside_subject where issuer = $1 and subject = $2 and user_id = 0"},
        {"api_token",
         {"失效之日", "its last day"},
         "select id, 0 from api_token where until_on < $1 order by id",
         true,
         KeyIs::number,
         "delete from api_token where id = $1"},
        {"proposal",
         {"审批之时（未审批的，提请之时）", "the decision, else when it was proposed"},
         "select id, 0 from proposal where coalesce(decided_at, proposed_at) < $1 order by id",
         false,
         KeyIs::number,
         "delete from proposal where id = $1"},
        {"authorisation",
         {"有效期末日", "its last day"},
         "select a.id, coalesce((select m.household from member m where m.id = a.person order by m.publish "
         "desc limit 1), 0) from authorisation a where a.until_on < $1 order by a.id",
         true,
         KeyIs::number,
         "delete from authorisation where id = $1"},
    }};
    return all;
}

// What people were marked, assigned and asked about.
const std::array<Class, 3>& work_classes() {
    static const std::array<Class, 3> all = {{
        {"protection",
         {"保护结束之日", "the day on which it ended"},
         "select p.id, coalesce((select m.household from member m where m.id = p.person order by m.publish "
         "desc limit 1), 0) from protected_person p where p.until_on < $1 order by p.id",
         true,
         KeyIs::number,
         "delete from protected_person where id = $1"},
        {"assignment",
         {"分派结束之日", "the day on which it ended"},
         "select user_id || ' ' || household || '/' || from_on, household from assignment where until_on < "
         "$1 "
         "order by user_id, household, from_on",
         true,
         KeyIs::text,
         "delete from assignment where user_id || ' ' || household || '/' || from_on = $1"},
        {"category_query",
         {"查询之日", "the day of the questions"},
         "select on_day || ' ' || asker, 0 from category_query where on_day < $1 order by on_day, asker",
         true,
         KeyIs::two_texts,
         "delete from category_query where on_day = $1 and asker = $2"},
    }};
    return all;
}

const std::vector<Class>& classes() {
    static const std::vector<Class> all = [] {
        std::vector<Class> both(door_classes().begin(), door_classes().end());
        both.insert(both.end(), work_classes().begin(), work_classes().end());
        return both;
    }();
    return all;
}

const Class& class_of(std::string_view id) {
    const auto at = std::ranges::find(classes(), id, &Class::id);
    ensure(at != classes().end(), "a class of this room");
    return *at;
}

std::uint32_t narrow(std::int64_t value) {
    return static_cast<std::uint32_t>(value);
}

}  // namespace

std::span<const std::string_view> retention_classes() {
    static const auto ids = [] {
        std::vector<std::string_view> found;
        for (const Class& one : classes()) found.push_back(one.id);
        return found;
    }();
    return ids;
}

const Text& counted_from(std::string_view id) {
    return class_of(id).from;
}

Result<std::vector<store::Ended>> select_ended(store::Database& database, std::string_view id,
                                               Instant before) {
    const Class& one = class_of(id);
    auto query = TRY(database.prepare(one.select));
    if (one.by_day) {
        query.bind(1, civil_day(before));
    } else {
        query.bind(1, micros_of(before));
    }
    std::vector<store::Ended> ended;
    while (TRY(query.step())) {
        ended.push_back({.key = one.key == KeyIs::number ? std::to_string(query.integer(0)) : query.text(0),
                         .household = narrow(query.integer(1))});
    }
    return ended;
}

Result<void> delete_rows(store::Database& database, std::string_view id, std::span<const std::string> keys) {
    const Class& one = class_of(id);
    auto remove = TRY(database.prepare(one.remove));
    for (const std::string& key : keys) {
        const std::string_view text = key;
        const std::size_t blank = std::min(text.find(' '), text.size());
        if (one.key == KeyIs::number) {
            remove.bind(1, std::int64_t{std::stoll(key)});
        } else if (one.key == KeyIs::text) {
            remove.bind(1, text);
        } else {
            remove.bind(1, text.substr(0, blank)).bind(2, text.substr(std::min(blank + 1, text.size())));
        }
        TRY_VOID(remove.run());
    }
    return {};
}

// --- proofs

namespace {

constexpr std::string_view proof_columns =
    "id, class, before_on, things, keys_hash, state, begun_at, made_by";

Proof proof_in(const store::Statement& row) {
    return {row.integer(0),
            row.text(1),
            row.date(2).value_or(Date()),
            static_cast<std::uint64_t>(row.integer(3)),
            row.text(4),
            row.text_view(5) == "done",
            instant_of(row.integer(6)),
            row.text(7)};
}

}  // namespace

Result<std::int64_t> insert_removal(store::Database& database, const Removal& removal, Instant now,
                                    std::string_view by) {
    auto insert = TRY(database.prepare(
        "insert into removal (id, class, before_on, things, keys_hash, state, begun_at, made_by) select "
        "coalesce(max(id), 0) + 1, $1, $2, $3, $4, 'begun', $5, $6 from removal returning id"));
    insert.bind(1, std::string_view(removal.id)).bind(2, civil_day(removal.before));
    insert.bind(3, static_cast<std::int64_t>(removal.rows)).bind(4, std::string_view(removal.keys_hash));
    const bool made = TRY(insert.bind(5, micros_of(now)).bind(6, by).step());
    ensure(made, "an insert returns its id");
    return insert.integer(0);
}

Result<void> end_removal(store::Database& database, std::int64_t proof, Instant now) {
    auto update = TRY(database.prepare("update removal set state = 'done', ended_at = $2 where id = $1"));
    return update.bind(1, proof).bind(2, micros_of(now)).run();
}

Result<std::vector<Proof>> select_removals(store::Database& database, std::int64_t before, int most) {
    auto query = TRY(database.prepare(
        fmt::format("select {} from removal where id < $1 order by id desc limit $2", proof_columns)));
    query.bind(1, before == 0 ? std::numeric_limits<std::int64_t>::max() : before);
    query.bind(2, std::int64_t{most});
    std::vector<Proof> found;
    while (TRY(query.step())) found.push_back(proof_in(query));
    return found;
}

Result<std::optional<Proof>> select_removal_of(store::Database& database, const Removal& removal) {
    auto query = TRY(database.prepare(
        fmt::format("select {} from removal where class = $1 and keys_hash = $2 and state = 'done' order by"
                    " id desc limit 1",
                    proof_columns)));
    query.bind(1, std::string_view(removal.id)).bind(2, std::string_view(removal.keys_hash));
    if (!TRY(query.step())) return std::optional<Proof>();
    return std::optional(proof_in(query));
}

// --- holds

Result<std::int64_t> insert_hold(store::Database& database, const Hold& hold, Instant now) {
    auto insert =
        TRY(database.prepare("insert into hold (id, class, household, reason, placed_by, placed_at) select "
                             "coalesce(max(id), 0) + 1, $1, $2, $3, $4, $5 from hold returning id"));
    insert.bind(1, std::string_view(hold.id_of_class));
    insert.bind(2, std::int64_t{hold.household ? hold.household->value() : 0});
    insert.bind(3, std::string_view(hold.reason)).bind(4, std::string_view(hold.placed_by));
    const bool made = TRY(insert.bind(5, micros_of(now)).step());
    ensure(made, "an insert returns its id");
    return insert.integer(0);
}

Result<void> end_hold(store::Database& database, std::int64_t id, std::string_view by, Instant now) {
    auto update = TRY(database.prepare(
        "update hold set lifted_by = $2, lifted_at = $3 where id = $1 and lifted_at is null"));
    TRY_VOID(update.bind(1, id).bind(2, by).bind(3, micros_of(now)).run());
    if (database.changes() == 1) return {};
    return fail(ErrorKind::not_found, "no_such_hold",
                {"没有这项停删决定，或已解除", "there is no such hold, or it was lifted"});
}

Result<std::vector<Hold>> select_holds(store::Database& database) {
    auto query =
        TRY(database.prepare("select id, class, household, reason, placed_by, placed_at from hold where "
                             "lifted_at is null order by id"));
    std::vector<Hold> found;
    while (TRY(query.step())) {
        Hold& hold = found.emplace_back();
        hold.id = query.integer(0);
        hold.id_of_class = query.text(1);
        if (query.integer(2) != 0) hold.household = HouseholdId(narrow(query.integer(2)));
        hold.reason = query.text(3);
        hold.placed_by = query.text(4);
        hold.placed_at = instant_of(query.integer(5));
    }
    return found;
}

// --- proposals

Result<std::optional<RetentionProposal>> select_open_proposal(store::Database& database) {
    auto query = TRY(database.prepare(
        "select id, made_on, body from retention_proposal where state = 'open' order by id desc limit 1"));
    if (!TRY(query.step())) return std::optional<RetentionProposal>();
    return std::optional(RetentionProposal{query.integer(0), query.date(1).value_or(Date()), query.text(2)});
}

Result<std::int64_t> insert_proposal(store::Database& database, Date day, std::string_view body) {
    auto replace =
        TRY(database.prepare("update retention_proposal set state = 'replaced' where state = 'open'"));
    TRY_VOID(replace.run());
    auto insert = TRY(
        database.prepare("insert into retention_proposal (id, made_on, body, state) select "
                         "coalesce(max(id), 0) + 1, $1, $2, 'open' from retention_proposal returning id"));
    const bool made = TRY(insert.bind(1, day).bind(2, body).step());
    ensure(made, "an insert returns its id");
    return insert.integer(0);
}

Result<void> end_proposal(store::Database& database, std::int64_t id, std::string_view by, Instant now) {
    auto update = TRY(
        database.prepare("update retention_proposal set state = 'carried_out', decided_by = $2, decided_at = "
                         "$3 where id = $1 and state = 'open'"));
    TRY_VOID(update.bind(1, id).bind(2, by).bind(3, micros_of(now)).run());
    if (database.changes() == 1) return {};
    return fail(ErrorKind::not_found, "no_such_proposal",
                {"这份到期清单已被替换或已执行：请看最新的一份",
                 "this list was replaced or carried out meanwhile: look at the newest one"});
}

}  // namespace doudi::access::repository
