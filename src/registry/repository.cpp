// SPDX-License-Identifier: Apache-2.0
#include "registry/repository.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <functional>
#include <optional>
#include <thread>
#include <tuple>
#include <unordered_map>

#include "registry/keys_image.h"
#include "registry/number_column.h"
#include "registry/register_seal.h"

namespace doudi::registry {

namespace {

// Long enough that syncing a commit does not count, short enough that a reader's snapshot never holds back
// much of the log.
constexpr std::size_t rows_of_transaction = 50000;
constexpr std::uint64_t ids_of_reading = 1U << 16U;

std::int64_t number_of(PublishId id) {
    return static_cast<std::int64_t>(id.value());
}

template <class IdType>
IdType id_of(std::int64_t value) {
    return IdType(static_cast<std::uint32_t>(value));
}

// Rows are sealed by several threads once there are so many.
constexpr std::size_t rows_worth_a_thread = 2000;
constexpr unsigned most_sealing_threads = 8;

// The row that supersedes the others of its id is the last one: rows come by (id, publish).
constexpr const char* select_households =
    "select id, code, region, address, head_name, category, enrolled_on, income_fen, publish, sealed from "
    "household"
    " where publish <= $1 order by id, publish";
constexpr const char* select_members =
    "select id, household, name, id_number, relation, sex, phone, publish, sealed from member"
    " where publish <= $1 order by id, publish";
constexpr const char* select_some_members =
    "select id, household, name, id_number, relation, sex, phone, publish, sealed from member"
    " where publish <= $1 and id > $2 and id <= $3 order by id, publish";
constexpr const char* select_household =
    "select id, code, region, address, head_name, category, enrolled_on, income_fen, publish, sealed from "
    "household"
    " where publish <= $1 and id = $2 order by publish desc limit 1";
constexpr const char* select_member =
    "select id, household, name, id_number, relation, sex, phone, publish, sealed from member"
    " where publish <= $1 and id = $2 order by publish desc limit 1";
// By what stands in the number's column; a number that someone gave up is his who has it now.
constexpr const char* select_by_number =
    "select m.id from member m where m.id_number = $2 and m.publish <= $1 and m.publish ="
    " (select max(n.publish) from member n where n.id = m.id and n.publish <= $1) order by m.id limit 1";
constexpr const char* select_members_of_household =
    "select m.id, m.household, m.name, m.id_number, m.relation, m.sex, m.phone, m.publish, m.sealed from "
    "member m"
    " where m.household = $2 and m.publish ="
    " (select max(n.publish) from member n where n.id = m.id and n.publish <= $1) order by m.id";
// Behind it come as many ids as asked for.
constexpr std::string_view select_these_households =
    "select h.id, h.code, h.region, h.address, h.head_name, h.category, h.enrolled_on, h.income_fen, "
    "h.publish,"
    " h.sealed from household h where h.publish ="
    " (select max(v.publish) from household v where v.id = h.id and v.publish <= $1) and h.id in (";
constexpr std::string_view household_columns[] = {"publish",    "id",        "code",     "region",
                                                  "address",    "head_name", "category", "enrolled_on",
                                                  "income_fen", "sealed"};
constexpr std::string_view member_columns[] = {"publish",  "id",  "household", "name",  "id_number",
                                               "relation", "sex", "phone",     "sealed"};

// In a sealed folder a row that is not sealed is none of ours: whoever can write to the database put it
// there.
std::unexpected<Error> not_sealed(std::string_view table, std::int64_t id) {
    return fail(
        ErrorKind::unreadable, "row_not_sealed",
        {fmt::format("数据目录是加密的，数据库中 {} 第 {} 行却没有加密：不予读取", table, id),
         fmt::format("the data folder is sealed and row {} of {} in the database is not: it is not read", id,
                     table)});
}

Result<MemberSecrets> member_secrets(const store::Statement& row, RegisterSeal* seal) {
    if (seal == nullptr) {
        const auto number =
            static_cast<std::uint64_t>(row.integer(3));  // null reads as 0, which is no number
        return MemberSecrets{number, row.text_view(2), row.text_view(6)};
    }
    if (row.is_null(8)) return not_sealed("member", row.integer(0));
    return seal->open_member(row.integer(7), row.integer(0), row.blob(8));
}

Result<HouseholdSecrets> household_secrets(const store::Statement& row, RegisterSeal* seal) {
    if (seal == nullptr) return HouseholdSecrets{row.text_view(3), row.text_view(4)};
    if (row.is_null(9)) return not_sealed("household", row.integer(0));
    return seal->open_household(row.integer(8), row.integer(0), row.blob(9));
}

Result<Household> household_of(const store::Statement& row, RegisterSeal* seal) {
    Household household;
    household.id = id_of<HouseholdId>(row.integer(0));
    household.code = row.text_view(1);
    household.region = row.text_view(2);
    const HouseholdSecrets secrets = TRY(household_secrets(row, seal));
    household.address = secrets.address;
    household.head_name = secrets.head_name;
    household.category = row.text_view(5);
    household.enrolled_on = row.date(6);
    if (!row.is_null(7)) household.income_per_head_month = Money::fen(row.integer(7));
    return household;
}

Result<Member> member_of(const store::Statement& row, RegisterSeal* seal) {
    Member member;
    member.id = id_of<PersonId>(row.integer(0));
    member.household = id_of<HouseholdId>(row.integer(1));
    const MemberSecrets secrets = TRY(member_secrets(row, seal));
    member.name = secrets.name;
    if (secrets.number != 0) member.id_number = IdNumber::from_packed(secrets.number);
    member.relation = row.text_view(4);
    member.sex = row.text_view(5);
    member.phone = secrets.phone;
    return member;
}

// Null in a plain folder.
RegisterSeal* pointer_to(std::optional<RegisterSeal>& seal) {
    return seal ? &*seal : nullptr;
}

Result<void> read_households(store::DataFolder& folder, PublishId publish, std::vector<Household>& out) {
    auto seal = TRY(RegisterSeal::of(folder));
    auto query = TRY(folder.database().prepare(select_households));
    query.bind(1, number_of(publish));
    while (TRY(query.step())) {
        Household next = TRY(household_of(query, pointer_to(seal)));
        if (!out.empty() && out.back().id == next.id) out.pop_back();
        out.push_back(std::move(next));
    }
    return {};
}

Result<void> read_members(store::DataFolder& folder, PublishId publish, std::vector<Member>& out) {
    auto seal = TRY(RegisterSeal::of(folder));
    auto query = TRY(folder.database().prepare(select_members));
    query.bind(1, number_of(publish));
    while (TRY(query.step())) {
        Member next = TRY(member_of(query, pointer_to(seal)));
        if (!out.empty() && out.back().id == next.id) out.pop_back();
        out.push_back(std::move(next));
    }
    return {};
}

Result<std::uint32_t> largest_id(store::Database& database, const char* sql) {
    auto query = TRY(database.prepare(sql));
    TRY_VOID(query.step());
    return static_cast<std::uint32_t>(query.integer(0));  // of an empty table null, which reads as 0
}

Result<void> read_household_keys(store::Database& database, PublishId publish, RegisterSeal* seal,
                                 RegisterIndex& index) {
    auto query = TRY(database.prepare(select_households));
    query.bind(1, number_of(publish));
    while (TRY(query.step())) {
        const Household household = TRY(household_of(query, seal));
        index.put_household(household.id.value(), household.code, content_key(household));
    }
    return {};
}

Result<MemberKeys> member_keys_of(const store::Statement& row, RegisterSeal* seal) {
    const MemberSecrets secrets = TRY(member_secrets(row, seal));
    MemberKeys keys;
    keys.household = static_cast<std::uint32_t>(row.integer(1));
    keys.number = secrets.number;
    keys.name = name_key(secrets.name);
    keys.content = content_key(secrets.name, row.text_view(4), row.text_view(5), secrets.phone);
    keys.phone = phone_key(secrets.phone);
    return keys;
}

// A part of the register that one thread reads through a connection of its own.
using Reading = std::function<Result<void>(store::Database&, RegisterSeal*)>;

// In ranges of ids. Later rows of a member come behind the earlier ones that they supersede.
template <class Put>
void add_member_readings(std::vector<Reading>& readings, PublishId publish, std::uint32_t last, Put put) {
    for (std::uint64_t begin = 0; begin < last; begin += ids_of_reading) {
        readings.emplace_back([=](store::Database& database, RegisterSeal* seal) -> Result<void> {
            auto query = TRY(database.prepare(select_some_members));
            query.bind(1, number_of(publish)).bind(2, static_cast<std::int64_t>(begin));
            query.bind(3, static_cast<std::int64_t>(begin + ids_of_reading));
            while (TRY(query.step()))
                put(static_cast<std::uint32_t>(query.integer(0)), TRY(member_keys_of(query, seal)));
            return {};
        });
    }
}

Result<void> read_at_once(const store::DataFolder& folder, const std::vector<Reading>& readings,
                          unsigned threads) {
    std::vector<Result<void>> outcomes(std::clamp<std::size_t>(readings.size(), 1, std::max(1U, threads)));
    std::atomic<std::size_t> next = 0;
    const auto work = [&](Result<void>& outcome) {
        auto database = folder.open_reader();
        if (!database) {
            outcome = std::unexpected(std::move(database).error());
            return;
        }
        auto seal = RegisterSeal::of(folder);
        if (!seal) outcome = std::unexpected(std::move(seal).error());
        for (std::size_t at = next++; at < readings.size() && outcome; at = next++)
            outcome = readings[at](*database, pointer_to(*seal));
    };
    {
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i < outcomes.size(); ++i) others.emplace_back([&, i] { work(outcomes[i]); });
        work(outcomes.front());
    }
    for (Result<void>& outcome : outcomes) TRY_VOID(std::move(outcome));
    return {};
}

using Record = std::vector<std::byte>;

// The sealed record of each row, by several threads; none in a plain folder. `seal_one` makes it of a row.
template <class Row, class SealOne>
Result<std::vector<Record>> seal_all(const store::DataFolder& folder, std::span<const Row> rows,
                                     SealOne seal_one) {
    std::vector<Record> records;
    if (folder.seal() == nullptr) return records;
    records.resize(rows.size());
    const std::size_t threads =
        std::clamp<std::size_t>(rows.size() / rows_worth_a_thread, 1,
                                std::clamp(std::thread::hardware_concurrency(), 1U, most_sealing_threads));
    std::vector<Result<void>> outcomes(threads);
    const auto work = [&](std::size_t thread) -> Result<void> {
        auto seal = TRY(RegisterSeal::of(folder));
        for (std::size_t i = thread; i < rows.size(); i += threads) {
            const auto record = seal_one(*seal, rows[i]);
            records[i].assign(record.begin(), record.end());
        }
        return {};
    };
    {
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i < threads; ++i) others.emplace_back([&, i] { outcomes[i] = work(i); });
        outcomes[0] = work(0);
    }
    for (Result<void>& outcome : outcomes) TRY_VOID(std::move(outcome));
    return records;
}

