// SPDX-License-Identifier: Apache-2.0
#include "registry/verbs.h"

#include <doctest/doctest.h>

#include <string>

#include "registry/repository.h"
#include "store/test_folder.h"

namespace doudi::registry {
namespace {

// The unassigned county code 441699: nobody has these numbers.
const std::string number_a = "441699197406129795";
const std::string number_b = "441699196202063566";
const AsOf day{*Date::from_ymd(2025, 3, 31)};

struct Office {
    store::TestFolder folder;
    store::DataFolder data;

    Office() : data(make(folder)) {}
    static store::DataFolder make(const store::TestFolder& folder) {
        auto made = store::DataFolder::create(folder / "data");
        REQUIRE(made);
        return std::move(*made);
    }
    RegisterLoad load(const std::vector<HouseholdRow>& households, const std::vector<MemberRow>& members) {
        const auto publish = data.begin_publish("register", day, "{}");
        REQUIRE(publish);
        const RegisterLoad loaded = stage(*publish, households, members);
        REQUIRE(data.publish(*publish));
        return loaded;
    }
    RegisterLoad stage(PublishId publish, const std::vector<HouseholdRow>& households,
                       const std::vector<MemberRow>& members) {
        auto loader = RegisterLoader::begin(data, publish, 2);
        REQUIRE(loader);
        for (const HouseholdRow& row : households) REQUIRE(loader->add(row));
        for (const MemberRow& row : members) REQUIRE(loader->add(row));
        auto loaded = loader->finish();
        REQUIRE(loaded);
        return *loaded;
    }
    Register all() {
        auto found = read_register(data, data.current());
        REQUIRE(found);
        return std::move(*found);
    }
};

HouseholdRow household(std::uint32_t row, const std::string& code) {
    HouseholdRow out;
    out.row = row;
    out.code = code;
    out.region = "441622102201";
    out.address = "龙川县义都镇1组33号";
    out.head_name = "顾娜平";
    out.category = "低保对象";
    out.enrolled_on = Date::from_ymd(2022, 2, 15);
    out.income_per_head_month = Money::fen(54700);
    return out;
}

MemberRow member(std::uint32_t row, const std::string& code, const std::string& name,
                 const std::string& number) {
    return {row, code, name, number, "户主", "女", "13800000000"};
}

}  // namespace

TEST_CASE("what is loaded is read back whole, members by household") {
    Office office;
    const RegisterLoad load = office.load(
        {household(2, "LC2"), household(3, "LC1")},
        {member(2, "LC1", "甲", number_a), member(3, "LC2", "乙", number_b), member(4, "LC1", "丙", "")});
    CHECK(load.households.added == 2);
    CHECK(load.members.added == 3);
    CHECK(load.findings.empty());
    const Register all = office.all();
    REQUIRE(all.households.size() == 2);
    CHECK(all.households[0].code == "LC2");
    CHECK(all.households[0].id == HouseholdId(1));
    CHECK(all.households[0].region == "441622102201");
    CHECK(all.households[0].address == "龙川县义都镇1组33号");
    CHECK(all.households[0].head_name == "顾娜平");
    CHECK(all.households[0].category == "低保对象");
    CHECK(all.households[0].enrolled_on == Date::from_ymd(2022, 2, 15));
    CHECK(all.households[0].income_per_head_month == Money::fen(54700));
    REQUIRE(all.members.size() == 3);
    CHECK(all.members[0].name == "乙");
    CHECK(all.members[0].id == PersonId(2));
    CHECK(all.members[1].name == "甲");
    CHECK(all.members[1].id_number == IdNumber::parse(number_a));
    CHECK(all.members[1].relation == "户主");
    CHECK(all.members[1].sex == "女");
    CHECK(all.members[1].phone == "13800000000");
    CHECK(all.members[2].name == "丙");
    CHECK_FALSE(all.members[2].id_number);
}

TEST_CASE("the same files again change nothing") {
    Office office;
    const std::vector<HouseholdRow> households{household(2, "LC1")};
    const std::vector<MemberRow> members{member(2, "LC1", "甲", number_a), member(3, "LC1", "丙", "")};
    office.load(households, members);
    const RegisterLoad again = office.load(households, members);
    CHECK_FALSE(again.changes_anything());
    CHECK(again.households.unchanged == 1);
    CHECK(again.members.unchanged == 2);
    auto rows = office.data.database().prepare("select count(*) from member");
    REQUIRE(rows);
    REQUIRE(rows->step());
    CHECK(rows->integer(0) == 2);
}

TEST_CASE("a change keeps the ids, and the earlier publish id still shows what was") {
    Office office;
    office.load({household(2, "LC1"), household(3, "LC2")}, {member(2, "LC1", "甲", number_a)});
    const PublishId earlier = office.data.current();
    HouseholdRow poorer = household(2, "LC1");
    poorer.income_per_head_month = Money::fen(0);
    MemberRow renamed = member(2, "LC1", "甲甲", number_a);
    const RegisterLoad load = office.load({poorer}, {renamed});
    CHECK(load.households.changed == 1);
    CHECK(load.members.changed == 1);
    const Register now = office.all();
    CHECK(now.households.size() == 2);  // LC2 is absent from the file and stays
    CHECK(now.households[0].income_per_head_month == Money::fen(0));
    CHECK(now.members[0].name == "甲甲");
    CHECK(now.members[0].id == PersonId(1));
    const auto before = read_register(office.data, earlier);
    REQUIRE(before);
    CHECK(before->households[0].income_per_head_month == Money::fen(54700));
    CHECK(before->members[0].name == "甲");
}

TEST_CASE("an empty cell is no fact: it keeps what the register has") {
    Office office;
    office.load({household(2, "LC1")}, {member(2, "LC1", "甲", number_a)});
    HouseholdRow silent;
    silent.row = 2;
    silent.code = "LC1";
    MemberRow without{2, "LC1", "甲", "", "", "", ""};
    CHECK_FALSE(office.load({silent}, {without}).changes_anything());
    CHECK(office.all().members[0].id_number == IdNumber::parse(number_a));
}

TEST_CASE("an unknown income is unknown, not zero") {
    Office office;
    HouseholdRow row = household(2, "LC1");
    row.income_per_head_month.reset();
    row.enrolled_on.reset();
    office.load({row}, {});
    CHECK_FALSE(office.all().households[0].income_per_head_month);
    CHECK_FALSE(office.all().households[0].enrolled_on);
}

TEST_CASE("a household twice: the same again is nothing, other data is a finding and the first stands") {
    Office office;
    HouseholdRow other = household(9, "LC1");
    other.category = "特困人员";
    const RegisterLoad load = office.load({household(2, "LC1"), household(5, "LC1"), other}, {});
    CHECK(load.households.rows == 3);
    CHECK(load.households.added == 1);
    CHECK(load.households.unchanged == 1);
    CHECK(load.households.refused == 1);
    REQUIRE(load.findings.size() == 1);
    CHECK(load.findings[0].fault == RegisterFault::household_contradiction);
    CHECK(load.findings[0].row == 9);
    CHECK(load.findings[0].earlier_row == 2);
    CHECK(describe(load.findings[0], {"第 9 行", "row 9"}, {"第 2 行", "row 2"}).zh ==
          "第 9 行：户 LC1 与第 2 行内容不一致，以先出现的为准");
    CHECK(office.all().households[0].category == "低保对象");
}

TEST_CASE("a number in two households: the first stands, the second is a finding with the number masked") {
    Office office;
    const RegisterLoad load =
        office.load({household(2, "LC1"), household(3, "LC2")},
                    {member(2, "LC1", "甲", number_a), member(3, "LC2", "甲", number_a)});
    REQUIRE(load.findings.size() == 1);
    CHECK(load.findings[0].fault == RegisterFault::member_twice);
    CHECK(load.findings[0].earlier_row == 2);
    CHECK(load.members.refused == 1);
    CHECK(describe(load.findings[0], {}, {}).en.find(number_a) == std::string::npos);
    CHECK(load.findings[0].value.find("1974") == std::string::npos);
    const Register all = office.all();
    REQUIRE(all.members.size() == 1);
    CHECK(all.members[0].household == HouseholdId(1));
}

TEST_CASE("a member of an unknown household is refused, of one from an earlier load is not") {
    Office office;
    office.load({household(2, "LC1")}, {});
    const RegisterLoad load =
        office.load({}, {member(2, "LC1", "甲", number_a), member(3, "LC9", "乙", number_b)});
    CHECK(load.members.added == 1);
    REQUIRE(load.findings.size() == 1);
    CHECK(load.findings[0].fault == RegisterFault::member_of_nobody);
    CHECK(load.findings[0].refused());
    CHECK(office.all().members.size() == 1);
}

TEST_CASE("who has no code or no name is refused") {
    Office office;
    const RegisterLoad load =
        office.load({household(2, ""), household(3, "LC1")}, {member(2, "LC1", " ", number_a)});
    REQUIRE(load.findings.size() == 2);
    CHECK(load.findings[0].fault == RegisterFault::household_without_code);
    CHECK(load.findings[1].fault == RegisterFault::member_without_name);
    CHECK(office.all().members.empty());
}

TEST_CASE("a number that cannot be used is said, and its member kept without one") {
    Office office;
    const RegisterLoad load =
        office.load({household(2, "LC1")},
                    {member(2, "LC1", "甲", "4.41699E+17"), member(3, "LC1", "乙", "441699196202063567")});
    CHECK(load.members.added == 2);
    CHECK(load.members.refused == 0);
    REQUIRE(load.findings.size() == 2);
    CHECK(load.findings[1].fault == RegisterFault::number_unusable);
    CHECK_FALSE(load.findings[1].refused());
    CHECK(load.findings[1].value.find("19620206") == std::string::npos);
    for (const Member& one : office.all().members) CHECK_FALSE(one.id_number);
}

TEST_CASE("numbers are mended as everywhere: full width, spaces, 15 digits") {
    Office office;
    office.load({household(2, "LC1")}, {member(2, "LC1", "甲", "４４１６９９ 19740612 9795"),
                                        member(3, "LC1", "乙", "441699620206356")});
    const Register all = office.all();
    CHECK(all.members[0].id_number == IdNumber::parse(number_a));
    CHECK(all.members[1].id_number == IdNumber::parse(number_b));
}

TEST_CASE("who had no number is the same person when it becomes known") {
    Office office;
    office.load({household(2, "LC1")}, {member(2, "LC1", "甲", "")});
    const RegisterLoad load = office.load({}, {member(2, "LC1", "甲（户主）", number_a)});
    CHECK(load.members.changed == 1);
    CHECK(load.members.added == 0);
    const Register all = office.all();
    REQUIRE(all.members.size() == 1);
    CHECK(all.members[0].id == PersonId(1));
    CHECK(all.members[0].id_number == IdNumber::parse(number_a));
}

TEST_CASE("two numbers under one name in a household are two persons") {
    Office office;
    const RegisterLoad load = office.load(
        {household(2, "LC1")}, {member(2, "LC1", "甲", number_a), member(3, "LC1", "甲", number_b)});
    CHECK(load.members.added == 2);
    CHECK(load.findings.empty());
}

TEST_CASE("who moves to another household in a later load keeps the id and is found there by name") {
    Office office;
    office.load({household(2, "LC1"), household(3, "LC2")},
                {member(2, "LC1", "乙", number_b), member(3, "LC1", "甲", number_a)});
    const RegisterLoad moved = office.load(
        {}, {member(2, "LC2", "甲", number_a), member(3, "LC2", "甲", ""), member(4, "LC1", "乙", "")});
    CHECK(moved.members.changed == 1);
    CHECK(moved.members.unchanged == 2);
    const Register all = office.all();
    REQUIRE(all.members.size() == 2);
    CHECK(all.members[1].name == "甲");
    CHECK(all.members[1].id == PersonId(2));
    CHECK(all.members[1].household == HouseholdId(2));
}

TEST_CASE("the members' keys are those of the register, each in its newest form, for any number of threads") {
    Office office;
    office.load({household(2, "LC1"), household(3, "LC2")},
                {member(2, "LC2", "甲", number_a), member(3, "LC1", "乙", "")});
    office.load({}, {member(2, "LC2", "甲改", number_a)});
    for (const unsigned threads : {1U, 3U}) {
        const auto keys = read_member_keys(office.data, office.data.current(), threads);
        REQUIRE(keys);
        REQUIRE(keys->size() == 3);
        CHECK((*keys)[0].household == 0);
        CHECK((*keys)[1].name == name_key("甲改"));
        CHECK((*keys)[1].number == IdNumber::parse(number_a)->packed());
        CHECK((*keys)[1].household == 2);
        CHECK((*keys)[1].phone == phone_key("138 0000 0000"));
        CHECK((*keys)[2].name == name_key("乙"));
        CHECK((*keys)[2].number == 0);
        CHECK((*keys)[2].household == 1);
    }
    const auto nobody = read_member_keys(office.data, PublishId(0), 2);
    REQUIRE(nobody);
    for (const MemberKeys& keys : *nobody) CHECK(keys.household == 0);
}

TEST_CASE("a load that is taken back was none, and its ids are given again") {
    Office office;
    office.load({household(2, "LC1")}, {member(2, "LC1", "甲", number_a)});
    const auto publish = office.data.begin_publish("register", day, "{}");
    REQUIRE(publish);
    {
        auto loader = RegisterLoader::begin(office.data, *publish);
        REQUIRE(loader);
        std::uint32_t row = 1;
        // More than is held back, so that part of it is staged already.
        for (int i = 0; i < 30000; ++i) REQUIRE(loader->add(household(++row, "LD" + std::to_string(i))));
        REQUIRE(loader->add(member(2, "LD7", "乙", number_b)));
        REQUIRE(loader->withdraw());
    }
    office.stage(*publish, {household(2, "LC2")}, {});
    REQUIRE(office.data.publish(*publish));
    const Register all = office.all();
    REQUIRE(all.households.size() == 2);
    CHECK(all.households[1].code == "LC2");
    CHECK(all.households[1].id == HouseholdId(2));
    CHECK(all.members.size() == 1);
}

TEST_CASE("a load larger than what is held back is staged whole, and what came twice is still known") {
    Office office;
    constexpr std::uint32_t count = 30000;
    std::vector<HouseholdRow> households;
    std::vector<MemberRow> members;
    for (std::uint32_t i = 0; i < count; ++i) {
        households.push_back(household(2 + i, "LC" + std::to_string(i)));
        members.push_back(member(2 + i, "LC" + std::to_string(i), "甲", ""));
    }
    HouseholdRow other = household(2 + count, "LC5");  // staged long ago
    other.address = "别处";
    households.push_back(other);
    MemberRow again = member(2 + count, "LC5", "甲", "");
    again.phone.clear();  // says less than the first: nothing new
    members.push_back(again);
    again.row = 3 + count;
    again.phone = "13900000000";
    members.push_back(again);
    const RegisterLoad load = office.load(households, members);
    CHECK(load.households.added == count);
    CHECK(load.members.added == count);
    CHECK(load.members.unchanged == 1);
    REQUIRE(load.findings.size() == 2);
    CHECK(load.findings[0].earlier_row == 7);
    CHECK(load.findings[1].earlier_row == 7);
    const Register all = office.all();
    CHECK(all.households.size() == count);
    CHECK(all.members.size() == count);
    CHECK(all.members[5].phone == "13800000000");
    CHECK_FALSE(office.load(households, {}).changes_anything());
}

TEST_CASE("a load that was not published never was") {
    Office office;
    office.load({household(2, "LC1")}, {});
    auto publish = office.data.begin_publish("register", day, "{}");
    REQUIRE(publish);
    office.stage(*publish, {household(2, "LC2")}, {member(2, "LC2", "甲", number_a)});
    CHECK(office.all().households.size() == 1);
    office.load({household(2, "LC3")}, {});
    const Register all = office.all();
    REQUIRE(all.households.size() == 2);
    CHECK(all.households[1].code == "LC3");
    CHECK(all.members.empty());
}

}  // namespace doudi::registry
