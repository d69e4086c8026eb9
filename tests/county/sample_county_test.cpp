// SPDX-License-Identifier: Apache-2.0
// The sample county, to the letter (samples/README.md), and the same county in other clothes.
#include <doctest/doctest.h>

#include <algorithm>

#include "county/county.h"
#include "county/rewrite.h"
#include "store/test_postgres.h"

namespace doudi::county {
namespace {

std::filesystem::path sample() {
    return source_dir() / "samples" / "longchuan";
}

std::string expected(const char* list, const char* quarter) {
    return read_text(sample() / "expected" / (std::string(list) + "-" + quarter + ".csv"));
}

void check_warnings_and_exits(const TwoQuarters& lists) {
    CHECK(lists.q2.warnings == expected("warnings", "2025Q2"));
    CHECK(lists.q2.exits == expected("natural-exits", "2025Q2"));
    CHECK(lists.q3.warnings == expected("warnings", "2025Q3"));
    CHECK(lists.q3.exits == expected("natural-exits", "2025Q3"));
}

// The bucket counts of a quality list without the names of the files, which a disguise may change.
std::string counts_of(const std::string& quality) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < quality.size();) {
        const std::size_t end = quality.find('\n', at);
        const std::string line = quality.substr(at, end - at);
        lines.push_back(line.substr(line.find(',')));
        at = end + 1;
    }
    std::ranges::sort(lines);
    std::string text;
    for (const auto& counts : lines) text += counts + "\n";
    return text;
}

void check_disguised(const Disguise& disguise) {
    const TemporaryFolder folder;
    for (const char* part : {"registry", "2025Q2", "2025Q3"}) {
        rewrite_county(sample() / part, folder.path() / part, disguise, guangdong().catalogue);
    }
    std::filesystem::copy_file(sample() / "close-2025Q2.csv", folder.path() / "close-2025Q2.csv");
    const TwoQuarters lists = run_two_quarters(folder.path());
    check_warnings_and_exits(lists);
    CHECK(counts_of(lists.q2.quality) == counts_of(expected("quality", "2025Q2")));
    CHECK(counts_of(lists.q3.quality) == counts_of(expected("quality", "2025Q3")));
}

}  // namespace

TEST_CASE(
    "both quarters of the sample county give the expected warnings, quality and natural exits, to the "
    "letter") {
    const TwoQuarters lists = run_two_quarters(sample());
    check_warnings_and_exits(lists);
    CHECK(lists.q2.quality == expected("quality", "2025Q2"));
    CHECK(lists.q3.quality == expected("quality", "2025Q3"));
}

TEST_CASE("the same on PostgreSQL, to the letter, with one thread and with three") {
    for (const unsigned threads : {1U, 3U}) {
        const store::TestPostgres database;
        const TemporaryFolder folder;
        const TwoQuarters lists =
            run_two_quarters(sample(), {folder.path() / "data", database.url()}, {.threads = threads});
        check_warnings_and_exits(lists);
        CHECK(lists.q2.quality == expected("quality", "2025Q2"));
        CHECK(lists.q3.quality == expected("quality", "2025Q3"));
    }
}

TEST_CASE("one thread or five, small chunks or large: the same to the byte") {
    for (const RunSettings settings :
         {RunSettings{1, 4096}, RunSettings{5, 4096}, RunSettings{3, 1U << 20U}}) {
        CAPTURE(settings.threads);
        CAPTURE(settings.chunk_bytes);
        const TwoQuarters lists = run_two_quarters(sample(), settings);
        check_warnings_and_exits(lists);
        CHECK(lists.q3.quality == expected("quality", "2025Q3"));
    }
}

TEST_CASE("shuffled columns, other headings, an extra column and other file names change nothing") {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        CAPTURE(seed);
        check_disguised({.seed = seed,
                         .shuffle_columns = true,
                         .other_headings = true,
                         .extra_column = true,
                         .rename = true});
    }
}

TEST_CASE("GB18030, UTF-8, UTF-16 and XLSX swapped change nothing") {
    for (const std::uint64_t seed : {11U, 12U}) {
        CAPTURE(seed);
        check_disguised({.seed = seed, .swap_format = true});
    }
    check_disguised({.cloth = Cloth::csv_gb18030});
    check_disguised({.cloth = Cloth::xlsx_shared});
}

TEST_CASE("everything at once changes nothing") {
    check_disguised({.seed = 21,
                     .shuffle_columns = true,
                     .other_headings = true,
                     .extra_column = true,
                     .rename = true,
                     .swap_format = true});
}

}  // namespace doudi::county
