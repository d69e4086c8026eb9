// SPDX-License-Identifier: Apache-2.0
#include "intake/row_mapper.h"

#include <algorithm>
#include <array>

#include "base/id_number.h"
#include "base/id_scan.h"
#include "base/text_fold.h"
#include "intake/amount_text.h"
#include "intake/date_text.h"
#include "intake/row_words.h"

namespace doudi::intake {
namespace {

constexpr std::size_t most_persons = 8;
constexpr std::size_t digits_of_a_double = 15;

// Rows of the two sources, seen alike.
struct TextRow {
    std::span<const std::string_view> cells;

    static constexpr bool counts_cells =
        true;  // a short row is a fault here; a spreadsheet leaves empty cells out
    [[nodiscard]] std::size_t size() const { return cells.size(); }
    [[nodiscard]] std::string_view text(int column) const {
        const auto at = static_cast<std::size_t>(column);
        return column >= 0 && at < cells.size() ? cells[at] : std::string_view{};
    }
    [[nodiscard]] bool own(std::size_t) const { return true; }
    [[nodiscard]] CellKind kind(int column) const {
        const std::string_view cell = text(column);
        if (cell.empty()) return CellKind::empty;
        return is_error_text(cell) ? CellKind::error : CellKind::text;
    }
};

struct CellRow {
    std::span<const Cell> cells;
    bool counts_cells;  // a short row is a fault of a text file; a spreadsheet leaves empty cells out

    [[nodiscard]] std::size_t size() const { return cells.size(); }
    // A range merged to the right says its content once: 合计 over five columns is one word, not a name and a
    // number.
    [[nodiscard]] bool has(int column) const {
        const auto at = static_cast<std::size_t>(column);
        return column >= 0 && at < cells.size() && cells[at].fill != CellFill::from_left;
    }
    [[nodiscard]] std::string_view text(int column) const {
        return has(column) ? cells[static_cast<std::size_t>(column)].text : std::string_view{};
    }
    [[nodiscard]] bool own(std::size_t at) const { return cells[at].fill == CellFill::own; }
    [[nodiscard]] CellKind kind(int column) const {
        if (!has(column)) return CellKind::empty;
        const Cell& cell = cells[static_cast<std::size_t>(column)];
        return cell.kind == CellKind::text && is_error_text(cell.text) ? CellKind::error : cell.kind;
    }
};

// The status lane is there only from the first cell without a value on.
inline void put(column::Column& column, std::size_t rows, column::Status status) {
    if (status == column::Status::value && column.status.empty()) [[likely]]
        return;
    if (column.status.empty()) column.status.resize(rows, column::Status::value);
    column.status.push_back(status);
}

void put_number(column::Column& column, std::size_t rows, std::int64_t value, bool there = true) {
    put(column, rows, there ? column::Status::value : column::Status::none);
    column.numbers.push_back(there ? value : 0);
}

void put_text(column::Column& column, std::size_t rows, std::string_view text) {
    put(column, rows, text.empty() ? column::Status::none : column::Status::value);
    column.text.append(text);
}

[[nodiscard]] std::uint64_t written_day(Date date) {
    const std::chrono::year_month_day day = date.ymd();
    return static_cast<std::uint64_t>(int{day.year()}) * 10000 + unsigned{day.month()} * 100 +
           unsigned{day.day()};
}

// The eight digits behind the region: 19740612.
[[nodiscard]] std::uint64_t birth_number(std::uint64_t packed) {
    return packed / 1000 % 100'000'000;
}

[[nodiscard]] column::Column& at(FeedRows& rows, int column) {
    return rows.batch.columns[static_cast<std::size_t>(column)];
}

[[nodiscard]] bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

struct RowMapper::Number {
    enum class State : std::uint8_t { usable, unchecked, absent, refused };
    State state = State::absent;
    FindingCode code = FindingCode::id_empty;
    std::uint64_t packed = 0;

