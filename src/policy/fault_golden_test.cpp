// SPDX-License-Identifier: Apache-2.0
// Each kind of mistake that an author of law can make, as a file with the faults that it must get, in both
// languages. testdata/bad/<part>_<what>.yaml takes the place of that part in a copy of the law;
// <part>_<what>.expected holds one line a fault and language. To accept new wording, run with
// DOUDI_WRITE_GOLDEN=1 and read the difference.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "policy/load.h"
#include "policy/test_law.h"

namespace doudi::policy {
namespace {

namespace fs = std::filesystem;

const fs::path bad_folder = fs::path(DOUDI_SOURCE_DIR) / "src/policy/testdata/bad";

std::string read_text(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

constexpr std::string_view bad_pack_header =
    "{id: bad, version: '1', title: {zh: 坏, en: Bad}, source: 试验, extends: guangdong-2021, "
    "effective: {from: 2025-01-01}, public: true}";

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
    };
    const auto place = places.find(part);
    REQUIRE_MESSAGE(place != places.end(), part);
    return place->second;
}

std::string faults_of(const fs::path& bad) {
    const TestLaw law;
    const std::string name = bad.filename().string();
    const std::string place = place_of_part(name.substr(0, name.find('_')));
    const std::string pack = place.starts_with("packs/") ? "bad" : "guangdong-2021";
    law.write("packs/bad/pack.yaml", bad_pack_header);
    law.write(place, read_text(bad));
    const Loaded<Policy> policy = load_policy(law.root(), pack);
    std::string faults;
    if (policy) return "no fault\n";
    for (const Error& error : policy.error()) {
        faults += error.code + "\n  " + error.message(Lang::en) + "\n  " + error.message(Lang::zh) + "\n";
    }
    return faults;
}

TEST_CASE("each kind of mistake in a law file is reported with its place, in both languages") {
    const bool write = std::getenv("DOUDI_WRITE_GOLDEN") != nullptr;
    std::size_t seen = 0;
    for (const fs::directory_entry& entry : fs::directory_iterator(bad_folder)) {
        if (entry.path().extension() != ".yaml") continue;
        ++seen;
        const std::string faults = faults_of(entry.path());
        fs::path golden = entry.path();
        golden.replace_extension(".expected");
        if (write) std::ofstream(golden, std::ios::binary) << faults;
        CHECK_MESSAGE(faults == read_text(golden), entry.path().filename().string());
        CHECK_MESSAGE(faults != "no fault\n", entry.path().filename().string());
    }
    CHECK(seen >= 30);
}

}  // namespace
}  // namespace doudi::policy
