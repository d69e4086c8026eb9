// SPDX-License-Identifier: Apache-2.0
// Where people go and whom they call, as data (access/windows.yaml).
#pragma once
#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "access/units.h"
#include "base/result.h"
#include "base/text.h"

namespace doudi::access {

struct Window {
    std::string unit;  // the office's code; "all": of whom nothing else is said
    Text title;
    std::string phone;
    Text where;  // the way there, what to bring
    std::string cite;
};

class Windows {
  public:
    // One for all must be there. Every fault with its place.
    [[nodiscard]] static std::expected<Windows, std::vector<Error>> load(const std::filesystem::path& file);
    [[nodiscard]] static std::expected<Windows, std::vector<Error>> read(const std::string& yaml,
                                                                         std::string shown);
    // Of the office, else of the nearest one above it, else the one for all.
    [[nodiscard]] const Window& of(const UnitTree& units, UnitId unit, Date day) const;

  private:
    std::vector<Window> windows_;
};

}  // namespace doudi::access