// bind(rows, row, record): the record is empty in a plain folder. What it does not bind is null.
template <class Row, class SealOne, class Bind>
Result<void> insert_all(store::DataFolder& folder, std::string_view table,
                        std::span<const std::string_view> columns, std::span<const Row> rows,
                        SealOne seal_one, Bind bind) {
    store::Database& database = folder.database();
    while (!rows.empty()) {
        const auto part = rows.first(std::min(rows.size(), rows_of_transaction));
        const auto records = TRY(seal_all(folder, part, seal_one));
        TRY_VOID(database.write([&]() -> Result<void> {
            auto insert = database.bulk(table, columns);
            for (std::size_t i = 0; i < part.size(); ++i) {
                bind(insert, part[i], records.empty() ? std::span<const std::byte>() : records[i]);
                TRY_VOID(insert.row());
            }
            return insert.finish();
        }));
        rows = rows.subspan(part.size());
    }
    return {};
}

// An empty text of the register is an absent one.
void bind_text(store::BulkInsert& insert, int n, const std::string& text) {
    if (!text.empty()) insert.bind(n, std::string_view(text));
}

}  // namespace

Result<Register> read_register(store::DataFolder& folder, PublishId publish) {
    Register all;
    TRY_VOID(read_households(folder, publish, all.households));
    TRY_VOID(read_members(folder, publish, all.members));
    const auto order = [](const Member& member) { return std::tuple(member.household, member.id); };
    if (!std::ranges::is_sorted(all.members, {}, order)) std::ranges::sort(all.members, {}, order);
    return all;
}