    [[nodiscard]] bool has_number() const { return state == State::usable || state == State::unchecked; }
};

struct RowMapper::Call {
    std::uint32_t row;
    std::vector<Finding>* findings;
};

RowMapper::RowMapper(const policy::Dataset& dataset, const Recognised& recognised, AsOf as_of,
                     const SheetInfo& sheet)
    : dataset_(&dataset),
      layout_(FeedLayout::of(dataset)),
      headings_(recognised.headings),
      sheet_(sheet.name),
      as_of_number_(written_day(as_of.date)),
      date_1904_(sheet.date_1904),
      is_text_(sheet.is_text) {
    ensure(recognised.column_of.size() == dataset.columns.size(),
           "the recognised columns are this dataset's");
    ensure(dataset.persons.size() <= most_persons, "a row names at most eight persons");
    const auto column = [&recognised](int index) {
        return index < 0 ? -1 : recognised.column_of[static_cast<std::size_t>(index)];
    };
    for (std::size_t i = 0; i < dataset.persons.size(); ++i) {
        const policy::DatasetPerson& person = dataset.persons[i];
        persons_.push_back({column(person.id_column), column(person.name_column), column(person.phone_column),
                            layout_.roles[i]});
    }
    for (std::size_t i = 0; i < dataset.columns.size(); ++i) {
        if (layout_.field_of[i] < 0) continue;
        const bool dictionary = dataset.columns[i].type == policy::ColumnType::category;
        fields_.push_back({recognised.column_of[i], layout_.field_of[i], dictionary});
    }
    for (const std::string& heading : headings_) normal_headings_.push_back(normal_heading(heading));
    mapped_.assign(headings_.size(), false);
    for (const int file_column : recognised.column_of) {
        if (file_column >= 0) mapped_[static_cast<std::size_t>(file_column)] = true;
    }
    date_column_ = column(dataset.event_date_column);
}

void RowMapper::report(Call& call, int file_column, int dataset_column, FindingCode code,
                       std::string_view value, bool refused) const {
    Finding finding;
    finding.row = call.row;
    finding.sheet = sheet_;
    const auto file_at = static_cast<std::size_t>(file_column);
    if (file_column >= 0 && file_at < headings_.size()) {
        finding.column = headings_[file_at];
    } else if (dataset_column >= 0) {
        const policy::DatasetColumn& column = dataset_->columns[static_cast<std::size_t>(dataset_column)];
        finding.column = column.headings.empty() ? column.field : column.headings.front();
    }
    finding.code = code;
    finding.value = mask_text(value);
    finding.refused = refused;
    call.findings->push_back(std::move(finding));
}

template <class Row>
RowMapper::Number RowMapper::judge_number(const Row& cells, const Person& person) const {
    using State = Number::State;
    const std::string_view text = cells.text(person.id);
    if (text.size() == 18) {
        const IdScan scan = scan_canonical_id(text.data());
        if (scan.kind == IdScanKind::valid && cells.kind(person.id) == CellKind::text) [[likely]] {
            if (birth_number(scan.digits17) <= as_of_number_) {
                return {State::usable, {}, scan.digits17};
            }
            return {State::refused, FindingCode::id_birth_date, 0};
        }
    }
    const CellKind kind = cells.kind(person.id);
    if (kind == CellKind::error) return {State::refused, FindingCode::cell_error, 0};
    const bool is_number = kind == CellKind::number || kind == CellKind::date_serial;
    if (is_number &&
        (text.size() > digits_of_a_double || text.find_first_of(".Ee") != std::string_view::npos)) {
        return {State::refused, FindingCode::id_damaged, 0};
    }
    const IdText read = read_id_text(text);
    switch (read.kind) {
        case IdTextKind::valid: {
            const auto number = IdNumber::parse(read.view());
            ensure(number.has_value(), "a valid text is a number");
            if (birth_number(number->packed()) > as_of_number_)
                return {State::refused, FindingCode::id_birth_date, 0};
            return {State::usable, {}, number->packed()};
        }
        case IdTextKind::wrong_check:
            return {State::unchecked, FindingCode::id_check, pack_unchecked(read.view())};
        case IdTextKind::wrong_birth:
            return {State::refused, FindingCode::id_birth_date, 0};
        case IdTextKind::damaged_number:
            return {State::refused, FindingCode::id_damaged, 0};
        case IdTextKind::masked:
            return {State::refused, FindingCode::id_masked, 0};
        case IdTextKind::wrong_shape:
            return {State::refused, FindingCode::id_shape, 0};
        case IdTextKind::empty:
            break;
    }
    const bool short_row =
        cells.counts_cells && person.id >= 0 && static_cast<std::size_t>(person.id) >= cells.size();
    return {State::absent, short_row ? FindingCode::too_few_cells : FindingCode::id_empty, 0};
}

// Whether the row lands as far as its persons go.
template <class Row>
bool RowMapper::judge_persons(const Row& cells, std::span<Number> numbers, Call& call) const {
    using State = Number::State;
    const bool phone_will_do = dataset_->without_number == policy::WithoutNumber::name_and_phone;
    const bool lands =
        persons_.empty() || std::any_of(numbers.begin(), numbers.end(), [&](const Number& number) {
            return number.has_number() || (number.state == State::absent && phone_will_do);
        });
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const Number& number = numbers[i];
        // An absent father beside a usable mother is nothing to report.
        if (number.state == State::usable || (number.state == State::absent && lands)) continue;
        report(call, persons_[i].id, dataset_->persons[i].id_column, number.code, cells.text(persons_[i].id),
               !lands);
    }
    return lands;
}

template <class Row>
bool RowMapper::judge_date(const Row& cells, std::int64_t& days, Call& call) const {
    if (layout_.event_date < 0) return true;
    const std::string_view text = cells.text(date_column_);
    const CellKind kind = cells.kind(date_column_);
    FindingCode code = FindingCode::date_unreadable;
    if (kind == CellKind::error) {
        code = FindingCode::cell_error;
    } else {
        const DateText read =
            kind == CellKind::number ? read_date_number(text, date_1904_) : read_date_text(text, date_1904_);
        if (read.kind == DateTextKind::day) [[likely]] {
            days = read.date.days();
            return true;
        }
        if (read.kind == DateTextKind::empty) code = FindingCode::date_missing;
    }
    const bool short_row =
        cells.counts_cells && date_column_ >= 0 && static_cast<std::size_t>(date_column_) >= cells.size();
    report(call, date_column_, dataset_->event_date_column, short_row ? FindingCode::too_few_cells : code,
           text, true);
    return false;
}

// Names and fields that were lost on the way: a formula error, or bytes in no known encoding.
template <class Row>
bool RowMapper::judge_texts(const Row& cells, Call& call) const {
    bool good = true;
    const auto judge = [&](int column) {
        if (column < 0) return;
        const std::string_view text = cells.text(column);
        if (text.empty()) return;
        if (cells.kind(column) == CellKind::error) {
            report(call, column, -1, FindingCode::cell_error, text, true);
            good = false;
        } else if (has_replacement(text)) {
            report(call, column, -1, FindingCode::bad_encoding, text, true);
            good = false;
        }
    };
    for (const Person& person : persons_) judge(person.name);
    for (const Field& field : fields_) judge(field.column);
    return good;
}

template <class Row>
void RowMapper::land(std::uint32_t row, const Row& cells, std::span<const Number> numbers, std::int64_t days,
                     FeedRows& out) const {
    const std::size_t rows = out.batch.rows;
    put_number(at(out, layout_.row), rows, row);
    if (layout_.event_date >= 0) put_number(at(out, layout_.event_date), rows, days);
    for (std::size_t i = 0; i < persons_.size(); ++i) {
        const Person& person = persons_[i];
        put_number(at(out, person.at.id), rows, static_cast<std::int64_t>(numbers[i].packed),
                   numbers[i].has_number());
        put_text(at(out, person.at.name), rows, trim(cells.text(person.name)));
        if (person.at.phone < 0) continue;
        const std::string_view phone = cells.text(person.phone);
        put_text(at(out, person.at.phone), rows,
                 is_plain_phone(phone) ? phone : std::string_view(read_phone_text(phone)));
    }
    for (const Field& field : fields_) {
        const std::string_view text = trim(cells.text(field.column));
        column::Column& column = at(out, field.at);
        if (!field.dictionary) {
            put_text(column, rows, is_ascii(text) ? text : std::string_view(half_width(text)));
            continue;
        }
        put(column, rows, text.empty() ? column::Status::none : column::Status::value);
        column.dictionary.append(text);
    }
    ++out.batch.rows;
}

// Asked only of rows without a usable number: a person's row is one whatever else stands in it.
template <class Row>
bool RowMapper::is_data(const Row& cells) const {
    RowWords words;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (!cells.own(i)) continue;
        const std::string_view text = trim(cells.text(static_cast<int>(i)));
        if (text.empty()) continue;
        const bool known = i < normal_headings_.size();
        words.see(text, known ? std::string_view(normal_headings_[i]) : std::string_view{},
                  known && mapped_[i]);
    }
    for (const Person& person : persons_) words.see_name(trim(cells.text(person.name)));
    return words.is_data();
}

