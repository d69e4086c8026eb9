// SPDX-License-Identifier: Apache-2.0
#include "monitor/events.h"

#include <algorithm>
#include <charconv>

#include "expr/evaluate.h"
#include "policy/row_schema.h"

namespace doudi::monitor {

namespace {

// The cells of one row that a condition may read. A blank cell is none; a column that is not landed is
// unknown.
class RowFacts : public expr::Activation {
  public:
    RowFacts(const policy::Dataset& dataset, const std::vector<int>& given,
             const match::ConditionInput& input)
        : dataset_(dataset), given_(given), input_(input), columns_(policy::row_columns(dataset)) {}

    [[nodiscard]] expr::Value get(expr::FieldRef ref) const override {
        if (ref.field >= columns_.size()) return expr::Value::unknown(ref.field);
        const int column = columns_[ref.field];
        const auto at = std::ranges::find(given_, column);
        if (at == given_.end()) return expr::Value::unknown(ref.field);
        const std::optional<std::string>& cell = input_[static_cast<std::size_t>(at - given_.begin())];
        if (!cell) return expr::Value::none();
        if (column != dataset_.event_date_column) return expr::Value::borrowed_string(*cell);
        std::int32_t days = 0;
        std::from_chars(cell->data(), cell->data() + cell->size(), days);
        return expr::Value::date(Date::from_days(days));
    }

  private:
    const policy::Dataset& dataset_;
    const std::vector<int>& given_;
    const match::ConditionInput& input_;
    std::vector<int> columns_;
};

// Landed as such: what else a condition may name is unknown to a cycle.
bool is_landed(const policy::Dataset& dataset, int column) {
    const policy::ColumnType type = dataset.columns[static_cast<std::size_t>(column)].type;
    return type == policy::ColumnType::category || type == policy::ColumnType::code ||
           column == dataset.event_date_column;
}

bool holds_word(const std::vector<std::string>& words, const std::string& word) {
    return std::ranges::find(words, word) != words.end();
}

}  // namespace

EventReader::EventReader(const policy::Policy& policy, int dataset)
    : policy_(policy), dataset_(policy.catalogue.datasets[static_cast<std::size_t>(dataset)]) {
    const auto want = [this](int column) {
        if (!is_landed(dataset_, column) ||
            std::ranges::find(condition_columns_, column) != condition_columns_.end())
            return;
        condition_columns_.push_back(column);
    };
    if (dataset_.status.column >= 0) want(dataset_.status.column);
    row_columns_ = policy::row_columns(dataset_);
    for (std::size_t i = 0; i < policy.pack.indicators.size(); ++i) {
        const policy::Indicator& indicator = policy.pack.indicators[i];
        ensure(indicator.sources.size() <= 16, "an indicator has at most sixteen sources");
        for (std::size_t j = 0; j < indicator.sources.size(); ++j) {
            if (indicator.sources[j].dataset != dataset) continue;
            uses_.push_back({static_cast<std::uint16_t>(i), static_cast<std::uint8_t>(j)});
            if (!indicator.sources[j].when) continue;
            for (const expr::FieldRef& ref : indicator.sources[j].when->referenced_fields()) {
                if (ref.field < row_columns_.size()) want(row_columns_[ref.field]);
            }
        }
    }
}

EventReader::Say EventReader::status_of(const match::ConditionInput& input) const {
    if (dataset_.status.column < 0) return Say::counts;
    const std::optional<std::string>& word = input[status_at_];
    if (!word) return Say::nothing;
    if (holds_word(dataset_.status.takes_back, *word)) return Say::takes_back;
    return dataset_.status.counts.empty() || holds_word(dataset_.status.counts, *word) ? Say::counts
                                                                                       : Say::nothing;
}

// A fact that a row's condition misses is one of its fields (RowFacts).
std::string EventReader::names_of(std::span<const expr::FactId> facts) const {
    std::string names;
    for (const expr::FactId fact : facts) {
        if (fact >= row_columns_.size()) continue;
        names +=
            (names.empty() ? "" : ";") + dataset_.columns[static_cast<std::size_t>(row_columns_[fact])].field;
    }
    return names;
}

EventReader::Answer EventReader::judge(const Use& use, const match::ConditionInput& input) const {
    const Say status = status_of(input);
    const policy::IndicatorSource& source = policy_.pack.indicators[use.indicator].sources[use.source];
    if (status != Say::counts || !source.when) return {status, {}, {}};
    const expr::Value value = expr::evaluate(*source.when, RowFacts(dataset_, condition_columns_, input));
    if (value.is_error()) return {Say::fault, std::string(expr::fault_name(value.fault())), {}};
    if (value.is_true()) return {Say::counts, {}, {}};
    if (value.is_unknown()) return {Say::unknown, {}, names_of(value.facts())};
    return {value.is_none() ? Say::unknown : Say::nothing, {}, {}};
}

void EventReader::read(const match::MatchedFile& file, std::uint32_t arrival, std::vector<Occurrence>& out,
                       std::vector<DoubtfulEvent>& doubtful) const {
    if (file.hits.empty()) return;
    // Without condition columns every row says the same: nothing.
    if (file.hits.empty()) return;
    static const std::vector<match::ConditionInput> no_conditions(1);  // of a dataset whose rows all count
    const auto& inputs = file.conditions.empty() ? no_conditions : file.conditions;
    for (const Use& use : uses_) {
        std::vector<Answer> answers;
        for (const match::ConditionInput& input : inputs) answers.push_back(judge(use, input));
        for (std::size_t at = 0; at < file.hits.size();) {
            std::size_t next = at;
            while (next < file.hits.size() && file.hits[next].row == file.hits[at].row) ++next;
            const Answer& answer = answers[file.hits[at].conditions];
            if (answer.say != Say::nothing)
                read_row({file.hits.data() + at, next - at}, use, answer, arrival, out, doubtful);
            at = next;
        }
    }
}

void EventReader::read_row(std::span<const match::Hit> row, const Use& use, const Answer& answer,
                           std::uint32_t arrival, std::vector<Occurrence>& out,
                           std::vector<DoubtfulEvent>& doubtful) const {
    const policy::Indicator& indicator = policy_.pack.indicators[use.indicator];
    for (const int role : indicator.sources[use.source].roles) {
        const auto hit = std::ranges::find(row, static_cast<std::uint8_t>(role), &match::Hit::role);
        if (hit == row.end()) continue;
        take_person(*hit, use, answer, arrival, out, doubtful);
        if (indicator.take == policy::TakePersons::first_matched) return;
    }
}

void EventReader::take_person(const match::Hit& hit, const Use& use, const Answer& answer,
                              std::uint32_t arrival, std::vector<Occurrence>& out,
                              std::vector<DoubtfulEvent>& doubtful) const {
    if (answer.say == Say::unknown || answer.say == Say::fault) {
        doubtful.push_back({hit.key, hit.person, hit.event_date, arrival, hit.row, use.indicator, hit.grade,
                            answer.fault, answer.missing});
        return;
    }
    Occurrence occurrence;
    occurrence.key = hit.key;
    occurrence.person = hit.person;
    occurrence.date = hit.event_date;
    occurrence.arrival = arrival;
    occurrence.row = hit.row;
    occurrence.indicator = use.indicator;
    occurrence.source = use.source;
    occurrence.grade = hit.grade;
    occurrence.effect = answer.say == Say::takes_back ? Effect::takes_back : Effect::counts;
    out.push_back(occurrence);
}

}  // namespace doudi::monitor
