// SPDX-License-Identifier: Apache-2.0
// A segment of a sealed folder on its way to SegmentReader: with the folder's keys, and surely the one that
// was asked for. Its name is the SHA-256 of header, footer and trailer, and the footer holds every block's
// seal: a genuine segment that lies under another's name is found by reading its ends.
#pragma once
#include <memory>
#include <string_view>

#include "base/result.h"
#include "column/segment.h"
#include "store/sealing.h"

namespace doudi::store {

[[nodiscard]] Result<std::shared_ptr<const column::ByteSource>> open_sealed_segment(
    std::shared_ptr<const column::ByteSource> file, std::shared_ptr<const FolderSeal> seal,
    std::string_view name);

}  // namespace doudi::store
