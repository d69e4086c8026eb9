// SPDX-License-Identifier: Apache-2.0
// The fonts of papers, and no others: a paper must not look otherwise because a machine has more of them.
#pragma once
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "print/layouts.h"

namespace doudi::print {

class Fonts {
  public:
    // Finds the files of each family; one that is missing is an error that names its Debian package.
    [[nodiscard]] static Result<Fonts> open(const std::vector<FontChoice>& choices);

    // Whether every choice of fonts has it.
    [[nodiscard]] bool has(char32_t character) const;
    // The families of a choice, as a font description wants them.
    [[nodiscard]] const std::string& families(std::string_view choice) const;
    // FcConfig with these files alone.
    [[nodiscard]] void* config() const { return config_.get(); }

  private:
    struct Known {
        std::string id, families;
        std::shared_ptr<void> characters;  // FcCharSet
    };
    std::shared_ptr<void> config_;
    std::vector<Known> choices_;
};

}  // namespace doudi::print
