// SPDX-License-Identifier: Apache-2.0
// conflicts.yaml: the points on which the notices differ, each with the cases of two notices that decide
// differently, or the reason why none can.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "families/families.h"
#include "policy/folder.h"
#include "policy/yaml_reader.h"

namespace doudi::families {
namespace {

namespace fs = std::filesystem;

constexpr int last_point = 25;
constexpr std::string_view test_prefix = "test:";

struct Row {
    std::string id;
    std::vector<std::string> packs;
    std::vector<std::string> shows;
    Text none;  // why no case can show it
};

std::vector<Row> read_rows() {
    policy::Faults faults;
    std::vector<Row> rows;
    const auto file =
        policy::read_yaml_file(folder() / "conflicts.yaml", "tests/families/conflicts.yaml", faults);
    REQUIRE(file.has_value());
    for (const policy::YamlValue& item : file->list()) {
        const auto record = item.record({"id", "differ", "packs", "shows", "none"});
        if (!record) continue;
        Row row{.id = record->need_text("id")};
        if (const policy::YamlValue* none = record->find("none")) {
            row.none = none->bilingual().value_or(Text{});
        } else {
            (void)record->need_bilingual("differ");
            if (const policy::YamlValue* packs = record->need("packs")) row.packs = packs->texts();
            if (const policy::YamlValue* shows = record->need("shows")) row.shows = shows->texts();
        }
        rows.push_back(std::move(row));
    }
    for (const Error& error : std::move(faults).take()) FAIL_CHECK(error.message(Lang::en));
    return rows;
}

struct Shown {
    std::string notice;
    std::string family;  // empty: a golden case of the pack
    determine::GoldenCase one;
};

// Every case that a row may name: an entry of a family by its id, a golden case as pack/case.
const std::map<std::string, Shown>& all_cases() {
    static const std::map<std::string, Shown> all = [] {
        std::map<std::string, Shown> cases;
        for (const std::string_view notice : notices) {
            for (determine::GoldenCase& one : golden_cases_of(notice)) {
                std::string id = fmt::format("{}/{}", notice, one.id);
                cases.emplace(std::move(id), Shown{std::string(notice), {}, std::move(one)});
            }
            for (const std::string_view family : families) {
                for (determine::GoldenCase& one : entries_of(family, notice)) {
                    std::string id = one.id;
                    cases.emplace(std::move(id),
                                  Shown{std::string(notice), std::string(family), std::move(one)});
                }
            }
        }
        return cases;
    }();
    return all;
}

bool is_a_test_of_the_sources(std::string_view name) {
    const std::string written = fmt::format("TEST_CASE(\"{}\")", name);
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(DOUDI_SOURCE_DIR) / "src")) {
        if (!entry.path().string().ends_with("_test.cpp")) continue;
        const Result<std::string> text = policy::read_whole_file(entry.path());
        if (text && text->find(written) != std::string::npos) return true;
    }
    return false;
}

// Who shows a row: notices by their cases, tests by their names.
std::set<std::string> witnesses_of(const Row& row) {
    std::set<std::string> witnesses;
    for (const std::string& shown : row.shows) {
        if (shown.starts_with(test_prefix)) {
            CHECK_MESSAGE(is_a_test_of_the_sources(shown.substr(test_prefix.size())), row.id, " ", shown);
            witnesses.insert(shown);
            continue;
        }
        const auto found = all_cases().find(shown);
        CHECK_MESSAGE(found != all_cases().end(), row.id, " names ", shown);
        if (found == all_cases().end()) continue;
        witnesses.insert(found->second.notice);
        if (found->second.family.empty()) CHECK_MESSAGE(found->second.one.shows == row.id, shown);
    }
    return witnesses;
}

bool say_otherwise(const determine::GoldenCase& a, const determine::GoldenCase& b) {
    return std::ranges::any_of(a.expected, [&](const determine::Expected& one) {
        return std::ranges::any_of(b.expected, [&](const determine::Expected& other) {
            return one.kind == other.kind && one.id == other.id && one.member == other.member &&
                   one.values != other.values;
        });
    });
}

TEST_CASE("each of the points C01 to C25 on which the notices differ has its row, in order") {
    const std::vector<Row> rows = read_rows();
    REQUIRE(rows.size() == last_point);
    for (int point = 1; point <= last_point; ++point)
        CHECK(rows[static_cast<std::size_t>(point - 1)].id == fmt::format("C{:02}", point));
}

TEST_CASE("every point that a clause names has a row") {
    std::set<std::string> rows;
    for (const Row& row : read_rows()) rows.insert(row.id);
    std::ifstream clauses(fs::path(DOUDI_SOURCE_DIR) / "packs/clauses.tsv");
    REQUIRE(clauses.good());
    int named = 0;
    for (std::string line; std::getline(clauses, line);) {
        std::string points = line.substr(line.rfind('\t') + 1);
        for (std::size_t at = 0; at + 3 <= points.size(); at += 4) {
            const std::string point = points.substr(at, 3);
            if (point[0] != 'C' || point.find_first_not_of("0123456789", 1) != std::string::npos) break;
            ++named;
            CHECK_MESSAGE(rows.contains(point), line);
        }
    }
    CHECK(named > 0);
}

TEST_CASE("a point is shown by cases of two notices, or the reason stands there why none can") {
    for (const Row& row : read_rows()) {
        if (row.packs.empty()) {
            CHECK_MESSAGE((!row.none.zh.empty() && !row.none.en.empty()), row.id);
            continue;
        }
        const std::set<std::string> witnesses = witnesses_of(row);
        REQUIRE_MESSAGE(row.packs.size() == 2, row.id);
        CHECK_MESSAGE(witnesses.size() >= 2, row.id);
        const bool has_test = std::ranges::any_of(
            witnesses, [](const std::string& witness) { return witness.starts_with(test_prefix); });
        for (const std::string& pack : row.packs)
            CHECK_MESSAGE((witnesses.contains(pack) || has_test), row.id, " ", pack);
    }
}

TEST_CASE("where a point names one family under both notices, the two entries say otherwise of something") {
    int pairs = 0;
    for (const Row& row : read_rows()) {
        for (const std::string& a : row.shows) {
            for (const std::string& b : row.shows) {
                const auto first = all_cases().find(a), second = all_cases().find(b);
                if (a >= b || first == all_cases().end() || second == all_cases().end()) continue;
                if (first->second.family.empty() || first->second.family != second->second.family) continue;
                if (std::ranges::find(row.packs, first->second.notice) == row.packs.end()) continue;
                if (std::ranges::find(row.packs, second->second.notice) == row.packs.end()) continue;
                ++pairs;
                CHECK_MESSAGE(say_otherwise(first->second.one, second->second.one), row.id, " ", a, " ", b);
            }
        }
    }
    CHECK(pairs >= 10);
}

}  // namespace
}  // namespace doudi::families
