// SPDX-License-Identifier: Apache-2.0
#include "match/probe.h"

#include <algorithm>
#include <utility>

#include "base/id_number.h"
#include "match/row_judge.h"

namespace doudi::match {

namespace {

// Rows are looked through in strips: first the filter for all of a strip, then the few that it lets pass in
// full.
constexpr std::size_t strip_rows = 1024;

struct NumberColumn {
    const std::int64_t* numbers = nullptr;
    const column::Status* status = nullptr;  // null: every row has a value
};

NumberColumn number_column(const column::Column& column) {
    return {column.numbers.data(), column.status.empty() ? nullptr : column.status.data()};
}

// Plain: a number with the right check character, dated on or before the last day that counts. Anything else
// is looked at in full.
bool is_plain(const NumberColumn& ids, std::size_t row) {
    return (ids.status == nullptr || ids.status[row] == column::Status::value) && ids.numbers[row] >= 0;
}

}  // namespace

Matcher::Matcher(const policy::Dataset& dataset, const Roster& roster, MatchOptions options)
    : dataset_(dataset),
      roster_(roster),
      options_(std::move(options)),
      layout_(intake::FeedLayout::of(dataset)) {}

MatchedRows Matcher::match(const intake::FeedRows& rows) const {
    MatchedRows out;
    RowJudge judge(*this, rows.batch, out);
    const NumberColumn dates =
        number_column(rows.batch.columns[static_cast<std::size_t>(layout_.event_date)]);
    std::vector<NumberColumn> ids;
    for (const intake::FeedLayout::Role& role : layout_.roles) {
        ids.push_back(number_column(rows.batch.columns[static_cast<std::size_t>(role.id)]));
    }
    const std::int64_t last_day = options_.arrived.date.days();
    const bool only_held = options_.only_held_after.has_value();
    std::vector<std::uint32_t> candidates(strip_rows);
    for (std::size_t begin = 0; begin < rows.batch.rows; begin += strip_rows) {
        const std::size_t end = std::min(begin + strip_rows, rows.batch.rows);
        std::size_t passed = 0;
        std::uint64_t off = 0;
        for (std::size_t row = begin; row < end; ++row) {
            const bool dated = dates.status == nullptr || dates.status[row] == column::Status::value;
            bool plain = dated && dates.numbers[row] <= last_day;
            if (only_held && plain) continue;
            bool maybe = false;
            for (const NumberColumn& id : ids) {
                plain = plain && is_plain(id, row);
                if (!plain) break;
                const std::uint64_t hash = Roster::number_hash(static_cast<std::uint64_t>(id.numbers[row]));
                if (!roster_.may_hold(hash)) continue;
                roster_.prefetch(hash);
                maybe = true;
            }
            const bool look = maybe || !plain;
            candidates[passed] = static_cast<std::uint32_t>(row);
            passed += look ? 1 : 0;
            off += look ? 0 : 1;
        }
        out.off_roster += off;
        for (std::size_t i = 0; i < passed; ++i) judge.row(candidates[i]);
    }
    return out;
}

}  // namespace doudi::match
