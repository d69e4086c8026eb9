// SPDX-License-Identifier: Apache-2.0
#include "http/request/page.h"

#include <doctest/doctest.h>

namespace doudi::http {
namespace {

TEST_CASE("a cursor gives back its place to its own list, and to no other") {
    const Cursors cursors("key");
    const std::vector<std::string> place{"LC000007", "兜底", ""};
    const std::string mark = cursors.write("listHouseholds\nregion=44", place);
    CHECK(cursors.read("listHouseholds\nregion=44", mark) == place);
    CHECK_FALSE(cursors.read("listHouseholds", mark));
    CHECK_FALSE(cursors.read("listExits\nregion=44", mark));
    CHECK_FALSE(Cursors("other key").read("listHouseholds\nregion=44", mark));
}

TEST_CASE("a cursor of which one character is another is refused") {
    const Cursors cursors("key");
    const std::string mark = cursors.write("list", {"LC000007"});
    for (std::size_t i = 0; i < mark.size(); ++i) {
        std::string changed = mark;
        changed[i] = changed[i] == '0' ? '1' : '0';
        CHECK_FALSE(cursors.read("list", changed));
        CHECK_FALSE(cursors.read("list", mark.substr(0, i)));
    }
    CHECK(cursors.read("list", mark));
    CHECK_FALSE(cursors.read("list", mark + "00"));
    CHECK_FALSE(cursors.read("list", mark + "g"));
}

TEST_CASE("random bytes are not the same twice") {
    CHECK(random_hex(16).size() == 32);
    CHECK(random_hex(16) != random_hex(16));
}

}  // namespace
}  // namespace doudi::http
