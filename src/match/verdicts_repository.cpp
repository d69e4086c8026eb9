// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

#include "match/verdicts.h"
#include "store/row_seal.h"

namespace doudi::match {

namespace {

constexpr std::string_view sealed_column = "match_verdict.sealed";
constexpr char between = '\x1f';  // stands in no number, name or phone

std::string text_of(const ToldPerson& told) {
    return fmt::format("{}{}{}{}{}", told.number, between, told.name, between, told.phone);
}

ToldPerson told_of(std::string_view text) {
    ToldPerson told;
    const std::size_t first = std::min(text.find(between), text.size());
    const std::size_t second = std::min(text.find(between, first + 1), text.size());
    std::from_chars(text.data(), text.data() + first, told.number);
    if (first < text.size()) told.name = text.substr(first + 1, second - first - 1);
    if (second < text.size()) told.phone = text.substr(second + 1);
    return told;
}

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

Result<std::optional<store::RowSeal>> seal_of(const store::DataFolder& folder) {
    if (folder.seal() == nullptr) return std::optional<store::RowSeal>();
    return std::optional(TRY(store::RowSeal::create(folder.seal(), sealed_column)));
}

}  // namespace

Result<VerdictBook> read_verdicts(store::DataFolder& folder) {
    auto seal = TRY(seal_of(folder));
    auto query = TRY(folder.database().prepare(
        "select id, dataset, member, said, told, sealed from match_verdict order by id"));
    VerdictBook book;
    while (TRY(query.step())) {
        book.last = query.integer(0);
        std::string text = query.text(4);
        if (seal && !query.is_null(5)) {
            const std::array<std::int64_t, 1> key{book.last};
            const auto opened = TRY(seal->open(key, query.blob(5)));
            text.assign(reinterpret_cast<const char*>(opened.data()), opened.size());
        }
        book.of_dataset[query.text(1)].add(static_cast<std::uint32_t>(query.integer(2)),
                                           Verdicts::key_of(told_of(text)), query.text_view(3) == "same");
    }
    return book;
}

Result<std::int64_t> record_verdict(store::DataFolder& folder, store::Database& database,
                                    const NewVerdict& verdict) {
    auto seal = TRY(seal_of(folder));
    {
        auto before = TRY(database.prepare(
            "select 1 from match_verdict where arrival = $1 and row = $2 and role = $3 and member = $4"));
        before.bind(1, std::int64_t{verdict.arrival}).bind(2, std::int64_t{verdict.row});
        before.bind(3, std::string_view(verdict.role)).bind(4, std::int64_t{verdict.person.value()});
        if (TRY(before.step()))
            return fail(ErrorKind::conflict, "already_decided",
                        {"这一行已有人认定", "somebody has said of this row already"});
    }
    std::int64_t id = 0;
    {
        auto next = TRY(database.prepare("select coalesce(max(id), 0) + 1 from match_verdict"));
        ensure(TRY(next.step()), "a sum has a row");
        id = next.integer(0);
    }
    auto insert =
        TRY(database.prepare("insert into match_verdict (id, dataset, arrival, row, role, member, said, "
                             "reason, decided_by, decided_at,"
                             " told, sealed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"));
    const std::string told = text_of(verdict.told);
    const std::array<std::int64_t, 1> key{id};
    insert.bind(1, id).bind(2, std::string_view(verdict.dataset)).bind(3, std::int64_t{verdict.arrival});
    insert.bind(4, std::int64_t{verdict.row}).bind(5, std::string_view(verdict.role));
    insert.bind(6, std::int64_t{verdict.person.value()});
    insert.bind(7, std::string_view(verdict.is_same ? "same" : "other"));
    insert.bind(8, std::string_view(verdict.reason))
        .bind(9, verdict.decided_by)
        .bind(10, micros_of(verdict.at));
    insert.bind(11, seal ? std::string_view() : std::string_view(told));
    if (seal) {
        insert.bind(12, seal->seal(key, bytes_of(told)));
    } else {
        insert.bind_null(12);
    }
    TRY_VOID(insert.run());
    return id;
}

Result<void> delete_verdicts_of(store::Database& database, PersonId person) {
    auto remove = TRY(database.prepare("delete from match_verdict where member = $1"));
    return remove.bind(1, std::int64_t{person.value()}).run();
}

Result<void> seal_verdicts(store::DataFolder& folder) {
    auto seal = TRY(store::RowSeal::create(folder.seal(), sealed_column));
    std::vector<std::pair<std::int64_t, std::string>> rows;
    {
        auto query =
            TRY(folder.database().prepare("select id, told from match_verdict where sealed is null"));
        while (TRY(query.step())) rows.emplace_back(query.integer(0), query.text(1));
    }
    for (const auto& [id, told] : rows) {
        const std::array<std::int64_t, 1> key{id};
        auto update =
            TRY(folder.database().prepare("update match_verdict set told = '', sealed = $1 where id = $2"));
        update.bind(1, seal.seal(key, bytes_of(told)));
        TRY_VOID(update.bind(2, id).run());
    }
    return {};
}

}  // namespace doudi::match
