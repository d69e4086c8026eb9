// SPDX-License-Identifier: Apache-2.0
// The rows of a load of the register, numbered on through all its files and sheets: the register keeps one
// number a row, and a finding has to name file, sheet and row.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace doudi::match {

class RegisterRowNumbers {
  public:
    struct Place {
        std::size_t file = 0;    // as begin_sheet() was told
        std::string_view sheet;  // empty: the file has no sheets
        std::uint32_t row = 0;   // in its sheet, as a person counts
    };

    void begin_sheet(std::size_t file, std::string_view sheet);
    // Of a row of the sheet begun last; rows count from 1.
    [[nodiscard]] std::uint32_t number_of(std::uint32_t row);
    [[nodiscard]] Place place_of(std::uint32_t number) const;

  private:
    struct Sheet {
        std::uint32_t before = 0;  // the last number of the sheets before
        std::size_t file = 0;
        std::string name;
    };
    std::vector<Sheet> sheets_;
    std::uint32_t last_ = 0;
};

}  // namespace doudi::match
