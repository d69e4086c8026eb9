// SPDX-License-Identifier: Apache-2.0
#include "http/feeds/arrival_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "match/verdicts.h"

namespace doudi::http {

namespace {

constexpr std::size_t most_files = 8;

}  // namespace

Result<JudgedRows> JudgedFiles::get(store::DataFolder& data, const policy::Dataset& dataset,
                                    const match::StoredArrival& arrival) {
    const auto book = TRY(match::read_verdicts(data));
    // A file whose rows were deleted in part is another one, and so is one of which somebody has said more.
    const std::string key = fmt::format("{}/{}/{}", arrival.id.value(), arrival.arrival.segment, book.last);
    const std::scoped_lock lock(mutex_);
    const auto known = std::ranges::find(entries_, key, &Entry::key);
    if (known != entries_.end()) return known->rows;
    auto rows =
        std::make_shared<const std::vector<match::JudgedRow>>(TRY(match::judge_rows(data, dataset, arrival)));
    entries_.push_front({key, rows});
    if (entries_.size() > most_files) entries_.pop_back();
    return JudgedRows(std::move(rows));
}

namespace {

// Of those whom its reader reaches the best alone says where the row stands; a repeated row stays one.
match::Bucket bucket_of(const match::JudgedRow& row, const std::optional<match::Grade>& best) {
    if (!best) return row.hits.empty() ? row.bucket : row.of_nobody;
    if (row.bucket == match::Bucket::duplicate) return row.bucket;
    switch (*best) {
        case match::Grade::exact:
            return match::Bucket::exact;
        case match::Grade::probable:
            return match::Bucket::probable;
        case match::Grade::review:
            return match::Bucket::review;
    }
    ensure(false, "a grade");
    return row.bucket;
}

}  // namespace

std::vector<ToldRow> cut_rows(std::span<const match::JudgedRow> rows, const std::set<std::uint32_t>& within) {
    std::vector<ToldRow> told;
    told.reserve(rows.size());
    for (const match::JudgedRow& row : rows) {
        ToldRow& one = told.emplace_back();
        one.row = row.row;
        std::optional<match::Grade> best;
        for (const match::Hit& hit : row.hits) {
            if (!within.contains(hit.household)) continue;
            one.hits.push_back(hit);
            best = std::min(best.value_or(hit.grade), hit.grade);
        }
        one.is_elsewhere = one.hits.empty() && !row.hits.empty();
        one.bucket = bucket_of(row, best);
        one.bad_number = one.bucket == match::Bucket::rejected && row.of_nobody == match::Bucket::rejected;
    }
    return told;
}

const ToldRow* row_numbered(std::span<const ToldRow> rows, std::uint32_t number) {
    const auto at = std::ranges::lower_bound(rows, number, {}, &ToldRow::row);
    return at == rows.end() || at->row != number ? nullptr : &*at;
}

}  // namespace doudi::http
