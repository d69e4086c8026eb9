// SPDX-License-Identifier: Apache-2.0
#include "registry/repository.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>
#include <tuple>

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

// The row that supersedes the others of its id is the last one: rows come by (id, publish).
constexpr const char* select_households =
    "select id, code, region, address, head_name, category, enrolled_on, income_fen from household"
    " where publish <= $1 order by id, publish";
constexpr const char* select_members =
    "select id, household, name, id_number, relation, sex, phone from member where publish <= $1 order by "
    "id, publish";
constexpr const char* select_some_members =
    "select id, household, name, id_number, relation, sex, phone from member"
    " where publish <= $1 and id > $2 and id <= $3 order by id, publish";
constexpr const char* select_household =
    "select id, code, region, address, head_name, category, enrolled_on, income_fen from household"
    " where publish <= $1 and id = $2 order by publish desc limit 1";
constexpr const char* select_member =
    "select id, household, name, id_number, relation, sex, phone from member where publish <= $1 and id = $2"
    " order by publish desc limit 1";
constexpr std::string_view household_columns[] = {
    "publish", "id", "code", "region", "address", "head_name", "category", "enrolled_on", "income_fen"};
constexpr std::string_view member_columns[] = {"publish",   "id",       "household", "name",
                                               "id_number", "relation", "sex",       "phone"};

Household household_of(const store::Statement& row) {
    Household household;
    household.id = id_of<HouseholdId>(row.integer(0));
    household.code = row.text_view(1);
    household.region = row.text_view(2);
    household.address = row.text_view(3);
    household.head_name = row.text_view(4);
    household.category = row.text_view(5);
    household.enrolled_on = row.date(6);
    if (!row.is_null(7)) household.income_per_head_month = Money::fen(row.integer(7));
    return household;
}

Member member_of(const store::Statement& row) {
    Member member;
    member.id = id_of<PersonId>(row.integer(0));
    member.household = id_of<HouseholdId>(row.integer(1));
    member.name = row.text_view(2);
    if (!row.is_null(3)) member.id_number = IdNumber::from_packed(static_cast<std::uint64_t>(row.integer(3)));
    member.relation = row.text_view(4);
    member.sex = row.text_view(5);
    member.phone = row.text_view(6);
    return member;
}

Result<void> read_households(store::Database& database, PublishId publish, std::vector<Household>& out) {
    auto query = TRY(database.prepare(select_households));
    query.bind(1, number_of(publish));
    while (TRY(query.step())) {
        Household next = household_of(query);
        if (!out.empty() && out.back().id == next.id) out.pop_back();
        out.push_back(std::move(next));
    }
    return {};
}

