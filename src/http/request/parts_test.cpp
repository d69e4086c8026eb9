// SPDX-License-Identifier: Apache-2.0
// The small parts of the server: rates, the bounded pool, problems.
#include <doctest/doctest.h>

#include <atomic>
#include <boost/json.hpp>
#include <future>

#include "http/request/failure.h"
#include "http/server/rate_limiter.h"
#include "http/server/worker_pool.h"

namespace doudi::http {
namespace {

using namespace std::chrono_literals;

TEST_CASE("so many in a row are let through, then so many a second, each asker apart") {
    RateLimiter limiter({.a_second = 2, .in_a_row = 3});
    const auto begin = SteadyClock::now();
    for (int i = 0; i < 3; ++i) CHECK(limiter.allows("a", begin));
    CHECK_FALSE(limiter.allows("a", begin));
    CHECK(limiter.allows("b", begin));
    CHECK_FALSE(limiter.allows("a", begin + 499ms));
    CHECK(limiter.allows("a", begin + 500ms));
    CHECK_FALSE(limiter.allows("a", begin + 500ms));
    for (int i = 0; i < 3; ++i) CHECK(limiter.allows("a", begin + 1h));
    CHECK_FALSE(limiter.allows("a", begin + 1h));
}

TEST_CASE("without a rate everybody is let through") {
    RateLimiter limiter({});
    for (int i = 0; i < 1000; ++i) CHECK(limiter.allows("a", SteadyClock::now()));
}

TEST_CASE("what may wait has a bound; what was taken is done, also at the end") {
    std::atomic<int> done = 0;
    std::promise<void> gate;
    auto opened = gate.get_future().share();
    {
        WorkerPool pool(1, 2);
        std::promise<void> begun;
        REQUIRE(pool.try_post([&] {
            begun.set_value();
            opened.wait();
            ++done;
        }));
        begun.get_future().wait();
        CHECK(pool.try_post([&] { ++done; }));
        CHECK(pool.try_post([&] { ++done; }));
        CHECK_FALSE(pool.try_post([&] { ++done; }));
        CHECK(pool.waiting() == 2);
        CHECK(pool.working() == 1);
        gate.set_value();
    }
    CHECK(done == 3);
}

TEST_CASE("a failure of the machine is told to the log alone") {
    const Failure inner(
        Error{ErrorKind::io, "disk", {"磁盘 /data 坏了", "the disk /data is broken"}, "/data/x"});
    const auto told = problem(inner, Lang::en, "id-1");
    const std::string body = std::get<std::string>(told.body);
    CHECK(told.status == 500);
    CHECK(body.find("/data") == std::string::npos);
    CHECK(body.find("id-1") != std::string::npos);
    CHECK(inner.for_log.find("/data/x") != std::string::npos);
}

TEST_CASE("an error of the rooms has the status of its kind, or of its code where that says more") {
    const auto status = [](ErrorKind kind, const char* code) {
        return Failure(Error{kind, code, {"", ""}, {}}).status;
    };
    CHECK(status(ErrorKind::not_found, "x") == 404);
    CHECK(status(ErrorKind::conflict, "x") == 409);
    CHECK(status(ErrorKind::invalid, "x") == 422);
    CHECK(status(ErrorKind::io, "x") == 500);
    CHECK(status(ErrorKind::usage, "not_allowed") == 403);
    CHECK(status(ErrorKind::invalid, "sign_in_refused") == 401);
    CHECK(status(ErrorKind::conflict, "store_busy") == 503);
}

TEST_CASE("a file that cannot be read is its sender's slip, and is told to them; a broken disk is not") {
    const Error picture{ErrorKind::unreadable, "not_a_table", {"不是表格文件", "not a table"}, "/data/x"};
    const Failure told = of_sent_file(picture);
    CHECK(told.status == 422);
    CHECK(told.code == "not_a_table");
    CHECK(told.text.zh == "不是表格文件");
    CHECK(Failure(picture).status == 500);
    CHECK(of_sent_file({ErrorKind::limit, "archive_bomb", {"", ""}, {}}).status == 422);
    const Failure disk = of_sent_file({ErrorKind::io, "cannot_read", {"读不了", "cannot be read"}, "/data"});
    CHECK(disk.status == 500);
    CHECK(disk.code == "internal");
}

TEST_CASE("a problem is told in the language asked for, with its fields") {
    Failure failure(422, "fields", {"有误", "wrong"});
    failure.fields.push_back({"body", "/name", "missing", {"缺少此项", "is missing"}});
    failure.retry_after = 7;
    const auto told = problem(failure, Lang::zh, "id");
    const auto body = boost::json::parse(std::get<std::string>(told.body)).as_object();
    CHECK(body.at("title").as_string() == "内容不符合要求");
    CHECK(body.at("errors").as_array()[0].at("detail").as_string() == "缺少此项");
    CHECK(told.headers.get("Retry-After") == "7");
    CHECK(told.headers.get("content-language") == "zh-CN");
}

}  // namespace
}  // namespace doudi::http
