// SPDX-License-Identifier: Apache-2.0
#include "store/database.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>
#include <stdexcept>
#include <string>

#include "store/connection.h"
#include "store/migrations.h"
#include "store/test_folder.h"

namespace doudi::store {
namespace {

Database open_new(const TestFolder& folder) {
    auto database = Database::open(folder / "x.sqlite");
    REQUIRE(database);
    REQUIRE(database->execute(
        "create table thing (id integer primary key, name text not null unique, day text) strict"));
    return std::move(*database);
}

std::int64_t count_things(Database& database) {
    auto query = database.prepare("select count(*) from thing");
    REQUIRE(query);
    const auto row = query->step();
    REQUIRE((row && *row));
    return query->integer(0);
}

Result<void> add_thing(Database& database, std::int64_t id, std::string_view name) {
    auto insert = TRY(database.prepare("insert into thing (id, name) values ($1, $2)"));
    return insert.bind(1, id).bind(2, name).run();
}

void write_file(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

TEST_CASE("$n is the n-th value wherever it stands in the text") {
    const TestFolder folder;
    Database database = open_new(folder);
    auto query = database.prepare("select $2, $1, $3, $1");
    REQUIRE(query);
    query->bind(1, 10).bind(2, std::string_view("二")).bind(3, Date::from_ymd(2025, 6, 30));
    const auto row = query->step();
    REQUIRE((row && *row));
    CHECK(query->text(0) == "二");
    CHECK(query->integer(1) == 10);
    CHECK(query->date(2) == Date::from_ymd(2025, 6, 30));
    CHECK(query->text(2) == "2025-06-30");
    CHECK(query->integer(3) == 10);
}

TEST_CASE("an absent value is null, an empty text is not") {
    const TestFolder folder;
    Database database = open_new(folder);
    auto query = database.prepare("select $1, $2, $3");
    REQUIRE(query);
    query->bind(1, std::optional<Date>{}).bind(2, std::string_view{}).bind_null(3);
    const auto row = query->step();
    REQUIRE((row && *row));
    CHECK(query->is_null(0));
    CHECK_FALSE(query->date(0));
    CHECK_FALSE(query->is_null(1));
    CHECK(query->is_null(2));
}

TEST_CASE(
    "a statement that is asked for again comes without the old values, also while the first is in use") {
    const TestFolder folder;
    Database database = open_new(folder);
    {
        auto first = database.prepare("select $1");
        REQUIRE(first);
        first->bind(1, 1);
        REQUIRE(first->step());
        auto second = database.prepare("select $1");
        REQUIRE(second);
        REQUIRE(second->step());
        CHECK(second->is_null(0));
        CHECK(first->integer(0) == 1);
    }
    auto third = database.prepare("select $1");
    REQUIRE(third);
    REQUIRE(third->step());
    CHECK(third->is_null(0));
}

TEST_CASE("write() keeps all or nothing") {
    const TestFolder folder;
    Database database = open_new(folder);
    REQUIRE(database.write([&] { return add_thing(database, 1, "a"); }));
    const auto failed = database.write([&]() -> Result<void> {
        TRY_VOID(add_thing(database, 2, "b"));
        return fail(ErrorKind::invalid, "no", {"不", "no"});
    });
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == "no");
    CHECK(count_things(database) == 1);
    CHECK_THROWS_AS((void)database.write([&]() -> Result<void> {
        TRY_VOID(add_thing(database, 3, "c"));
        throw std::runtime_error("x");
    }),
                    std::runtime_error);
    CHECK(count_things(database) == 1);
    REQUIRE(database.write([&] { return add_thing(database, 4, "d"); }));
    CHECK(count_things(database) == 2);
}

TEST_CASE("a broken rule of the schema is a conflict that names the rule and no value") {
    const TestFolder folder;
    Database database = open_new(folder);
    REQUIRE(add_thing(database, 1, "441699197406129795"));
    const auto twice = add_thing(database, 2, "441699197406129795");
    REQUIRE_FALSE(twice);
    CHECK(twice.error().kind == ErrorKind::conflict);
    CHECK(twice.error().code == "store_constraint");
    CHECK(twice.error().text.en.find("thing.name") != std::string::npos);
    CHECK(twice.error().message(Lang::zh).find("4416") == std::string::npos);
}

TEST_CASE("a wrong statement is an error, not an end") {
    const TestFolder folder;
    Database database = open_new(folder);
    const auto statement = database.prepare("select nothing from nowhere");
    REQUIRE_FALSE(statement);
    CHECK(statement.error().code == "store_statement");
}

TEST_CASE("a file that is no database, another program's, damaged: each is told apart") {
    const TestFolder folder;
    write_file(folder / "text", std::string(5000, 'x'));
    const auto text = Database::open(folder / "text");
    REQUIRE_FALSE(text);
    CHECK(text.error().code == "store_not_a_database");
    CHECK(text.error().kind == ErrorKind::unreadable);

    {
        auto foreign = Connection::open(folder / "foreign", Connection::Use::write);
        REQUIRE(foreign);
        REQUIRE((*foreign)->execute("create table theirs (x)"));
    }
    const auto foreign = Database::open(folder / "foreign");
    REQUIRE_FALSE(foreign);
    CHECK(foreign.error().code == "store_foreign");
    CHECK(foreign.error().where.find("foreign") != std::string::npos);

    {
        Database sound = open_new(folder);
    }
    std::fstream file(folder / "x.sqlite", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(100);
    file << std::string(400, '\xFF');
    file.close();
    const auto damaged = Database::open(folder / "x.sqlite");
    REQUIRE_FALSE(damaged);
    CHECK(damaged.error().code == "store_corrupt");
}

TEST_CASE("migrations are taken once and in order; a newer schema is refused, an older one by a reader") {
    const TestFolder folder;
    constexpr Migration steps[] = {
        {1, "0001_a", "create table a (x integer) strict;"},
        {2, "0002_b", "create table b (x integer) strict; insert into b values (1);"}};
    const std::span<const Migration> all(steps);
    auto connection = Connection::open(folder / "m", Connection::Use::write);
    REQUIRE(connection);
    REQUIRE(migrate(**connection, all.first(1)));
    const auto older = check_schema(**connection, all);
    REQUIRE_FALSE(older);
    CHECK(older.error().code == "store_older");
    for (int round = 0; round < 2; ++round) REQUIRE(migrate(**connection, all));
    CHECK(*(*connection)->number("select count(*) from b") == 1);
    CHECK(check_schema(**connection, all));
    const auto newer = migrate(**connection, all.first(1));
    REQUIRE_FALSE(newer);
    CHECK(newer.error().code == "store_newer");
}

TEST_CASE("a migration that fails leaves the schema as it was") {
    const TestFolder folder;
    constexpr Migration good[] = {{1, "0001_a", "create table a (x integer) strict;"}};
    constexpr Migration bad[] = {good[0], {2, "0002_b", "create table b (x integer) strict; nonsense;"}};
    auto connection = Connection::open(folder / "m", Connection::Use::write);
    REQUIRE(connection);
    REQUIRE_FALSE(migrate(**connection, bad));
    CHECK(*(*connection)->number("pragma user_version") == 1);
    CHECK(*(*connection)->number("select count(*) from sqlite_master") == 1);
    CHECK(migrate(**connection, good));
}

TEST_CASE("the shipped migrations are numbered from 1 without a gap") {
    int expected = 1;
    for (const Migration& migration : all_migrations()) CHECK(migration.number == expected++);
    CHECK(expected > 1);
}

TEST_CASE("the database is its owner's alone, and safe against a power cut") {
    const TestFolder folder;
    const Database database = open_new(folder);
    struct stat about{};
    REQUIRE(::stat((folder / "x.sqlite").c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    auto connection = Connection::open(folder / "x.sqlite", Connection::Use::write);
    REQUIRE(connection);
    CHECK(*(*connection)->number("pragma synchronous") == 2);
    CHECK(*(*connection)->number("pragma foreign_keys") == 1);
    auto mode = (*connection)->take("pragma journal_mode");
    REQUIRE(mode);
}

TEST_CASE("a reader reads while a writer writes, and changes nothing") {
    const TestFolder folder;
    Database writer = open_new(folder);
    REQUIRE(add_thing(writer, 1, "a"));
    auto reader = Database::open_for_reading(folder / "x.sqlite");
    REQUIRE(reader);
    REQUIRE(writer.write([&]() -> Result<void> {
        TRY_VOID(add_thing(writer, 2, "b"));
        CHECK(count_things(*reader) == 1);
        return {};
    }));
    CHECK(count_things(*reader) == 2);
    const auto refused = add_thing(*reader, 3, "c");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "store_read_only");
    const auto absent = Database::open_for_reading(folder / "absent");
    REQUIRE_FALSE(absent);
    CHECK(absent.error().code == "store_cannot_open");
    CHECK_FALSE(std::filesystem::exists(folder / "absent"));
}

TEST_CASE("a statement may outlive its database") {
    const TestFolder folder;
    auto database = std::make_unique<Database>(open_new(folder));
    auto query = database->prepare("select 7");
    REQUIRE(query);
    database.reset();
    const auto row = query->step();
    REQUIRE((row && *row));
    CHECK(query->integer(0) == 7);
}

}  // namespace doudi::store
