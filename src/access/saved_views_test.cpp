// SPDX-License-Identifier: Apache-2.0
#include "access/saved_views.h"

#include <doctest/doctest.h>

#include "access/access_test_support.h"

namespace doudi::access {
namespace {

using Views = std::vector<SavedView>;

}  // namespace

TEST_CASE("views are an account's own, of one list, in its order; what is put takes the place of all") {
    TestStore store;
    const UserId one{1};
    const UserId other{2};
    const Views views{{"本县红色超期", "level=red&overdue=yes"}, {"a", "region=441622"}};
    CHECK(value(read_saved_views(store.database, one, "warnings")).empty());
    REQUIRE(put_saved_views(store.database, one, "warnings", views).has_value());
    CHECK(value(read_saved_views(store.database, one, "warnings")) == views);
    CHECK(value(read_saved_views(store.database, other, "warnings")).empty());
    CHECK(value(read_saved_views(store.database, one, "cases")).empty());
    REQUIRE(put_saved_views(store.database, other, "warnings", Views{views[1]}).has_value());
    REQUIRE(put_saved_views(store.database, one, "warnings", Views{views[1], views[0]}).has_value());
    CHECK(value(read_saved_views(store.database, one, "warnings")) == Views{views[1], views[0]});
    REQUIRE(put_saved_views(store.database, one, "warnings", Views{}).has_value());
    CHECK(value(read_saved_views(store.database, one, "warnings")).empty());
    CHECK(value(read_saved_views(store.database, other, "warnings")) == Views{views[1]});
}

}  // namespace doudi::access
