// SPDX-License-Identifier: Apache-2.0
// Each kind of mistake that an author of law can make, as a file with the faults that it must get, in both
// languages. testdata/bad/<part>_<what>.yaml takes the place of that part in a copy of the law, in
// testdata/bad_law/ that of a pack over the invented notice of testdata/law; <part>_<what>.expected holds one
// line a fault and language. To accept new wording, run with
// DOUDI_WRITE_GOLDEN=1 and read the difference.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "policy/coverage.h"
#include "policy/load.h"
#include "policy/test_law.h"

namespace doudi::policy {
namespace {

namespace fs = std::filesystem;

const fs::path testdata = fs::path(DOUDI_SOURCE_DIR) / "src/policy/testdata";

std::string read_text(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string bad_pack_header(const std::string& extends) {
    return "{id: bad, version: '1', title: {zh: 坏, en: Bad}, source: 试验, extends: " + extends +
           ", effective: {from: 2025-01-01}, public: true}";
}

// Where a bad file of that part goes in the copy.
std::string place_of_part(const std::string& part) {
    static const std::map<std::string, std::string> places{
        {"dataset", "datasets/bad.yaml"},
        {"headings", "datasets/headings.yaml"},
        {"calendar", "calendar/2027.yaml"},
        {"pack", "packs/bad/pack.yaml"},
        {"categories", "packs/bad/categories.yaml"},
        {"indicators", "packs/bad/indicators.yaml"},
        {"levels", "packs/bad/levels.yaml"},
        {"monitoring", "packs/bad/monitoring.yaml"},
        {"file", "packs/bad/indicator.yaml"},
        {"facts", "packs/bad/facts.yaml"},
        {"parameters", "packs/bad/parameters.yaml"},
        {"determination", "packs/bad/determination.yaml"},
        {"benefits", "packs/bad/benefits.yaml"},
        {"routes", "packs/bad/routes.yaml"},
        {"procedures", "packs/bad/procedures.yaml"},
        {"coverage", "packs/bad/coverage.yaml"},
    };
    const auto place = places.find(part);
    REQUIRE_MESSAGE(place != places.end(), part);
    return place->second;
}

std::string lines_of(const std::vector<Error>& faults) {
    std::string lines;
    for (const Error& fault : faults)
        lines += fault.code + "\n  " + fault.message(Lang::en) + "\n  " + fault.message(Lang::zh) + "\n";
    return lines;
}

std::string part_of(const fs::path& bad) {
    const std::string name = bad.filename().string();
    return name.substr(0, name.find('_'));
}

std::string faults_of(const fs::path& bad) {
    const TestLaw law;
    const std::string place = place_of_part(part_of(bad));
    const std::string pack = place.starts_with("packs/") ? "bad" : "guangdong-2021";
    law.write("packs/bad/pack.yaml", bad_pack_header("guangdong-2021"));
    law.write(place, read_text(bad));
    const Loaded<Policy> policy = load_policy(law.root(), pack);
    return policy ? "" : lines_of(policy.error());
}

std::string faults_over_trial(const fs::path& bad) {
    const TestLaw law;
    fs::copy(testdata / "law", law.root() / "packs/trial", fs::copy_options::recursive);
    law.write("packs/clauses.tsv", read_text(testdata / "clauses.tsv"));
    law.write("packs/bad/pack.yaml", bad_pack_header("trial"));
    law.write(place_of_part(part_of(bad)), read_text(bad));
    const Loaded<Policy> policy = load_policy(law.root(), "bad");
    if (!policy) return lines_of(policy.error());
    const auto clauses = load_clauses(law.root() / "packs");
    REQUIRE(clauses.has_value());
    const auto coverage = load_coverage(law.root() / "packs", policy->pack, *clauses);
    return coverage ? "" : lines_of(coverage.error());
}

// How many there are.
std::size_t check_folder(const fs::path& folder, std::string (*faults_in)(const fs::path&)) {
    const bool write = std::getenv("DOUDI_WRITE_GOLDEN") != nullptr;
    std::size_t seen = 0;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".yaml") continue;
        ++seen;
        const std::string faults = faults_in(entry.path());
        fs::path golden = entry.path();
        golden.replace_extension(".expected");
        if (write) std::ofstream(golden, std::ios::binary) << faults;
        CHECK_MESSAGE(faults == read_text(golden), entry.path().filename().string());
        CHECK_MESSAGE(!faults.empty(), entry.path().filename().string());
    }
    return seen;
}

TEST_CASE("each kind of mistake in a law file is reported with its place, in both languages") {
    CHECK(check_folder(testdata / "bad", &faults_of) >= 30);
}

TEST_CASE("so is each kind of mistake in facts, parameters, categories, benefits, routes and coverage") {
    CHECK(check_folder(testdata / "bad_law", &faults_over_trial) >= 9);
}

}  // namespace
}  // namespace doudi::policy
