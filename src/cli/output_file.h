// SPDX-License-Identifier: Apache-2.0
// A file that an office asked for: written under another name first, so that a full disk does not cost the
// list of last week. A link is followed, and what is no regular file (a device, a pipe) is written into,
// never replaced.
#pragma once
#include <filesystem>
#include <functional>
#include <string>

#include "base/result.h"

namespace doudi::cli {

// `write` makes the file at the path it is given; that has the extension of `path`.
[[nodiscard]] Result<void> put_file(const std::filesystem::path& path,
                                    const std::function<Result<void>(const std::filesystem::path&)>& write);
// "cannot_write": why the system did not let it, by its number (errno).
[[nodiscard]] std::unexpected<Error> cannot_write(const std::filesystem::path& path, int error_number);
[[nodiscard]] Result<void> put_text_file(const std::filesystem::path& path, const std::string& text);

}  // namespace doudi::cli
