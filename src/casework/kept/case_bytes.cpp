// SPDX-License-Identifier: Apache-2.0
#include "casework/kept/case_bytes.h"

namespace doudi::casework {

Result<std::vector<std::byte>> write_bytes(const Seal& seal, const BytesPlace& place,
                                           std::span<const std::byte> content) {
    if (seal == nullptr) return std::vector<std::byte>(content.begin(), content.end());
    auto sealer = TRY(store::RowSeal::create(seal, place.column));
    const auto record =
        place.about ? sealer.seal(*place.about, place.key, content) : sealer.seal(place.key, content);
    return std::vector<std::byte>(record.begin(), record.end());
}

Result<std::optional<std::vector<std::byte>>> read_bytes(const Seal& seal, const BytesPlace& place,
                                                         std::span<const std::byte> record) {
    using Content = std::optional<std::vector<std::byte>>;
    if (seal == nullptr) return Content(std::vector<std::byte>(record.begin(), record.end()));
    auto sealer = TRY(store::RowSeal::create(seal, place.column));
    std::optional<std::span<const std::byte>> content;
    if (place.about) {
        content = TRY(sealer.open(*place.about, place.key, record));
    } else {
        content = TRY(sealer.open(place.key, record));
    }
    if (!content) return Content();
    return Content(std::vector<std::byte>(content->begin(), content->end()));
}

}  // namespace doudi::casework