template <class Row>
void RowMapper::map(std::uint32_t row, const Row& cells, FeedRows& out, std::vector<Finding>& findings,
                    RowCounts& counts) const {
    std::array<Number, most_persons> all{};
    const std::span<Number> numbers(all.data(), persons_.size());
    bool any = false;
    for (std::size_t i = 0; i < persons_.size(); ++i) {
        numbers[i] = judge_number(cells, persons_[i]);
        any = any || numbers[i].has_number();
    }
    if (!any && !is_data(cells)) return;
    ++counts.rows;
    Call call{row, &findings};
    std::int64_t days = 0;
    bool lands = judge_persons(cells, numbers, call);
    lands = judge_date(cells, days, call) && lands;
    lands = judge_texts(cells, call) && lands;
    if (lands) {
        land(row, cells, numbers, days, out);
    } else {
        ++counts.refused;
    }
}

void RowMapper::map_row(std::uint32_t row, std::span<const Cell> cells, FeedRows& out,
                        std::vector<Finding>& findings, RowCounts& counts) const {
    map(row, CellRow{cells, is_text_}, out, findings, counts);
}

void RowMapper::map_row(std::uint32_t row, std::span<const std::string_view> cells, FeedRows& out,
                        std::vector<Finding>& findings, RowCounts& counts) const {
    map(row, TextRow{cells}, out, findings, counts);
}

}  // namespace doudi::intake
