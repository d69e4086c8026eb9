// SPDX-License-Identifier: Apache-2.0
// Bytes that belong to a case, as they lie in the store: as they are, or where the folder is sealed as one
// record under the key of the person or household that the case is about, so that they go with that key.
#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "casework/kept/told.h"
#include "store/row_seal.h"

namespace doudi::casework {

// Which row of which column.
struct BytesPlace {
    std::string_view column;  // "casework_attachment.content"
    store::RowKey key;
    std::optional<store::SealedSubject> about;
};

[[nodiscard]] Result<std::vector<std::byte>> write_bytes(const Seal& seal, const BytesPlace& place,
                                                         std::span<const std::byte> content);
// Nothing: the key of whom the case is about was destroyed.
[[nodiscard]] Result<std::optional<std::vector<std::byte>>> read_bytes(const Seal& seal,
                                                                       const BytesPlace& place,
                                                                       std::span<const std::byte> record);

}  // namespace doudi::casework
