// SPDX-License-Identifier: Apache-2.0
#include "intake/row_lander.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text_fold.h"
#include "intake/amount_text.h"
#include "intake/fact_cell.h"

namespace doudi::intake {
namespace {

using Rows = std::span<const std::uint32_t>;

[[nodiscard]] bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// One column while some rows are appended to it. The status lane is there only from the first cell without a
// value on.
class Target {
  public:
    Target(FeedRows& out, int column, std::size_t count)
        : column_(out.batch.columns[static_cast<std::size_t>(column)]),
          row_(out.batch.rows),
          rows_(out.batch.rows + count) {}

    void number(std::int64_t value, bool there = true) {
        status(there);
        column_.numbers.push_back(there ? value : 0);
    }
    void text(std::string_view value) {
        status(!value.empty());
        column_.text.append(value);
    }
    void word(std::string_view value) {
        status(!value.empty());
        column_.dictionary.append(value);
    }

  private:
    void status(bool there) {
        if (!there && column_.status.empty()) [[unlikely]]
            column_.status.reserve(rows_), column_.status.resize(row_, column::Status::value);
        ++row_;
        if (there && column_.status.empty()) [[likely]]
            return;
        column_.status.push_back(there ? column::Status::value : column::Status::none);
    }

    column::Column& column_;
    std::size_t row_;
    std::size_t rows_;
};

struct ChunkTexts {
    const CsvRows& rows;
    [[nodiscard]] std::string_view text(std::uint32_t row, int column) const {
        return rows.cell(row, column);
    }
    [[nodiscard]] CellKind kind(std::uint32_t row, int column) const {
        return TextRow(rows, row).kind(column);
    }
};

struct OneRowTexts {
    const CellRow& cells;
    [[nodiscard]] std::string_view text(std::uint32_t, int column) const { return cells.text(column); }
    [[nodiscard]] CellKind kind(std::uint32_t, int column) const { return cells.kind(column); }
};

template <class Texts>
void land_phones(const Texts& texts, int column, Rows rows, Target target) {
    for (const std::uint32_t row : rows) {
        const std::string_view phone = texts.text(row, column);
        target.text(is_plain_phone(phone) ? phone : std::string_view(read_phone_text(phone)));
    }
}

template <class Texts>
void land_field(const Texts& texts, const MappedColumns::Field& field, Rows rows, Target target) {
    for (const std::uint32_t row : rows) {
        const std::string_view text = trim(texts.text(row, field.column));
        if (field.dictionary) {
            target.word(text);
        } else {
            target.text(is_ascii(text) ? text : std::string_view(half_width(text)));
        }
    }
}

void land_numbers(std::span<const std::uint64_t> numbers, Rows rows, Target target) {
    for (const std::uint32_t row : rows) {
        target.number(static_cast<std::int64_t>(numbers[row]), numbers[row] != RowKeys::no_number);
    }
}

}  // namespace

template <class Texts>
void RowLander::land_texts(const Texts& texts, const RowKeys& keys, Rows rows, FeedRows& out) const {
    const auto target = [&](int column) { return Target(out, column, rows.size()); };
    const FeedLayout& layout = columns_->layout;
    if (layout.event_date >= 0) {
        Target days = target(layout.event_date);
        for (const std::uint32_t row : rows) days.number(keys.days[row]);
    }
    for (std::size_t i = 0; i < columns_->persons.size(); ++i) {
        const MappedColumns::Person& person = columns_->persons[i];
        land_numbers(keys.numbers[i], rows, target(person.at.id));
        Target names = target(person.at.name);
        for (const std::uint32_t row : rows) names.text(trim(texts.text(row, person.name)));
        if (person.at.phone >= 0) land_phones(texts, person.phone, rows, target(person.at.phone));
    }
    for (const MappedColumns::Field& field : columns_->fields) {
        if (field.tells >= 0 && !field.dictionary) {
            land_fact(texts, field, rows, out);
        } else {
            land_field(texts, field, rows, target(field.at));
        }
    }
}

// An amount, a day or a count, in one form whatever the office wrote.
template <class Texts>
void RowLander::land_fact(const Texts& texts, const MappedColumns::Field& field, Rows rows,
                          FeedRows& out) const {
    Target target(out, field.at, rows.size());
    for (const std::uint32_t row : rows) {
        const CellKind kind = texts.kind(row, field.column);
        target.text(
            read_fact_cell(*columns_->dataset, field.tells, texts.text(row, field.column), kind, date_1904_)
                .text);
    }
}

void RowLander::land(const CsvRows& texts, const RowKeys& keys, Rows rows, FeedRows& out) const {
    Target numbers(out, columns_->layout.row, rows.size());
    for (const std::uint32_t row : rows) numbers.number(row);
    land_texts(ChunkTexts{texts}, keys, rows, out);
    out.batch.rows += rows.size();
}

void RowLander::land(const CellRow& cells, const RowKeys& keys, std::uint32_t row_number,
                     FeedRows& out) const {
    Target(out, columns_->layout.row, 1).number(row_number);
    const std::array<std::uint32_t, 1> first{0};
    land_texts(OneRowTexts{cells}, keys, first, out);
    out.batch.rows += 1;
}

}  // namespace doudi::intake
