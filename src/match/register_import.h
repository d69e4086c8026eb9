// SPDX-License-Identifier: Apache-2.0
// The register's own files arrive: read whole, compared with what is kept, staged. Households before members.
#pragma once
#include <span>
#include <vector>

#include "intake/read.h"
#include "match/import.h"

namespace doudi::match {

// All files of one call are one publication: households never stand without the members that came with them.
[[nodiscard]] Result<std::vector<FileReport>> import_register_files(store::DataFolder& store,
                                                                    const policy::Policy& policy,
                                                                    std::span<const intake::FeedFile> files,
                                                                    AsOf as_of,
                                                                    const intake::ReadSettings& reading);

}  // namespace doudi::match
