// SPDX-License-Identifier: Apache-2.0
#include "monitor/in_memory.h"

#include <algorithm>
#include <utility>

namespace doudi::monitor {

intake::FeedSink& InMemoryCycle::add_file(int dataset) {
    EventReader reader(policy_, dataset);
    match::MatchOptions options;
    options.arrived = as_of_;
    options.until = as_of_;
    options.condition_columns = reader.condition_columns();
    options.keep_hits = reader.tells_anything();
    const policy::Dataset& definition = policy_.catalogue.datasets[static_cast<std::size_t>(dataset)];
    files_.push_back({std::move(reader),
                      std::make_unique<match::ArrivalCounter>(definition, roster_, std::move(options))});
    return *files_.back().counter;
}

match::Buckets InMemoryCycle::finish_file(std::size_t file, std::uint64_t refused_by_form) {
    const match::MatchedFile matched = files_[file].counter->finish(refused_by_form);
    files_[file].counter.reset();
    files_[file].reader.read(matched, static_cast<std::uint32_t>(file + 1), occurrences_, doubtful_);
    return matched.buckets;
}

CycleResult InMemoryCycle::run(Memory before) {
    const CycleInput input{
        .as_of = as_of_, .baseline = baseline_, .rank_of = [this](std::uint32_t) { return rank_; }};
    return fold(policy_, roster_, std::move(before), occurrences_, input);
}

std::vector<WarningRow> warning_rows(std::span<const Warning> open, const policy::Pack& pack,
                                     std::span<const registry::Household> households) {
    std::vector<const registry::Household*> by_id;
    for (const registry::Household& household : households) {
        if (household.id.value() >= by_id.size()) by_id.resize(household.id.value() + std::size_t{1});
        by_id[household.id.value()] = &household;
    }
    std::vector<WarningRow> rows;
    for (const Warning& warning : open) {
        WarningRow& row = rows.emplace_back();
        row.household = by_id[warning.household]->code;
        row.score = warning.score;
        if (warning.level >= 0) row.level = pack.levels[static_cast<std::size_t>(warning.level)].id;
        row.issued_on = warning.issued_on;
        if (warning.due) row.due_on = warning.due->date;
        row.due_provisional = warning.due && warning.due->provisional;
        row.indicators = warning.indicators;
    }
    std::ranges::sort(rows, {}, &WarningRow::household);
    return rows;
}

}  // namespace doudi::monitor
