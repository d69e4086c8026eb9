// SPDX-License-Identifier: Apache-2.0
#include "intake/form_judge.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/id_number.h"
#include "base/text_fold.h"
#include "intake/date_text.h"
#include "intake/fact_cell.h"
#include "intake/row_words.h"

namespace doudi::intake {
namespace {

constexpr std::size_t digits_of_a_double = 15;

[[nodiscard]] std::uint64_t written_day(Date date) {
    const std::chrono::year_month_day day = date.ymd();
    return static_cast<std::uint64_t>(int{day.year()}) * 10000 + unsigned{day.month()} * 100 +
           unsigned{day.day()};
}

}  // namespace

struct FormJudge::Number {
    enum class State : std::uint8_t { usable, unchecked, absent, refused };
    State state = State::absent;
    FindingCode code = FindingCode::id_empty;
    std::uint64_t packed = 0;

    [[nodiscard]] bool has_number() const { return state == State::usable || state == State::unchecked; }
};

struct FormJudge::Call {
    std::uint32_t row;
    std::vector<Finding>* findings;
};

FormJudge::FormJudge(const MappedColumns& columns, AsOf as_of, const SheetInfo& sheet)
    : columns_(&columns),
      sheet_(sheet.name),
      last_day_(columns.dataset->future_dated == policy::FutureDated::reject
                    ? as_of.date.days()
                    : std::numeric_limits<std::int32_t>::max()),
      unborn_((written_day(as_of.date) + 1) * 1000),
      date_1904_(sheet.date_1904) {}

bool FormJudge::is_plain_day(std::string_view text, std::int32_t& days) const {
    const DateText read = read_date_text(text, date_1904_);
    days = read.date.days();
    return read.kind == DateTextKind::day;
}

void FormJudge::report(Call& call, int file_column, int dataset_column, FindingCode code,
                       std::string_view value, bool refused) const {
    Finding finding;
    finding.row = call.row;
    finding.sheet = sheet_;
    const auto file_at = static_cast<std::size_t>(file_column);
    if (file_column >= 0 && file_at < columns_->headings.size()) {
        finding.column = columns_->headings[file_at];
    } else if (dataset_column >= 0) {
        const policy::DatasetColumn& column =
            columns_->dataset->columns[static_cast<std::size_t>(dataset_column)];
        finding.column = column.headings.empty() ? column.field : column.headings.front();
    }
    finding.code = code;
    finding.value = mask_text(value);
    finding.refused = refused;
    call.findings->push_back(std::move(finding));
}

template <class Row>
FormJudge::Number FormJudge::judge_number(const Row& cells, int column) const {
    using State = Number::State;
    const std::string_view text = cells.text(column);
    const CellKind kind = cells.kind(column);
    std::uint64_t packed = 0;
    if (kind == CellKind::text && is_plain_number(text, packed)) return {State::usable, {}, packed};
    if (kind == CellKind::error) return {State::refused, FindingCode::cell_error, 0};
    const bool is_number = kind == CellKind::number || kind == CellKind::date_serial;
    if (is_number &&
        (text.size() > digits_of_a_double || text.find_first_of(".Ee") != std::string_view::npos)) {
        return {State::refused, FindingCode::id_damaged, 0};
    }
    Number number = judge_number_text(text);
    if (number.state == State::absent && cells.is_short_of(column)) number.code = FindingCode::too_few_cells;
    return number;
}

FormJudge::Number FormJudge::judge_number_text(std::string_view text) const {
    using State = Number::State;
    const IdText read = read_id_text(text);
    switch (read.kind) {
        case IdTextKind::valid: {
            const auto number = IdNumber::parse(read.view());
            ensure(number.has_value(), "a valid text is a number");
            if (!is_born(number->packed())) return {State::refused, FindingCode::id_birth_date, 0};
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
    return {State::absent, FindingCode::id_empty, 0};
}

// Whether the row is usable as far as its persons go.
template <class Row>
bool FormJudge::judge_persons(const Row& cells, std::span<Number> numbers, Call& call) const {
    using State = Number::State;
    const bool phone_will_do = columns_->dataset->without_number == policy::WithoutNumber::name_and_phone;
    const bool usable =
        numbers.empty() || std::ranges::any_of(numbers, [phone_will_do](const Number& number) {
            return number.has_number() || (number.state == State::absent && phone_will_do);
        });
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const Number& number = numbers[i];
        // An absent father beside a usable mother is nothing to report.
        if (number.state == State::usable || (number.state == State::absent && usable)) continue;
        const int column = columns_->persons[i].id;
        report(call, column, columns_->dataset->persons[i].id_column, number.code, cells.text(column),
               !usable);
    }
    return usable;
}

template <class Row>
bool FormJudge::judge_date(const Row& cells, std::int32_t& days, Call& call) const {
    if (columns_->layout.event_date < 0) return true;
    const int column = columns_->date;
    const std::string_view text = cells.text(column);
    const CellKind kind = cells.kind(column);
    FindingCode code = FindingCode::date_unreadable;
    if (kind == CellKind::error) {
        code = FindingCode::cell_error;
    } else {
        const DateText read =
            kind == CellKind::number ? read_date_number(text, date_1904_) : read_date_text(text, date_1904_);
        if (read.kind == DateTextKind::day) [[likely]] {
            days = read.date.days();
            if (takes_day(days)) [[likely]]
                return true;
            code = FindingCode::date_in_future;
        }
        if (read.kind == DateTextKind::empty) code = FindingCode::date_missing;
    }
    if (cells.is_short_of(column)) code = FindingCode::too_few_cells;
    report(call, column, columns_->dataset->event_date_column, code, text, true);
    return false;
}

// Names and fields that were lost on the way: a formula error, or bytes in no known encoding.
template <class Row>
bool FormJudge::judge_texts(const Row& cells, Call& call) const {
    bool good = true;
    const auto judge = [&](int column) {
        const std::string_view text = cells.text(column);
        if (text.empty()) return;
        const bool is_error = cells.kind(column) == CellKind::error;
        if (!is_error && !has_replacement(text)) return;
        report(call, column, -1, is_error ? FindingCode::cell_error : FindingCode::bad_encoding, text, true);
        good = false;
    };
    for (const MappedColumns::Person& person : columns_->persons) judge(person.name);
    for (const MappedColumns::Field& field : columns_->fields) judge(field.column);
    return good;
}

// Cells that tell facts: one that cannot be read tells nothing.
template <class Row>
void FormJudge::judge_facts(const Row& cells, Call& call) const {
    if (!columns_->tells_facts) return;
    for (const MappedColumns::Field& field : columns_->fields) {
        if (field.tells < 0) continue;
        const std::string_view text = cells.text(field.column);
        const FactCell read =
            read_fact_cell(*columns_->dataset, field.tells, text, cells.kind(field.column), date_1904_);
        if (read.fault) report(call, field.column, field.tells, *read.fault, text, false);
    }
}

// Asked only of rows without a usable number: a person's row is one whatever else stands in it.
template <class Row>
bool FormJudge::is_data(const Row& cells) const {
    RowWords words;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (!cells.own(i)) continue;
        const std::string_view text = trim(cells.text(static_cast<int>(i)));
        if (text.empty()) continue;
        const bool known = i < columns_->normal_headings.size();
        words.see(text, known ? std::string_view(columns_->normal_headings[i]) : std::string_view{},
                  known && columns_->known[i]);
    }
    for (const MappedColumns::Person& person : columns_->persons)
        words.see_name(trim(cells.text(person.name)));
    return words.is_data();
}

template <class Row>
FormVerdict FormJudge::judge_row(std::uint32_t row, const Row& cells, std::vector<Finding>& findings) const {
    FormVerdict verdict;
    std::array<Number, most_persons> all{};
    const std::span<Number> numbers(all.data(), columns_->persons.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        numbers[i] = judge_number(cells, columns_->persons[i].id);
        verdict.numbers[i] = numbers[i].has_number() ? numbers[i].packed : RowKeys::no_number;
        verdict.is_data = verdict.is_data || numbers[i].has_number();
    }
    verdict.is_data = verdict.is_data || is_data(cells);
    if (!verdict.is_data) return verdict;
    Call call{row, &findings};
    const bool persons = judge_persons(cells, numbers, call);
    const bool date = judge_date(cells, verdict.day, call);
    const bool texts = judge_texts(cells, call);
    verdict.usable = persons && date && texts;
    if (verdict.usable) judge_facts(cells, call);
    return verdict;
}

template FormVerdict FormJudge::judge_row(std::uint32_t, const TextRow&, std::vector<Finding>&) const;
template FormVerdict FormJudge::judge_row(std::uint32_t, const CellRow&, std::vector<Finding>&) const;

}  // namespace doudi::intake
