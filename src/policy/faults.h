// SPDX-License-Identifier: Apache-2.0
// What is wrong with the law as written: every fault of one load, each with file, line and column. A loader
// goes on after a fault as far as it makes sense, so that an author sees all of them at once. Nothing
// personal stands in these files.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace doudi::policy {

struct Place {
    std::string file;  // as shown: "packs/guangdong-2021/levels.yaml"
    int line = 0;      // from 1; 0: the file as a whole
    int column = 0;    // from 1, in characters

    [[nodiscard]] std::string text() const;
};

class Faults {
  public:
    void add(std::string code, Text text, Place place);
    [[nodiscard]] bool none() const { return faults_.empty(); }
    // Sorted by file, line and column; equal places keep the order in which they were found. The same fault
    // of the same place, found twice in a row, is one.
    [[nodiscard]] std::vector<Error> take() &&;

  private:
    struct Fault {
        Place place;
        std::size_t found;  // how many were found before
        Error error;
    };
    std::vector<Fault> faults_;
};

// The known name that looks most like a mistyped one; empty if none is near.
[[nodiscard]] std::string_view nearest_name(std::string_view wrong,
                                            const std::vector<std::string_view>& known);
// "; did you mean x?" in both languages, empty if no name is near.
[[nodiscard]] Text nearest_hint(std::string_view wrong, const std::vector<std::string_view>& known);

}  // namespace doudi::policy
