// SPDX-License-Identifier: Apache-2.0
#include "store/row_seal.h"

#include <doctest/doctest.h>

#include <array>

#include "store/key_rotation.h"
#include "store/number_index.h"
#include "store/test_sealed.h"

namespace doudi::store {
namespace {

using Row = std::array<std::int64_t, 2>;

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

RowSeal seal_of(const DataFolder& folder, std::string_view place = "member.sealed") {
    auto made = RowSeal::create(folder.seal(), place);
    REQUIRE(made);
    return std::move(*made);
}

std::vector<std::byte> record_of(RowSeal& seal, const Row& row, std::string_view text) {
    const auto record = seal.seal(row, bytes_of(text));
    return {record.begin(), record.end()};
}

TEST_CASE("a record opens in its own row, shows nothing, and is the same when it is made again") {
    for (const auto suite : both_suites) {
        const TestFolder place;
        const DataFolder folder = make_sealed(place, suite);
        RowSeal seal = seal_of(folder);
        for (const std::string_view text : {"", "张三", "a record of more than one block of the cipher"}) {
            const auto record = record_of(seal, {7, 1}, text);
            CHECK(record == record_of(seal, {7, 1}, text));
            CHECK(record.size() == text.size() + 20);
            const auto opened = seal.open(Row{7, 1}, record);
            REQUIRE(opened);
            CHECK(std::ranges::equal(*opened, bytes_of(text)));
            if (!text.empty()) CHECK(!holds(record, text));
        }
    }
}

TEST_CASE("a record of another row, publication, column or table is refused, and the error says where") {
    const TestFolder place;
    const DataFolder folder = make_sealed(place, vault::Suite::aes_256_gcm);
    RowSeal members = seal_of(folder);
    RowSeal households = seal_of(folder, "household.sealed");
    const auto record = record_of(members, {7, 1}, "张三");
    CHECK(record != record_of(members, {8, 1}, "张三"));
    CHECK(members.open(Row{7, 1}, record));
    for (const Row& other : {Row{8, 1}, Row{7, 2}, Row{1, 7}}) CHECK(!members.open(other, record));
    CHECK(!households.open(Row{7, 1}, record));
    const auto refused = members.open(Row{8, 1}, record);
    REQUIRE(!refused);
    CHECK(refused.error().code == "row_seal");
    CHECK(refused.error().text.en.find("row 8/1 of member.sealed") != std::string::npos);
    CHECK(refused.error().text.en.find(folder.seal()->ring().name_of(1)) != std::string::npos);
}

TEST_CASE("a record with any bit flipped or cut at any length is refused") {
    const TestFolder place;
    const DataFolder folder = make_sealed(place, vault::Suite::sm4_hmac_sm3);
    RowSeal seal = seal_of(folder);
    const auto record = record_of(seal, {7, 1}, "张三 13000000000");
    for (std::size_t bit = 0; bit < 8 * record.size(); ++bit) {
        auto changed = record;
        changed[bit / 8] ^= std::byte{1} << (bit % 8);
        CHECK(!seal.open(Row{7, 1}, changed));
    }
    for (std::size_t size = 0; size < record.size(); ++size)
        CHECK(!seal.open(Row{7, 1}, std::span(record).first(size)));
}

TEST_CASE("after a new data key, records of before open, and a number is found by what it stood as") {
    const TestFolder place;
    std::vector<std::byte> before;
    std::int64_t index = 0;
    constexpr std::uint64_t number = 44169919800101001;
    {
        DataFolder folder = make_sealed(place, vault::Suite::aes_256_gcm);
        RowSeal seal = seal_of(folder);
        before = record_of(seal, {7, 1}, "张三");
        index = NumberIndex(*folder.seal()).index_of(number);
        REQUIRE(rotate_data_key(folder.database(), *folder.key_file({}), Date::from_days(20100)));
    }
    const auto folder = DataFolder::open(place / "data", Access::read);
    REQUIRE(folder);
    RowSeal seal = seal_of(*folder);
    const auto opened = seal.open(Row{7, 1}, before);
    REQUIRE(opened);
    CHECK(std::ranges::equal(*opened, bytes_of("张三")));
    CHECK(record_of(seal, {7, 1}, "张三") != before);
    CHECK(NumberIndex(*folder->seal()).index_of(number) == index);
    CHECK(NumberIndex(*folder->seal()).number_of(index) == number);
    CHECK(index != static_cast<std::int64_t>(number));
}

}  // namespace
}  // namespace doudi::store
