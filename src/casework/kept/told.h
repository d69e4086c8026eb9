// SPDX-License-Identifier: Apache-2.0
// What an event or a late form was told, as it lies in the store: JSON; where the folder is sealed, one
// record under the key of the person or household that the case is about, so that it goes with that key.
#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casework/records.h"
#include "store/row_seal.h"

namespace doudi::casework {

// Which row of which column.
struct ToldPlace {
    std::string_view column;  // "casework_event.sealed"
    CaseId of;
    std::int64_t number = 0;  // of the event, of the form
    std::optional<store::SealedSubject> about;
};
[[nodiscard]] std::optional<store::SealedSubject> subject_of(const CaseHead& head);

// One of the two is empty.
struct ToldRow {
    std::string text;
    std::vector<std::byte> sealed;
};
using Seal = std::shared_ptr<const store::FolderSeal>;  // null: the folder is not sealed

[[nodiscard]] Result<ToldRow> write_told(const Seal& seal, const ToldPlace& place, const Fields& fields);
// Nothing: the key of whom it is about was destroyed.
[[nodiscard]] Result<std::optional<Fields>> read_told(const Seal& seal, const ToldPlace& place,
                                                      std::string_view text,
                                                      std::span<const std::byte> sealed);

}  // namespace doudi::casework
