// SPDX-License-Identifier: Apache-2.0
#include "rekey/compare.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "rekey/template_book.h"

namespace doudi::rekey {
namespace {

using registry::Household;
using registry::Member;

IdNumber number(const std::string& birth, int order) {
    const std::string seventeen = fmt::format("441699{}{:03}", birth, order);
    return IdNumber::parse(seventeen + id_check_character(seventeen)).value();
}

const IdNumber zhang = number("19600101", 11);
const IdNumber wife = number("19620202", 12);
const IdNumber li = number("19650303", 13);

Household household(std::uint32_t id, std::string code, std::string address) {
    Household one;
    one.id = HouseholdId(id);
    one.code = std::move(code);
    one.address = std::move(address);
    one.category = "minimum_living_guarantee";
    return one;
}

Member member(std::uint32_t id, std::uint32_t household, std::string name, std::optional<IdNumber> number) {
    Member one;
    one.id = PersonId(id);
    one.household = HouseholdId(household);
    one.name = std::move(name);
    one.id_number = number;
    return one;
}

registry::Register ours() {
    return {{household(1, "LZ1", "一组1号"), household(2, "LZ2", "二组2号")},
            {member(1, 1, "张建国", zhang), member(2, 1, "张妻", wife), member(3, 2, "李秀英", li)}};
}

TheirHousehold their_household(std::string code, std::string address, std::string category = "低保") {
    TheirHousehold one;
    one.row.code = std::move(code);
    one.row.address = std::move(address);
    one.row.category = std::move(category);
    one.at = {"户.csv", "", 2};
    return one;
}

TheirMember their_member(std::string household, std::string name, std::string number) {
    TheirMember one;
    one.row.household_code = std::move(household);
    one.row.name = std::move(name);
    one.row.id_text = std::move(number);
    one.at = {"人.csv", "", 2};
    return one;
}

const Words words{{{"category", "低保"}, "minimum_living_guarantee"}};

std::string text_of(const std::vector<FieldDiffers>& fields) {
    std::string all;
    for (const FieldDiffers& one : fields)
        all += fmt::format("{}/{}/{}:{}>{} ", one.household, one.person ? one.person->value() : 0, one.field,
                           one.theirs, one.ours);
    return all;
}

}  // namespace

TEST_CASE("an export that says what the register says differs in nothing") {
    const Export theirs{
        {their_household("LZ1", "一组1号"), their_household("LZ2", " 二组2号")},
        {their_member("LZ1", "张 建国", zhang.reveal()), their_member("LZ1", "张妻", wife.reveal()),
         their_member("LZ2", "李秀英", li.reveal())},
        {},
        {}};
    const Differences found = compare(ours(), theirs, words);
    CHECK(found.missing_households.empty());
    CHECK(found.missing_members.empty());
    CHECK(found.extra.empty());
    CHECK(text_of(found.fields).empty());
    CHECK(found.unclear.empty());
}

TEST_CASE("a household is found by its number, else by its members: a platform has numbers of its own") {
    const Export theirs{
        {their_household("P-7", "二组20号")}, {their_member("P-7", "李秀英", li.reveal())}, {}, {}};
    const Differences found = compare(ours(), theirs, words);
    CHECK(found.missing_households == std::vector{HouseholdId(1)});
    CHECK(found.missing_members == std::vector{PersonId(1), PersonId(2)});
    CHECK(text_of(found.fields) == "P-7/0/address:二组20号>二组2号 ");
}

TEST_CASE("members of two of our households under one number there are for a person") {
    const Export theirs{
        {their_household("P-7", "二组2号")},
        {their_member("P-7", "李秀英", li.reveal()), their_member("P-7", "张妻", wife.reveal())},
        {},
        {}};
    const Differences found = compare(ours(), theirs, words);
    REQUIRE(found.unclear.size() == 1);
    CHECK(found.missing_households.empty());  // either may be the one
    CHECK(found.missing_members == std::vector{PersonId(1)});
}

TEST_CASE("a number that differs never means a person by the name; without one household and name do") {
    const Export other{{}, {their_member("LZ1", "张建国", number("19600102", 11).reveal())}, {}, {}};
    Differences found = compare(ours(), other, words);
    REQUIRE(found.extra.size() == 1);
    CHECK(found.missing_members.size() == 3);
    const Export none{{}, {their_member("LZ1", "张建国", "")}, {}, {}};
    found = compare(ours(), none, words);
    CHECK(found.extra.empty());
    CHECK(found.missing_members == std::vector{PersonId(2), PersonId(3)});
    const Export elsewhere{{}, {their_member("LZ2", "张建国", "")}, {}, {}};
    CHECK(compare(ours(), elsewhere, words).extra.size() == 1);
}

TEST_CASE("a member in another household there is told, and a second row of a person is for a person") {
    const Export theirs{
        {}, {their_member("LZ2", "张妻", wife.reveal()), their_member("LZ1", "张妻", wife.reveal())}, {}, {}};
    const Differences found = compare(ours(), theirs, words);
    CHECK(text_of(found.fields) == "LZ2/2/household:LZ2>LZ1 ");
    CHECK(found.unclear.size() == 1);
}

TEST_CASE("a column that the export has not is not compared; what we do not know is told as a question") {
    registry::Register mine = ours();
    mine.households[0].region = "441699100001";
    mine.households[0].address.clear();
    const Export theirs{{their_household("LZ1", "一组1号"), their_household("LZ2", "")}, {}, {}, {}};
    const Differences found = compare(mine, theirs, words);
    CHECK(text_of(found.fields) == "LZ1/0/address:一组1号> LZ2/0/address:>二组2号 ");
    const auto book = template_book(mine, theirs, found, Template{}, Numbers::masked);
    REQUIRE(book.size() == 5);
    REQUIRE(book[2].table.rows.size() == 2);
    CHECK(book[2].table.rows[0][6] == "本级名册未掌握，请核实，不据此清空");
    CHECK(book[2].table.rows[1][6].empty());
}

TEST_CASE("numbers of the template are masked unless whole ones are asked for") {
    const Export theirs{{}, {}, {}, {}};
    Template form;
    form.members = {{"身份证号码", "id_number"}};
    const registry::Register mine = ours();
    const Differences found = compare(mine, theirs, words);
    CHECK(template_book(mine, theirs, found, form, Numbers::masked)[1].table.rows[0][0] == zhang.masked());
    CHECK(template_book(mine, theirs, found, form, Numbers::whole)[1].table.rows[0][0] == zhang.reveal());
    CHECK(persons_in(found) == std::vector{PersonId(1), PersonId(2), PersonId(3)});
}

}  // namespace doudi::rekey