Result<RegisterIndex> read_index(store::DataFolder& folder, PublishId publish, unsigned threads) {
    const auto households = TRY(largest_id(folder.database(), "select max(id) from household"));
    const auto members = TRY(largest_id(folder.database(), "select max(id) from member"));
    RegisterIndex index(households, members);
    std::vector<Reading> readings;
    if (households != 0) {
        readings.emplace_back([&](store::Database& database, RegisterSeal* seal) {
            return read_household_keys(database, publish, seal, index);
        });
    }
    const auto put = [&index](std::uint32_t id, const MemberKeys& keys) { index.put_member(id, keys); };
    add_member_readings(readings, publish, members, put);
    TRY_VOID(read_at_once(folder, readings, threads));
    index.ready();
    return index;
}

namespace {

// Both tables have an index that holds the publish ids: what is said of people is not read for it.
Result<RowsMark> mark_of_rows(store::Database& database) {
    RowsMark mark;
    const auto look = [&](const char* sql, std::int64_t& rows, std::int64_t& publishes) -> Result<void> {
        auto query = TRY(database.prepare(sql));
        TRY_VOID(query.step());
        rows = query.integer(0);
        publishes = query.integer(1);
        return {};
    };
    TRY_VOID(look("select count(*), cast(coalesce(sum(publish), 0) as bigint) from household",
                  mark.households, mark.household_publishes));
    TRY_VOID(look("select count(*), cast(coalesce(sum(publish), 0) as bigint) from member", mark.members,
                  mark.member_publishes));
    return mark;
}

}  // namespace

