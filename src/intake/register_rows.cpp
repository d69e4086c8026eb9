// SPDX-License-Identifier: Apache-2.0
#include "intake/register_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/id_number.h"
#include "base/text_fold.h"
#include "intake/amount_text.h"
#include "intake/date_text.h"
#include "intake/office_values.h"
#include "intake/row_words.h"

namespace doudi::intake {
namespace {

constexpr std::size_t digits_of_a_double = 15;

void put_half_width(std::string& to, std::string_view text) {
    const bool ascii = std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    to = ascii ? text : std::string_view(half_width(text));
}

// A numeric cell of 16 and more digits has lost the last ones: written as the float it is, so that nobody
// takes it for a number.
void put_id_text(std::string& to, const Cell& cell) {
    to = trim(cell.text);
    if (cell.kind != CellKind::number || to.size() <= digits_of_a_double) return;
    if (const auto value = parse_number(to)) to = fmt::format("{:.5E}", *value);
}

}  // namespace

const std::array<std::string_view, RegisterRowMapper::field_count> RegisterRowMapper::field_names{
    "household_number",      "region_code", "address",   "head_name", "category", "enrolled_on",
    "income_per_head_month", "name",        "id_number", "relation",  "sex",      "phone"};

struct RegisterRowMapper::Call {
    std::uint32_t number;
    std::span<const Cell> cells;
    RegisterRows& out;
};

RegisterRowMapper::RegisterRowMapper(const policy::Dataset& dataset, const Recognised& recognised,
                                     const SheetInfo& sheet)
    : of_households_(dataset.kind == policy::DatasetKind::register_households),
      sheet_(sheet.name),
      date_1904_(sheet.date_1904),
      mapped_(recognised.headings.size(), false) {
    for (std::size_t i = 0; i < field_count; ++i) {
        const int column = dataset.column_of(field_names[i]);
        file_column_[i] = column < 0 ? -1 : recognised.column_of[static_cast<std::size_t>(column)];
        headings_[i] = recognised.heading_of(column);
    }
    for (const std::string& heading : recognised.headings)
        normal_headings_.push_back(normal_heading(heading));
    for (const int column : recognised.column_of) {
        if (column >= 0) mapped_[static_cast<std::size_t>(column)] = true;
    }
}

void RegisterRowMapper::map(std::uint32_t number, std::span<const Cell> cells, RegisterRows& out) const {
    if (!is_data(cells)) return;
    ++out.rows;
    const Call call{number, cells, out};
    if (of_households_) {
        take_household(call);
    } else {
        take_member(call);
    }
}

const Cell& RegisterRowMapper::cell(const Call& call, Field field) const {
    static const Cell none;
    const int at = file_column_[static_cast<std::size_t>(field)];
    if (at < 0 || static_cast<std::size_t>(at) >= call.cells.size()) return none;
    const Cell& found = call.cells[static_cast<std::size_t>(at)];
    return found.fill == CellFill::from_left ? none : found;
}

std::string_view RegisterRowMapper::text(const Call& call, Field field) const {
    const Cell& found = cell(call, field);
    return found.kind == CellKind::error ? std::string_view{} : trim(found.text);
}

bool RegisterRowMapper::is_data(std::span<const Cell> cells) const {
    RowWords words;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string_view text = trim(cells[i].text);
        if (text.empty() || cells[i].fill != CellFill::own) continue;
        const bool known = i < mapped_.size();
        words.see(text, known ? std::string_view(normal_headings_[i]) : std::string_view{},
                  known && mapped_[i]);
    }
    return words.is_data();
}

void RegisterRowMapper::take_household(const Call& call) const {
    registry::HouseholdRow& row = call.out.households.next();
    row.row = call.number;
    put_half_width(row.code, text(call, Field::household_number));
    put_half_width(row.region, text(call, Field::region_code));
    row.address = text(call, Field::address);
    row.head_name = text(call, Field::head_name);
    row.category = text(call, Field::category);
    row.enrolled_on = date(call, Field::enrolled_on);
    row.income_per_head_month = amount(call, Field::income_per_head_month);
}

void RegisterRowMapper::take_member(const Call& call) const {
    registry::MemberRow& row = call.out.members.next();
    row.row = call.number;
    put_half_width(row.household_code, text(call, Field::household_number));
    row.name = text(call, Field::name);
    put_id_text(row.id_text, cell(call, Field::id_number));
    row.relation = text(call, Field::relation);
    row.sex = text(call, Field::sex);
    const std::string_view phone = text(call, Field::phone);
    row.phone = is_plain_phone(phone) ? phone : std::string_view(read_phone_text(phone));
}

std::optional<Date> RegisterRowMapper::date(const Call& call, Field field) const {
    const Cell& from = cell(call, field);
    const DateText read = from.kind == CellKind::number ? read_date_number(from.text, date_1904_)
                                                        : read_date_text(from.text, date_1904_);
    if (read.kind == DateTextKind::day) return read.date;
    if (read.kind != DateTextKind::empty) report(call, field, FindingCode::date_unreadable);
    return std::nullopt;
}

std::optional<Money> RegisterRowMapper::amount(const Call& call, Field field) const {
    const AmountText read = read_amount_text(cell(call, field).text);
    if (read.kind == AmountTextKind::value) return read.money;
    if (read.kind == AmountTextKind::unreadable) report(call, field, FindingCode::amount_unreadable);
    return std::nullopt;
}

void RegisterRowMapper::report(const Call& call, Field field, FindingCode code) const {
    const Cell& from = cell(call, field);
    call.out.findings.push_back({call.number, sheet_, headings_[static_cast<std::size_t>(field)],
                                 from.kind == CellKind::error ? FindingCode::cell_error : code,
                                 mask_text(from.text), false});
}

}  // namespace doudi::intake
