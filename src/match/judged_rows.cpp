// SPDX-License-Identifier: Apache-2.0
#include "match/judged_rows.h"

#include <algorithm>
#include <utility>

#include "base/id_number.h"
#include "match/counting.h"
#include "match/landed_rows.h"
#include "match/roster.h"
#include "match/verdicts.h"

namespace doudi::match {

namespace {

// Whether matching would reject the row if the register had nobody: then no person that it tells has a number
// that can be right, nor may go without one.
Bucket of_nobody(const intake::FeedRows& rows, const intake::FeedLayout& layout,
                 const policy::Dataset& dataset, std::size_t row) {
    const bool may_lack = dataset.without_number != policy::WithoutNumber::reject;
    const bool any = std::ranges::any_of(layout.roles, [&](const intake::FeedLayout::Role& role) {
        const column::Column& ids = rows.batch.columns[static_cast<std::size_t>(role.id)];
        if (ids.status_at(row) != column::Status::value) return may_lack;
        return !is_unchecked(static_cast<std::uint64_t>(ids.numbers[row]));
    });
    return any ? Bucket::off_roster : Bucket::rejected;
}

void take_over(std::vector<JudgedRow>& rows, std::vector<ArrivalCounter::Kept> kept) {
    std::ranges::sort(rows, {}, &JudgedRow::row);
    for (ArrivalCounter::Kept& one : kept) {
        const auto at = std::ranges::lower_bound(rows, one.row, {}, &JudgedRow::row);
        ensure(at != rows.end() && at->row == one.row, "a row that was judged has landed");
        at->bucket = one.bucket;
        at->hits = std::move(one.hits);
    }
}

}  // namespace

Result<std::vector<JudgedRow>> judge_rows(store::DataFolder& folder, const policy::Dataset& dataset,
                                          const StoredArrival& arrival) {
    std::vector<JudgedRow> judged;
    if (arrival.arrival.segment.empty()) return judged;
    const Roster roster = TRY(read_roster(folder, PublishId(arrival.publish.value() - 1)));
    const VerdictBook book = TRY(read_verdicts(folder));
    MatchOptions options{.arrived = arrival.arrival.as_of, .until = arrival.arrival.as_of};
    options.keep_rows = true;
    options.verdicts = book.find(dataset.id);
    auto source = TRY(folder.open_blob(store::Shelf::segments, arrival.arrival.segment));
    const LandedRows landed = TRY(LandedRows::open(std::move(source), dataset));
    const intake::FeedLayout layout = intake::FeedLayout::of(dataset);
    ArrivalCounter counter(dataset, roster, std::move(options));
    intake::FeedRows part;
    for (std::size_t block = 0; block < landed.blocks(); ++block) {
        TRY_VOID(landed.read(block, part));
        const column::Column& numbers = part.batch.columns[static_cast<std::size_t>(layout.row)];
        for (std::size_t row = 0; row < part.batch.rows; ++row) {
            JudgedRow& one = judged.emplace_back();
            one.row = static_cast<std::uint32_t>(numbers.numbers[row]);
            one.of_nobody = of_nobody(part, layout, dataset, row);
        }
        counter.commit(counter.process(part), 0);
    }
    take_over(judged, counter.take_kept());
    return judged;
}

}  // namespace doudi::match
