// SPDX-License-Identifier: Apache-2.0
#include "casework/attachments_repository.h"

#include <array>

#include "casework/case_bytes.h"

namespace doudi::casework::repository {

namespace {

constexpr std::string_view column = "casework_attachment.content";

std::int64_t number_of(CaseId id) {
    return static_cast<std::int64_t>(id.value());
}

// The row's key in the seal: the case, and the first digits of the hash.
std::array<std::int64_t, 2> key_of(CaseId of, std::string_view hash) {
    constexpr std::size_t digits = 15;
    constexpr int base = 16;
    return {number_of(of), std::stoll(std::string(hash.substr(0, digits)), nullptr, base)};
}

Result<std::vector<std::byte>> sealed(const Shelf& shelf, const CaseHead& head, std::string_view hash,
                                      std::span<const std::byte> content) {
    const auto key = key_of(head.id, hash);
    return write_bytes(shelf.seal, {column, key, subject_of(head)}, content);
}

Result<std::optional<std::vector<std::byte>>> opened(const Shelf& shelf, const CaseHead& head,
                                                     std::string_view hash,
                                                     std::span<const std::byte> record) {
    const auto key = key_of(head.id, hash);
    return read_bytes(shelf.seal, {column, key, subject_of(head)}, record);
}

// As they lie there, by hash.
using Contents = std::vector<std::pair<std::string, std::vector<std::byte>>>;
Result<Contents> select_contents(Shelf& shelf, const CaseHead& head) {
    auto query =
        TRY(shelf.database.prepare("select hash, content from casework_attachment where case_id = $1"));
    query.bind(1, number_of(head.id));
    Contents all;
    while (TRY(query.step())) {
        const auto content = query.blob(1);
        all.emplace_back(query.text(0), std::vector<std::byte>(content.begin(), content.end()));
    }
    return all;
}

Result<void> put_content(Shelf& shelf, const CaseHead& head, std::string_view hash,
                         std::span<const std::byte> content) {
    const auto record = TRY(sealed(shelf, head, hash, content));
    auto update = TRY(shelf.database.prepare(
        "update casework_attachment set content = $1 where case_id = $2 and hash = $3"));
    update.bind(1, std::span<const std::byte>(record)).bind(2, number_of(head.id));
    return update.bind(3, hash).run();
}

}  // namespace

Result<void> insert_attachment(Shelf& shelf, const CaseHead& head, const NewAttachment& one,
                               std::span<const std::byte> content) {
    const auto record = TRY(sealed(shelf, head, one.hash, content));
    auto insert = TRY(shelf.database.prepare(
        "insert into casework_attachment (case_id, hash, type, bytes, at, made_by, content)"
        " values ($1, $2, $3, $4, $5, $6, $7) on conflict (case_id, hash) do nothing"));
    insert.bind(1, number_of(head.id)).bind(2, one.hash).bind(3, one.type);
    insert.bind(4, static_cast<std::int64_t>(content.size())).bind(5, micros_of(one.at));
    insert.bind(6, std::int64_t{one.by.value()}).bind(7, std::span<const std::byte>(record));
    return insert.run();
}

Result<std::int64_t> count_attachments(Shelf& shelf, CaseId of) {
    auto query = TRY(shelf.database.prepare("select count(*) from casework_attachment where case_id = $1"));
    ensure(TRY(query.bind(1, number_of(of)).step()), "a count has a row");
    return query.integer(0);
}

Result<std::vector<ListedAttachment>> list_attachments(Shelf& shelf, CaseId of) {
    auto query = TRY(shelf.database.prepare(
        "select hash, type, bytes, at from casework_attachment where case_id = $1 order by at, hash"));
    query.bind(1, number_of(of));
    std::vector<ListedAttachment> all;
    while (TRY(query.step()))
        all.push_back({query.text(0), query.text(1), query.integer(2), instant_of(query.integer(3))});
    return all;
}

Result<bool> has_attachment(Shelf& shelf, CaseId of, std::string_view hash) {
    auto query =
        TRY(shelf.database.prepare("select 1 from casework_attachment where case_id = $1 and hash = $2"));
    return query.bind(1, number_of(of)).bind(2, hash).step();
}

Result<std::vector<CaseRow>> select_with_attachment(Shelf& shelf, const CaseHead& beside,
                                                    std::string_view hash) {
    std::vector<CaseId> ids;
    {
        // Both values of is_closed, so that the index by unit is walked and not the table.
        auto query = TRY(shelf.database.prepare(
            "select c.id from casework_case c where c.is_closed in (0, 1) and c.unit = $1 and c.machine = $2"
            " and c.id <> $3 and exists (select 1 from casework_attachment a where a.case_id = c.id and"
            " a.hash = $4) order by c.id"));
        query.bind(1, std::int64_t{beside.unit.value()}).bind(2, beside.machine);
        query.bind(3, number_of(beside.id)).bind(4, hash);
        while (TRY(query.step())) ids.emplace_back(static_cast<std::uint64_t>(query.integer(0)));
    }
    std::vector<CaseRow> rows;
    for (const CaseId id : ids) {
        if (auto row = TRY(select_case(shelf, id))) rows.push_back(*std::move(row));
    }
    return rows;
}

Result<std::optional<AttachmentRow>> select_attachment(Shelf& shelf, const CaseHead& head,
                                                       std::string_view hash) {
    auto query = TRY(shelf.database.prepare(
        "select type, content from casework_attachment where case_id = $1 and hash = $2"));
    if (!TRY(query.bind(1, number_of(head.id)).bind(2, hash).step())) return std::optional<AttachmentRow>();
    AttachmentRow row{query.text(0), TRY(opened(shelf, head, hash, query.blob(1)))};
    return std::optional(std::move(row));
}

Result<void> seal_attachments(Shelf& shelf, const CaseHead& head) {
    for (const auto& [hash, content] : TRY(select_contents(shelf, head)))
        TRY_VOID(put_content(shelf, head, hash, content));
    return {};
}

Result<void> reseal_attachments(Shelf& shelf, const CaseHead& from, const CaseHead& to) {
    for (const auto& [hash, record] : TRY(select_contents(shelf, from))) {
        if (const auto content = TRY(opened(shelf, from, hash, record)))
            TRY_VOID(put_content(shelf, to, hash, *content));
    }
    return {};
}

Result<void> delete_attachments(Shelf& shelf, CaseId of) {
    auto remove = TRY(shelf.database.prepare("delete from casework_attachment where case_id = $1"));
    return remove.bind(1, number_of(of)).run();
}

}  // namespace doudi::casework::repository
