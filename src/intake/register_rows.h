// SPDX-License-Identifier: Apache-2.0
// The rows of a recognised sheet of the register → plain rows (registry/records.h). Not changed by mapping:
// any number of threads may share a mapper.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "intake/recognise.h"
#include "intake/register_reader.h"
#include "intake/sheet.h"
#include "policy/dataset.h"

namespace doudi::intake {

class RegisterRowMapper {
  public:
    // The dataset is one of the register's and must outlive the mapper.
    RegisterRowMapper(const policy::Dataset& dataset, const Recognised& recognised, const SheetInfo& sheet);

    // Appends the row, if it is a data row, and what could not be read of it.
    void map(std::uint32_t number, std::span<const Cell> cells, RegisterRows& out) const;

  private:
    // The fields of the two datasets.
    enum class Field : std::uint8_t {
        household_number,
        region_code,
        address,
        head_name,
        category,
        enrolled_on,
        income_per_head_month,
        name,
        id_number,
        relation,
        sex,
        phone,
        count,
    };
    static constexpr auto field_count = static_cast<std::size_t>(Field::count);
    static const std::array<std::string_view, field_count> field_names;
    struct Call;  // one row under way

    [[nodiscard]] const Cell& cell(const Call& call, Field field) const;
    [[nodiscard]] std::string_view text(const Call& call, Field field) const;
    [[nodiscard]] bool is_data(std::span<const Cell> cells) const;
    void take_household(const Call& call) const;
    void take_member(const Call& call) const;
    [[nodiscard]] std::optional<Date> date(const Call& call, Field field) const;
    [[nodiscard]] std::optional<Money> amount(const Call& call, Field field) const;
    void report(const Call& call, Field field, FindingCode code) const;

    bool of_households_;
    std::string sheet_;
    bool date_1904_;
    std::array<int, field_count> file_column_{};
    std::array<std::string, field_count> headings_;
    std::vector<bool> mapped_;                  // per file column: the dataset knows it
    std::vector<std::string> normal_headings_;  // per file column
};

}  // namespace doudi::intake
