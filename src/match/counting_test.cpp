// SPDX-License-Identifier: Apache-2.0
#include "match/counting.h"

#include <doctest/doctest.h>

#include <random>

#include "match/match_test_support.h"
#include "match/verdicts.h"

namespace doudi::match {
namespace {

using testing::Cell;
using testing::number;
using testing::Row;
using testing::with_check;

const Date day = *Date::from_ymd(2025, 6, 30);

Roster small_roster() {
    registry::Register people;
    people.members.push_back(testing::member(1, 1, "张三", 1, "13800000001"));
    people.members.push_back(testing::member(2, 1, "李四（户主）", 2, "13800000002"));
    people.members.push_back(testing::member(3, 2, "阿依古丽·买买提", 3));
    people.members.push_back(testing::member(4, 3, "王五", 104));
    people.members.push_back(testing::member(5, 3, "王五", 204));
    people.members.push_back(testing::member(6, 4, "张三", 6, "13800000001"));
    return Roster::build(people);
}

MatchOptions on(Date arrived) {
    return {.arrived = AsOf{arrived}, .until = AsOf{arrived}};
}

MatchedFile match_one(const policy::Dataset& dataset, Row row, MatchOptions options = on(day)) {
    return testing::match_file(dataset, small_roster(), {std::move(row)}, std::move(options));
}

Bucket bucket_of(const policy::Dataset& dataset, Row row, MatchOptions options = on(day)) {
    const MatchedFile file = match_one(dataset, std::move(row), std::move(options));
    REQUIRE(file.buckets.rows == 1);
    for (std::size_t i = 0; i < bucket_count; ++i) {
        if (file.buckets.count[i] == 1) return static_cast<Bucket>(i);
    }
    FAIL("no bucket");
    return Bucket::rejected;
}

Row row(std::optional<std::uint64_t> id, std::string name, std::optional<Date> date = day) {
    return {{{id, std::move(name), ""}}, date, {}};
}

std::uint8_t wrong_check(std::uint64_t digits) {
    return static_cast<std::uint8_t>((id_check_value(digits) + 3) % 11);
}

TEST_CASE(
    "a number with its name is exact; names compare without blanks, middle dots and bracketed remarks") {
    const auto feed = testing::dataset({"person"}, {});
    CHECK(bucket_of(feed, row(number(1), "张三")) == Bucket::exact);
    CHECK(bucket_of(feed, row(number(1), " 张　三 ")) == Bucket::exact);
    CHECK(bucket_of(feed, row(number(1), "张三（本人）")) == Bucket::exact);
    CHECK(bucket_of(feed, row(number(2), "李四")) == Bucket::exact);
    CHECK(bucket_of(feed, row(number(3), "阿依古丽买买提")) == Bucket::exact);
    CHECK(bucket_of(feed, row(number(3), "阿依古丽•买买提")) == Bucket::exact);
}

TEST_CASE("a number registered under another name, or without any, goes to review and tells no event") {
    const auto feed = testing::dataset({"person"}, {});
    const MatchedFile file = match_one(feed, row(number(1), "张三丰"));
    CHECK(file.buckets[Bucket::review] == 1);
    CHECK(file.hits.empty());
    REQUIRE(file.reviews.size() == 1);
    CHECK(file.reviews[0].row == 2);
    CHECK(file.reviews[0].person == 1);
    CHECK(file.reviews[0].name_in_file == "张三丰");
    CHECK(bucket_of(feed, row(number(1), "")) == Bucket::review);
}

TEST_CASE(
    "what a person said of a row holds for every row that tells its person in the same words, and no other") {
    const auto feed = testing::dataset({"person"}, {});
    const std::uint64_t miswritten = with_check(number(1), wrong_check(number(1)));
    Verdicts verdicts;
    verdicts.add(1, Verdicts::key_of({number(1), "张三丰", ""}), true);
    verdicts.add(1, Verdicts::key_of({number(1), "张散", ""}), false);
    verdicts.add(1, Verdicts::key_of({miswritten, "张三", ""}), false);
    MatchOptions heeding = on(day);
    heeding.verdicts = &verdicts;
    CHECK(bucket_of(feed, row(number(1), "张三丰"), heeding) == Bucket::exact);
    CHECK(bucket_of(feed, row(number(1), " 张　三丰"), heeding) == Bucket::exact);
    CHECK(bucket_of(feed, row(number(1), "张三峰"), heeding) == Bucket::review);
    CHECK(bucket_of(feed, row(number(1), "张散"), heeding) == Bucket::off_roster);
    CHECK(bucket_of(feed, row(number(2), "张三丰"), heeding) == Bucket::review);  // said of another person
    CHECK(bucket_of(feed, row(miswritten, "张三"), heeding) == Bucket::rejected);
    CHECK(bucket_of(feed, row(miswritten, "张三")) == Bucket::probable);
    CHECK(bucket_of(feed, row(number(1), "张三"), heeding) ==
          Bucket::exact);  // nobody is asked of what is sure
}

TEST_CASE("a number that nobody on the register has is off the register") {
    const auto feed = testing::dataset({"person"}, {});
    CHECK(bucket_of(feed, row(number(999), "张三")) == Bucket::off_roster);
}

TEST_CASE(
    "a wrong check character is probable if one registered person has the name and differs in one "
    "character") {
    const auto feed = testing::dataset({"person"}, {});
    // Only the check character differs.
    CHECK(bucket_of(feed, row(with_check(number(1), wrong_check(number(1))), "张三")) == Bucket::probable);
    // One digit differs, the check character is the registered one's.
    const std::uint64_t other = number(1) + 30;
    REQUIRE(id_check_value(other) != id_check_value(number(1)));
    const MatchedFile file = match_one(feed, row(with_check(other, id_check_value(number(1))), "张三"));
    CHECK(file.buckets[Bucket::probable] == 1);
    REQUIRE(file.hits.size() == 1);
    CHECK(file.hits[0].person == 1);
    CHECK(file.hits[0].grade == Grade::probable);
}

TEST_CASE(
    "a wrong check character with another name, with two characters off, or with two candidates is rejected "
    "and listed") {
    const auto feed = testing::dataset({"person"}, {});
    const MatchedFile file = match_one(feed, row(with_check(number(1), wrong_check(number(1))), "李四"));
    CHECK(file.buckets[Bucket::rejected] == 1);
    CHECK(file.unmatched_rows == std::vector<std::uint32_t>{2});
    const std::uint64_t two_off = number(1) + 33;
    REQUIRE(id_check_value(two_off) != id_check_value(number(1)));
    CHECK(bucket_of(feed, row(with_check(two_off, id_check_value(number(1))), "张三")) == Bucket::rejected);
    // 王五 twice, 104 and 204: of a number between them each differs in one character, and both have the
    // check character.
    registry::Register twins;
    twins.members.push_back(testing::member(1, 1, "王五", 1));
    std::uint64_t middle = 0;
    std::uint32_t second = 0;
    for (std::uint32_t n = 2; n < 1000 && second == 0; ++n) {
        for (std::uint32_t between = 2; between < 1000; ++between) {
            const auto a = with_check(number(between), id_check_value(number(1)));
            const bool fits = id_check_value(number(n)) == id_check_value(number(1)) && is_unchecked(a) &&
                              differing_characters(a, number(1)) == 1 &&
                              differing_characters(a, number(n)) == 1;
            if (!fits) continue;
            second = n;
            middle = a;
            break;
        }
    }
    REQUIRE(second != 0);
    const auto lone = testing::match_file(feed, Roster::build(twins), {row(middle, "王五")}, on(day));
    CHECK(lone.buckets[Bucket::probable] == 1);
    twins.members.push_back(testing::member(2, 2, "王五", second));
    const auto both = testing::match_file(feed, Roster::build(twins), {row(middle, "王五")}, on(day));
    CHECK(both.buckets[Bucket::rejected] == 1);
}

TEST_CASE("a row without a number is rejected, unless the dataset may be matched by name and phone") {
    auto feed = testing::dataset({"person"}, {}, true);
    const Row lead{{{std::nullopt, "李四", "13800000002"}}, day, {}};
    CHECK(bucket_of(feed, lead) == Bucket::rejected);
    feed.without_number = policy::WithoutNumber::name_and_phone;
    CHECK(bucket_of(feed, lead) == Bucket::probable);
    CHECK(bucket_of(feed, {{{std::nullopt, "李四", "13800000003"}}, day, {}}) == Bucket::off_roster);
    CHECK(bucket_of(feed, {{{std::nullopt, "李四", ""}}, day, {}}) == Bucket::off_roster);
    // Two registered persons have this name and this phone.
    CHECK(bucket_of(feed, {{{std::nullopt, "张三", "13800000001"}}, day, {}}) == Bucket::off_roster);
}

TEST_CASE("rejected comes before held, held before off the register") {
    const auto feed = testing::dataset({"person"}, {});
    const Date later = day + 1;
    CHECK(bucket_of(feed, row(std::nullopt, "张三", later)) == Bucket::rejected);
    CHECK(bucket_of(feed, row(with_check(number(1), wrong_check(number(1))), "李四", later)) ==
          Bucket::rejected);
    CHECK(bucket_of(feed, row(number(999), "张三", later)) == Bucket::held);
    CHECK(bucket_of(feed, row(number(1), "张三", later)) == Bucket::held);
    CHECK(bucket_of(feed, row(number(1), "张三", day)) == Bucket::exact);
    CHECK(bucket_of(feed, row(number(1), "张三", std::nullopt)) == Bucket::rejected);
    CHECK(match_one(feed, row(number(1), "张三", later)).hits.empty());
}

TEST_CASE("a dataset may count what is dated later at once, or reject it") {
    auto feed = testing::dataset({"person"}, {});
    feed.future_dated = policy::FutureDated::count;
    CHECK(bucket_of(feed, row(number(1), "张三", day + 9)) == Bucket::exact);
    CHECK(match_one(feed, row(number(1), "张三", day + 9)).hits.size() == 1);
    feed.future_dated = policy::FutureDated::reject;
    CHECK(bucket_of(feed, row(number(1), "张三", day + 1)) == Bucket::rejected);
    CHECK(bucket_of(feed, row(number(1), "张三", day)) == Bucket::exact);
}

TEST_CASE("a held row tells its event in a cycle on or after its date, and once only") {
    const auto feed = testing::dataset({"person"}, {});
    MatchOptions options = on(day);
    const Row late = row(number(1), "张三", day + 10);
    options.until = AsOf{day + 9};
    CHECK(match_one(feed, late, options).hits.empty());
    options.until = AsOf{day + 10};
    CHECK(match_one(feed, late, options).hits.size() == 1);
    CHECK(match_one(feed, late, options).buckets[Bucket::held] == 1);
    options.only_held_after = day + 9;
    CHECK(match_one(feed, late, options).hits.size() == 1);
    options.only_held_after = day + 10;
    CHECK(match_one(feed, late, options).hits.empty());
    CHECK(match_one(feed, row(number(1), "张三", day), options).hits.empty());
}

TEST_CASE("of a row for people it is told whether it was held; one that counts at once is not") {
    auto feed = testing::dataset({"person"}, {});
    MatchOptions options = on(day);
    options.until = AsOf{day + 10};
    const auto held_of = [&](Date date) {
        const auto reviews = match_one(feed, row(number(1), "别人", date), options).reviews;
        REQUIRE(reviews.size() == 1);
        return reviews.front().held;
    };
    CHECK_FALSE(held_of(day));
    CHECK(held_of(day + 1));
    CHECK(held_of(day + 10));
    CHECK(match_one(feed, row(number(1), "别人", day + 11), options).reviews.empty());
    feed.future_dated = policy::FutureDated::count;
    CHECK_FALSE(held_of(day + 1));
}

TEST_CASE("the same person, date and key again is a duplicate; another date or another key is not") {
    auto feed = testing::dataset({"person"}, {"kind"});
    feed.key_columns = {3};
    const auto with = [](std::optional<std::string> kind, Date date) {
        return Row{{{number(1), "张三", ""}}, date, {std::move(kind)}};
    };
    const MatchedFile file =
        testing::match_file(feed, small_roster(),
                            {with("养老", day), with("医疗", day), with("养老", day), with(" 养老", day),
                             with("养老", day - 1), with(std::nullopt, day)},
                            on(day));
    CHECK(file.buckets[Bucket::exact] == 4);
    CHECK(file.buckets[Bucket::duplicate] == 2);
    CHECK(file.hits.size() == 4);
}

TEST_CASE(
    "a review is repeated by an exact row of the same person and day; rows off the register repeat nothing") {
    const auto feed = testing::dataset({"person"}, {});
    const MatchedFile file = testing::match_file(feed, small_roster(),
                                                 {row(number(1), "张三丰"), row(number(1), "张三"),
                                                  row(number(999), "张三"), row(number(999), "张三")},
                                                 on(day));
    CHECK(file.buckets[Bucket::review] == 1);
    CHECK(file.buckets[Bucket::duplicate] == 1);
    CHECK(file.buckets[Bucket::off_roster] == 2);
}

TEST_CASE("a row with two persons judges each by itself and falls into the best of theirs") {
    const auto feed = testing::dataset({"left", "right"}, {});
    const auto pair = [](Cell left, Cell right) { return Row{{std::move(left), std::move(right)}, day, {}}; };
    const Cell exact{number(1), "张三", ""};
    const Cell probable{with_check(number(2), wrong_check(number(2))), "李四", ""};
    const Cell review{number(104), "别人", ""};
    const Cell stranger{number(999), "别人", ""};
    const Cell broken{std::nullopt, "别人", ""};
    CHECK(bucket_of(feed, pair(probable, exact)) == Bucket::exact);
    CHECK(bucket_of(feed, pair(probable, review)) == Bucket::probable);
    CHECK(bucket_of(feed, pair(stranger, review)) == Bucket::review);
    CHECK(bucket_of(feed, pair(stranger, broken)) == Bucket::off_roster);
    CHECK(bucket_of(feed, pair(broken, broken)) == Bucket::rejected);
    const MatchedFile file = match_one(feed, pair(probable, exact));
    REQUIRE(file.hits.size() == 2);
    CHECK(file.hits[0].role == 0);
    CHECK(file.hits[1].role == 1);
    CHECK(match_one(feed, pair(exact, exact)).buckets[Bucket::exact] == 1);
}

TEST_CASE("what a condition reads goes along with each hit, each combination once") {
    const auto feed = testing::dataset({"person"}, {"status", "kind"});
    MatchOptions options = on(day);
    options.condition_columns = {3, 4};
    std::vector<Row> rows;
    for (std::uint32_t n : {1U, 2U, 3U})
        rows.push_back({{{number(n),
                          n == 1   ? "张三"
                          : n == 2 ? "李四"
                                   : "阿依古丽买买提",
                          ""}},
                        day,
                        {"有效", n == 3 ? std::nullopt : std::optional<std::string>("甲")}});
    const MatchedFile file = testing::match_file(feed, small_roster(), rows, options, 1);
    REQUIRE(file.conditions.size() == 2);
    CHECK(file.conditions[0] == ConditionInput{"有效", "甲"});
    CHECK(file.conditions[1] == ConditionInput{"有效", std::nullopt});
    REQUIRE(file.hits.size() == 3);
    CHECK(file.hits[1].conditions == 0);
    CHECK(file.hits[2].conditions == 1);
}

TEST_CASE("the outcome is the same however the file is cut into batches") {
    auto feed = testing::dataset({"left", "right"}, {"kind"});
    feed.key_columns = {5};
    registry::Register people;
    for (std::uint32_t n = 1; n <= 300; ++n)
        people.members.push_back(testing::member(n, 1 + n / 3, "姓" + std::to_string(n % 7), n));
    const Roster roster = Roster::build(people);
    std::mt19937 random(7);
    const auto cell = [&] {
        const auto n = static_cast<std::uint32_t>(1 + random() % 600);
        const bool wrong = random() % 5 == 0;
        const std::uint64_t id =
            wrong ? with_check(number(n), static_cast<std::uint8_t>(random() % 11)) : number(n);
        return Cell{random() % 9 == 0 ? std::nullopt : std::optional(id),
                    "姓" + std::to_string(random() % 8 ? n % 7 : 0), ""};
    };
    std::vector<Row> rows;
    for (int i = 0; i < 4000; ++i) {
        rows.push_back({{cell(), cell()},
                        day - 20 + static_cast<int>(random() % 25),
                        {std::string(random() % 2 ? "甲" : "乙")}});
    }
    MatchOptions options = on(day);
    options.condition_columns = {5};
    const MatchedFile whole = testing::match_file(feed, roster, rows, options, rows.size());
    CHECK(whole.buckets[Bucket::duplicate] > 0);
    for (const std::size_t size : {1U, 7U, 64U, 1023U, 1025U}) {
        const MatchedFile cut = testing::match_file(feed, roster, rows, options, size);
        CHECK(cut.buckets == whole.buckets);
        CHECK(cut.hits == whole.hits);
        CHECK(cut.conditions == whole.conditions);
        CHECK(cut.unmatched_rows == whole.unmatched_rows);
        CHECK(cut.reviews.size() == whole.reviews.size());
    }
}

}  // namespace
}  // namespace doudi::match