Result<void> read_members(store::Database& database, PublishId publish, std::vector<Member>& out) {
    auto query = TRY(database.prepare(select_members));
    query.bind(1, number_of(publish));
    while (TRY(query.step())) {
        Member next = member_of(query);
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

Result<void> read_household_keys(store::Database& database, PublishId publish, RegisterIndex& index) {
    auto query = TRY(database.prepare(select_households));
    query.bind(1, number_of(publish));
    while (TRY(query.step())) {
        const Household household = household_of(query);
        index.put_household(household.id.value(), household.code, content_key(household));
    }
    return {};
}

MemberKeys member_keys_of(const store::Statement& row) {
    MemberKeys keys;
    keys.household = static_cast<std::uint32_t>(row.integer(1));
    const std::string_view name = row.text_view(2);
    keys.number = static_cast<std::uint64_t>(row.integer(3));  // null reads as 0, which is no number
    keys.name = name_key(name);
    const std::string_view phone = row.text_view(6);
    keys.content = content_key(name, row.text_view(4), row.text_view(5), phone);
    keys.phone = phone_key(phone);
    return keys;
}

// A part of the register that one thread reads through a connection of its own.
using Reading = std::function<Result<void>(store::Database&)>;

// In ranges of ids. Later rows of a member come behind the earlier ones that they supersede.
template <class Put>
void add_member_readings(std::vector<Reading>& readings, PublishId publish, std::uint32_t last, Put put) {
    for (std::uint64_t begin = 0; begin < last; begin += ids_of_reading) {
        readings.emplace_back([=](store::Database& database) -> Result<void> {
            auto query = TRY(database.prepare(select_some_members));
            query.bind(1, number_of(publish)).bind(2, static_cast<std::int64_t>(begin));
            query.bind(3, static_cast<std::int64_t>(begin + ids_of_reading));
            while (TRY(query.step()))
                put(static_cast<std::uint32_t>(query.integer(0)), member_keys_of(query));
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
        for (std::size_t at = next++; at < readings.size() && outcome; at = next++)
            outcome = readings[at](*database);
    };
    {
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i < outcomes.size(); ++i) others.emplace_back([&, i] { work(outcomes[i]); });
        work(outcomes.front());
    }
    for (Result<void>& outcome : outcomes) TRY_VOID(std::move(outcome));
    return {};
}

template <class Row, class Bind>
Result<void> insert_all(store::Database& database, std::string_view table,
                        std::span<const std::string_view> columns, std::span<const Row> rows, Bind bind) {
    while (!rows.empty()) {
        const auto part = rows.first(std::min(rows.size(), rows_of_transaction));
        TRY_VOID(database.write([&]() -> Result<void> {
            auto insert = database.bulk(table, columns);
            for (const Row& row : part) {
                bind(insert, row);
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
    TRY_VOID(read_households(folder.database(), publish, all.households));
    TRY_VOID(read_members(folder.database(), publish, all.members));
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
        readings.emplace_back(
            [&](store::Database& database) { return read_household_keys(database, publish, index); });
    }
    const auto put = [&index](std::uint32_t id, const MemberKeys& keys) { index.put_member(id, keys); };
    add_member_readings(readings, publish, members, put);
    TRY_VOID(read_at_once(folder, readings, threads));
    index.ready();
    return index;
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
    auto query = TRY(folder.database().prepare(select_household));
    const bool found = TRY(query.bind(1, number_of(publish)).bind(2, std::int64_t{id.value()}).step());
    ensure(found, "a household that is on the register");
    return household_of(query);
}

Result<Member> read_member(store::DataFolder& folder, PublishId publish, PersonId id) {
    auto query = TRY(folder.database().prepare(select_member));
    const bool found = TRY(query.bind(1, number_of(publish)).bind(2, std::int64_t{id.value()}).step());
    ensure(found, "a member who is on the register");
    return member_of(query);
}

Result<void> stage_households(store::DataFolder& folder, PublishId publish,
                              std::span<const Household> households) {
    const auto bind = [publish](store::BulkInsert& insert, const Household& household) {
        insert.bind(1, number_of(publish)).bind(2, std::int64_t{household.id.value()});
        insert.bind(3, std::string_view(household.code)).bind(4, std::string_view(household.region));
        bind_text(insert, 5, household.address);
        bind_text(insert, 6, household.head_name);
        insert.bind(7, std::string_view(household.category)).bind(8, household.enrolled_on);
        if (household.income_per_head_month) insert.bind(9, household.income_per_head_month->fen());
    };
    return insert_all(folder.database(), "household", household_columns, households, bind);
}

Result<void> stage_members(store::DataFolder& folder, PublishId publish, std::span<const Member> members) {
    const auto bind = [publish](store::BulkInsert& insert, const Member& member) {
        insert.bind(1, number_of(publish)).bind(2, std::int64_t{member.id.value()});
        insert.bind(3, std::int64_t{member.household.value()}).bind(4, std::string_view(member.name));
        if (member.id_number) insert.bind(5, static_cast<std::int64_t>(member.id_number->packed()));
        bind_text(insert, 6, member.relation);
        bind_text(insert, 7, member.sex);
        bind_text(insert, 8, member.phone);
    };
    return insert_all(folder.database(), "member", member_columns, members, bind);
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
