// SPDX-License-Identifier: Apache-2.0
#include "registry/proposals.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

#include "base/test_values.h"
#include "registry/repository.h"
#include "registry/shredding.h"
#include "registry/verbs.h"
#include "store/test_engines.h"
#include "store/test_sealed.h"

namespace doudi::registry {
namespace {

// The unassigned county code 441699: nobody has these numbers.
const std::string number_a = "441699197406129795";
const std::string number_b = "441699196202063566";
const Date first_day = *Date::from_ymd(2025, 3, 31);
const Date second_day = *Date::from_ymd(2025, 6, 30);

HouseholdRow household(std::uint32_t row, const std::string& code, const std::string& address = "某地") {
    HouseholdRow out;
    out.row = row;
    out.code = code;
    out.region = "441699101001";
    out.address = address;
    out.category = "x";
    return out;
}
MemberRow member(std::uint32_t row, const std::string& code, const std::string& name,
                 const std::string& number = {}, const std::string& phone = {}) {
    return {row, code, name, number, "户主", "女", phone};
}

template <class Engine>
class Office {
  public:
    explicit Office(const store::SealChoice& seal = {})
        : data(value(store::DataFolder::create(engine_.place(), {}, seal))) {
        const PublishId publish = value(data.begin_publish("register", AsOf{first_day}, "{}"));
        (void)laid(publish, Laying::apply, {household(1, "A"), household(2, "B")},
                   {member(3, "A", "甲", number_a), member(4, "B", "乙")});
        REQUIRE(data.publish(publish));
    }

    RegisterLoad laid(PublishId publish, Laying laying, const std::vector<HouseholdRow>& households,
                      const std::vector<MemberRow>& members) {
        auto loader = value(RegisterLoader::begin(data, publish, 1, laying));
        for (const auto& row : households) REQUIRE(loader.add(row));
        for (const auto& row : members) REQUIRE(loader.add(row));
        return value(loader.finish());
    }
    Proposal proposed(const std::vector<HouseholdRow>& households, const std::vector<MemberRow>& members) {
        const PublishId publish = value(data.begin_publish("proposal", AsOf{second_day}, "{}"));
        const NextIds next = value(next_ids(data.database()));
        load = laid(publish, Laying::propose, households, members);
        Proposal proposal{publish, data.current(), second_day, 0, next.household, next.person, {}, {}};
        proposal.last_household =
            HouseholdId(next.household.value() + static_cast<std::uint32_t>(load.households.added) - 1);
        proposal.last_member =
            PersonId(next.person.value() + static_cast<std::uint32_t>(load.members.added) - 1);
        REQUIRE(stage_proposal(data, proposal));
        REQUIRE(data.publish(publish));
        return proposal;
    }
    Decided decided(const Proposal& proposal, bool accepted, const ProposalPart& part = {}) {
        const PublishId publish =
            value(data.begin_publish(accepted ? "register" : "proposal", AsOf{proposal.as_of}, "{}"));
        const Decided done = value(decide_rows(data, publish, proposal, part,
                                               {accepted, part.what, {7, "boss"}, "核对无误", Instant()}));
        REQUIRE(data.publish(publish));
        return done;
    }
    // By itself, on a day of its own.
    void renamed(std::uint32_t person, const std::string& name, Date day) {
        const PublishId publish = value(data.begin_publish("register", AsOf{day}, "{}"));
        Member row = value(read_member(data, data.current(), PersonId(person)));
        row.name = name;
        REQUIRE(stage_members(data, publish, std::vector{row}));
        REQUIRE(data.publish(publish));
    }
    Register all() { return value(read_register(data, data.current())); }
    Member person(std::uint32_t id) { return value(read_member(data, data.current(), PersonId(id))); }

  private:
    Engine engine_;

