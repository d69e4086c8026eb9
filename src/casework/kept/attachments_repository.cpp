// SPDX-License-Identifier: Apache-2.0
#include "casework/kept/attachments_repository.h"

#include "casework/case_columns.h"
#include "casework/kept/case_contents_repository.h"

namespace doudi::casework::repository {

namespace {

constexpr CaseContents<std::string> contents{"casework_attachment", "hash", "casework_attachment.content"};

}  // namespace

Result<void> insert_attachment(Shelf& shelf, const CaseHead& head, const NewAttachment& one,
                               std::span<const std::byte> content) {
    const auto record = TRY(contents.write(shelf, head, std::string(one.hash), content));
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
    AttachmentRow row{query.text(0), TRY(contents.read(shelf, head, std::string(hash), query.blob(1)))};
    return std::optional(std::move(row));
}

Result<void> seal_attachments(Shelf& shelf, const CaseHead& head) {
    return contents.seal(shelf, head);
}

Result<void> reseal_attachments(Shelf& shelf, const CaseHead& from, const CaseHead& to) {
    return contents.reseal(shelf, from, to);
}

Result<void> delete_attachments(Shelf& shelf, CaseId of) {
    return contents.remove(shelf, of);
}

}  // namespace doudi::casework::repository
