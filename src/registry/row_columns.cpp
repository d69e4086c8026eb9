// SPDX-License-Identifier: Apache-2.0
#include "registry/row_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <vector>

#include "registry/number_column.h"

namespace doudi::registry {

namespace {

// Long enough that syncing a commit does not count, short enough that a reader's snapshot never holds back
// much of the log.
constexpr std::size_t rows_of_transaction = 50000;
// Rows are sealed by several threads once there are so many.
constexpr std::size_t rows_worth_a_thread = 2000;
constexpr unsigned most_sealing_threads = 8;

// The last columns of each are those that the other ledger has not.
constexpr std::string_view household_columns[] = {"publish",    "id",        "code",     "region",
                                                  "address",    "head_name", "category", "enrolled_on",
                                                  "income_fen", "sealed",    "ended_on", "successor"};
constexpr std::string_view proposed_household_columns[] = {
    "publish",  "id",          "code",       "region", "address", "head_name",
    "category", "enrolled_on", "income_fen", "sealed", "is_new"};
constexpr std::string_view member_columns[] = {"publish",  "id",  "household", "name",  "id_number",
                                               "relation", "sex", "phone",     "sealed"};
constexpr std::string_view proposed_member_columns[] = {"publish",  "id",  "household", "name",   "id_number",
                                                        "relation", "sex", "phone",     "sealed", "is_new"};

// In a sealed folder a row that is not sealed is none of ours: whoever can write to the database put it
// there.
std::unexpected<Error> not_sealed(std::string_view table, std::int64_t id) {
    return fail(
        ErrorKind::unreadable, "row_not_sealed",
        {fmt::format("数据目录是加密的，数据库中 {} 第 {} 行却没有加密：不予读取", table, id),
         fmt::format("the data folder is sealed and row {} of {} in the database is not: it is not read", id,
                     table)});
}

Result<HouseholdSecrets> household_secrets(const store::Statement& row, RegisterSeal* seal) {
    if (seal == nullptr) {
        HouseholdSecrets plain{row.text_view(3), row.text_view(4), std::nullopt};
        if (!row.is_null(7)) plain.income = Money::fen(row.integer(7));
        return plain;
    }
    if (row.is_null(9) && seal->is_gone(id_of<HouseholdId>(row.integer(0)))) return HouseholdSecrets{};
    if (row.is_null(9)) return not_sealed("household", row.integer(0));
    HouseholdSecrets secrets = TRY(seal->open_household(row.integer(8), row.integer(0), row.blob(9)));
    // Of a row that an older program sealed.
    if (!secrets.income && !row.is_null(7)) secrets.income = Money::fen(row.integer(7));
    return secrets;
}

using Record = std::vector<std::byte>;

// The sealed record of each row, by several threads; none in a plain folder. `seal_one` makes it of a row.
template <class Row, class SealOne>
Result<std::vector<Record>> seal_all(const store::DataFolder& folder, std::span<const Row> rows,
                                     Ledger ledger, SealOne seal_one) {
    std::vector<Record> records;
    if (folder.seal() == nullptr) return records;
    records.resize(rows.size());
    const std::size_t threads =
        std::clamp<std::size_t>(rows.size() / rows_worth_a_thread, 1,
                                std::clamp(std::thread::hardware_concurrency(), 1U, most_sealing_threads));
    std::vector<Result<void>> outcomes(threads);
    const auto work = [&](std::size_t thread) -> Result<void> {
        auto seal = TRY(RegisterSeal::of(folder, ledger));
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

// Where the rows go.
struct Target {
    std::string_view table;
    std::span<const std::string_view> columns;
    Ledger ledger;
};

// bind(rows, row, record): the record is empty in a plain folder. What it does not bind is null.
template <class Row, class SealOne, class Bind>
Result<void> insert_all(store::DataFolder& folder, const Target& target, std::span<const Row> rows,
                        SealOne seal_one, Bind bind) {
    store::Database& database = folder.database();
    while (!rows.empty()) {
        const auto part = rows.first(std::min(rows.size(), rows_of_transaction));
        const auto records = TRY(seal_all(folder, part, target.ledger, seal_one));
        TRY_VOID(database.write([&]() -> Result<void> {
            auto insert = database.bulk(target.table, target.columns);
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

// What a member's row says of a person: plain, or the record and what the number is found by.
void bind_secrets(store::BulkInsert& insert, const Member& member, std::span<const std::byte> record,
                  NumberColumn& numbers, bool sealed) {
    if (sealed && record.empty()) {  // the person's key was destroyed
        insert.bind(4, std::string_view());
        return;
    }
    if (member.id_number) insert.bind(5, numbers.column_of(*member.id_number));
    if (!record.empty()) {
        insert.bind(4, std::string_view()).bind(9, record);
        return;
    }
    insert.bind(4, std::string_view(member.name));
    bind_text(insert, 8, member.phone);
}

void bind_household(store::BulkInsert& insert, const Household& household, std::span<const std::byte> record,
                    bool sealed) {
    insert.bind(2, std::int64_t{household.id.value()});
    insert.bind(3, std::string_view(household.code)).bind(4, std::string_view(household.region));
    insert.bind(7, std::string_view(household.category)).bind(8, household.enrolled_on);
    if (!record.empty()) insert.bind(10, record);
    if (sealed) return;  // without a record: the household's key was destroyed
    if (household.income_per_head_month) insert.bind(9, household.income_per_head_month->fen());
    bind_text(insert, 5, household.address);
    bind_text(insert, 6, household.head_name);
}

}  // namespace

Result<MemberSecrets> member_secrets(const store::Statement& row, RegisterSeal* seal) {
    if (seal == nullptr) {
        const auto number =
            static_cast<std::uint64_t>(row.integer(3));  // null reads as 0, which is no number
        return MemberSecrets{number, row.text_view(2), row.text_view(6)};
    }
    if (row.is_null(8) && seal->is_gone(id_of<PersonId>(row.integer(0)))) return MemberSecrets{};
    if (row.is_null(8)) return not_sealed("member", row.integer(0));
    return seal->open_member(row.integer(7), row.integer(0), row.blob(8));
}

Result<Household> household_of(const store::Statement& row, RegisterSeal* seal, Ledger ledger) {
    Household household;
    household.id = id_of<HouseholdId>(row.integer(0));
    household.code = row.text_view(1);
    household.region = row.text_view(2);
    const HouseholdSecrets secrets = TRY(household_secrets(row, seal));
    household.address = secrets.address;
    household.head_name = secrets.head_name;
    household.category = row.text_view(5);
    household.enrolled_on = row.date(6);
    household.income_per_head_month = secrets.income;
    if (ledger == Ledger::standing) {
        household.ended_on = row.date(10);
        if (!row.is_null(11)) household.successor = id_of<HouseholdId>(row.integer(11));
    }
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

Result<void> insert_households(store::DataFolder& folder, PublishId publish,
                               std::span<const Household> households, Ledger ledger, HouseholdId first_new) {
    const auto seal_one = [publish](RegisterSeal& seal, const Household& household) {
        return seal.seal(publish, household.id,
                         {household.address, household.head_name, household.income_per_head_month});
    };
    const bool sealed = folder.seal() != nullptr;
    const auto bind = [&](store::BulkInsert& insert, const Household& household,
                          std::span<const std::byte> record) {
        insert.bind(1, number_of(publish));
        bind_household(insert, household, record, sealed);
        if (ledger == Ledger::proposed) {
            insert.bind(11, std::int64_t{household.id < first_new ? 0 : 1});
            return;
        }
        insert.bind(11, household.ended_on);
        if (household.successor) insert.bind(12, std::int64_t{household.successor->value()});
    };
    const Target target = ledger == Ledger::standing
                              ? Target{"household", household_columns, ledger}
                              : Target{"proposed_household", proposed_household_columns, ledger};
    return insert_all(folder, target, households, seal_one, bind);
}

Result<void> insert_members(store::DataFolder& folder, PublishId publish, std::span<const Member> members,
                            Ledger ledger, PersonId first_new) {
    const auto seal_one = [publish](RegisterSeal& seal, const Member& member) {
        const std::uint64_t number = member.id_number ? member.id_number->packed() : 0;
        return seal.seal(publish, member.id, {number, member.name, member.phone});
    };
    NumberColumn numbers(folder);
    const bool sealed = folder.seal() != nullptr;
    const auto bind = [&](store::BulkInsert& insert, const Member& member,
                          std::span<const std::byte> record) {
        insert.bind(1, number_of(publish)).bind(2, std::int64_t{member.id.value()});
        insert.bind(3, std::int64_t{member.household.value()});
        bind_text(insert, 6, member.relation);
        bind_text(insert, 7, member.sex);
        bind_secrets(insert, member, record, numbers, sealed);
        if (ledger == Ledger::proposed) insert.bind(10, std::int64_t{member.id < first_new ? 0 : 1});
    };
    const Target target = ledger == Ledger::standing
                              ? Target{"member", member_columns, ledger}
                              : Target{"proposed_member", proposed_member_columns, ledger};
    return insert_all(folder, target, members, seal_one, bind);
}

}  // namespace doudi::registry