  public:
    store::DataFolder data;
    RegisterLoad load;
};

template <class AnyOffice>
std::vector<PersonId> absent_members(const AnyOffice& office) {
    std::vector<PersonId> ids;
    for (const AbsentMember& one : office.load.absent_members) ids.push_back(one.person);
    return ids;
}

// One of each: a new household with a new member, a changed one, a member changed, one as before.
template <class AnyOffice>
Proposal one_of_each(AnyOffice& office) {
    return office.proposed({household(1, "A", "新地址"), household(2, "B"), household(3, "C")},
                           {member(4, "A", "甲", number_a, "13800000000"), member(5, "B", "乙"),
                            member(6, "C", "丙", number_b)});
}

}  // namespace

TEST_CASE_TEMPLATE("what a file would change is kept beside the register, which stays as it is", Engine,
                   ENGINES) {
    Office<Engine> office;
    const Register before = office.all();
    const Proposal proposal = one_of_each(office);
    CHECK(office.all().households == before.households);
    CHECK(office.all().members == before.members);
    const ProposalCounts counts = value(count_rows(office.data, proposal.id));
    CHECK(counts.new_households.open == 1);
    CHECK(counts.changed_households.open == 1);
    CHECK(counts.new_members.open == 1);
    CHECK(counts.changed_members.open == 1);
    CHECK(counts.open() == 4);
    const auto rows = value(read_rows(office.data, proposal, {}, 10));
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].code == "A");
    CHECK(rows[0].changes == std::vector<FieldChange>{{"address", "某地", "新地址"}});
    CHECK(rows[1].code == "C");
    CHECK(rows[1].is_new);
    CHECK(rows[2].changes == std::vector<FieldChange>{{"phone", "", "13800000000"}});
    CHECK(rows[3].code == "C");
    SUBCASE("page by page, the same rows") {
        const auto first = value(read_rows(office.data, proposal, {}, 1));
        const auto second = value(read_rows(office.data, proposal, {false, first[0].id}, 2));
        CHECK(second[0].code == "C");
        CHECK_FALSE(second[1].household);
        CHECK(value(read_rows(office.data, proposal, {true, second[1].id}, 5)).size() == 1);
    }
}

TEST_CASE_TEMPLATE("accepted as a whole, it is the register, and every row has its outcome", Engine,
                   ENGINES) {
    Office<Engine> office;
    const Proposal proposal = one_of_each(office);
    const Decided done = office.decided(proposal, true);
    CHECK(done.households == 2);
    CHECK(done.members == 2);
    CHECK(done.overtaken + done.waiting == 0);
    CHECK(office.all().households.size() == 3);
    CHECK(office.person(1).phone == "13800000000");
    CHECK(office.person(3).name == "丙");
    CHECK(value(count_rows(office.data, proposal.id)).open() == 0);
    const auto decisions = value(decisions_of(office.data, proposal.id));
    REQUIRE(decisions.size() == 1);
    CHECK(decisions[0].accepted);
    CHECK(decisions[0].by.name == "boss");
    CHECK(decisions[0].reason == "核对无误");
    CHECK_FALSE(value(has_rejected_rows(office.data, proposal.id)));
}

TEST_CASE_TEMPLATE("accepted in parts: what is new, what changes, household by household", Engine, ENGINES) {
    Office<Engine> office;
    const Proposal proposal = one_of_each(office);
    SUBCASE("what changes") {
        const Decided done = office.decided(proposal, true, {ProposalPart::What::change, {}});
        CHECK(done.households == 1);
        CHECK(done.members == 1);
        CHECK(office.all().households.size() == 2);
        CHECK(office.decided(proposal, true, {ProposalPart::What::add, {}}).members == 1);
    }
    SUBCASE("one household with its members") {
        const std::vector<std::string> codes{"C", "B", "nobody"};
        const auto ids = value(proposed_households(office.data, proposal, codes));
        CHECK(ids == std::vector{HouseholdId(3)});
        const Decided done = office.decided(proposal, true, {ProposalPart::What::households, ids});
        CHECK(done.households == 1);
        CHECK(done.members == 1);
        CHECK(value(count_rows(office.data, proposal.id)).open() == 2);
    }
    SUBCASE("refused: nothing changes, and the file may come again") {
        const Decided done = office.decided(proposal, false);
        CHECK(done.households + done.members == 4);
        CHECK(office.all().households.size() == 2);
        CHECK(value(has_rejected_rows(office.data, proposal.id)));
        CHECK(office.decided(proposal, true).households == 0);
    }
}

TEST_CASE_TEMPLATE(
    "a member of a new household waits until that is accepted, and nobody else is given their ids", Engine,
    ENGINES) {
    Office<Engine> office;
    const Proposal proposal = office.proposed(
        {household(1, "C")}, {member(2, "C", "乙乙", number_b), member(3, "C", "甲", number_a)});
    CHECK(office.decided(proposal, true, {ProposalPart::What::change, {}}).waiting == 1);  // 甲 moves to C
    // Somebody else comes onto the register meanwhile, and a further file proposes further ones.
    const NextIds next = value(next_ids(office.data.database()));
    CHECK(next.household == HouseholdId(4));
    CHECK(next.person == PersonId(4));
    const PublishId publish = value(office.data.begin_publish("register", AsOf{second_day}, "{}"));
    Household other = office.all().households[0];
    other.id = next.household;
    other.code = "D";
    REQUIRE(stage_households(office.data, publish, std::vector{other}));
    REQUIRE(office.data.publish(publish));
    const Proposal further = office.proposed({household(1, "E")}, {member(2, "E", "戊")});
    CHECK(further.first_household == HouseholdId(5));
    CHECK(further.first_member == PersonId(4));
    CHECK(value(next_ids(office.data.database())).person == PersonId(5));
    (void)office.decided(proposal, true, {ProposalPart::What::add, {}});
    const HouseholdId given = value(find_by_code(office.data, office.data.current(), "C"));
    CHECK(given == HouseholdId(3));
    CHECK(office.person(3).household == given);
    (void)office.decided(further, true);
    CHECK(office.person(4).name == "戊");
    CHECK(value(find_by_code(office.data, office.data.current(), "E")) == HouseholdId(5));
    CHECK(office.decided(proposal, true).members == 1);
    CHECK(office.person(1).household == given);
}

