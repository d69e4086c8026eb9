// SPDX-License-Identifier: Apache-2.0
// The rows of attachments.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casework/repository.h"

namespace doudi::casework::repository {

struct NewAttachment {
    std::string_view hash;
    std::string_view type;
    Instant at;
    UserId by;
};
// Within write(). There already: nothing changes.
[[nodiscard]] Result<void> insert_attachment(Shelf& shelf, const CaseHead& head, const NewAttachment& one,
                                             std::span<const std::byte> content);
[[nodiscard]] Result<std::int64_t> count_attachments(Shelf& shelf, CaseId of);
struct ListedAttachment {
    std::string hash;
    std::string type;
    std::int64_t bytes = 0;
    Instant at;
};
// In the order in which they came.
[[nodiscard]] Result<std::vector<ListedAttachment>> list_attachments(Shelf& shelf, CaseId of);
[[nodiscard]] Result<bool> has_attachment(Shelf& shelf, CaseId of, std::string_view hash);
// Other cases of that machine which stand at that unit and to which it was sent. It costs a look-up for each
// case of the unit.
[[nodiscard]] Result<std::vector<CaseRow>> select_with_attachment(Shelf& shelf, const CaseHead& beside,
                                                                  std::string_view hash);

struct AttachmentRow {
    std::string type;
    std::optional<std::vector<std::byte>> content;  // none: its key was destroyed
};
[[nodiscard]] Result<std::optional<AttachmentRow>> select_attachment(Shelf& shelf, const CaseHead& head,
                                                                     std::string_view hash);

// Of a folder that has just got its keys: those that lie in the clear.
[[nodiscard]] Result<void> seal_attachments(Shelf& shelf, const CaseHead& head);
// Of one case, as repository.h has it of what was told.
[[nodiscard]] Result<void> reseal_attachments(Shelf& shelf, const CaseHead& from, const CaseHead& to);
[[nodiscard]] Result<void> delete_attachments(Shelf& shelf, CaseId of);

}  // namespace doudi::casework::repository
