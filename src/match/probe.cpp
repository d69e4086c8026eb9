// SPDX-License-Identifier: Apache-2.0
#include "match/probe.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/id_number.h"
#include "match/row_judge.h"

namespace doudi::match {

namespace {

// Rows are looked through in strips: first the filter for all of a strip, then the few that it lets pass in
// full.
constexpr std::size_t strip_rows = 1024;
// The filter's words are asked for so many rows before they are looked at.
constexpr std::size_t filter_ahead = 32;

struct NumberColumn {
    const std::int64_t* numbers = nullptr;
    const column::Status* status = nullptr;  // null: every row has a value
};

NumberColumn number_column(const column::Column& column) {
    return {column.numbers.data(), column.status.empty() ? nullptr : column.status.data()};
}

// Looks through rows for those that need a closer look: whose number may be registered, or that are odd (a
// wrong check character, no number, dated after the last day). Branches little, because what passes is rare
// and not foreseeable.
class Filter {
  public:
    Filter(const Roster& roster, const intake::FeedLayout& layout, const column::Batch& batch,
           std::int64_t last_day)
        : roster_(roster),
          dates_(number_column(batch.columns[static_cast<std::size_t>(layout.event_date)])),
          last_day_(last_day) {
        for (const intake::FeedLayout::Role& role : layout.roles)
            ids_.push_back({number_column(batch.columns[static_cast<std::size_t>(role.id)]), {}});
    }

    // How many of begin..end were put into passed. The filter's words are asked for well before they are
    // looked at, and a number is hashed then, once.
    std::size_t run(std::size_t begin, std::size_t end, std::uint32_t* passed) {
        std::size_t count = 0;
        for (std::size_t row = begin; row < std::min(begin + filter_ahead, end); ++row) ask(row);
        for (std::size_t row = begin; row < end; ++row) {
            bool look = !is_dated(row);
            for (const Ids& ids : ids_) look = look | may_matter(ids, row);
            passed[count] = static_cast<std::uint32_t>(row);
            count += look ? 1 : 0;
            if (row + filter_ahead < end) ask(row + filter_ahead);
        }
        return count;
    }

    // On or before the last day.
    [[nodiscard]] bool is_dated(std::size_t row) const {
        return has_value(dates_, row) & (dates_.numbers[row] <= last_day_);
    }

    void prefetch(std::size_t row) const {
        for (const Ids& ids : ids_) roster_.prefetch(hash(ids.column, row));
    }

  private:
    // One role's numbers, and the hashes of those that were asked for.
    struct Ids {
        NumberColumn column;
        std::array<std::uint64_t, filter_ahead> hashes{};
    };
    void ask(std::size_t row) {
        for (Ids& ids : ids_) {
            std::uint64_t& hashed = ids.hashes[row % filter_ahead];
            hashed = hash(ids.column, row);
            roster_.prefetch_filter(hashed);
        }
    }
    static bool has_value(const NumberColumn& column, std::size_t row) {
        return column.status == nullptr || column.status[row] == column::Status::value;
    }
    static std::uint64_t hash(const NumberColumn& id, std::size_t row) {
        return Roster::number_hash(static_cast<std::uint64_t>(id.numbers[row]));
    }
    [[nodiscard]] bool may_matter(const Ids& ids, std::size_t row) const {
        const bool odd = !has_value(ids.column, row) | (ids.column.numbers[row] < 0);
        return odd | roster_.may_hold(ids.hashes[row % filter_ahead]);
    }

    const Roster& roster_;
    NumberColumn dates_;
    std::int64_t last_day_;
    std::vector<Ids> ids_;
};

}  // namespace

Matcher::Matcher(const policy::Dataset& dataset, const Roster& roster, MatchOptions options)
    : dataset_(dataset),
      roster_(roster),
      options_(std::move(options)),
      layout_(intake::FeedLayout::of(dataset)) {}

// Without branches on what the filter says, so that the reads of many rows overlap; each number is hashed
// once, when its word of the filter is asked for.
void Matcher::choose(const intake::RowKeys& keys, std::vector<std::uint8_t>& wanted) const {
    const std::int32_t last_day = options_.arrived.date.days();
    for (std::size_t row = 0; row < keys.rows; ++row) wanted[row] = keys.days[row] > last_day ? 1 : 0;
    for (const std::vector<std::uint64_t>& numbers : keys.numbers) {
        std::array<std::uint64_t, filter_ahead> hashes{};
        const auto ask = [&](std::size_t row) {
            const std::uint64_t hash = Roster::number_hash(numbers[row]);
            roster_.prefetch_filter(hash);
            hashes[row % filter_ahead] = hash;
        };
        for (std::size_t row = 0; row < std::min(filter_ahead, keys.rows); ++row) ask(row);
        for (std::size_t row = 0; row < keys.rows; ++row) {
            const bool may_hold = roster_.may_hold(hashes[row % filter_ahead]);
            wanted[row] |= static_cast<std::uint8_t>(may_hold);
            if (row + filter_ahead < keys.rows) ask(row + filter_ahead);
        }
    }
}

MatchedRows Matcher::match(const intake::FeedRows& rows) const {
    MatchedRows out;
    if (!options_.only_held_after) out.off_roster = rows.not_wanted;
    RowJudge judge(*this, rows.batch, out);
    Filter filter(roster_, layout_, rows.batch, options_.arrived.date.days());
    std::vector<std::uint32_t> passed(strip_rows);
    for (std::size_t begin = 0; begin < rows.batch.rows; begin += strip_rows) {
        const std::size_t end = std::min(begin + strip_rows, rows.batch.rows);
        std::size_t count = filter.run(begin, end, passed.data());
        if (options_.only_held_after) {
            const auto first = passed.begin();
            const auto dated = [&filter](std::uint32_t row) { return filter.is_dated(row); };
            count = static_cast<std::size_t>(
                std::remove_if(first, first + static_cast<std::ptrdiff_t>(count), dated) - first);
        } else {
            out.off_roster += end - begin - count;
        }
        for (std::size_t i = 0; i < count; ++i) filter.prefetch(passed[i]);
        judge.rows({passed.data(), count});
    }
    return out;
}

}  // namespace doudi::match
