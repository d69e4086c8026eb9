// SPDX-License-Identifier: Apache-2.0
// Words about a person as they lie in a row of this room's: in a plain folder as they are; in a sealed one as
// a record under that person's key, so that they go with it.
#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "store/data_folder.h"
#include "store/row_seal.h"

namespace doudi::access {

using FolderKeys = std::shared_ptr<const store::FolderSeal>;  // null: the folder is not sealed

// Which row of which column.
struct SubjectPlace {
    std::string_view column;  // "authorisation.signer_sealed"
    PersonId person;
    std::int64_t row = 0;
};

// One of the two is empty; both, if there are no words or the person was forgotten.
struct SubjectText {
    std::string plain;
    std::vector<std::byte> sealed;
};
[[nodiscard]] Result<SubjectText> write_words(const FolderKeys& keys, const SubjectPlace& place,
                                              std::string_view words);
// Empty: the person was forgotten.
[[nodiscard]] Result<std::string> read_words(const FolderKeys& keys, const SubjectPlace& place,
                                             std::string_view plain, std::span<const std::byte> sealed);

// What lies in the clear in a folder that has keys: of one that has just got them (store/seal_in_place.h), or
// that an older program wrote. Within a write().
[[nodiscard]] Result<void> seal_words(store::DataFolder& folder);
// Who signed for this person and why they are protected is said no more; that it was so, and when, stays.
[[nodiscard]] Result<void> forget_words(store::Database& database, PersonId person);

}  // namespace doudi::access
