// SPDX-License-Identifier: Apache-2.0
#include "http/register/lists_now.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

namespace doudi::http {
namespace {

constexpr std::size_t most_rows = 20'000;     // of one office; a larger one is read by pages
constexpr std::size_t most_weight = 200'000;  // of all: rows, some tens of megabytes
constexpr std::size_t weight_of_a_scope = 100;

// What a filter asks of a row; `day`: the scope's.
struct Fitting {
    const access::UnitTree& units;
    Date day;

    bool place(const PlacedHousehold& one, const PlaceFilter& filter) const {
        const bool below = !filter.below || (one.unit && units.within(*one.unit, *filter.below, day));
        return below && (!filter.at || one.unit == filter.at);
    }
    // `joined` by ;
    static bool stands_on(std::string_view joined, std::string_view indicator) {
        while (!joined.empty()) {
            const std::size_t end = std::min(joined.find(';'), joined.size());
            if (joined.substr(0, end) == indicator) return true;
            joined.remove_prefix(std::min(end + 1, joined.size()));
        }
        return false;
    }
    bool warning(const ListedWarning& row, const WarningFilter& filter) const {
        // A filter by day leaves out those that have none.
        const bool by_day = filter.due_from || filter.due_until;
        if (by_day && !row.due_on) return false;
        const auto& levels = filter.levels;
        return (levels.empty() || std::ranges::find(levels, row.level) != levels.end()) &&
               row.region.starts_with(filter.region) &&
               (!filter.due_from || *row.due_on >= *filter.due_from) &&
               (!filter.due_until || *row.due_on <= *filter.due_until) &&
               (!filter.issued_from || row.issued_on >= *filter.issued_from) &&
               (!filter.issued_until || row.issued_on <= *filter.issued_until) &&
               (filter.category.empty() || row.category == filter.category) &&
               (filter.indicator.empty() || stands_on(row.indicators, filter.indicator)) &&
               place(row.household, filter.place);
    }
    bool household(const StandingHousehold& row, const HouseholdFilter& filter) const {
        return row.region.starts_with(filter.region) &&
               (filter.category.empty() || row.category == filter.category) &&
               place(row.household, filter.place);
    }
};

// The open ones are kept.
bool asks_for_open(const WarningFilter& filter) {
    return filter.is_closed && !*filter.is_closed;
}

// The scope's condition with its values says which rows there are: for colleagues they are the same.
std::string key_of(const access::Scope& scope) {
    const auto cut = scope.sql({.household = "h.id", .household_unit = "hu.unit"}, 1);
    std::string key = fmt::format("{} {}", scope.day().iso(), cut.condition);
    for (const auto& value : cut.values)
        std::visit([&](const auto& one) { key += fmt::format("\n{}", one); }, value);
    return key;
}

}  // namespace

template <class Row>
std::shared_ptr<typename KeptLists<Row>::Entry> KeptLists<Row>::entry_of(const std::string& key) {
    const std::scoped_lock lock(mutex_);
    auto& entry = entries_[key];
    if (!entry) entry = std::make_shared<Entry>();
    entry->used = ++uses_;
    return entry;
}

// Those go that were not asked for the longest.
template <class Row>
void KeptLists<Row>::make_room(const std::shared_ptr<Entry>& fresh, std::size_t rows) {
    const std::scoped_lock lock(mutex_);
    fresh->weight = rows + weight_of_a_scope;
    std::size_t all = 0;
    for (const auto& [key, entry] : entries_) all += entry->weight;
    while (all > most_weight) {
        const auto oldest =
            std::ranges::min_element(entries_, {}, [](const auto& one) { return one.second->used; });
        if (oldest->second == fresh) return;
        all -= oldest->second->weight;
        entries_.erase(oldest);
    }
}

template <class Row>
Result<KeptRows<Row>> KeptLists<Row>::get(Call& call, const access::Scope& scope) {
    // What hangs on assignments changes without anything being published; citizens have one household.
    if (scope.by_assignment() || call.who().kind != access::SessionKind::staff) return KeptRows<Row>();
    const auto entry = entry_of(key_of(scope));
    const std::scoped_lock lock(entry->mutex);
    const PublishId current = call.desk.data.current();
    if (entry->laid == call.desk.laid && entry->publish == current && entry->units == call.units)
        return entry->rows;
    auto rows = TRY(read_(call.desk.data, scope, most_rows + 1));
    const bool is_kept = rows.size() <= most_rows;
    const std::size_t count = is_kept ? rows.size() : 0;
    entry->rows = is_kept ? std::make_shared<const std::vector<Row>>(std::move(rows)) : KeptRows<Row>();
    entry->laid = call.desk.laid;
    entry->publish = current;
    entry->units = call.units;
    make_room(entry, count);
    return entry->rows;
}

ListsNow::ListsNow()
    : warnings_([](store::DataFolder& data, const access::Scope& scope, std::size_t most) {
          return list_warnings(data, scope, {}, {}, most);
      }),
      households_(standing_households) {}

Result<std::vector<ListedWarning>> ListsNow::warnings(Call& call, const access::Scope& scope,
                                                      const WarningFilter& filter, const WarningPlace& after,
                                                      std::size_t limit) {
    const auto kept = asks_for_open(filter) ? TRY(warnings_.get(call, scope)) : KeptRows<ListedWarning>();
    if (!kept) return list_warnings(call.desk.data, scope, filter, after, limit);
    const auto first = std::ranges::upper_bound(
        *kept, std::pair(after.due, after.id), {},
        [](const ListedWarning& row) { return std::pair(due_key(row.due_on), row.id); });
    const Fitting fitting{*call.units, scope.day()};
    std::vector<ListedWarning> rows;
    for (auto row = first; row != kept->end() && rows.size() < limit; ++row) {
        if (fitting.warning(*row, filter)) rows.push_back(*row);
    }
    return rows;
}

Result<std::vector<LevelCount>> ListsNow::warning_counts(Call& call, const access::Scope& scope,
                                                         const WarningFilter& filter) {
    const auto kept = asks_for_open(filter) ? TRY(warnings_.get(call, scope)) : KeptRows<ListedWarning>();
    if (!kept) return count_warnings(call.desk.data, scope, filter);
    const Fitting fitting{*call.units, scope.day()};
    std::vector<LevelCount> counts;
    for (const ListedWarning& row : *kept) {
        if (!fitting.warning(row, filter)) continue;
        auto count = std::ranges::find(counts, row.level, &LevelCount::level);
        if (count == counts.end()) count = counts.insert(counts.end(), {row.level, 0});
        ++count->count;
    }
    return counts;
}

Result<std::vector<PlacedHousehold>> ListsNow::households(Call& call, const access::Scope& scope,
                                                          const HouseholdFilter& filter,
                                                          std::string_view after, std::size_t limit) {
    const auto kept = TRY(households_.get(call, scope));
    if (!kept) return list_households(call.desk.data, scope, filter, after, limit);
    const auto code_of = [](const StandingHousehold& row) { return std::string_view(row.household.code); };
    const auto first = std::max(std::ranges::upper_bound(*kept, after, {}, code_of),
                                std::ranges::lower_bound(*kept, std::string_view(filter.code), {}, code_of));
    const Fitting fitting{*call.units, scope.day()};
    std::vector<PlacedHousehold> rows;
    for (auto row = first; row != kept->end() && rows.size() < limit; ++row) {
        if (!row->household.code.starts_with(filter.code)) break;
        if (fitting.household(*row, filter)) rows.push_back(row->household);
    }
    return rows;
}

}  // namespace doudi::http