Result<std::optional<RegisterIndex>> read_kept_index(store::DataFolder& folder) {
    std::string name;
    {
        auto find = TRY(folder.database().prepare(
            "select segment from register_keys where publish <= $1 order by publish desc limit 1"));
        if (!TRY(find.bind(1, number_of(folder.current())).step())) return std::optional<RegisterIndex>();
        name = find.text(0);
    }
    const auto source = folder.open_blob(store::Shelf::segments, name);
    if (!source) return std::optional<RegisterIndex>();
    auto index = load_keys(**source, TRY(mark_of_rows(folder.database())));
    if (!index) return std::optional<RegisterIndex>();
    return std::optional(std::move(*index));
}

Result<void> keep_index(store::DataFolder& folder, PublishId publish, const RegisterIndex& index) {
    store::Database& database = folder.database();
    auto blob = TRY(folder.new_blob(store::Shelf::segments, store::BlobForm::bytes));
    TRY_VOID(save_keys(index, TRY(mark_of_rows(database)), blob));
    const std::string name = TRY(blob.seal());
    return database.write([&]() -> Result<void> {
        auto earlier = TRY(database.prepare("delete from register_keys where publish < $1"));
        TRY_VOID(earlier.bind(1, number_of(publish)).run());
        auto insert = TRY(database.prepare("insert into register_keys (publish, segment) values ($1, $2)"));
        return insert.bind(1, number_of(publish)).bind(2, std::string_view(name)).run();
    });
}

Result<std::vector<MemberKeys>> read_member_keys(store::DataFolder& folder, PublishId publish,
                                                 unsigned threads) {
    const auto last = TRY(largest_id(folder.database(), "select max(id) from member"));
    std::vector<MemberKeys> members(last + std::size_t{1});
    std::vector<Reading> readings;
    const auto put = [&members](std::uint32_t id, const MemberKeys& keys) { members[id] = keys; };
    add_member_readings(readings, publish, last, put);
    TRY_VOID(read_at_once(folder, readings, threads));
    return members;
}

Result<Household> read_household(store::DataFolder& folder, PublishId publish, HouseholdId id) {
    auto seal = TRY(RegisterSeal::kept_by(folder));
    auto query = TRY(folder.database().prepare(select_household));
    const bool found = TRY(query.bind(1, number_of(publish)).bind(2, std::int64_t{id.value()}).step());
    ensure(found, "a household that is on the register");
    return household_of(query, pointer_to(seal));
}

namespace {

// A statement for each of a few sizes, so that there are few to prepare; what is too many is the last id
// again.
Result<void> read_part(store::DataFolder& folder, PublishId publish, std::span<const HouseholdId> ids,
                       RegisterSeal* seal, std::unordered_map<std::uint32_t, Household>& found) {
    const std::size_t size = std::bit_ceil(ids.size());
    std::string sql(select_these_households);
    for (std::size_t n = 0; n < size; ++n) sql += fmt::format("{}${}", n == 0 ? "" : ", ", n + 2);
    auto query = TRY(folder.database().prepare(sql + ")"));
    query.bind(1, number_of(publish));
    for (std::size_t n = 0; n < size; ++n)
        query.bind(static_cast<int>(n) + 2, std::int64_t{ids[std::min(n, ids.size() - 1)].value()});
    while (TRY(query.step())) {
        Household household = TRY(household_of(query, seal));
        const std::uint32_t id = household.id.value();
        found.emplace(id, std::move(household));
    }
    return {};
}

}  // namespace

