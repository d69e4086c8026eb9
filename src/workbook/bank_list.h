// SPDX-License-Identifier: Apache-2.0
// The form of the list that goes to the bank: which columns, in which order, under which headings.
#pragma once
#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace doudi::workbook {

// access/bank_list.yaml.
struct BankList {
    enum class Is : std::uint8_t { payment, household, name, account, amount, category };
    struct Column {
        Is is{};
        std::string heading;
    };
    std::vector<Column> columns;

    // Every fault with its place.
    [[nodiscard]] static std::expected<BankList, std::vector<Error>> load(const std::filesystem::path& file);
    [[nodiscard]] static std::expected<BankList, std::vector<Error>> read(const std::string& yaml,
                                                                          std::string shown);
    [[nodiscard]] bool has(Is is) const;
};

}  // namespace doudi::workbook
