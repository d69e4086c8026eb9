// SPDX-License-Identifier: Apache-2.0
#include "jobs/uploads.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "base/fake_clock.h"
#include "store/test_folder.h"

namespace doudi::jobs {
namespace {

struct Bench {
    store::TestFolder folder;
    FakeClock clock{instant_of(1'000'000'000'000'000)};
    std::unique_ptr<Board> board =
        Board::open(store::Database::open(folder / "jobs.sqlite").value(), {}, clock).value();
    Uploads uploads = Uploads::open(folder / "uploads", *board, clock).value();

    std::string begin(std::uint64_t bytes, std::optional<std::string> sha256 = std::nullopt) {
        std::string id;
        REQUIRE(board->write([&](store::Database& database) -> Result<void> {
            id = TRY(uploads.begin(database, {"名单.csv", bytes, sha256, 7})).id;
            return {};
        }));
        return id;
    }
};

std::string content_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

constexpr const char* sha_of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST_CASE("pieces are added where the file ends, and nowhere else") {
    Bench bench;
    const auto id = bench.begin(5);
    CHECK(bench.uploads.append(id, 0, "ab")->received == 2);
    CHECK(bench.uploads.append(id, 0, "ab").error().code == "upload_offset");
    CHECK(bench.uploads.append(id, 3, "cd").error().code == "upload_offset");
    CHECK(bench.uploads.append(id, 2, "cdef").error().code == "upload_too_long");
    CHECK(bench.uploads.complete(id).error().code == "upload_incomplete");
    CHECK(bench.uploads.append(id, 2, "cde")->received == 5);
    CHECK(bench.uploads.complete(id)->state == "complete");
    CHECK(bench.uploads.complete(id)->state == "complete");
    CHECK(bench.uploads.append(id, 5, "").error().code == "upload_complete");
}

TEST_CASE("the whole is held to the hash that was announced") {
    Bench bench;
    const auto right = bench.begin(3, sha_of_abc);
    REQUIRE(bench.uploads.append(right, 0, "abc"));
    CHECK(bench.uploads.complete(right)->state == "complete");
    const auto wrong = bench.begin(3, sha_of_abc);
    REQUIRE(bench.uploads.append(wrong, 0, "abd"));
    CHECK(bench.uploads.complete(wrong).error().code == "upload_hash");
    CHECK(bench.uploads.find(wrong)->received == 0);
    REQUIRE(bench.uploads.append(wrong, 0, "abc"));
    CHECK(bench.uploads.complete(wrong)->state == "complete");
}

TEST_CASE(
    "complete files are lent under their own names, also two of one name, and go when their work is done") {
    Bench bench;
    std::vector<std::string> ids{bench.begin(1), bench.begin(1)};
    REQUIRE(bench.uploads.append(ids[0], 0, "a"));
    REQUIRE(bench.uploads.append(ids[1], 0, "b"));
    CHECK(bench.uploads.lend(ids, "job1").error().code == "upload_not_complete");
    REQUIRE(bench.uploads.complete(ids[0]));
    REQUIRE(bench.uploads.complete(ids[1]));
    {
        const auto lent = bench.uploads.lend(ids, "job1").value();
        REQUIRE(lent.paths().size() == 2);
        CHECK(lent.paths()[0].filename() == "名单.csv");
        CHECK(content_of(lent.paths()[0]) == "a");
        CHECK(content_of(lent.paths()[1]) == "b");
    }
    CHECK_FALSE(std::filesystem::exists(bench.folder / "uploads/work-job1"));
    REQUIRE(bench.uploads.used(ids));
    CHECK(bench.uploads.find(ids[0])->state == "used");
    CHECK(bench.uploads.lend(ids, "job2").error().code == "upload_not_complete");
}

TEST_CASE("what nobody touched for two days is swept, not a moment sooner") {
    Bench bench;
    const auto old = bench.begin(3);
    REQUIRE(bench.uploads.append(old, 0, "a"));
    bench.clock.advance(Uploads::kept_untouched);
    CHECK(bench.uploads.sweep().value() == 0);
    CHECK(bench.uploads.find(old));
    bench.clock.advance(std::chrono::microseconds(1));
    CHECK(bench.uploads.sweep().value() == 1);
    CHECK(bench.uploads.find(old).error().code == "no_such_upload");
    CHECK(std::filesystem::is_empty(bench.folder / "uploads"));
}

TEST_CASE("a name is plain, an id is one of ours") {
    for (const char* good : {"a.csv", "名单 2025Q2（修订）.xlsx", "x"}) CHECK(Uploads::is_good_name(good));
    for (const std::string& bad :
         {std::string(), std::string("../a"), std::string("a/b"), std::string("a\\b"), std::string(".a"),
          std::string("a\nb"), std::string("a\xff"), std::string(201, 'a')})
        CHECK_FALSE(Uploads::is_good_name(bad));
    CHECK(Uploads::is_good_name(std::string(200, 'a')));
    Bench bench;
    for (const char* id : {"", "..", "../jobs.sqlite", "0123456789abcdef0123456789abcdeg"})
        CHECK(bench.uploads.find(id).error().code == "no_such_upload");
}

}  // namespace
}  // namespace doudi::jobs
