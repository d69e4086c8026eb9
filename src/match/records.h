// SPDX-License-Identifier: Apache-2.0
// What matching says of a department's row: one bucket for each row, and a hit for each person on the
// register that it names.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"

namespace doudi::match {

// In the order in which they are tested; every data row falls into exactly one.
enum class Bucket : std::uint8_t { rejected, held, off_roster, duplicate, review, exact, probable };
inline constexpr std::size_t bucket_count = 7;

struct Buckets {
    std::array<std::uint64_t, bucket_count> count{};
    std::uint64_t rows = 0;
    [[nodiscard]] std::uint64_t operator[](Bucket bucket) const {
        return count[static_cast<std::size_t>(bucket)];
    }
    std::uint64_t& operator[](Bucket bucket) { return count[static_cast<std::size_t>(bucket)]; }
    friend bool operator==(const Buckets&, const Buckets&) = default;
};

enum class Grade : std::uint8_t { exact, probable, review };

// One person of the register named by one row. Hits of one file are ordered by (row, role).
struct Hit {
    std::uint32_t row = 0;         // in the file
    std::uint32_t person = 0;      // PersonId
    std::uint32_t household = 0;   // HouseholdId
    std::int32_t event_date = 0;   // days since 1970
    std::uint64_t key = 0;         // hash of the key columns' folded text; 0 if the dataset has none
    std::uint32_t conditions = 0;  // index into the file's table of distinct condition inputs
    std::uint8_t role = 0;         // index into Dataset::persons
    Grade grade = Grade::exact;
    friend bool operator==(const Hit&, const Hit&) = default;
};

// What the condition columns of a row say, each distinct combination once a file; no text: the cell was
// empty.
using ConditionInput = std::vector<std::optional<std::string>>;

// A number that is registered under another name: a person decides.
struct ReviewItem {
    std::uint32_t row = 0;
    std::uint8_t role = 0;
    std::uint32_t person = 0;  // PersonId that has the number
    std::string name_in_file;
    bool held = false;  // dated after the day of import: for people to see once a cycle counts it
};

// One file after matching.
struct MatchedFile {
    Buckets buckets;
    std::vector<Hit> hits;  // exact and probable ones of rows that are no duplicates; only if asked for
    std::vector<ConditionInput> conditions;
    std::vector<ReviewItem> reviews;
    std::vector<std::uint32_t> unmatched_rows;  // wrong check character, and nobody's
};

}  // namespace doudi::match
