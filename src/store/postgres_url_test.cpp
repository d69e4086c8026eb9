// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_url.h"

#include <doctest/doctest.h>

#include <string>

namespace doudi::store {

TEST_CASE("a URL and a line of keywords say the same, and are shown without the password") {
    for (const char* text : {"postgresql://office:Geheim@db.example:5433/doudi",
                             "postgres://office:Geheim@db.example:5433/doudi",
                             "host=db.example port=5433 user=office password=Geheim dbname=doudi"}) {
        const auto url = PostgresUrl::parse(text);
        REQUIRE(url);
        CHECK(url->shown() == "postgresql://office@db.example:5433/doudi");
        CHECK(url->option("password") == "Geheim");
        CHECK(url->option("sslmode").empty());
    }
    CHECK(PostgresUrl::parse("service=doudi")->option("service") == "doudi");
}

TEST_CASE("what is no address is refused without being repeated") {
    for (const char* text : {"", "postgresql://office:Geheim@[::1/doudi", "postgresql://office:Geheim%zz@h/d",
                             "host=h passwort=Geheim", "Geheim"}) {
        const auto url = PostgresUrl::parse(text);
        REQUIRE_FALSE(url);
        CHECK(url.error().code == "store_bad_url");
        CHECK(url.error().kind == ErrorKind::usage);
        CHECK(url.error().message(Lang::en).find("Geheim") == std::string::npos);
    }
    CHECK_FALSE(PostgresUrl::parse(std::string_view("host=a\0b", 8)));
}

TEST_CASE("a password is hidden wherever it stands in what someone typed") {
    CHECK(without_password("--databse postgresql://u:Geheim@h/d") == "--databse postgresql://u:***@h/d");
    CHECK(without_password("postgresql://u:Ge@heim@h/d") == "postgresql://u:***@h/d");
    CHECK(without_password("postgresql://u:Ge heim?@h") == "postgresql://u:***@h");
    CHECK(without_password("postgresql://u@h/d?password=Geheim&x=1") ==
          "postgresql://u@h/d?password=***&x=1");
    CHECK(without_password("host=h password = 'Ge heim' user=u") == "host=h password = *** user=u");
    CHECK(without_password("postgresql://h:5432/d and 张三.csv") == "postgresql://h:5432/d and 张三.csv");
    CHECK(without_password("://") == "://");
}

}  // namespace doudi::store
