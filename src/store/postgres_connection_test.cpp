// SPDX-License-Identifier: Apache-2.0
// What only a server can do to us; the contract is database_test.cpp's.
#include "store/postgres_connection.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

#include "store/database.h"
#include "store/postgres_error.h"
#include "store/test_postgres.h"

namespace doudi::store {
namespace {

constexpr const char* secret = "Geheim-42";

Error refused(const std::string& url) {
    const auto opened = Database::open(PostgresUrl::parse(url).value());
    REQUIRE_FALSE(opened);
    for (const Lang lang : {Lang::zh, Lang::en}) {
        CHECK(opened.error().message(lang).find(secret) == std::string::npos);
    }
    return opened.error();
}

std::int64_t number(Database& database, const char* sql) {
    auto query = database.prepare(sql);
    REQUIRE_MESSAGE(query, query.error().message(Lang::en));
    const auto row = query->step();
    REQUIRE((row && *row));
    return query->integer(0);
}

// As an administrator, a restart or a broken cable does.
void end_session(std::int64_t pid) {
    test_postgres::must("select pg_terminate_backend(" + std::to_string(pid) + ", 5000)");
}

std::int64_t session_of(Database& database) {
    return number(database, "select pg_backend_pid()");
}

}  // namespace

TEST_CASE(
    "a server that is not there, a wrong password, a wrong database: each is said, none says the password") {
    const std::string host = "?host=" + test_postgres::socket_folder();
    CHECK(refused(std::string("postgresql://doudi:") + secret + "@/x?host=/nowhere").code ==
          "store_no_server");
    CHECK(refused(std::string("postgresql://doudi:") + secret + "@127.0.0.1:1/x").code == "store_no_server");
    CHECK(refused(std::string("postgresql://locked:") + secret + "@/postgres" + host).code == "store_login");
    CHECK(refused("postgresql://locked@/postgres" + host + "&passfile=/nowhere").code == "store_login");
    CHECK(refused(std::string("postgresql://nobody:") + secret + "@/postgres" + host).code == "store_login");
    const Error absent = refused("postgresql://doudi@/no_such" + host);
    CHECK(absent.code == "store_no_database");
    CHECK(absent.where.find("no_such") != std::string::npos);
    CHECK(absent.text.zh.find("数据库") != std::string::npos);
}

TEST_CASE(
    "a database whose user may make nothing, one of another encoding, one that is read only: each is said") {
    const TestPostgres base;
    auto url = test_postgres::url_text(base.name(), "locked:open%20sesame");
    CHECK(refused(url).code == "store_forbidden");
    const std::string latin = base.name() + "_latin";
    test_postgres::must("create database " + latin +
                        " encoding 'LATIN1' locale_provider libc locale 'C' template template0");
    CHECK(refused(test_postgres::url_text(latin)).code == "store_encoding");
    test_postgres::must("drop database " + latin);
    test_postgres::must("alter database " + base.name() + " set default_transaction_read_only = on");
    CHECK(refused(base.text()).code == "store_read_only");
}

TEST_CASE("a server whose places are all taken says so") {
    std::vector<std::shared_ptr<PostgresConnection>> taken;
    std::optional<Error> full;
    for (int i = 0; i < 100 && !full; ++i) {
        auto one =
            PostgresConnection::open(test_postgres::url("postgres", "locked:open%20sesame"), Use::read);
        if (one) taken.push_back(std::move(*one));
        if (!one) full = one.error();
    }
    REQUIRE(full);
    CHECK(full->code == "store_connections");
}

TEST_CASE("a session that was ended between two transactions is made anew, statements and all") {
    const TestPostgres base;
    auto database = Database::open(base.url());
    REQUIRE(database);
    auto kept = database->prepare("select count(*) from setting where name <> $1");
    REQUIRE(kept);
    REQUIRE(*kept->bind(1, std::string_view("x")).step());
    kept->reset();
    REQUIRE(database->set_deadline(std::chrono::milliseconds(60000)));
    const auto before = session_of(*database);
    end_session(before);
    const auto row = kept->step();
    REQUIRE_MESSAGE(row, row.error().message(Lang::en));
    kept->reset();
    CHECK(session_of(*database) != before);
    CHECK(number(*database,
                 "select count(*) from pg_settings where name = 'statement_timeout' and setting = '60000'") ==
          1);
    end_session(session_of(*database));
    CHECK(database->write([&] { return database->execute("insert into setting values ('a', 'b')"); }));
    CHECK(number(*database, "select count(*) from setting") == 1);
}

TEST_CASE("a session that was ended within write() ends it, keeps nothing, and the next write works") {
    const TestPostgres base;
    auto database = Database::open(base.url());
    REQUIRE(database);
    const auto lost = database->write([&]() -> Result<void> {
        TRY_VOID(database->execute("insert into setting values ('a', 'b')"));
        end_session(session_of(*database));
        return database->execute("insert into setting values ('c', 'd')");
    });
    REQUIRE_FALSE(lost);
    CHECK(lost.error().code == "store_connection_lost");
    CHECK(number(*database, "select count(*) from setting") == 0);
    const auto at_commit = database->write([&]() -> Result<void> {
        TRY_VOID(database->execute("insert into setting values ('a', 'b')"));
        end_session(session_of(*database));
        return {};
    });
    REQUIRE_FALSE(at_commit);
    CHECK(at_commit.error().code == "store_commit_unknown");
    REQUIRE(database->write([&] { return database->execute("insert into setting values ('e', 'f')"); }));
    CHECK(number(*database, "select count(*) from setting") == 1);
}

TEST_CASE("while its connection is held, a lost session is not made anew") {
    const TestPostgres base;
    auto database = Database::open(base.url());
    REQUIRE(database);
    database->engine().hold_connection(true);
    end_session(session_of(*database));
    const auto lost = database->prepare("select count(*) from setting");
    REQUIRE_FALSE(lost);
    CHECK(lost.error().code == "store_connection_lost");
    database->engine().hold_connection(false);
    CHECK(database->prepare("select count(*) from setting"));
}

TEST_CASE("the writer's lock is one's alone, also after a reconnect, and free when its holder is gone") {
    const TestPostgres base;
    auto first = PostgresConnection::open(base.url(), Use::write);
    REQUIRE((*first)->hold_writer_lock());
    Database through_first(*first);
    end_session(session_of(through_first));
    (void)session_of(through_first);  // made anew
    auto second = PostgresConnection::open(base.url(), Use::write);
    const auto refused = (*second)->hold_writer_lock();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "store_locked");
    CHECK(refused.error().text.en.find("doudi") != std::string::npos);
    end_session(session_of(through_first));
    REQUIRE((*second)->hold_writer_lock());
    const auto too_late = through_first.prepare("select 1");
    REQUIRE_FALSE(too_late);
    CHECK(too_late.error().code == "store_locked");
}

