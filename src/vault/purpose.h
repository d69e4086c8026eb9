// SPDX-License-Identifier: Apache-2.0
// What keys are derived for. A purpose is part of the key: a word here is never changed and never used for
// anything else.
#pragma once
#include <string_view>

namespace doudi::vault {

inline constexpr std::string_view purpose_segment = "doudi/segment/1";
inline constexpr std::string_view purpose_stream = "doudi/stream/1";  // originals, the roster's image
inline constexpr std::string_view purpose_stream_name = "doudi/stream-name/1";  // their names on the shelf
inline constexpr std::string_view purpose_column = "doudi/column/1";
inline constexpr std::string_view purpose_number_index = "doudi/number-index/1";
inline constexpr std::string_view purpose_landed_number = "doudi/landed-number/1";
inline constexpr std::string_view purpose_audit = "doudi/audit/1";
inline constexpr std::string_view purpose_workbook = "doudi/workbook/1";  // seals the row keys of work lists
inline constexpr std::string_view purpose_upload = "doudi/upload/1";  // wraps the keys of files that arrive
inline constexpr std::string_view purpose_upload_piece = "doudi/upload-piece/1";  // of one such file's key
inline constexpr std::string_view purpose_subject =
    "doudi/subject/1";  // records that a person's own key seals too
inline constexpr std::string_view purpose_subject_node =
    "doudi/subject-node/1";  // wraps where those follow from

}  // namespace doudi::vault
