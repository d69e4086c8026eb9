// SPDX-License-Identifier: Apache-2.0
#include "http/server/message.h"

#include <doctest/doctest.h>

#include "http/server/compress.h"
#include "http/server/cookie.h"

namespace doudi::http {
namespace {

TEST_CASE("the reader's language is Chinese unless English is preferred") {
    CHECK(language_of("") == Lang::zh);
    CHECK(language_of("fr") == Lang::zh);
    CHECK(language_of("en") == Lang::en);
    CHECK(language_of("EN-gb, zh;q=0.9") == Lang::en);
    CHECK(language_of("en;q=0.8, zh-CN") == Lang::zh);
    CHECK(language_of("en;q=0.8, zh;q=0.8") == Lang::zh);
    CHECK(language_of("english") == Lang::zh);
    CHECK(language_of("en;q=what, zh;q=0.1") == Lang::en);
}

TEST_CASE("the most specific range of an Accept header decides") {
    CHECK(accepts("", "application/json"));
    CHECK(accepts("*/*", "application/json"));
    CHECK(accepts("application/*", "application/json"));
    CHECK(accepts("text/html, application/json;q=0.1", "application/json"));
    CHECK_FALSE(accepts("text/html", "application/json"));
    CHECK_FALSE(accepts("*/*, application/json;q=0", "application/json"));
    CHECK_FALSE(accepts("*/*;q=0", "application/json"));
    CHECK_FALSE(accepts(";;,,", "application/json"));
}

TEST_CASE("a coding is taken where it is named with weight, or all are and it is not refused") {
    CHECK(takes_encoding("gzip", "gzip"));
    CHECK(takes_encoding("br, GZIP;q=0.1", "gzip"));
    CHECK(takes_encoding("*", "gzip"));
    CHECK_FALSE(takes_encoding("", "gzip"));
    CHECK_FALSE(takes_encoding("gzip;q=0", "gzip"));
    CHECK_FALSE(takes_encoding("*, gzip;q=0", "gzip"));
    CHECK_FALSE(takes_encoding("identity", "gzip"));
    CHECK_FALSE(takes_encoding("x-gzip", "gzip"));
}

TEST_CASE("a packed answer has another tag than the plain one, and gives the same bytes back") {
    CHECK(packed_tag("\"abc\"") == "\"abc-gzip\"");
    const std::string text(5000, 'a');
    const std::string packed = gzip(text);
    CHECK(packed.size() < 100);
    CHECK(packed.starts_with("\x1f\x8b"));
    CHECK(gzip("") != "");
}

TEST_CASE("an escape is decoded, a broken one and NUL are not") {
    CHECK(percent_decoded("a%20b") == "a b");
    CHECK(percent_decoded("%E5%85%9C") == "兜");
    CHECK(percent_decoded("a+b") == "a+b");
    CHECK(percent_decoded("a+b", true) == "a b");
    CHECK_FALSE(percent_decoded("%"));
    CHECK_FALSE(percent_decoded("%4"));
    CHECK_FALSE(percent_decoded("%zz"));
    CHECK_FALSE(percent_decoded("%00"));
    CHECK(percent_decoded(percent_encoded("兜底 a/b?c=%")) == "兜底 a/b?c=%");
}

TEST_CASE("a query is pairs in their order; without a value it is empty") {
    const auto pairs = query_pairs("a=1&b&&a=%32+3");
    REQUIRE(pairs);
    REQUIRE(pairs->size() == 3);
    CHECK((*pairs)[0] == std::pair<std::string, std::string>("a", "1"));
    CHECK((*pairs)[1] == std::pair<std::string, std::string>("b", ""));
    CHECK((*pairs)[2] == std::pair<std::string, std::string>("a", "2 3"));
    CHECK_FALSE(query_pairs("a=%"));
}

TEST_CASE("headers are found without regard to case, and set takes the place of what was there") {
    Headers headers;
    headers.add("Accept", "a");
    headers.add("accept", "b");
    CHECK(headers.get("ACCEPT") == "a");
    headers.set("aCCept", "c");
    CHECK(headers.get("accept") == "c");
    CHECK(std::distance(headers.begin(), headers.end()) == 1);
    CHECK_FALSE(headers.find("accep"));
}

TEST_CASE("our cookie is found among others, and one whose name ends alike is not ours") {
    CHECK(session_cookie("a=1; doudi_session=token; b=2") == "token");
    CHECK(session_cookie("xdoudi_session=token") == "");
    CHECK(session_cookie("doudi_session") == "");
    CHECK(session_cookie("") == "");
    CHECK(set_session_cookie("t", true).find("Secure") != std::string::npos);
    CHECK(set_session_cookie("t", false).find("Secure") == std::string::npos);
    CHECK(set_session_cookie("", false).find("Max-Age=0") != std::string::npos);
    CHECK(outside_cookie("doudi_session=a; doudi_outside=b") == "b");
    CHECK(set_outside_cookie("b", true).find(
              "Path=/api/v1/session/outside; HttpOnly; SameSite=Strict; Secure") != std::string::npos);
}

}  // namespace
}  // namespace doudi::http