TEST_CASE("what a long query sends is not held in memory: rows come as they are asked for") {
    const TestPostgres base;
    auto database = Database::open(base.url());
    REQUIRE(database);
    auto query = database->prepare("select repeat('x', 1000) from generate_series(1, 2000000)");
    REQUIRE(query);
    for (int i = 0; i < 3; ++i) REQUIRE(*query->step());
    CHECK(query->text(0).size() == 1000);
    database->canceller().cancel();  // else the other two gigabytes would come
    auto row = query->step();
    while (row && *row) row = query->step();
    REQUIRE_FALSE(row);
    CHECK(row.error().code == "store_cancelled");
}

TEST_CASE("after many rows the planner knows the table, without waiting for the server's own upkeep") {
    const TestPostgres base;
    Database database = Database::open(base.url()).value();
    const auto known_rows = [&] {
        return number(database, "select cast(reltuples as bigint) from pg_class where relname = 'many'");
    };
    REQUIRE(database.execute("create table many (n bigint primary key)"));
    const auto fill = [&](int from, int to) {
        REQUIRE(database.write([&]() -> Result<void> {
            const std::vector<std::string_view> columns{"n"};
            auto rows = database.bulk("many", columns);
            for (int n = from; n < to; ++n) TRY_VOID(rows.bind(1, std::int64_t{n}).row());
            return rows.finish();
        }));
        database.gather_statistics();
    };
    REQUIRE(known_rows() == -1);  // never looked at
    fill(0, 2000);
    CHECK(known_rows() == 2000);
    fill(2000, 2001);  // not worth another look
    CHECK(known_rows() == 2000);
    fill(2001, 4000);
    CHECK(known_rows() == 4000);
}

TEST_CASE("the server's states are told apart") {
    CHECK(trouble_of_state("23505") == Trouble::unique);
    CHECK(trouble_of_state("23514") == Trouble::constraint);
    CHECK(trouble_of_state("40001") == Trouble::busy);
    CHECK(trouble_of_state("40P01") == Trouble::busy);
    CHECK(trouble_of_state("53100") == Trouble::disk_full);
    CHECK(trouble_of_state("57P01") == Trouble::connection_lost);
    CHECK(trouble_of_state("57014") == Trouble::cancelled);
    CHECK(trouble_of_state("42601") == Trouble::statement);
}

TEST_CASE("a value that does not fit is refused without being said") {
    const TestPostgres base;
    auto database = Database::open(base.url());
    REQUIRE(database);
    auto query = database->prepare("select count(*) from household where id = $1");
    REQUIRE(query);
    const auto refused = query->bind(1, std::string_view("441699197406129795x")).step();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message(Lang::en).find("4416") == std::string::npos);
    auto sum = database->prepare("select sum(id) from household");
    REQUIRE(sum);
    const auto numeric = sum->step();
    REQUIRE_FALSE(numeric);
    CHECK(numeric.error().text.en.find("cast") != std::string::npos);
}

}  // namespace doudi::store
