// SPDX-License-Identifier: Apache-2.0
#include "store/schema_text.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace doudi::store {

TEST_CASE("types and table options are put into PostgreSQL's words") {
    CHECK(schema_for_postgres("create table t (a integer, b text not null, c blob) strict, without rowid;") ==
          "create table t (a bigint, b text collate \"C\" not null, c bytea)   ;");
    CHECK(schema_for_postgres(
              "create table t (a integer primary key, primary key (a, b)) strict;\nselect 1, 2;") ==
          "create table t (a bigint primary key, primary key (a, b)) ;\nselect 1, 2;");
}

TEST_CASE("words in comments, in literals and inside of longer words stay") {
    const std::string text =
        "insert into x_integer values ('integer '' strict', \"blob\"); -- a text of rowid\n";
    CHECK(schema_for_postgres(text) == text);
    CHECK(schema_for_postgres("select cast(a as text)") == "select cast(a as text)");
}

TEST_CASE("a text says which tables it makes, in its order") {
    CHECK(tables_made_by("create table b (x integer);\n-- create table no (x)\ncreate  table a(y text);"
                         " create index i on b (x); insert into b values ('create table c');") ==
          std::vector<std::string>{"b", "a"});
}

TEST_CASE("the largest parameter is found, not one in a literal or a comment") {
    CHECK(parameters_of("select 1") == 0);
    CHECK(parameters_of("select $2, $11 where a=$1") == 11);
    CHECK(parameters_of("select '$3', \"$4\" -- $5\n, $1") == 1);
}

}  // namespace doudi::store
