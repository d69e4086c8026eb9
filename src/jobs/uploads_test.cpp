// SPDX-License-Identifier: Apache-2.0
#include "jobs/uploads.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "base/fake_clock.h"
#include "store/test_folder.h"
#include "store/test_sealed.h"

namespace doudi::jobs {
namespace {

struct Bench {
    explicit Bench(std::shared_ptr<const store::FolderSeal> the_seal = nullptr) : seal(std::move(the_seal)) {}
    store::TestFolder folder;
    std::shared_ptr<const store::FolderSeal> seal;
    FakeClock clock{instant_of(1'000'000'000'000'000)};
    std::unique_ptr<Board> board =
        Board::open(store::Database::open(folder / "jobs.sqlite").value(),
                    store::Database::open(folder / "jobs.sqlite").value(), {}, clock)
            .value();
    Uploads uploads = Uploads::open(folder / "uploads", *board, clock, seal).value();

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

TEST_CASE("in a sealed folder no byte of a pending upload can be read, and its pieces may be of any size") {
    const store::TestFolder sealed;
    for (const vault::Suite suite : store::both_suites) {
        const char* name = suite == vault::Suite::aes_256_gcm ? "aes" : "sm4";
        const auto data = store::make_sealed(sealed, suite, name);
        std::string content = "姓名,身份证号\n";
        while (content.size() < (std::size_t{600} << 10U)) content += "甲某某,44169919700101001X\n";
        std::vector<std::string> lent;
        for (const std::size_t piece : {std::size_t{1000}, std::size_t{300} << 10U, content.size()}) {
            Bench bench(data.seal());
            const auto id = bench.begin(content.size());
            for (std::size_t at = 0; at < content.size(); at += piece) {
                const auto part = std::string_view(content).substr(at, piece);
                REQUIRE(bench.uploads.append(id, at, part)->received == at + part.size());
                if (piece < 2000 && at > 20000) {  // another size from here on
                    REQUIRE(bench.uploads.append(id, at + piece, content.substr(at + piece)));
                    break;
                }
            }
            const auto bytes = store::bytes_of_file(bench.folder.path() / "uploads" / (id + ".part"));
            CHECK(bytes.size() > content.size());
            CHECK_FALSE(store::holds(bytes, "甲某某"));
            CHECK_FALSE(store::holds(bytes, "4416991970"));
            REQUIRE(bench.uploads.complete(id));
            const std::vector<std::string> ids{id};
            const auto borrowed = bench.uploads.lend(ids, "job1").value();
            lent.push_back(content_of(borrowed.paths().at(0)));
        }
        CHECK(lent == std::vector<std::string>(3, content));
    }
}

TEST_CASE("a sealed upload goes on after a restart, also where a piece was written in part") {
    const store::TestFolder sealed;
    const auto data = store::make_sealed(sealed, vault::Suite::aes_256_gcm);
    Bench bench(data.seal());
    const auto id = bench.begin(6);
    REQUIRE(bench.uploads.append(id, 0, "abc"));
    const auto path = bench.folder.path() / "uploads" / (id + ".part");
    auto bytes = store::bytes_of_file(path);
    const auto whole = bytes;
    // A second record without its end, and one that a power cut left as zeros.
    bytes.insert(bytes.end(), whole.begin(), whole.end() - 1);
    store::write_file(path, bytes);
    Uploads again = Uploads::open(bench.folder / "uploads", *bench.board, bench.clock, data.seal()).value();
    CHECK(again.find(id)->received == 3);
    bytes = whole;
    bytes.resize(whole.size() * 2);
    bytes[whole.size()] = std::byte{3};
    store::write_file(path, bytes);
    CHECK(again.find(id)->received == 3);
    REQUIRE(again.append(id, 3, "def"));
    CHECK(again.complete(id)->state == "complete");
    const std::vector<std::string> ids{id};
    {
        const auto lent = again.lend(ids, "job1").value();
        CHECK(content_of(lent.paths().at(0)) == "abcdef");
    }
    // What was changed afterwards is refused, not read.
    bytes = store::bytes_of_file(path);
    bytes[40] ^= std::byte{1};
    store::write_file(path, bytes);
    CHECK_FALSE(again.lend(ids, "job2"));
}

TEST_CASE("an upload that is given up, or used, leaves no key; what was lent to a killed program goes") {
    const store::TestFolder sealed;
    const auto data = store::make_sealed(sealed, vault::Suite::sm4_hmac_sm3);
    Bench bench(data.seal());
    const auto id = bench.begin(3);
    REQUIRE(bench.uploads.append(id, 0, "abc"));
    REQUIRE(bench.uploads.complete(id));
    const auto wrapped = [&] {
        std::optional<std::string> found;
        REQUIRE(bench.board->read([&](store::Database& database) -> Result<void> {
            const auto row = TRY(find_upload(database, id));
            if (row) found = row->sealed_key;
            return {};
        }));
        return found;
    };
    REQUIRE(wrapped());
    std::filesystem::create_directories(bench.folder / "uploads/work-job9/0");
    store::write_file(bench.folder / "uploads/work-job9/0/a.csv", std::as_bytes(std::span("abc", 3)));
    (void)Uploads::open(bench.folder / "uploads", *bench.board, bench.clock, data.seal()).value();
    CHECK_FALSE(std::filesystem::exists(bench.folder / "uploads/work-job9"));
    REQUIRE(bench.uploads.used(std::vector{id}));
    CHECK_FALSE(wrapped());
    const auto other = bench.begin(3);
    REQUIRE(bench.uploads.abandon(other));
    CHECK(bench.uploads.find(other).error().code == "no_such_upload");
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
