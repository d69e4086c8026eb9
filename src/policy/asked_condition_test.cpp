// SPDX-License-Identifier: Apache-2.0
#include "policy/asked_condition.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace doudi::policy {
namespace {

const Law& law() {
    static const Policy loaded = load_policy(DOUDI_SOURCE_DIR, "guangdong-2021").value();
    return loaded.pack.law;
}

// The code of the first fault; "none".
std::string fault_of(const std::string& text) {
    const auto compiled = compile_asked(law(), text);
    if (compiled) return "none";
    const Error& first = compiled.error().front();
    CHECK(first.where.starts_with("condition:"));
    CHECK_FALSE(first.text.zh.empty());
    CHECK_FALSE(first.text.en.empty());
    return first.code;
}

}  // namespace

TEST_CASE("a condition about households is asked by the law's names, over several lines too") {
    CHECK(fault_of("members.exists(m, m.former_card_holder)") == "none");
    CHECK(fault_of("members.exists(m,\n  m.age >= 60)\n&& !members.exists(m, m.former_card_holder)") ==
          "none");
    CHECK(fault_of("person.former_card_holder") == "person_of_household");
    for (const char* wrong :
         {"members.exists(m, m.no_such_fact)", "members.exists(m,", "1 + 1", "no_such_name", ""})
        CHECK_MESSAGE(fault_of(wrong) != "none", wrong);
}

TEST_CASE("every fact that is true or false of a household or of anybody in it can be asked") {
    std::size_t asked = 0;
    for (const FactDefinition& fact : law().facts) {
        if (fact.type != FactType::boolean || fact.may_be_none) continue;
        CHECK_MESSAGE(fault_of(condition_of_fact(fact)) == "none", fact.id);
        ++asked;
    }
    CHECK(asked > 20);
}

}  // namespace doudi::policy
