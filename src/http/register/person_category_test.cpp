// SPDX-License-Identifier: Apache-2.0
#include "http/register/person_category.h"

#include <doctest/doctest.h>

#include <vector>

#include "policy/load.h"

namespace doudi::http {
namespace {

using casework::PaidTo;

const policy::Law& law() {
    static const policy::Policy loaded = policy::load_policy(DOUDI_SOURCE_DIR, "guangdong-2021").value();
    return loaded.pack.law;
}

constexpr PersonId asked{7};
constexpr PersonId other{8};
const std::string single = "single_member_guarantee";
const std::string margin = "mlg_marginal_household";
const PersonCategory unknown{};

PersonCategory of(const std::string& household, std::size_t members, std::vector<PaidTo> decided = {}) {
    return category_of_person(law(), household, members, decided, asked);
}
PersonCategory is(std::string category) {
    return {true, std::move(category)};
}

}  // namespace

TEST_CASE("a household's category is that of each of its people, whatever is paid to the household") {
    CHECK(of(margin, 3) == is(margin));
    CHECK(of("minimum_living_guarantee", 2, {{"minimum_living_guarantee", std::nullopt}}) ==
          is("minimum_living_guarantee"));
    CHECK(of("an own word", 2) == is("an own word"));
}

TEST_CASE("whoever was decided on is one of the single-member guarantee, and nobody else of the house") {
    CHECK(of(margin, 3, {{single, asked}}) == is(single));
    CHECK(of(margin, 3, {{single, other}}) == is(margin));
    CHECK(of(margin, 3, {{single, other}, {single, asked}}) == is(single));
    CHECK(of(single, 3, {{single, asked}}) == is(single));
    CHECK(of(single, 3, {{single, other}}) == unknown);
}

TEST_CASE("where nothing says which member it is, one of several is unknown and one alone is it") {
    CHECK(of(single, 2) == unknown);
    CHECK(of("单人保", 2) == unknown);
    CHECK(of(single, 1) == is(single));
    // One of the marginal household is of the guarantee: low-income each of them is.
    CHECK(of(margin, 3, {{single, std::nullopt}}) == PersonCategory{true, ""});
    CHECK(of(margin, 1, {{single, std::nullopt}}) == is(single));
}

TEST_CASE(
    "a category of persons that the register gives a whole household is its people's, unless a decision "
    "names one") {
    CHECK(of("extreme_poverty", 2) == is("extreme_poverty"));
    CHECK(of("extreme_poverty", 2, {{"extreme_poverty", asked}}) == is("extreme_poverty"));
    CHECK(of("extreme_poverty", 2, {{"extreme_poverty", other}}) == unknown);
    CHECK(of("特困供养", 2, {{"extreme_poverty", other}}) == unknown);
}

}  // namespace doudi::http
