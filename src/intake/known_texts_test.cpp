// SPDX-License-Identifier: Apache-2.0
#include "intake/known_texts.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <map>
#include <string>

namespace doudi::intake {
namespace {

TEST_CASE("a text is known by all of its bytes, up to sixteen of them") {
    KnownTexts<int, 4> known;
    CHECK(known.find("") == nullptr);
    CHECK(known.find("202508") == nullptr);
    known.add("", 1);
    known.add("202508", 2);
    known.add("2025-08-01", 3);
    known.add("1234567890123456", 4);
    known.add("12345678901234567", 5);
    REQUIRE(known.find("2025-08-01") != nullptr);
    CHECK(*known.find("2025-08-01") == 3);
    CHECK(known.find("2025-08-02") == nullptr);
    CHECK(known.find("12345678901234567") == nullptr);
}

TEST_CASE("what is known of a text is what was said of it last, whatever else was added") {
    CHECK(rc::check("KnownTexts", [] {
        KnownTexts<int, 3> known;
        std::map<std::string, int> said;
        int meaning = 0;
        for (const auto& text : *rc::gen::container<std::vector<std::string>>(
                 rc::gen::container<std::string>(rc::gen::element('0', '1', '-')))) {
            known.add(text, ++meaning);
            said[text] = meaning;
            const int* found = known.find(text);
            const bool good = text.size() > 16 ? found == nullptr : found != nullptr && *found == meaning;
            RC_ASSERT(good);
        }
        for (const auto& [text, last] : said) {
            const int* found = known.find(text);
            const bool good = found == nullptr || *found == last;
            RC_ASSERT(good);
        }
    }));
}

}  // namespace
}  // namespace doudi::intake
