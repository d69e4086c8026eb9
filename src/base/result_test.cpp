// SPDX-License-Identifier: Apache-2.0
#include "base/result.h"

#include <doctest/doctest.h>

#include <memory>
#include <type_traits>
#include <unordered_set>

#include "base/id.h"

namespace doudi {
namespace {

Result<std::unique_ptr<int>> made(bool good) {
    if (!good) return fail(ErrorKind::invalid, "bad", {"不好", "bad"}, "a.yaml:3:1");
    return std::make_unique<int>(7);
}

Result<void> checked(bool good) {
    if (!good) return fail(ErrorKind::limit, "too_much", {"太多", "too much"});
    return {};
}

Result<int> chained(bool first, bool second) {
    const std::unique_ptr<int> value = TRY(made(first));
    TRY_VOID(checked(second));
    return *value;
}

TEST_CASE("TRY hands on the value, also one that can only be moved, or returns the first error") {
    CHECK(chained(true, true).value() == 7);
    CHECK(chained(false, false).error().code == "bad");
    CHECK(chained(true, false).error().code == "too_much");
    CHECK(chained(true, false).error().kind == ErrorKind::limit);
}

TEST_CASE("an error says its place first, in either language") {
    const Error error = made(false).error();
    CHECK(error.message(Lang::zh) == "a.yaml:3:1: 不好");
    CHECK(error.message(Lang::en) == "a.yaml:3:1: bad");
    CHECK(checked(false).error().message(Lang::en) == "too much");
}

TEST_CASE("the number of a household is not the number of a person") {
    static_assert(!std::is_convertible_v<HouseholdId, PersonId>);
    static_assert(!std::is_convertible_v<std::uint32_t, PersonId>);
    CHECK(PersonId() == PersonId(0));
    CHECK(PersonId(1) < PersonId(2));
    const std::unordered_set<PersonId> ids{PersonId(1), PersonId(2), PersonId(1)};
    CHECK(ids.size() == 2);
}

}  // namespace
}  // namespace doudi
