// SPDX-License-Identifier: Apache-2.0
// Files of a pack with lines torn, doubled, moved and cut: whatever stands in them, loading ends with a law
// or with faults that name a place in a file, never with a crash.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>

#include "policy/coverage.h"
#include "policy/load.h"
#include "policy/test_law.h"

namespace doudi::policy {
namespace {

namespace fs = std::filesystem;

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t bound) {
    return random() % bound;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

// What an author's slip or a torn file may leave.
void mangle_line(Random& random, std::vector<std::string>& lines) {
    static constexpr std::array<std::string_view, 16> scraps{
        "{",    "}",       "[",  "]", ": ",   "- ",     "'",      "\"",
        "null", "&a [*a]", "*a", "!", "\xff", "param.", "person", "||"};
    std::string& line = lines[below(random, lines.size())];
    switch (below(random, 7)) {
        case 0:
            line.clear();
            return;
        case 1:
            line.resize(line.empty() ? 0 : below(random, line.size()));
            return;
        case 2:
            line.insert(below(random, line.size() + 1), scraps[below(random, scraps.size())]);
            return;
        case 3:
            std::swap(line, lines[below(random, lines.size())]);
            return;
        case 4:
            lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(below(random, lines.size())),
                         lines[below(random, lines.size())]);
            return;
        case 5:
            if (!line.empty()) line.erase(below(random, line.size()), 1 + below(random, 4));
            return;
        default:
            line = "  " + line;
            return;
    }
}

TEST_CASE("a mangled pack is loaded or refused with places, and never ends the program") {
    static constexpr std::array<std::string_view, 6> parts{"facts",         "parameters", "categories",
                                                           "determination", "benefits",   "routes"};
    const TestLaw law;
    fs::copy(fs::path(DOUDI_SOURCE_DIR) / "src/policy/testdata/law", law.root() / "packs/trial",
             fs::copy_options::recursive);
    const auto catalogue = load_datasets(law.root() / "datasets");
    REQUIRE(catalogue.has_value());
    Random random(20251126);
    int loaded = 0;
    int refused = 0;
    for (int round = 0; round < 600; ++round) {
        const std::string file = "packs/trial/" + std::string(parts[below(random, parts.size())]) + ".yaml";
        const std::string whole = law.read(file);
        std::vector<std::string> lines = lines_of(whole);
        for (std::size_t times = 1 + below(random, 3); times > 0; --times) mangle_line(random, lines);
        std::string torn;
        for (const std::string& line : lines) torn += line + "\n";
        law.write(file, torn);
        const auto pack = load_pack(law.root() / "packs", "trial", *catalogue);
        law.write(file, whole);
        pack ? ++loaded : ++refused;
        if (pack) continue;
        for (const Error& fault : pack.error()) {
            CHECK_MESSAGE(fault.where.starts_with("packs/trial"), fault.message(Lang::en));
            CHECK_FALSE(fault.text.zh.empty());
            CHECK_FALSE(fault.text.en.empty());
        }
    }
    CHECK(loaded > 20);
    CHECK(refused > 200);
}

}  // namespace
}  // namespace doudi::policy
