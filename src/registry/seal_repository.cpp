// SPDX-License-Identifier: Apache-2.0
// The register's rows, sealed where they are.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/number_column.h"
#include "registry/register_seal.h"

namespace doudi::registry {

namespace {

constexpr std::int64_t rows_at_once = 5000;

struct PlainRow {
    std::int64_t id = 0;
    std::int64_t publish = 0;
    std::optional<std::int64_t> number = std::nullopt;  // of a person, packed; of a household, its income
    std::string first, second;
};

// The rows behind a key, in its order.
Result<std::vector<PlainRow>> rows_after(store::Database& database, const std::string& sql,
                                         const PlainRow& last) {
    auto query = TRY(database.prepare(sql));
    query.bind(1, last.id).bind(2, last.publish).bind(3, rows_at_once);
    std::vector<PlainRow> rows;
    while (TRY(query.step()))
        rows.push_back({query.integer(0), query.integer(1),
                        query.is_null(2) ? std::nullopt : std::optional(query.integer(2)), query.text(3),
                        query.text(4)});
    return rows;
}

template <class SealOne>
Result<void> each_row(store::Database& database, const std::string& sql, SealOne seal_one) {
    PlainRow last;
    for (;;) {
        const auto rows = TRY(rows_after(database, sql, last));
        if (rows.empty()) return {};
        for (const PlainRow& row : rows) TRY_VOID(seal_one(row));
        last = rows.back();
    }
}

PublishId publish_of(const PlainRow& row) {
    return PublishId(static_cast<std::uint64_t>(row.publish));
}

Result<void> seal_members(store::DataFolder& folder, RegisterSeal& seal, std::string_view table) {
    store::Database& database = folder.database();
    NumberColumn numbers(folder);
    return each_row(
        database,
        fmt::format(
            "select id, publish, coalesce(id_number, 0), name, coalesce(phone, '') from {} where id > $1"
            " or (id = $1 and publish > $2) order by id, publish limit $3",
            table),
        [&](const PlainRow& row) -> Result<void> {
            const auto number = static_cast<std::uint64_t>(row.number.value_or(0));
            const auto record = seal.seal(publish_of(row), PersonId(static_cast<std::uint32_t>(row.id)),
                                          {number, row.first, row.second});
            auto update =
                TRY(database.prepare(fmt::format("update {} set name = '', phone = null, id_number = $1,"
                                                 " sealed = $2 where id = $3 and publish = $4",
                                                 table)));
            if (number != 0) update.bind(1, numbers.column_of(IdNumber::from_packed(number)));
            return update.bind(2, record).bind(3, row.id).bind(4, row.publish).run();
        });
}

Result<void> seal_households(store::DataFolder& folder, RegisterSeal& seal, std::string_view table) {
    store::Database& database = folder.database();
    return each_row(database,
                    fmt::format("select id, publish, income_fen, coalesce(address, ''), coalesce(head_name, "
                                "'') from {} where id > $1"
                                " or (id = $1 and publish > $2) order by id, publish limit $3",
                                table),
                    [&](const PlainRow& row) -> Result<void> {
                        HouseholdSecrets secrets{row.first, row.second, std::nullopt};
                        if (row.number) secrets.income = Money::fen(*row.number);
                        const auto record = seal.seal(
                            publish_of(row), HouseholdId(static_cast<std::uint32_t>(row.id)), secrets);
                        auto update = TRY(database.prepare(fmt::format(
                            "update {} set address = null, head_name = null, income_fen = null, sealed = $1"
                            " where id = $2 and publish = $3",
                            table)));
                        return update.bind(1, record).bind(2, row.id).bind(3, row.publish).run();
                    });
}

}  // namespace

Result<void> seal_register_rows(store::DataFolder& folder) {
    auto seal = TRY(RegisterSeal::of(folder, Ledger::standing));
    auto proposed = TRY(RegisterSeal::of(folder, Ledger::proposed));
    ensure(seal.has_value() && proposed.has_value(), "a folder that has keys");
    TRY_VOID(seal_members(folder, *seal, "member"));
    TRY_VOID(seal_members(folder, *proposed, "proposed_member"));
    TRY_VOID(seal_households(folder, *seal, "household"));
    return seal_households(folder, *proposed, "proposed_household");
}

}  // namespace doudi::registry
