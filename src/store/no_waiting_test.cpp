// SPDX-License-Identifier: Apache-2.0
#include "store/no_waiting.h"

#include <doctest/doctest.h>

#include "store/test_engines.h"

namespace doudi::store {

TEST_CASE_TEMPLATE("who does not wait is told at once that another one writes, and waits again afterwards",
                   Engine, ENGINES) {
    Engine engine;
    Database first = engine.open().value();
    Database second = engine.open().value();
    const auto patience = [&] {
        const char* sql = std::is_same_v<Engine, OnSqlite> ? "pragma busy_timeout" : "show lock_timeout";
        auto query = second.prepare(sql).value();
        REQUIRE(query.step().value());
        return std::is_same_v<Engine, OnSqlite> ? std::to_string(query.integer(0)) : query.text(0);
    };
    const auto note = [](Database& database) {
        return database.write_beside(
            [&] { return database.execute("insert into setting (name, value) values ('x', 'y')"); });
    };
    const std::string before = patience();
    const auto done = first.write([&]() -> Result<void> {
        TRY_VOID(first.execute("insert into setting (name, value) values ('a', 'b')"));
        {
            const NoWaiting none(second);
            const auto refused = note(second);
            REQUIRE_FALSE(refused);
            CHECK(refused.error().code == "store_busy");
            CHECK(patience() != before);
        }
        CHECK(patience() == before);
        return {};
    });
    REQUIRE(done);
    CHECK(note(second));
    const NoWaiting none(first);
    CHECK(first.write([] { return Result<void>(); }));  // nobody else writes: nothing to wait for
}

}  // namespace doudi::store
