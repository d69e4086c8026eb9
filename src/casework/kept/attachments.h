// SPDX-License-Identifier: Apache-2.0
// Photographs, signatures and scans of a case, named by their SHA-256. They lie with the case, sealed under
// the key of whom it is about, so that they are backed up with it and forgotten with it
// (docs/decisions/0042).
#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casework/verbs.h"

namespace doudi::casework {

inline constexpr std::size_t most_attachment_bytes = std::size_t{4} << 20U;
inline constexpr int most_attachments = 60;  // of one case

struct Attachment {
    std::string hash;  // 64 hex digits
    std::string type;  // "image/jpeg" | "image/png" | "application/pdf", by its first bytes
    std::vector<std::byte> content;
};

// What the bytes are, whatever they are called; empty: nothing that is kept.
[[nodiscard]] std::string_view attachment_type(std::span<const std::byte> content);

// The name by which a field names it: the SHA-256 of its bytes, 64 hex digits.
[[nodiscard]] std::string attachment_name(std::span<const std::byte> content);
[[nodiscard]] bool is_attachment_name(std::string_view text);

// An attachment that an event named and that has not come: it was made without a net and its sender did not
// get through yet, or never will.
struct AwaitedAttachment {
    std::string hash;
    int event = 0;
    std::string field;
    UserId by;  // who named it and was to send it; 0: by no account
    UnitId unit;
    Instant since;
};
// In the order in which they were named, each once.
[[nodiscard]] Result<std::vector<AwaitedAttachment>> awaited_attachments(Desk& desk, const CaseView& view);

// Gives its hash; the same bytes for the same case again are one. "attachment_type", "attachment_large",
// "attachment_many", "case_unknown".
[[nodiscard]] Result<std::string> keep_attachment(Desk& desk, const Actor& actor, CaseId of,
                                                  std::span<const std::byte> content);
// "attachment_unknown"; "attachment_gone": it went with the key of whom it was about.
[[nodiscard]] Result<Attachment> read_attachment(Desk& desk, CaseId of, std::string_view hash);
[[nodiscard]] Result<bool> has_attachment(Desk& desk, CaseId of, std::string_view hash);

}  // namespace doudi::casework
