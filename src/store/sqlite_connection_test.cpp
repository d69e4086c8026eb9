// SPDX-License-Identifier: Apache-2.0
// What only a file can be; the contract is database_test.cpp's.
#include "store/sqlite_connection.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>
#include <string>

#include "store/database.h"
#include "store/test_folder.h"

namespace doudi::store {

TEST_CASE("a file that is no database and a damaged one are told apart") {
    const TestFolder folder;
    std::ofstream(folder / "text", std::ios::binary) << std::string(5000, 'x');
    const auto text = Database::open(folder / "text");
    REQUIRE_FALSE(text);
    CHECK(text.error().code == "store_not_a_database");
    CHECK(text.error().kind == ErrorKind::unreadable);
    CHECK(text.error().where.find("text") != std::string::npos);

    {
        REQUIRE(Database::open(folder / "x.sqlite"));
    }
    std::fstream file(folder / "x.sqlite", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(100);
    file << std::string(400, '\xFF');
    file.close();
    const auto damaged = Database::open(folder / "x.sqlite");
    REQUIRE_FALSE(damaged);
    CHECK(damaged.error().code == "store_corrupt");
}

TEST_CASE("a reader does not make the file") {
    const TestFolder folder;
    const auto absent = Database::open_for_reading(folder / "absent");
    REQUIRE_FALSE(absent);
    CHECK(absent.error().code == "store_cannot_open");
    CHECK_FALSE(std::filesystem::exists(folder / "absent"));
}

TEST_CASE("the file is its owner's alone, and safe against a power cut") {
    const TestFolder folder;
    REQUIRE(Database::open(folder / "x.sqlite"));
    struct stat about{};
    REQUIRE(::stat((folder / "x.sqlite").c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    auto connection = SqliteConnection::open(folder / "x.sqlite", Use::write);
    REQUIRE(connection);
    CHECK(*(*connection)->number("pragma synchronous") == 2);
    CHECK(*(*connection)->number("pragma foreign_keys") == 1);
    auto mode = (*connection)->take("pragma journal_mode");
    REQUIRE(mode);
    REQUIRE(*(*mode)->step());
    CHECK((*mode)->text(0) == "wal");
    (*connection)->give_back(std::move(*mode));
}

}  // namespace doudi::store