TEST_CASE_TEMPLATE("what the register says otherwise by now is overtaken, not overwritten", Engine, ENGINES) {
    Office<Engine> office;
    const Proposal proposal = one_of_each(office);
    SUBCASE("a member changed since") {
        office.renamed(1, "甲甲", first_day);
    }
    SUBCASE("a member for whom a later day holds already") {
        office.renamed(1, "甲甲", second_day + 1);
    }
    const Decided done = office.decided(proposal, true);
    CHECK(done.overtaken == 1);
    CHECK(done.members == 1);
    CHECK(office.person(1).name == "甲甲");
    CHECK(office.person(1).phone.empty());
    CHECK(value(count_rows(office.data, proposal.id)).changed_members.overtaken == 1);
}

TEST_CASE_TEMPLATE("a new member whose number somebody has by now is overtaken", Engine, ENGINES) {
    Office<Engine> office;
    const Proposal proposal = one_of_each(office);
    const PublishId publish = value(office.data.begin_publish("register", AsOf{first_day}, "{}"));
    Member numbered = office.person(2);
    numbered.id_number = IdNumber::parse(number_b);
    REQUIRE(stage_members(office.data, publish, std::vector{numbered}));
    REQUIRE(office.data.publish(publish));
    CHECK(office.decided(proposal, true).overtaken == 1);
    CHECK(office.all().members.size() == 2);
}

TEST_CASE_TEMPLATE("whom a file of their place leaves out is told, and stays", Engine, ENGINES) {
    Office<Engine> office;
    HouseholdRow elsewhere = household(1, "C");
    elsewhere.region = "441699102001";
    (void)office.proposed({elsewhere}, {});
    CHECK(office.load.absent_households.empty());  // the file says nothing of the place where A and B are
    (void)office.proposed({household(1, "A")}, {member(2, "A", "戊")});
    CHECK(office.load.absent_households == std::vector{HouseholdId(2)});
    CHECK(absent_members(office) == std::vector{PersonId(1)});
    CHECK(office.all().members.size() == 2);
}

TEST_CASE_TEMPLATE(
    "a member is missed where the file told of the household's members, or of those of its place", Engine,
    ENGINES) {
    Office<Engine> office;
    SUBCASE("a file of households alone says nothing of members") {
        (void)office.proposed({household(1, "A"), household(2, "B")}, {});
        CHECK(absent_members(office).empty());
    }
    SUBCASE("one without a number is missed like the others") {
        (void)office.proposed({household(1, "A"), household(2, "B")},
                              {member(3, "A", "甲", number_a), member(4, "B", "新")});
        CHECK(absent_members(office) == std::vector{PersonId(2)});
    }
    SUBCASE("all members of a household that came, where others of its place came") {
        (void)office.proposed({household(1, "A"), household(2, "B")}, {member(3, "A", "甲", number_a)});
        CHECK(absent_members(office) == std::vector{PersonId(2)});
        CHECK(office.load.absent_households.empty());
    }
    SUBCASE("but not where the members that came are of another place") {
        HouseholdRow elsewhere = household(2, "C");
        elsewhere.region = "441699102001";
        (void)office.decided(office.proposed({elsewhere}, {member(3, "C", "丙", number_b)}), true);
        (void)office.proposed({household(1, "A"), elsewhere}, {member(3, "C", "丙", number_b)});
        CHECK(absent_members(office).empty());
    }
    SUBCASE("of a household that did not come at all the household is asked about, not each member") {
        (void)office.proposed({household(1, "A")}, {member(2, "A", "甲", number_a)});
        CHECK(absent_members(office).empty());
        CHECK(office.load.absent_households == std::vector{HouseholdId(2)});
    }
    SUBCASE("who moved to another household of the file is not missing") {
        (void)office.proposed({household(1, "A"), household(2, "B")},
                              {member(3, "B", "甲", number_a), member(4, "B", "乙")});
        CHECK(absent_members(office).empty());
    }
}

