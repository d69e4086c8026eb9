// SPDX-License-Identifier: Apache-2.0
// What only a file can be; the contract is database_test.cpp's.
#include "store/sqlite_connection.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

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

namespace {

// As another process sees it: whether this one holds the range by which SQLite knows that someone has the
// database open (and that its log must stay).
bool is_held_for_others(const std::filesystem::path& file) {
    constexpr off_t shared_first = 0x40000000 + 2;
    constexpr off_t shared_size = 510;
    const pid_t child = ::fork();
    if (child == 0) {
        const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
        struct flock lock{};
        lock.l_type = F_WRLCK;
        lock.l_whence = SEEK_SET;
        lock.l_start = shared_first;
        lock.l_len = shared_size;
        ::_exit(::fcntl(descriptor, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK ? 1 : 0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 1;
}

}  // namespace

TEST_CASE("a second connection of a program does not let go of what the first one holds") {
    const TestFolder folder;
    const auto first = Database::open(folder / "x.sqlite");
    REQUIRE(first);
    CHECK(is_held_for_others(folder / "x.sqlite"));
    {
        const auto second = Database::open(folder / "x.sqlite");
        REQUIRE(second);
        CHECK(is_held_for_others(folder / "x.sqlite"));
    }
    CHECK(is_held_for_others(folder / "x.sqlite"));
    const auto reader = Database::open_for_reading(folder / "x.sqlite");
    REQUIRE(reader);
    CHECK(is_held_for_others(folder / "x.sqlite"));
}

}  // namespace doudi::store
