// SPDX-License-Identifier: Apache-2.0
#include "archive/repository.h"

#include <array>

#include "casework/kept/case_bytes.h"

namespace doudi::archive::repository {

using casework::CaseHead;
using casework::CaseId;

namespace {

constexpr std::string_view column = "archive_item.content";

std::int64_t number_of(CaseId id) {
    return static_cast<std::int64_t>(id.value());
}

using ItemKey = std::array<std::int64_t, 3>;
ItemKey key_of(CaseId of, int number, int place) {
    return {number_of(of), std::int64_t{number}, std::int64_t{place}};
}

template <class IdType>
std::optional<IdType> id_at(const store::Statement& row, int at) {
    if (row.is_null(at)) return std::nullopt;
    return IdType(static_cast<std::uint32_t>(row.integer(at)));
}

std::optional<store::SealedSubject> subject_of(const SealedFile& file) {
    CaseHead head;
    head.household = file.household;
    head.person = file.person;
    return casework::subject_of(head);
}

}  // namespace

Result<bool> insert_file(Shelf& shelf, const SealedFile& file) {
    const Manifest& manifest = file.manifest;
    const auto number = [](const auto& id) {
        return id ? std::optional(std::int64_t{id->value()}) : std::nullopt;
    };
    auto insert = TRY(shelf.database.prepare(
        "insert into archive_file (case_id, number, events, closed_on, sealed_at, sealed_by, manifest, "
        "household, person, sha256, sm3) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        " on conflict (case_id, number) do nothing"));
    insert.bind(1, number_of(manifest.of)).bind(2, std::int64_t{manifest.number});
    insert.bind(3, std::int64_t{manifest.events}).bind(4, manifest.closed_on);
    insert.bind(5, micros_of(manifest.sealed_at)).bind(6, std::int64_t{manifest.sealed_by.value()});
    insert.bind(7, std::string_view(file.text));
    insert.bind(8, number(file.household)).bind(9, number(file.person));
    TRY_VOID(insert.bind(10, std::string_view(file.sha256)).bind(11, std::string_view(file.sm3)).run());
    return shelf.database.changes() == 1;
}

Result<void> insert_item(Shelf& shelf, const SealedFile& file, int place,
                         std::span<const std::byte> content) {
    const ItemKey key = key_of(file.manifest.of, file.manifest.number, place);
    const auto record = TRY(casework::write_bytes(shelf.seal, {column, key, subject_of(file)}, content));
    auto insert = TRY(shelf.database.prepare(
        "insert into archive_item (case_id, number, place, content) values ($1, $2, $3, $4)"));
    insert.bind(1, key[0]).bind(2, key[1]).bind(3, key[2]);
    return insert.bind(4, std::span<const std::byte>(record)).run();
}

Result<std::optional<SealedFile>> select_newest(Shelf& shelf, CaseId of) {
    auto query = TRY(shelf.database.prepare(
        "select manifest, sha256, sm3, released, household, person from archive_file where case_id = $1"
        " order by number desc limit 1"));
    if (!TRY(query.bind(1, number_of(of)).step())) return std::optional<SealedFile>();
    SealedFile file;
    file.text = query.text(0);
    file.sha256 = query.text(1);
    file.sm3 = query.text(2);
    file.released = query.integer(3);
    file.household = id_at<HouseholdId>(query, 4);
    file.person = id_at<PersonId>(query, 5);
    file.manifest = TRY(read_manifest(file.text));
    return std::optional(std::move(file));
}

Result<std::optional<ItemContent>> select_item(Shelf& shelf, const SealedFile& file, int place) {
    const ItemKey key = key_of(file.manifest.of, file.manifest.number, place);
    auto query = TRY(shelf.database.prepare(
        "select content from archive_item where case_id = $1 and number = $2 and place = $3"));
    if (!TRY(query.bind(1, key[0]).bind(2, key[1]).bind(3, key[2]).step()))
        return std::optional<ItemContent>();
    return std::optional(
        ItemContent{TRY(casework::read_bytes(shelf.seal, {column, key, subject_of(file)}, query.blob(0)))});
}

Result<std::vector<CaseId>> select_unsealed(Shelf& shelf, CaseId after, int limit) {
    auto query = TRY(shelf.database.prepare(
        "select c.id from casework_case c where c.is_closed = 1 and c.id > $1 and not exists"
        " (select 1 from archive_file f where f.case_id = c.id and f.events = c.events) order by c.id limit "
        "$2"));
    query.bind(1, number_of(after)).bind(2, std::int64_t{limit});
    std::vector<CaseId> all;
    while (TRY(query.step())) all.emplace_back(static_cast<std::uint64_t>(query.integer(0)));
    return all;
}

Result<std::vector<store::Ended>> select_ended(store::Database& database, Date before) {
    auto query = TRY(database.prepare(
        "select c.id, c.household from casework_case c join archive_file f on f.case_id = c.id"
        " and f.events = c.events where c.is_closed = 1 and f.closed_on < $1 and f.released is null order by "
        "c.id"));
    query.bind(1, before);
    std::vector<store::Ended> ended;
    while (TRY(query.step()))
        ended.push_back(
            {std::to_string(query.integer(0)), static_cast<std::uint32_t>(query.integer(1)), false});
    return ended;
}

Result<void> delete_items(Shelf& shelf, CaseId of) {
    auto remove = TRY(shelf.database.prepare("delete from archive_item where case_id = $1"));
    return remove.bind(1, number_of(of)).run();
}

Result<void> put_released(Shelf& shelf, CaseId of, std::int64_t proof) {
    auto update = TRY(shelf.database.prepare(
        "update archive_file set released = $1 where case_id = $2 and released is null"));
    return update.bind(1, proof).bind(2, number_of(of)).run();
}

Result<void> seal_items(Shelf& shelf) {
    struct Plain {
        ItemKey key{};
        SealedFile file;
    };
    std::vector<Plain> all;
    auto query = TRY(shelf.database.prepare(
        "select i.case_id, i.number, i.place, f.household, f.person from archive_item i"
        " join archive_file f on f.case_id = i.case_id and f.number = i.number"));
    while (TRY(query.step())) {
        Plain one{{query.integer(0), query.integer(1), query.integer(2)}, {}};
        one.file.household = id_at<HouseholdId>(query, 3);
        one.file.person = id_at<PersonId>(query, 4);
        all.push_back(std::move(one));
    }
    for (const auto& [key, file] : all) {
        auto plain = TRY(shelf.database.prepare(
            "select content from archive_item where case_id = $1 and number = $2 and place = $3"));
        ensure(TRY(plain.bind(1, key[0]).bind(2, key[1]).bind(3, key[2]).step()), "the item is there");
        const auto record =
            TRY(casework::write_bytes(shelf.seal, {column, key, subject_of(file)}, plain.blob(0)));
        auto update = TRY(shelf.database.prepare(
            "update archive_item set content = $1 where case_id = $2 and number = $3 and place = $4"));
        update.bind(1, std::span<const std::byte>(record)).bind(2, key[0]).bind(3, key[1]);
        TRY_VOID(update.bind(4, key[2]).run());
    }
    return {};
}

}  // namespace doudi::archive::repository
