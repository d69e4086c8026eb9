// SPDX-License-Identifier: Apache-2.0
// Golden cases: packs/<id>/cases/*.yaml (docs/formats/pack.md). Each is a case and what must come out of it;
// only what is stated is compared, and every difference is a sentence.
#pragma once
#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "determine/determine.h"
#include "policy/faults.h"
#include "policy/load.h"

namespace doudi::determine {

// One thing that must come out.
struct Expected {
    enum class Kind : std::uint8_t {
        category,   // id, member, value: a verdict
        covers,     // id, values: names
        set,        // member, values: categories and "undecided"
        benefit,    // id, member, value
        share,      // id, member, value
        amount,     // id, member, value: yuan, or unknown, or none
        missing,    // id of a category or benefit, member, values: facts
        ask_first,  // value
        transfer,   // id: to | from | consent; values
        watch,      // id, value: the last day, forever, unknown or none
        sample,     // value
        rule,       // id: a path; value
    };
    Kind kind = Kind::category;
    std::string id;
    std::string member;  // a name; empty: of the household, or of every member
    std::vector<std::string> values;

    [[nodiscard]] const std::string& value() const { return values.front(); }
};

struct GoldenCase {
    std::string id;
    std::string pack;  // the pack that the case names, if it does
    Text says;
    std::string cite;
    std::string shows;
    std::string where;  // file:line:column
    Case told;
    std::vector<Expected> expected;
};

struct GoldenResult {
    std::string id;
    Text says;
    std::string where;
    std::vector<Text> differences;

    [[nodiscard]] bool passed() const { return differences.empty(); }
};

// Of one file; `only_pack`: the cases that name this pack, the others are left out. Empty: all.
[[nodiscard]] std::expected<std::vector<GoldenCase>, std::vector<Error>> read_golden_file(
    const std::filesystem::path& file, std::string shown, const policy::Law& law,
    const std::string& only_pack = {});
// Of all files of a folder; a folder that is not there has none. No two cases have one id.
[[nodiscard]] std::expected<std::vector<GoldenCase>, std::vector<Error>> read_golden_cases(
    const std::filesystem::path& folder, const policy::Law& law);

[[nodiscard]] GoldenResult run_golden(const policy::Law& law, const GoldenCase& golden);

// Where a pack's law lies.
struct PackPlace {
    std::filesystem::path packs;
    std::string id;
    const policy::DatasetCatalogue& catalogue;
};
// Every golden case of a pack, each by the version in force on its day.
[[nodiscard]] std::expected<std::vector<GoldenResult>, std::vector<Error>> run_pack_cases(
    const PackPlace& place);
// Those of one file that name this pack.
[[nodiscard]] std::expected<std::vector<GoldenResult>, std::vector<Error>> run_file_cases(
    const PackPlace& place, const std::filesystem::path& file);

}  // namespace doudi::determine
