// SPDX-License-Identifier: Apache-2.0
#include "match/compared.h"

#include <doctest/doctest.h>

#include <string>

#include "base/id_number.h"

namespace doudi::match {
namespace {

// The second of the standard's two examples, and what a row may have of it.
constexpr std::string_view known_number = "440524188001010014";

registry::Member known() {
    registry::Member member;
    member.id = PersonId(1);
    member.household = HouseholdId(1);
    member.name = "林大山";
    member.id_number = IdNumber::parse(known_number);
    member.phone = "13900001001";
    return member;
}

std::uint64_t written(std::string_view number) {
    return pack_unchecked(number);
}

}  // namespace

TEST_CASE("what a row tells is the same as the register's, place by place") {
    REQUIRE(known().id_number);
    const Compared same = compare({written(known_number), "林大山", "13900001001"}, known());
    CHECK(same == Compared{true, std::vector<int>{}, true});
    const Compared other = compare({written("440524188001010024"), "林大川", "13900001002"}, known());
    CHECK(other == Compared{false, std::vector{17}, false});
    // The places behind a mask are told as well, the check character's too.
    const Compared more = compare({written("450524188101010015"), "林大山", "13900001001"}, known());
    CHECK(more == Compared{true, std::vector{2, 10, 18}, true});
}

TEST_CASE("what one of the two does not have is not the same and not different") {
    CHECK(compare({0, "", ""}, known()) == Compared{});
    registry::Member bare = known();
    bare.id_number.reset();
    bare.name.clear();
    bare.phone.clear();
    CHECK(compare({written(known_number), "林大山", "13900001001"}, bare) == Compared{});
}

}  // namespace doudi::match
