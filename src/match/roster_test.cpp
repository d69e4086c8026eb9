// SPDX-License-Identifier: Apache-2.0
#include "match/roster.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "match/match_test_support.h"

namespace doudi::match {
namespace {

class FileSink : public column::ByteSink {
  public:
    explicit FileSink(const std::filesystem::path& path) : out_(path, std::ios::binary) {}
    Result<void> write(std::span<const std::byte> bytes) override {
        out_.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        return {};
    }

  private:
    std::ofstream out_;
};

registry::Register many(std::uint32_t count) {
    registry::Register people;
    for (std::uint32_t n = 1; n <= count; ++n) {
        people.members.push_back(
            testing::member(n, 1 + n / 2, "人" + std::to_string(n), n, "1390000" + std::to_string(1000 + n)));
    }
    return people;
}

TEST_CASE("every registered number is found, and no other") {
    const Roster roster = Roster::build(many(20'000));
    std::size_t maybe = 0;
    for (std::uint32_t n = 1; n <= 20'000; ++n) CHECK_MESSAGE(roster.find(testing::number(n)) == n, n);
    for (std::uint32_t n = 20'001; n <= 60'000; ++n) {
        CHECK_MESSAGE(roster.find(testing::number(n)) == 0, n);
        maybe += roster.may_hold(Roster::number_hash(testing::number(n))) ? 1 : 0;
    }
    CHECK(maybe < 40'000 / 50);  // the filter lets few strangers pass
}

TEST_CASE("a number near a registered one is found as by comparing with every number") {
    // Neighbouring numbers, all of one name: many differ in one character.
    registry::Register people;
    for (std::uint32_t n = 1; n <= 300; ++n) people.members.push_back(testing::member(n, 1, "人", n * 7));
    const Roster roster = Roster::build(people);
    std::size_t found = 0;
    for (std::uint32_t n = 1; n <= 2200; ++n) {
        for (std::uint8_t check = 0; check <= 10; ++check) {
            const std::uint64_t written = testing::with_check(testing::number(n), check);
            if (!is_unchecked(written)) continue;
            std::uint32_t only = 0;
            std::size_t near = 0;
            for (const registry::Member& member : people.members) {
                if (differing_characters(written, member.id_number->packed()) != 1) continue;
                ++near;
                only = member.id.value();
            }
            const std::uint32_t expected = near == 1 ? only : 0;
            found += expected != 0 ? 1 : 0;
            if (roster.find_near(written, Roster::name_hash("人")) != expected)
                FAIL_CHECK(n << " " << int{check});
        }
    }
    CHECK(found > 1000);
    CHECK(roster.find_near(testing::with_check(testing::number(7), 0), Roster::name_hash("别")) == 0);
}

TEST_CASE("a household's size is its members; a number that is no household has none") {
    const Roster roster = Roster::build(many(5));
    CHECK(std::vector<std::uint32_t>(roster.household_sizes().begin(), roster.household_sizes().end()) ==
          std::vector<std::uint32_t>{0, 1, 2, 2});
    CHECK(roster.household_of(5) == 3);
    CHECK(roster.household_of(77) == 0);
}

TEST_CASE(
    "a number that two members carry belongs to the one with the smaller id, in whatever order they come") {
    registry::Register people;
    people.members.push_back(testing::member(9, 1, "甲", 1));
    people.members.push_back(testing::member(4, 2, "乙", 1));
    CHECK(Roster::build(people).find(testing::number(1)) == 4);
}

TEST_CASE("an empty register finds nobody") {
    const Roster roster = Roster::build({});
    CHECK(roster.find(testing::number(1)) == 0);
    CHECK(roster.find_near(testing::with_check(testing::number(1), 0), Roster::name_hash("甲")) == 0);
    CHECK(roster.find_by_phone(Roster::name_hash("甲"), "13900001001") == 0);
}

TEST_CASE("a saved roster is mapped and answers alike; a damaged or foreign file is refused") {
    const auto path = std::filesystem::temp_directory_path() / "doudi_roster_test.bin";
    const Roster built = Roster::build(many(500));
    {
        FileSink sink(path);
        REQUIRE(built.save(sink));
    }
    const auto opened = Roster::open(path);
    REQUIRE(opened);
    CHECK(opened->fingerprint() == built.fingerprint());
    for (std::uint32_t n = 1; n <= 700; ++n)
        CHECK(opened->find(testing::number(n)) == built.find(testing::number(n)));
    CHECK(opened->find_by_phone(Roster::name_hash("人7"), "13900001007") == 7);
    {
        std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(3000);
        file.put('\x7f');
    }
    CHECK(Roster::open(path).error().code == "roster_damaged");
    std::filesystem::resize_file(path, 100);
    CHECK(Roster::open(path).error().code == "roster_damaged");
    std::filesystem::remove(path);
    CHECK_FALSE(Roster::open(path));
}

TEST_CASE("two registers that differ in a name, a household or a number have other fingerprints") {
    const std::uint64_t one = Roster::build(many(50)).fingerprint();
    CHECK(one == Roster::build(many(50)).fingerprint());
    registry::Register other = many(50);
    other.members[3].name = "另一个";
    CHECK(one != Roster::build(other).fingerprint());
    other = many(50);
    other.members[3].household = HouseholdId(1);
    CHECK(one != Roster::build(other).fingerprint());
}

}  // namespace
}  // namespace doudi::match
