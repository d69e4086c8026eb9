// SPDX-License-Identifier: Apache-2.0
#include "access/audit_repository.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <limits>
#include <span>
#include <vector>

#include "access/audit_text.h"
#include "access/audit_where.h"

namespace doudi::access::repository {

namespace {

std::int64_t signed_of(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}
std::uint64_t unsigned_of(std::int64_t value) {
    return static_cast<std::uint64_t>(value);
}

constexpr const char* record_columns =
    "select r.seq, r.looked_at, r.kind, r.user_id, r.user_name, r.unit, r.roles, r.purpose, r.case_ref,"
    " r.verb, r.thing, r.persons, r.households, r.what, r.reason, r.flag, r.address, r.previous, r.hash"
    " from audit_record r";

AuditRecord record_of(const store::Statement& row) {
    AuditRecord record;
    record.seq = unsigned_of(row.integer(0));
    record.at = instant_of(row.integer(1));
    record.kind = row.text_view(2);
    record.user = UserId(static_cast<std::uint32_t>(row.integer(3)));
    record.user_name = row.text_view(4);
    record.unit = UnitId(static_cast<std::uint32_t>(row.integer(5)));
    record.roles = row.text_view(6);
    record.purpose = row.text_view(7);
    record.case_ref = row.text_view(8);
    record.verb = row.text_view(9);
    record.thing = row.text_view(10);
    record.persons = row.text_view(11);
    record.households = row.text_view(12);
    record.what = row.text_view(13);
    record.reason = row.text_view(14);
    record.flag = row.text_view(15);
    record.from = row.text_view(16);
    record.previous = row.text_view(17);
    record.hash = row.text_view(18);
    return record;
}

std::unexpected<Error> no_head() {
    return fail(ErrorKind::unreadable, "audit_broken",
                {"访问记录的首部不见了：请核验（doudi audit verify），并从备份恢复",
                 "the head of the log is gone: verify it (doudi audit verify) and restore a backup"});
}

}  // namespace

Result<std::optional<AuditHead>> find_head(store::Database& database) {
    auto query = TRY(database.prepare("select seq, hash, indexed from audit_head where only_row = 1"));
    if (!TRY(query.step())) return std::optional<AuditHead>();
    return std::optional(
        AuditHead{unsigned_of(query.integer(0)), query.text(1), unsigned_of(query.integer(2))});
}

Result<AuditHead> select_head(store::Database& database) {
    const auto head = TRY(find_head(database));
    if (!head) return no_head();
    return *head;
}

Result<AuditHead> lock_head(store::Database& database) {
    auto lock = TRY(
        database.prepare("update audit_head set seq = seq where only_row = 1 returning seq, hash, indexed"));
    if (!TRY(lock.step())) return no_head();
    AuditHead head{unsigned_of(lock.integer(0)), lock.text(1), unsigned_of(lock.integer(2))};
    TRY_VOID(lock.run());
    return head;
}

Result<void> put_head(store::Database& database, const AuditHead& head) {
    auto put =
        TRY(database.prepare("update audit_head set seq = $1, hash = $2, indexed = $3 where only_row = 1"));
    put.bind(1, signed_of(head.seq)).bind(2, std::string_view(head.hash));
    return put.bind(3, signed_of(head.indexed)).run();
}

Result<void> insert_records(store::Database& database, std::span<const AuditRecord* const> records) {
    static constexpr std::string_view columns[] = {
        "seq",     "looked_at", "kind",    "user_id",  "user_name", "unit",       "roles",
        "purpose", "case_ref",  "verb",    "thing",    "persons",   "households", "what",
        "reason",  "flag",      "address", "previous", "hash"};
    auto insert = database.bulk("audit_record", columns, store::Bulk::whole);
    for (const AuditRecord* record : records) {
        insert.bind(1, signed_of(record->seq)).bind(2, micros_of(record->at));
        insert.bind(3, std::string_view(record->kind)).bind(4, std::int64_t{record->user.value()});
        insert.bind(5, std::string_view(record->user_name)).bind(6, std::int64_t{record->unit.value()});
        int n = 7;
        for (const std::string* text :
             {&record->roles, &record->purpose, &record->case_ref, &record->verb, &record->thing,
              &record->persons, &record->households, &record->what, &record->reason, &record->flag,
              &record->from, &record->previous, &record->hash}) {
            insert.bind(n++, std::string_view(*text));
        }
        TRY_VOID(insert.row());
    }
    return insert.finish();
}

Result<void> each_record(store::Database& database, std::uint64_t from,
                         const std::function<Result<void>(const AuditRecord&)>& take) {
    auto query = TRY(database.prepare(std::string(record_columns) + " where r.seq >= $1 order by r.seq"));
    query.bind(1, signed_of(from));
    while (TRY(query.step())) TRY_VOID(take(record_of(query)));
    return {};
}

Result<std::vector<AuditRecord>> select_records(store::Database& database, const AuditQuery& asked) {
    const SqlScope where = where_of(asked);
    auto query = TRY(database.prepare(fmt::format("{} where {} order by r.seq desc limit ${}", record_columns,
                                                  where.condition, where.next())));
    where.bind(query);
    query.bind(where.next(), std::int64_t{asked.most});
    std::vector<AuditRecord> records;
    while (TRY(query.step())) records.push_back(record_of(query));
    return records;
}

Result<std::optional<AuditRecord>> select_record(store::Database& database, std::uint64_t seq) {
    auto query = TRY(database.prepare(std::string(record_columns) + " where r.seq = $1"));
    if (!TRY(query.bind(1, signed_of(seq)).step())) return std::optional<AuditRecord>();
    return std::optional(record_of(query));
}

namespace {

struct Subject {
    int kind = 0;
    std::uint32_t subject = 0;
    std::int64_t seq = 0;
};

// In one statement; few sizes, so that few are prepared. What is too many is the last one again.
Result<void> insert_subjects(store::Database& database, std::span<const Subject> subjects) {
    const std::size_t size = std::bit_ceil(subjects.size());
    std::string sql = "insert into audit_subject (kind, subject, seq) values ";
    for (std::size_t i = 0; i < size; ++i)
        sql += fmt::format("{}(${}, ${}, ${})", i == 0 ? "" : ", ", 3 * i + 1, 3 * i + 2, 3 * i + 3);
    auto insert = TRY(database.prepare(sql + " on conflict do nothing"));
    for (std::size_t i = 0; i < size; ++i) {
        const Subject& one = subjects[std::min(i, subjects.size() - 1)];
        const int n = static_cast<int>(3 * i);
        insert.bind(n + 1, std::int64_t{one.kind})
            .bind(n + 2, std::int64_t{one.subject})
            .bind(n + 3, one.seq);
    }
    return insert.run();
}

}  // namespace

Result<void> index_subjects(store::Database& database, std::uint64_t from, int most) {
    constexpr std::size_t subjects_at_once = 128;
    std::vector<Subject> subjects;
    {
        auto query = TRY(database.prepare(
            "select seq, persons, households from audit_record where seq >= $1 order by seq limit $2"));
        query.bind(1, signed_of(from)).bind(2, std::int64_t{most});
        while (TRY(query.step())) {
            for (const auto& [kind, column] :
                 {std::pair(subject_person, 1), std::pair(subject_household, 2)}) {
                for (const std::uint32_t subject : read_ids(query.text_view(column)))
                    subjects.push_back({kind, subject, query.integer(0)});
            }
        }
    }
    for (std::span<const Subject> rest = subjects; !rest.empty();) {
        const auto part = rest.first(std::min(rest.size(), subjects_at_once));
        TRY_VOID(insert_subjects(database, part));
        rest = rest.subspan(part.size());
    }
    return {};
}

Result<void> each_subject(
    store::Database& database,
    const std::function<void(std::uint64_t seq, int kind, std::uint32_t subject)>& take) {
    auto query =
        TRY(database.prepare("select seq, kind, subject from audit_subject order by seq, kind, subject"));
    while (TRY(query.step())) {
        take(unsigned_of(query.integer(0)), static_cast<int>(query.integer(1)),
             static_cast<std::uint32_t>(query.integer(2)));
    }
    return {};
}

namespace {

// A condition on s (the index) and one on the texts of r, of the same subjects.
struct SubjectsSql {
    std::string indexed;
    std::string written;
};
SubjectsSql subjects_sql(PersonId person, std::span<const HouseholdId> households) {
    SubjectsSql sql{fmt::format("(s.kind = {} and s.subject = {})", subject_person, person.value()),
                    fmt::format("',' || r.persons || ',' like '%,{},%'", person.value())};
    for (const HouseholdId one : households) {
        sql.indexed += fmt::format(" or (s.kind = {} and s.subject = {})", subject_household, one.value());
        sql.written += fmt::format(" or ',' || r.households || ',' like '%,{},%'", one.value());
    }
    return sql;
}

}  // namespace

Result<std::vector<SubjectLook>> select_looks(store::Database& database, PersonId person,
                                              std::span<const HouseholdId> households, std::uint64_t before,
                                              int most) {
    // Those that the index has, and among those behind it the ones that name them.
    const SubjectsSql sql = subjects_sql(person, households);
    auto query = TRY(database.prepare(fmt::format(
        "select r.seq, r.looked_at, r.unit, r.purpose, r.verb, r.thing, r.persons, r.households"
        " from audit_record r where r.seq in (select * from (select distinct s.seq from audit_subject s"
        " where s.seq < $1 and ({}) order by s.seq desc limit $2) known union select r.seq from audit_record "
        "r"
        " where r.seq > (select h.indexed from audit_head h where h.only_row = 1) and r.seq < $1 and ({}))"
        " order by r.seq desc limit $2",
        sql.indexed, sql.written)));
    query.bind(1, before == 0 ? std::numeric_limits<std::int64_t>::max() : signed_of(before));
    query.bind(2, std::int64_t{most});
    std::vector<SubjectLook> looks;
    while (TRY(query.step())) {
        looks.push_back({{unsigned_of(query.integer(0)), instant_of(query.integer(1)),
                          UnitId(static_cast<std::uint32_t>(query.integer(2))), query.text(3), query.text(4),
                          query.text(5)},
                         query.text(6),
                         query.text(7)});
    }
    return looks;
}

Result<void> put_anchor(store::Database& database, const Anchor& anchor) {
    auto put =
        TRY(database.prepare("insert into audit_anchor (seq, anchored_on, hash) values ($1, $2, $3) on "
                             "conflict (seq) do nothing"));
    return put.bind(1, signed_of(anchor.seq))
        .bind(2, anchor.day)
        .bind(3, std::string_view(anchor.hash))
        .run();
}

Result<std::vector<Anchor>> select_anchors(store::Database& database) {
    auto query =
        TRY(database.prepare("select seq, anchored_on, hash from audit_anchor union select seq, day, hash "
                             "from unit_anchor order by "
                             "seq"));
    std::vector<Anchor> anchors;
    while (TRY(query.step()))
        anchors.push_back({unsigned_of(query.integer(0)), query.date(1).value_or(Date()), query.text(2)});
    return anchors;
}

Result<std::uint64_t> last_unkeyed(store::Database& database) {
    auto query = TRY(database.prepare("select value from setting where name = 'audit_keyed_after'"));
    if (!TRY(query.step())) return std::uint64_t{0};
    const std::string_view text = query.text_view(0);
    std::uint64_t last = 0;
    // What is no number was not written by this program: nothing is taken to have come before the key.
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), last);
    return failure == std::errc() && end == text.data() + text.size() ? last : std::uint64_t{0};
}

