// SPDX-License-Identifier: Apache-2.0
#include "determine/fact_column.h"

#include "base/date.h"
#include "base/money.h"
#include "base/result.h"

namespace doudi::determine {

namespace {

bool has_fraction(expr::TypeKind kind) {
    return kind == expr::TypeKind::amount || kind == expr::TypeKind::ratio;
}

}  // namespace

expr::Value value_at(const expr::FactColumn& column, std::size_t row) {
    const expr::Lane lane = column.lanes == nullptr ? expr::Lane::value : column.lanes[row];
    switch (lane) {
        case expr::Lane::none:
            return expr::Value::none();
        case expr::Lane::unknown:
            return expr::Value::unknown(std::vector<expr::FactId>{});
        case expr::Lane::error:
            return expr::Value::error(column.faults == nullptr ? expr::Fault::limit : column.faults[row]);
        case expr::Lane::value:
            break;
    }
    const std::int64_t number = column.numbers == nullptr ? 0 : column.numbers[row];
    const std::int64_t below = column.denominators == nullptr ? 1 : column.denominators[row];
    switch (column.kind) {
        case expr::TypeKind::boolean:
            return expr::Value::boolean(number != 0);
        case expr::TypeKind::date:
            return expr::Value::date(Date::from_days(static_cast<std::int32_t>(number)));
        case expr::TypeKind::money:
            return expr::Value::money(Money::fen(number));
        case expr::TypeKind::amount:
            return expr::Value::amount({number, below});
        case expr::TypeKind::ratio:
            return expr::Value::ratio({number, below});
        case expr::TypeKind::string:
            return expr::Value::borrowed_string(column.words[column.codes[row]]);
        default:
            return expr::Value::integer(number);
    }
}

OwnedColumn::OwnedColumn(expr::TypeKind kind, std::size_t rows)
    : kind_(kind), lanes_(rows, expr::Lane::unknown), faults_(rows, expr::Fault::nothing) {
    if (kind_ == expr::TypeKind::string) {
        codes_.assign(rows, code_of(""));
    } else {
        numbers_.assign(rows, 0);
        if (has_fraction(kind_)) denominators_.assign(rows, 1);
    }
    point();
}

void OwnedColumn::point() {
    column_.kind = kind_;
    column_.lanes = lanes_.data();
    column_.faults = faults_.data();
    column_.numbers = numbers_.empty() ? nullptr : numbers_.data();
    column_.denominators = denominators_.empty() ? nullptr : denominators_.data();
    column_.codes = codes_.empty() ? nullptr : codes_.data();
    column_.words = words_;
}

std::uint32_t OwnedColumn::code_of(std::string_view word) {
    const auto known = dictionary_.find(word);
    if (known != dictionary_.end()) return known->second;
    const auto code = static_cast<std::uint32_t>(words_.size());
    const auto added = dictionary_.emplace(std::string(word), code).first;
    words_.emplace_back(added->first);
    column_.words = words_;
    return code;
}

void OwnedColumn::set(std::size_t row, const expr::Value& value) {
    lanes_[row] = value.lane();
    if (value.is_error()) faults_[row] = value.fault();
    if (!value.is_value()) return;
    ensure(value.kind() == kind_, "a fact is of its column's kind");
    if (kind_ == expr::TypeKind::string) {
        codes_[row] = code_of(value.as_text());
    } else if (has_fraction(kind_)) {
        const expr::Rational fraction = value.as_rational();
        numbers_[row] = fraction.numerator;
        denominators_[row] = fraction.denominator;
    } else if (kind_ == expr::TypeKind::boolean) {
        numbers_[row] = value.as_boolean() ? 1 : 0;
    } else if (kind_ == expr::TypeKind::date) {
        numbers_[row] = value.as_date().days();
    } else if (kind_ == expr::TypeKind::money) {
        numbers_[row] = value.as_money().fen();
    } else {
        numbers_[row] = value.as_integer();
    }
}

OwnedColumn OwnedColumn::of_answer(expr::ColumnAnswer answer) {
    const std::size_t rows = answer.lanes.empty() ? answer.others.size() : answer.lanes.size();
    OwnedColumn made(answer.kind, rows);
    if (!answer.others.empty()) {
        for (std::size_t row = 0; row < rows; ++row) made.set(row, answer.others[row]);
        return made;
    }
    made.lanes_ = std::move(answer.lanes);
    made.faults_ = std::move(answer.faults);
    made.numbers_ = std::move(answer.numbers);
    if (!answer.denominators.empty()) made.denominators_ = std::move(answer.denominators);
    made.point();
    return made;
}

OwnedColumn OwnedColumn::of_truth(const std::vector<expr::Truth>& truth) {
    OwnedColumn made(expr::TypeKind::boolean, truth.size());
    for (std::size_t row = 0; row < truth.size(); ++row) {
        switch (truth[row]) {
            case expr::Truth::unknown:
                break;
            case expr::Truth::error:
                made.lanes_[row] = expr::Lane::error;
                made.faults_[row] = expr::Fault::limit;
                break;
            case expr::Truth::no:
            case expr::Truth::yes:
                made.lanes_[row] = expr::Lane::value;
                made.numbers_[row] = truth[row] == expr::Truth::yes ? 1 : 0;
                break;
        }
    }
    return made;
}

OwnedColumn OwnedColumn::gathered(const expr::FactColumn& column, const std::vector<std::uint32_t>& from) {
    OwnedColumn made(column.kind, from.size());
    made.words_.assign(column.words.begin(), column.words.end());
    for (std::size_t row = 0; row < from.size(); ++row) {
        const std::uint32_t source = from[row];
        made.lanes_[row] = column.lanes == nullptr ? expr::Lane::value : column.lanes[source];
        if (column.faults != nullptr) made.faults_[row] = column.faults[source];
        if (column.codes != nullptr) made.codes_[row] = column.codes[source];
        if (column.numbers != nullptr) made.numbers_[row] = column.numbers[source];
        if (has_fraction(column.kind))
            made.denominators_[row] = column.denominators == nullptr ? 1 : column.denominators[source];
    }
    made.point();
    return made;
}

}  // namespace doudi::determine
