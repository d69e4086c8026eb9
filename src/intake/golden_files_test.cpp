// SPDX-License-Identifier: Apache-2.0
// One folder a numbered item of the domain brief's list of what offices do to files (testdata/4.6-NN-*):
// every file in it, as read, against expected.txt. DOUDI_GOLDENS=write writes the texts anew, to be read by a
// person.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "intake/format_test_support.h"
#include "intake/refusals.h"

namespace doudi::intake {
namespace {

[[nodiscard]] std::vector<std::filesystem::path> sorted(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    return paths;
}

[[nodiscard]] bool writes() {
    const char* const mode = std::getenv("DOUDI_GOLDENS");
    return mode != nullptr && std::string_view(mode) == "write";
}

[[nodiscard]] bool is_expected(const std::filesystem::path& path) {
    return path.filename().string().starts_with("expected");
}

[[nodiscard]] std::string content(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

TEST_CASE("each habit of offices gives the rows and findings that its golden file says") {
    const std::filesystem::path root = std::filesystem::path(DOUDI_SOURCE_DIR) / "src/intake/testdata";
    int items = 0;
    for (const auto& folder : sorted(root)) {
        if (!folder.filename().string().starts_with("4.6-")) continue;
        ++items;
        std::string seen;
        for (const auto& path : sorted(folder)) {
            if (!is_expected(path)) seen += test::describe_file(path);
        }
        if (writes()) std::ofstream(folder / "expected.txt", std::ios::binary) << seen;
        CAPTURE(folder.filename().string());
        CHECK(seen == content(folder / "expected.txt"));
    }
    CHECK(items == 12);
}

TEST_CASE("what was refused goes back as a CSV that spreadsheets open, none of whose cells runs") {
    const auto folder = std::filesystem::path(DOUDI_SOURCE_DIR) / "src/intake/testdata/4.6-12-exports";
    const std::string seen =
        table_csv(refusals_table("a-refused.csv", test::findings_of(folder / "a-refused.csv")), true);
    if (writes()) std::ofstream(folder / "expected-refusals.csv", std::ios::binary) << seen;
    CHECK(seen == content(folder / "expected-refusals.csv"));
}

}  // namespace
}  // namespace doudi::intake