TEST_CASE_TEMPLATE("who left or what ended is not brought back by a file", Engine, ENGINES) {
    Office<Engine> office;
    const PublishId publish = value(office.data.begin_publish("register", AsOf{first_day}, "{}"));
    Member left = office.person(1);
    left.household = HouseholdId();
    Household ended = office.all().households[1];
    ended.ended_on = first_day;
    REQUIRE(stage_members(office.data, publish, std::vector{left}));
    REQUIRE(stage_households(office.data, publish, std::vector{ended}));
    REQUIRE(office.data.publish(publish));
    const Proposal proposal = office.proposed({household(1, "A"), household(2, "B")},
                                              {member(3, "A", "甲", number_a), member(4, "B", "乙")});
    REQUIRE(office.load.findings.size() == 3);
    CHECK(office.load.findings[0].fault == RegisterFault::household_ended);
    CHECK(office.load.findings[1].fault == RegisterFault::member_left);
    CHECK(office.load.findings[1].value.find("19740612") == std::string::npos);
    CHECK(office.load.findings[2].fault == RegisterFault::household_ended);
    CHECK(value(count_rows(office.data, proposal.id)).open() == 0);
}

TEST_CASE_TEMPLATE("who was kept as a category is told as of a day, and whoever ended since is none any more",
                   Engine, ENGINES) {
    Office<Engine> office;
    const PublishId before = office.data.current();
    const std::vector<std::string> as_x{"x", "一类"};
    const std::vector<std::string> as_other{"二类"};
    CHECK(value(households_kept_as(office.data, before, as_x)) ==
          std::vector{HouseholdId(1), HouseholdId(2)});
    CHECK(value(households_kept_as(office.data, before, as_other)).empty());
    CHECK(value(households_kept_as(office.data, before, {})).empty());
    const PublishId publish = value(office.data.begin_publish("register", AsOf{first_day}, "{}"));
    std::vector<Household> changed = office.all().households;
    changed[0].category = "二类";
    changed[1].ended_on = first_day;
    REQUIRE(stage_households(office.data, publish, changed));
    REQUIRE(office.data.publish(publish));
    CHECK(value(households_kept_as(office.data, publish, as_x)).empty());
    CHECK(value(households_kept_as(office.data, publish, as_other)) == std::vector{HouseholdId(1)});
    CHECK(value(households_kept_as(office.data, before, as_x)).size() == 2);
}

TEST_CASE_TEMPLATE("who is forgotten is forgotten in the file's proposal too, and takes nobody else along",
                   Engine, ENGINES) {
    for (const auto& seal : {store::SealChoice{}, store::sealed_by(vault::Suite::sm4_hmac_sm3)}) {
        Office<Engine> office(seal);
        const Proposal first = office.proposed(
            {household(1, "A"), household(2, "B"), household(3, "C")},
            {member(4, "A", "甲", number_a), member(5, "B", "乙"), member(6, "C", "丙", number_b)});
        const Proposal second =
            office.proposed({household(1, "A"), household(2, "B"), household(3, "D")},
                            {member(4, "A", "甲", number_a), member(5, "B", "乙"), member(6, "D", "丁")});
        (void)office.decided(second, true);
        const PersonId fourth =
            value(members_of(office.data, office.data.current(),
                             value(find_by_code(office.data, office.data.current(), "D"))))
                .front()
                .id;
        REQUIRE(shred_person(office.data, fourth));
        const auto proposed_name = [&](const Proposal& proposal) {
            std::string name;
            for (const ProposedRow& row : value(read_rows(office.data, proposal, {}, 10))) {
                for (const FieldChange& change : row.changes) {
                    if (!row.household && change.field == "name") name += change.after;
                }
            }
            return name;
        };
        CHECK(proposed_name(second).empty());
        CHECK(proposed_name(first) == "丙");
        (void)office.decided(first, true);
        CHECK(office.all().members.size() == 4);
        CHECK(office.person(fourth.value()).name.empty());
    }
}

TEST_CASE("in a sealed folder proposed rows are sealed too") {
    Office<store::OnSqlite> office(store::sealed_by(vault::Suite::sm4_hmac_sm3));
    const Proposal proposal = one_of_each(office);
    auto query =
        office.data.database().prepare("select name, phone, sealed from proposed_member where id = 1");
    REQUIRE(query);
    REQUIRE(*query->step());
    CHECK(query->text_view(0).empty());
    CHECK(query->is_null(1));
    CHECK_FALSE(store::holds(query->blob(2), "13800000000"));
    (void)office.decided(proposal, true);
    CHECK(office.person(1).phone == "13800000000");
}

}  // namespace doudi::registry
