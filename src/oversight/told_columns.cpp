// SPDX-License-Identifier: Apache-2.0
#include "oversight/told_columns.h"

#include <algorithm>
#include <charconv>

namespace doudi::oversight {

namespace {

using expr::Value;

Value nothing() {
    return Value::unknown(std::vector<expr::FactId>{});
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (status != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

Value value_of_fact(const policy::FactDefinition& fact, std::string_view text) {
    if (text.empty()) return nothing();
    if (fact.may_be_none && text == "none") return Value::none();
    switch (fact.type) {
        case policy::FactType::boolean:
            if (text == "true" || text == "false") return Value::boolean(text == "true");
            return nothing();
        case policy::FactType::integer:
            if (const auto number = whole_number(text)) return Value::integer(*number);
            return nothing();
        case policy::FactType::money:
            if (const auto fen = whole_number(text)) return Value::money(Money::fen(*fen));
            return nothing();
        case policy::FactType::date:
            if (const auto day = Date::parse_iso(text)) return Value::date(*day);
            return nothing();
        case policy::FactType::word: {
            const auto word = std::ranges::find(fact.words, text, &policy::FactWord::id);
            return word == fact.words.end() ? nothing() : Value::borrowed_string(word->id);
        }
        case policy::FactType::amount:
        case policy::FactType::ratio:
            break;  // never told, only derived
    }
    return nothing();
}

ToldColumn::ToldColumn(const policy::FactDefinition& fact, std::size_t subjects)
    : column_(std::make_unique<determine::OwnedColumn>(policy::type_of(fact.type), subjects)),
      day_(subjects, never) {}

bool ToldColumn::tell(std::size_t subject, const Value& value, Date day) {
    if (day_[subject] > day.days()) return true;
    const bool agrees = day_[subject] != day.days() || expr::same_answer(column_->at(subject), value);
    day_[subject] = day.days();
    column_->set(subject, agrees ? value : nothing());
    return agrees;
}

void ToldColumn::tell_the_rest(const Value& value, Date day) {
    for (std::size_t subject = 0; subject < day_.size(); ++subject) {
        if (day_[subject] == never) (void)tell(subject, value, day);
    }
}

void ToldColumn::as_of(Date day) {
    for (std::int32_t& told : day_) {
        if (told != never) told = day.days();
    }
}

std::uint64_t ToldColumn::take_over(const ToldColumn& other) {
    std::uint64_t conflicts = 0;
    for (std::size_t subject = 0; subject < day_.size(); ++subject) {
        if (other.day_[subject] == never) continue;
        const bool agrees = tell(subject, other.column_->at(subject), Date::from_days(other.day_[subject]));
        if (!agrees) ++conflicts;
    }
    return conflicts;
}

std::uint64_t ToldColumn::forget_older_than(int days, Date day) {
    std::uint64_t forgotten = 0;
    for (std::size_t subject = 0; subject < day_.size(); ++subject) {
        if (day_[subject] == never || day.days() - day_[subject] <= days) continue;
        column_->set(subject, nothing());
        day_[subject] = never;
        ++forgotten;
    }
    return forgotten;
}

std::unique_ptr<determine::OwnedColumn> ToldColumn::take() {
    return std::move(column_);
}

}  // namespace doudi::oversight
