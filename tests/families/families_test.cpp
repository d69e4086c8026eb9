// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include "policy/load.h"
#include <cstdlib>
#include <iostream>
namespace doudi::policy {
TEST_CASE("load") {
    const char* pack = std::getenv("PACK");
    auto loaded = load_policy(DOUDI_SOURCE_DIR, pack ? pack : "chongqing-2024");
    if (!loaded) for (const Error& e : loaded.error()) std::cout << e.message(Lang::en) << "\n";
    CHECK(loaded.has_value());
}
}