Result<std::vector<Household>> read_households(store::DataFolder& folder, PublishId publish,
                                               std::span<const HouseholdId> ids) {
    constexpr std::size_t ids_of_part = 256;
    auto seal = TRY(RegisterSeal::kept_by(folder));
    std::unordered_map<std::uint32_t, Household> found;
    for (std::size_t at = 0; at < ids.size(); at += ids_of_part) {
        const auto part = ids.subspan(at, std::min(ids_of_part, ids.size() - at));
        TRY_VOID(read_part(folder, publish, part, pointer_to(seal), found));
    }
    std::vector<Household> households;
    households.reserve(ids.size());
    for (const HouseholdId id : ids) {
        const auto at = found.find(id.value());
        ensure(at != found.end(), "a household that is on the register");
        households.push_back(at->second);
    }
    return households;
}

Result<Member> read_member(store::DataFolder& folder, PublishId publish, PersonId id) {
    auto seal = TRY(RegisterSeal::kept_by(folder));
    auto query = TRY(folder.database().prepare(select_member));
    const bool found = TRY(query.bind(1, number_of(publish)).bind(2, std::int64_t{id.value()}).step());
    ensure(found, "a member who is on the register");
    return member_of(query, pointer_to(seal));
}

Result<PersonId> find_by_number(store::DataFolder& folder, PublishId publish, IdNumber number) {
    auto query = TRY(folder.database().prepare(select_by_number));
    query.bind(1, number_of(publish)).bind(2, NumberColumn(folder).column_of(number));
    const bool found = TRY(query.step());
    return found ? id_of<PersonId>(query.integer(0)) : PersonId();
}

Result<std::vector<Member>> members_of(store::DataFolder& folder, PublishId publish, HouseholdId household) {
    auto seal = TRY(RegisterSeal::kept_by(folder));
    auto query = TRY(folder.database().prepare(select_members_of_household));
    query.bind(1, number_of(publish)).bind(2, std::int64_t{household.value()});
    std::vector<Member> members;
    while (TRY(query.step())) members.push_back(TRY(member_of(query, pointer_to(seal))));
    return members;
}

Result<void> stage_households(store::DataFolder& folder, PublishId publish,
                              std::span<const Household> households) {
    const auto seal_one = [publish](RegisterSeal& seal, const Household& household) {
        return seal.seal(publish, household.id, {household.address, household.head_name});
    };
    const auto bind = [publish](store::BulkInsert& insert, const Household& household,
                                std::span<const std::byte> record) {
        insert.bind(1, number_of(publish)).bind(2, std::int64_t{household.id.value()});
        insert.bind(3, std::string_view(household.code)).bind(4, std::string_view(household.region));
        insert.bind(7, std::string_view(household.category)).bind(8, household.enrolled_on);
        if (household.income_per_head_month) insert.bind(9, household.income_per_head_month->fen());
        if (!record.empty()) {
            insert.bind(10, record);
            return;
        }
        bind_text(insert, 5, household.address);
        bind_text(insert, 6, household.head_name);
    };
    return insert_all(folder, "household", household_columns, households, seal_one, bind);
}

namespace {

// What a member's row says of a person: plain, or the record and what the number is found by.
void bind_secrets(store::BulkInsert& insert, const Member& member, std::span<const std::byte> record,
                  NumberColumn& numbers) {
    if (member.id_number) insert.bind(5, numbers.column_of(*member.id_number));
    if (!record.empty()) {
        insert.bind(4, std::string_view()).bind(9, record);
        return;
    }
    insert.bind(4, std::string_view(member.name));
    bind_text(insert, 8, member.phone);
}

}  // namespace

Result<void> stage_members(store::DataFolder& folder, PublishId publish, std::span<const Member> members) {
    const auto seal_one = [publish](RegisterSeal& seal, const Member& member) {
        const std::uint64_t number = member.id_number ? member.id_number->packed() : 0;
        return seal.seal(publish, member.id, {number, member.name, member.phone});
    };
    NumberColumn numbers(folder);
    const auto bind = [&](store::BulkInsert& insert, const Member& member,
                          std::span<const std::byte> record) {
        insert.bind(1, number_of(publish)).bind(2, std::int64_t{member.id.value()});
        insert.bind(3, std::int64_t{member.household.value()});
        bind_text(insert, 6, member.relation);
        bind_text(insert, 7, member.sex);
        bind_secrets(insert, member, record, numbers);
    };
    return insert_all(folder, "member", member_columns, members, seal_one, bind);
}

Result<void> unstage(store::DataFolder& folder, PublishId publish) {
    store::Database& database = folder.database();
    return database.write([&]() -> Result<void> {
        for (const char* sql :
             {"delete from household where publish = $1", "delete from member where publish = $1"}) {
            auto statement = TRY(database.prepare(sql));
            TRY_VOID(statement.bind(1, number_of(publish)).run());
        }
        return {};
    });
}

}  // namespace doudi::registry