Result<std::optional<AuditRecord>> last_record_before(store::Database& database, Instant end) {
    auto query = TRY(database.prepare(std::string(record_columns) +
                                      " where r.looked_at < $1 order by r.seq desc limit 1"));
    if (!TRY(query.bind(1, micros_of(end)).step())) return std::optional<AuditRecord>();
    return std::optional(record_of(query));
}

Result<void> put_unit_anchor(store::Database& database, const UnitAnchor& anchor) {
    auto put = TRY(
        database.prepare("insert into unit_anchor (day, unit, seq, hash, made_at, late) values ($1, $2, $3, "
                         "$4, $5, $6) on conflict do nothing"));
    put.bind(1, anchor.anchor.day).bind(2, std::int64_t{anchor.unit.value()});
    put.bind(3, signed_of(anchor.anchor.seq)).bind(4, std::string_view(anchor.anchor.hash));
    return put.bind(5, micros_of(anchor.made_at)).bind(6, std::int64_t{anchor.late}).run();
}

Result<std::vector<UnitAnchor>> select_unit_anchors(store::Database& database, const AnchorPlace& after,
                                                    int most) {
    auto query =
        TRY(database.prepare("select day, unit, seq, hash, made_at, late from unit_anchor where day < $1 or "
                             "(day = $1 and unit > $2)"
                             " order by day desc, unit limit $3"));
    query.bind(1, after.day).bind(2, std::int64_t{after.unit.value()}).bind(3, std::int64_t{most});
    std::vector<UnitAnchor> found;
    while (TRY(query.step())) {
        found.push_back({{unsigned_of(query.integer(2)), query.date(0).value_or(Date()), query.text(3)},
                         UnitId(static_cast<std::uint32_t>(query.integer(1))),
                         instant_of(query.integer(4)),
                         query.integer(5) != 0});
    }
    return found;
}

}  // namespace doudi::access::repository
