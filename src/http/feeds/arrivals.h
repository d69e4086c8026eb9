// SPDX-License-Identifier: Apache-2.0
// Files that arrived, as far as a session sees them, and what their senders are told.
#pragma once
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "http/request/call.h"
#include "intake/records.h"
#include "match/repository.h"

namespace doudi::http {

inline constexpr std::array<std::pair<match::Bucket, const char*>, match::bucket_count> bucket_names{
    {{match::Bucket::exact, "exact"},
     {match::Bucket::probable, "probable"},
     {match::Bucket::off_roster, "off_roster"},
     {match::Bucket::review, "review"},
     {match::Bucket::held, "held"},
     {match::Bucket::rejected, "rejected"},
     {match::Bucket::duplicate, "duplicate"}}};

// Of its form alone: who may not read who is on the register learns nothing of it by a file, even one of a
// single row. They ask of one person, with a reason and a quota (category-queries).
[[nodiscard]] inline bool is_told_form_only(const Call& call) {
    return call.scope(access::Verb::read, access::Thing::category).is_empty();
}

// Those until a day that the session sees: of a department its own alone.
[[nodiscard]] Outcome<std::vector<match::StoredArrival>> seen_arrivals(Call& call, Date until);
// 404 "no_such_arrival" also where it is another's.
[[nodiscard]] Outcome<match::StoredArrival> arrival_named(Call& call, std::string_view id);
// Refuses whoever is told of the form of a file alone: what stands behind its rows is for the offices that
// read feeds, and of its own file for a department that may read who is low-income.
[[nodiscard]] Outcome<void> require_row_reader(const Call& call);
// Whom the session reaches of the households that a file names, or does not. A department stands beside the
// households of the office above it, it keeps none.
[[nodiscard]] access::Scope scope_of_rows(const Call& call);
// The feed that the file is of; 409 "not_a_feed" where it is the register's.
[[nodiscard]] Outcome<const policy::Dataset*> feed_of(const Call& call, const match::StoredArrival& arrival);
// What its sender was told, row by row; not_found "findings_deleted" where that is kept no longer.
[[nodiscard]] Outcome<std::vector<intake::Finding>> findings_of(Call& call,
                                                                const match::StoredArrival& arrival);

}  // namespace doudi::http
