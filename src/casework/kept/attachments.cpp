// SPDX-License-Identifier: Apache-2.0
#include "casework/kept/attachments.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "casework/kept/attachments_repository.h"
#include "store/sha256.h"

namespace doudi::casework {

namespace {

struct Magic {
    std::string_view begins;
    std::string_view type;
};
constexpr std::array<Magic, 3> kept{
    {{"\xff\xd8\xff", "image/jpeg"}, {"\x89PNG\r\n\x1a\n", "image/png"}, {"%PDF-", "application/pdf"}}};

// By the law of the case.
bool names_attachments(const CaseView& view, std::string_view field) {
    const policy::FieldRule* rule = view.pack->law.procedures.field(field);
    return rule != nullptr && rule->type == policy::FieldRule::Type::attachments;
}

}  // namespace

std::string attachment_name(std::span<const std::byte> content) {
    store::Sha256 digest;
    digest.add(content);
    return digest.hex();
}

bool is_attachment_name(std::string_view text) {
    constexpr std::size_t digits = 64;
    constexpr std::string_view hex = "0123456789abcdef";
    return text.size() == digits && text.find_first_not_of(hex) == std::string_view::npos;
}

Result<std::vector<AwaitedAttachment>> awaited_attachments(Desk& desk, const CaseView& view) {
    std::set<std::string, std::less<>> seen;
    for (const auto& one : TRY(repository::list_attachments(desk.shelf, view.head.id))) seen.insert(one.hash);
    std::vector<AwaitedAttachment> awaited;
    for (const CaseEvent& event : view.events) {
        for (const auto& [field, values] : event.fields) {
            if (!names_attachments(view, field)) continue;
            for (const std::string& hash : values) {
                if (seen.insert(hash).second)
                    awaited.push_back({hash, event.number, field, event.by, event.unit, event.at});
            }
        }
    }
    return awaited;
}

std::string_view attachment_type(std::span<const std::byte> content) {
    const std::string_view text(reinterpret_cast<const char*>(content.data()), content.size());
    const auto found =
        std::ranges::find_if(kept, [&](const Magic& one) { return text.starts_with(one.begins); });
    return found == kept.end() ? std::string_view() : found->type;
}

Result<std::string> keep_attachment(Desk& desk, const Actor& actor, CaseId of,
                                    std::span<const std::byte> content) {
    if (content.size() > most_attachment_bytes)
        return fail(ErrorKind::limit, "attachment_large",
                    {fmt::format("附件不能超过 {} MB", most_attachment_bytes >> 20U),
                     fmt::format("an attachment has {} MB at most", most_attachment_bytes >> 20U)});
    const std::string_view type = attachment_type(content);
    if (type.empty())
        return fail(
            ErrorKind::invalid, "attachment_type",
            {"附件应为 JPEG、PNG 图片或 PDF 文件", "an attachment is a JPEG or PNG picture or a PDF file"});
    const std::string hash = attachment_name(content);
    TRY_VOID(desk.shelf.database.write_beside([&]() -> Result<void> {
        const auto row = TRY(repository::select_case(desk.shelf, of));
        if (!row)
            return fail(ErrorKind::not_found, "case_unknown",
                        {fmt::format("没有第 {} 号办件", of.value()),
                         fmt::format("there is no case {}", of.value())});
        if (TRY(repository::has_attachment(desk.shelf, of, hash))) return {};
        if (TRY(repository::count_attachments(desk.shelf, of)) >= most_attachments)
            return fail(ErrorKind::limit, "attachment_many",
                        {fmt::format("一件办件的附件不能超过 {} 个", most_attachments),
                         fmt::format("a case has {} attachments at most", most_attachments)});
        return repository::insert_attachment(desk.shelf, row->head,
                                             {hash, type, desk.clock.now(), actor.user}, content);
    }));
    return hash;
}

Result<Attachment> read_attachment(Desk& desk, CaseId of, std::string_view hash) {
    const auto row = TRY(repository::select_case(desk.shelf, of));
    std::optional<repository::AttachmentRow> found;
    if (row) found = TRY(repository::select_attachment(desk.shelf, row->head, hash));
    if (!found)
        return fail(ErrorKind::not_found, "attachment_unknown",
                    {"没有这个附件", "there is no such attachment"});
    if (!found->content)
        return fail(ErrorKind::not_found, "attachment_gone",
                    {"该附件已随当事人信息的删除而销毁",
                     "it was destroyed together with the data of whom it was about"});
    return Attachment{std::string(hash), std::move(found->type), std::move(*found->content)};
}

Result<bool> has_attachment(Desk& desk, CaseId of, std::string_view hash) {
    return repository::has_attachment(desk.shelf, of, hash);
}

}  // namespace doudi::casework
