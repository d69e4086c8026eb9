// SPDX-License-Identifier: Apache-2.0
// Content that lies beside what a case was told, in a table of its own: one record by case and key, as the
// event that brought it or the hash that it is named by; where the folder is sealed, under the key of whom
// the case is about (case_bytes.h).
#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casework/repository.h"

namespace doudi::casework::repository {

// Key: int or std::string.
template <class Key>
struct CaseContents {
    std::string_view table;   // with case_id, the key and content
    std::string_view key;     // the column of the key
    std::string_view column;  // of the seal: "casework_account.content"

    // As it lies there.
    [[nodiscard]] Result<std::vector<std::byte>> write(const Shelf& shelf, const CaseHead& head,
                                                       const Key& of,
                                                       std::span<const std::byte> content) const;
    // None: the key of whom the case is about was destroyed.
    [[nodiscard]] Result<std::optional<std::vector<std::byte>>> read(const Shelf& shelf, const CaseHead& head,
                                                                     const Key& of,
                                                                     std::span<const std::byte> record) const;
    // Of a folder that has just got its keys: all of the case lie in the clear.
    [[nodiscard]] Result<void> seal(Shelf& shelf, const CaseHead& head) const;
    // Of one case, that is about somebody else from now on.
    [[nodiscard]] Result<void> reseal(Shelf& shelf, const CaseHead& from, const CaseHead& to) const;
    [[nodiscard]] Result<void> remove(Shelf& shelf, CaseId of) const;
};

extern template struct CaseContents<int>;
extern template struct CaseContents<std::string>;

}  // namespace doudi::casework::repository
