// SPDX-License-Identifier: Apache-2.0
// The tests' PostgreSQL: the one of this run of ctest (DOUDI_TEST_POSTGRES), or one of its own, which ends
// with the test program.
#pragma once
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <string>

#include "base/result.h"
#include "store/postgres_connection.h"
#include "store/postgres_url.h"

namespace doudi::store {

namespace test_postgres {

// A line of the script's, which runs until our end of its standard input is closed: at the latest with this
// process.
inline std::string start_own() {
    std::array<int, 2> to{};
    std::array<int, 2> from{};
    ensure(::pipe2(to.data(), O_CLOEXEC) == 0 && ::pipe2(from.data(), O_CLOEXEC) == 0, "pipes");
    const pid_t child = ::fork();
    ensure(child >= 0, "a process for the server's script");
    if (child == 0) {
        ::dup2(to[0], STDIN_FILENO);
        ::dup2(from[1], STDOUT_FILENO);
        ::execlp("python3", "python3", "-B", DOUDI_SOURCE_DIR "/tests/postgres/cluster.py", "run", nullptr);
        ::_exit(127);
    }
    ::close(to[0]);
    ::close(from[1]);
    std::string line;
    for (char c = 0; ::read(from[0], &c, 1) == 1 && c != '\n';) line += c;
    ensure(!line.empty(), "PostgreSQL starts (tests/postgres/cluster.py run)");
    return line;
}

inline std::string find() {
    const char* folder = std::getenv("DOUDI_TEST_POSTGRES");
    if (folder == nullptr) return start_own();
    std::string line;
    std::getline(std::ifstream(std::string(folder) + "/socket"), line);
    ensure(!line.empty(), "PostgreSQL runs (ctest fixture postgres)");
    return line;
}

inline const std::string& socket_folder() {
    static const std::string found = find();
    return found;
}

inline std::string url_text(const std::string& database, const char* user = "doudi") {
    return "postgresql://" + std::string(user) + "@/" + database + "?host=" + socket_folder();
}

inline PostgresUrl url(const std::string& database, const char* user = "doudi") {
    return PostgresUrl::parse(url_text(database, user)).value();
}

inline void must(const std::string& sql) {
    auto connection = PostgresConnection::open(url("postgres"), Use::write);
    ensure(connection.has_value(), "the tests' PostgreSQL answers");
    ensure((*connection)->execute(sql).has_value(), "what a test asks of its PostgreSQL is done");
}

}  // namespace test_postgres

// An empty database of its own for a test, gone afterwards.
class TestPostgres {
  public:
    TestPostgres() {
        static int number = 0;
        name_ = "test_" + std::to_string(::getpid()) + "_" + std::to_string(++number);
        test_postgres::must("create database " + name_);
    }
    TestPostgres(const TestPostgres&) = delete;
    TestPostgres& operator=(const TestPostgres&) = delete;
    ~TestPostgres() { test_postgres::must("drop database " + name_ + " with (force)"); }

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] PostgresUrl url() const { return test_postgres::url(name_); }
    [[nodiscard]] std::string text() const { return test_postgres::url_text(name_); }

  private:
    std::string name_;
};

}  // namespace doudi::store
