// SPDX-License-Identifier: Apache-2.0
// A folder of law files and the fingerprint of its bytes. The fingerprint goes into the replay key of every
// run, so it must not depend on where the folder lies, on file times or on the order in which the system
// lists it.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "policy/faults.h"

namespace doudi::policy {

[[nodiscard]] Result<std::string> read_whole_file(const std::filesystem::path& path);

// The *.yaml files that stand directly in a folder, by name. A folder that is not there is a fault.
[[nodiscard]] std::vector<std::filesystem::path> yaml_files(const std::filesystem::path& folder,
                                                            Faults& faults);
// "datasets/hr.yaml": the file's name below the parent of its folder, as it stands in faults.
[[nodiscard]] std::string shown_name(const std::filesystem::path& base, const std::filesystem::path& file);

// SHA-256 in hex over each file's name, length and bytes, in the order given. An unreadable file counts as
// absent: whoever parses it reports it.
[[nodiscard]] std::string fingerprint(const std::vector<std::filesystem::path>& files);
// SHA-256 in hex of a text at hand.
[[nodiscard]] std::string fingerprint_of(std::string_view text);

}  // namespace doudi::policy
