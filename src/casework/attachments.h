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

#include "casework/desk.h"
#include "casework/moves.h"

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

// Gives its hash; the same bytes for the same case again are one. "attachment_type", "attachment_large",
// "attachment_many", "case_unknown".
[[nodiscard]] Result<std::string> keep_attachment(Desk& desk, const Actor& actor, CaseId of,
                                                  std::span<const std::byte> content);
// "attachment_unknown"; "attachment_gone": it went with the key of whom it was about.
[[nodiscard]] Result<Attachment> read_attachment(Desk& desk, CaseId of, std::string_view hash);
[[nodiscard]] Result<bool> has_attachment(Desk& desk, CaseId of, std::string_view hash);

}  // namespace doudi::casework
