// SPDX-License-Identifier: Apache-2.0
// The benchmark of rules: households as columns in files that numpy reads too. int64 for numbers (fen,
// counts, 0 and 1), one byte a row for the lane: 0 value, 1 none, 2 unknown.
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "expr/value.h"

namespace doudi::bench {

struct RulesColumn {
    std::string_view name;
    expr::TypeKind kind;
    bool may_lack;  // some rows are unknown or none
};

inline constexpr std::array<RulesColumn, 10> rules_columns{{
    {"size", expr::TypeKind::integer, false},
    {"income", expr::TypeKind::money, true},  // of the household, a month
    {"property", expr::TypeKind::money, true},
    {"vehicles", expr::TypeKind::integer, false},
    {"standard", expr::TypeKind::money, false},    // a head and month
    {"disposable", expr::TypeKind::money, false},  // a head and year
    {"rigid", expr::TypeKind::money, true},        // spent of necessity, a year
    {"unable", expr::TypeKind::integer, false},
    {"supported", expr::TypeKind::boolean, true},
    {"severe", expr::TypeKind::integer, false},
}};

struct RulesData {
    struct Column {
        std::vector<std::int64_t> numbers;
        std::vector<expr::Lane> lanes;  // empty: every row has a value
    };
    std::array<Column, rules_columns.size()> columns;
    std::size_t rows = 0;
};

[[nodiscard]] RulesData make_rules_data(std::size_t rows, std::uint64_t seed);
[[nodiscard]] Result<void> write_rules_data(const RulesData& data, const std::filesystem::path& folder);
[[nodiscard]] Result<RulesData> read_rules_data(const std::filesystem::path& folder);

// 1 to 5: the first category, in order; 0: none; -1: unknown; -2: error. The same law twice: as a condition
// of the language and as one loop by hand.
inline constexpr std::string_view means_test =
    "unable == size && !supported && income < standard * size && property <= standard * 24 * size ? 1 : "
    "income < standard * size && property <= standard * 24 * size && vehicles == 0 ? 2 : "
    "income < standard * size * 1.5 && property <= standard * 36 * size && vehicles <= 1 ? 3 : "
    "income * 12 < disposable * size && property <= standard * 36 * size && rigid > income * 12 * 0.6 ? 4 : "
    "income * 12 < disposable * size && (severe > 0 || rigid > standard * 12) ? 5 : 0";
void means_test_by_hand(const RulesData& data, std::size_t first, std::size_t end, std::int8_t* out);

}  // namespace doudi::bench
