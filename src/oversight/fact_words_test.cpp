// SPDX-License-Identifier: Apache-2.0
#include "oversight/fact_words.h"

#include "oversight/county_test_support.h"
#include "oversight/household_facts.h"

namespace doudi::oversight {

TEST_CASE("a fact that is a word is of each household what determination has of it, on every day") {
    County office;
    office.policy.pack = pack_of(office.policy.catalogue, "guangdong-2021", half_year.date);
    FactWords words(*office.store, office.policy);
    const RegisterCases all = office.cases(office.policy.pack.law, half_year);
    std::size_t known = 0;
    for (const int later : {0, 400}) {
        const Date day = half_year.date + later;
        for (std::size_t n = 0; n < std::min<std::size_t>(40, all.people.households.size()); ++n) {
            const HouseholdId id = all.people.households[n].id;
            const auto said = words.of(id, "residence_kind", day);
            REQUIRE(said.has_value());
            const auto one = read_household_facts(*office.store, office.policy, AsOf{day}, id);
            REQUIRE(one.has_value());
            const auto fact = one->told.household.find("residence_kind");
            const bool is_told =
                fact != one->told.household.end() && fact->second.value.is(expr::TypeKind::string);
            CHECK(*said == (is_told ? std::string(fact->second.value.as_text()) : std::string()));
            known += said->empty() ? 0U : 1U;
        }
    }
    CHECK(known > 0);
    const auto day = half_year.date;
    CHECK(words.of(HouseholdId(999999), "residence_kind", day).value().empty());
    CHECK(words.of(all.people.households.front().id, "no_such_fact", day).value().empty());
    CHECK(words.of(all.people.households.front().id, "household_size", day).value().empty());
}

}  // namespace doudi::oversight
