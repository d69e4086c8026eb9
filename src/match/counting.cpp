// SPDX-License-Identifier: Apache-2.0
#include "match/counting.h"

#include <algorithm>
#include <utility>

namespace doudi::match {

namespace {
// Keys are asked for so many hits before they are put in.
constexpr std::size_t hits_ahead = 8;
}  // namespace

bool SeenKeys::insert(std::uint32_t person, std::int32_t date, std::uint64_t key) {
    if ((used_ + 1) * 2 > slots_.size()) grow();
    const std::uint64_t whose = who(person, date);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = place_of(whose, key);; at = (at + 1) & mask) {
        Slot& slot = slots_[at];
        if (slot.who == 0) {
            slot = {whose, key};
            ++used_;
            return true;
        }
        if (slot.who == whose && slot.key == key) return false;
    }
}

void SeenKeys::grow() {
    std::vector<Slot> old(std::max<std::size_t>(1024, slots_.size() * 2));
    old.swap(slots_);
    const std::size_t mask = slots_.size() - 1;
    for (const Slot& slot : old) {
        if (slot.who == 0) continue;
        std::size_t at = place_of(slot.who, slot.key);
        while (slots_[at].who != 0) at = (at + 1) & mask;
        slots_[at] = slot;
    }
}

struct ArrivalCounter::RowsPart : intake::FeedSink::Part {
    MatchedRows rows;
    std::uint64_t count = 0;
};

ArrivalCounter::ArrivalCounter(const policy::Dataset& dataset, const Roster& roster, MatchOptions options)
    : matcher_(dataset, roster, std::move(options)) {}

void ArrivalCounter::choose(const intake::RowKeys& keys, std::vector<std::uint8_t>& wanted) const {
    matcher_.choose(keys, wanted);
}

std::unique_ptr<intake::FeedSink::Part> ArrivalCounter::process(intake::FeedRows& rows) {
    auto part = std::make_unique<RowsPart>();
    part->rows = matcher_.match(rows);
    part->count = rows.batch.rows + rows.not_wanted;
    return part;
}

std::uint32_t ArrivalCounter::file_condition(const ConditionInput& input) {
    const auto [at, is_new] =
        condition_ids_.try_emplace(input, static_cast<std::uint32_t>(file_.conditions.size()));
    if (is_new) file_.conditions.push_back(input);
    return at->second;
}

void ArrivalCounter::commit(std::unique_ptr<Part> part, std::uint32_t first_row) {
    const auto& rows_part = static_cast<const RowsPart&>(*part);
    const MatchedRows& rows = rows_part.rows;
    file_.buckets.rows += rows_part.count;
    file_.buckets[Bucket::rejected] += rows.rejected;
    file_.buckets[Bucket::held] += rows.held;
    file_.buckets[Bucket::off_roster] += rows.off_roster;
    for (const std::uint32_t row : rows.unmatched_rows) file_.unmatched_rows.push_back(row + first_row);
    for (const std::uint32_t row : rows.rejected_rows) keep_row(row + first_row, Bucket::rejected);
    for (const std::uint32_t row : rows.held_rows) keep_row(row + first_row, Bucket::held);
    for (const DeniedHit& hit : rows.denied) denied_.push_back({hit.row + first_row, hit.person});
    condition_of_part_.clear();
    for (const ConditionInput& input : rows.conditions) condition_of_part_.push_back(file_condition(input));
    auto review = rows.reviews.begin();
    auto probable = rows.probables.begin();
    for (std::size_t at = 0; at < rows.hits.size();) {
        std::size_t next = at;
        while (next < rows.hits.size() && rows.hits[next].row == rows.hits[at].row) ++next;
        const Hit& later = rows.hits[std::min(at + hits_ahead, rows.hits.size() - 1)];
        seen_.prefetch(later.person, later.event_date, later.key);
        const bool taken = take_row({rows.hits.data() + at, next - at}, first_row);
        const std::uint32_t row = rows.hits[at].row;
        const auto keep = [&](auto& item, auto end, std::vector<ReviewItem>& kept) {
            for (; item != end && item->row == row; ++item) {
                if (!taken) continue;
                kept.push_back(*item);
                kept.back().row += first_row;
            }
        };
        keep(review, rows.reviews.end(), file_.reviews);
        keep(probable, rows.probables.end(), probables_);
        at = next;
    }
}

bool ArrivalCounter::is_repeated(std::span<const Hit> row) {
    bool repeated = false;
    for (std::size_t i = 0; i < row.size(); ++i) {
        // A row that names the same person twice repeats nothing by itself.
        const auto same_person = [&](const Hit& other) { return other.person == row[i].person; };
        if (std::ranges::any_of(row.first(i), same_person)) continue;
        repeated = !seen_.insert(row[i].person, row[i].event_date, row[i].key) || repeated;
    }
    return repeated;
}

bool ArrivalCounter::take_row(std::span<const Hit> row, std::uint32_t first_row) {
    // A row that was held is matched anew and tells its events; its bucket stays what it was on the day of
    // import.
    const bool was_held = matcher_.holds() && row.front().event_date > matcher_.options().arrived.date.days();
    if (!was_held) {
        const Grade best = std::ranges::min(row, {}, &Hit::grade).grade;
        const Bucket own = best == Grade::exact      ? Bucket::exact
                           : best == Grade::probable ? Bucket::probable
                                                     : Bucket::review;
        const bool repeated = is_repeated(row);
        const Bucket bucket = repeated ? Bucket::duplicate : own;
        ++file_.buckets[bucket];
        if (matcher_.options().keep_rows) keep_row(row.front().row + first_row, bucket, row);
        if (repeated) return false;
    }
    if (!matcher_.options().keep_hits) return true;
    // Room that is not used costs nothing, what is moved does.
    if (file_.hits.size() + row.size() > file_.hits.capacity())
        file_.hits.reserve(4 * (file_.hits.size() + row.size()));
    for (const Hit& hit : row) {
        if (hit.grade == Grade::review) continue;
        Hit& kept = file_.hits.emplace_back(hit);
        kept.row += first_row;
        if (!condition_of_part_.empty()) kept.conditions = condition_of_part_[hit.conditions];
    }
    return true;
}

void ArrivalCounter::keep_row(std::uint32_t row, Bucket bucket, std::span<const Hit> hits) {
    kept_.push_back({row, bucket, {hits.begin(), hits.end()}});
}

MatchedFile ArrivalCounter::finish(std::uint64_t refused_by_form) {
    file_.buckets.rows += refused_by_form;
    file_.buckets[Bucket::rejected] += refused_by_form;
    return std::exchange(file_, {});
}

}  // namespace doudi::match
