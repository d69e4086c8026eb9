// SPDX-License-Identifier: Apache-2.0
// What a step is told against what the case was told before, or against what is known of its people: who an
// emergency is about, a proxy, the ground on which nothing is posted, a service and what it costs, charity,
// the kind of a conference.
#include <fmt/format.h>

#include <algorithm>

#include "casework/found.h"
#include "casework/kept/attachments.h"
#include "casework/office_test_support.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

using Kind = Moved::Kind;
using Codes = std::vector<std::string>;

const Actor third{UserId(7), {"township_officer"}, UnitId(2), "township", "441699101", ""};
const Actor fourth{UserId(9), {"township_officer"}, UnitId(2), "township", "441699101", ""};
const Actor second{UserId(5), {"county_caseworker"}, UnitId(1), "county", "441699", ""};
const Actor provider{UserId(6), {"service_provider"}, UnitId(2), "township", "441699101", ""};

Codes codes_of(const Moved& moved) {
    Codes codes;
    for (const MoveFault& fault : moved.faults) codes.push_back(fault.code);
    return codes;
}

Fields with(Fields fields, const char* field, const char* told) {
    fields[field] = {told};
    return fields;
}

template <class Engine>
struct Doors : Office<Engine> {
    using Office<Engine>::Office;

    // Of somebody whom no register knows, and of no household.
    Moved open_of_nobody(const Actor& who, const char* machine, const char* move, Fields fields) {
        OpenRequest request;
        request.machine = machine;
        request.pack = this->pack_id;
        request.unit = who.unit;
        request.first = {move, this->today(), std::move(fields), ""};
        return value(open_case(this->desk, who, request));
    }
    Codes told(const Actor& who, CaseId of, const char* move, Fields fields = {}) {
        return codes_of(this->move(who, of, move, std::move(fields)));
    }
    CaseId reviewed(const char* machine, Fields form, Fields accepts, Fields review) {
        const CaseId of = this->open(township, machine, "register", std::move(form)).of;
        REQUIRE(told(township, of, "accept", std::move(accepts)).empty());
        REQUIRE(told(township, of, "survey", {{"officers", {"2", "3"}}, {"note", {"入户"}}}).empty());
        REQUIRE(told(township, of, "review", std::move(review)).empty());
        return of;
    }
    CaseId reviewed_as(const char* category, std::optional<PersonId> person = std::nullopt) {
        const Fields form{{"channel", {"window"}}, {"pledge", {"true"}}, {"authorised", {"true"}}};
        const CaseId of = this->open(township, "application", "register", form, person).of;
        // Of a household that has several under way.
        REQUIRE(told(township, of, "accept",
                     {{"relatives_of_staff", {"false"}}, {"beside_because", {"另一名成员的申请"}}})
                    .empty());
        REQUIRE(told(township, of, "survey", {{"officers", {"2", "3"}}, {"note", {"入户"}}}).empty());
        REQUIRE(told(township, of, "review", {{"category", {category}}, {"opinion", {"grant"}}}).empty());
        return of;
    }
    CaseId temporary_reviewed() {
        return reviewed("temporary",
                        {{"channel", {"window"}},
                         {"aid_cause", {"illness"}},
                         {"need", {"积蓄用尽"}},
                         {"pledge", {"true"}},
                         {"authorised", {"true"}}},
                        {}, {{"opinion", {"grant"}}});
    }
    // A service that was ordered so often for so much, and taken.
    CaseId serving(const char* times, const char* fen) {
        const CaseId of =
            this->open(township, "order", "ask", {{"need", {"送餐"}}, {"consent", {"true"}}}).of;
        REQUIRE(told(township, of, "order",
                     {{"service", {"送餐"}}, {"times", {times}}, {"amount", {fen}}, {"to_unit", {"2"}}})
                    .empty());
        REQUIRE(told(provider, of, "take").empty());
        return of;
    }
    void serve(CaseId of) {
        REQUIRE(told(provider, of, "serve", {{"attachments", {photograph()}}, {"hours", {"1"}}}).empty());
    }
    // The name of one that nobody has sent yet.
    std::string photograph() { return fmt::format("{:064x}", ++photographs_); }
    // Sent to the case.
    std::string sent(const Actor& who, CaseId of, std::uint8_t shot) {
        const std::vector<std::byte> jpeg{std::byte{0xff}, std::byte{0xd8}, std::byte{0xff}, std::byte{shot}};
        return value(keep_attachment(this->desk, who, of, jpeg));
    }
    CaseId accepted_of(const char* times, const char* fen, int visits) {
        const CaseId of = serving(times, fen);
        for (int nth = 0; nth < visits; ++nth) serve(of);
        REQUIRE(told(provider, of, "finish").empty());
        REQUIRE(told(township, of, "accept", {{"satisfied", {"true"}}}).empty());
        return of;
    }

  private:
    unsigned photographs_ = 0;
};

const Fields urgent{{"no_notice", {"urgent"}}, {"reason", {"住院待救助"}}};
const Fields children{{"no_notice", {"children"}}, {"reason", {"只为孤儿本人申请"}}};

}  // namespace

// --- the emergency lane

TEST_CASE_TEMPLATE("an emergency of no household and no person tells who it is or how they are recognised",
                   Engine, ENGINES) {
    Doors<Engine> office;
    const Fields hurt{{"need", {"突发急病"}}, {"found_by", {"hotline"}}};
    const Moved nobody = office.open_of_nobody(township, "emergency", "report", hurt);
    REQUIRE(codes_of(nobody) == Codes{"field_missing"});
    CHECK(nobody.faults.front().field == "person_shown");
    CHECK(nobody.faults.front().text.zh.find("当事人") != std::string::npos);
    CHECK(nobody.faults.front().text.en.find("recognised") != std::string::npos);
    for (const char* nothing : {" ", "　", "。", "\xE2\x80\x8B", "-"})
        CHECK(codes_of(office.open_of_nobody(township, "emergency", "report",
                                             with(hurt, "person_shown", nothing))) == Codes{"field_missing"});
    const Fields shown = with(hurt, "person_shown", "　约七十岁男子，无证件 ");
    const Moved made = office.open_of_nobody(township, "emergency", "report", shown);
    REQUIRE(made.kind == Kind::made);
    CHECK(office.view(made.of).state.fields.at("person_shown") == Codes{"约七十岁男子，无证件"});
    // Of a household, or of somebody on the register, it is known who.
    CHECK(office.open(township, "emergency", "report", hurt).kind == Kind::made);
    OpenRequest of_person;
    of_person.machine = "emergency";
    of_person.pack = office.pack_id;
    of_person.person = PersonId(9);
    of_person.unit = township.unit;
    of_person.first = {"report", office.today(), hurt, ""};
    CHECK(value(open_case(office.desk, township, of_person)).kind == Kind::made);
}

TEST_CASE_TEMPLATE("what goes over to the emergency lane of nobody known shows somebody", Engine, ENGINES) {
    Doors<Engine> office;
    const Fields form{{"channel", {"window"}},
                      {"aid_cause", {"illness"}},
                      {"need", {"急病"}},
                      {"pledge", {"true"}},
                      {"authorised", {"true"}}};
    const CaseId of = office.open_of_nobody(township, "temporary", "register", form).of;
    const Fields over{{"reason", {"等不及"}}, {"need", {"急病"}}, {"found_by", {"applied"}}};
    const Codes lacking = office.told(township, of, "to_emergency", over);
    CHECK(std::ranges::find(lacking, "field_missing") != lacking.end());
    CHECK(office.told(township, of, "to_emergency", with(over, "person_shown", "外来务工者")).empty());
    const CaseId registered = office.open(township, "temporary", "register", form).of;
    CHECK(office.told(township, registered, "to_emergency", over).empty());
}

TEST_CASE("a form is told what a case of nobody needs") {
    const auto& law = shipped("guangdong-2021").pack.law;
    const auto needed = needs_if(law, "emergency.report");
    REQUIRE(needed.size() == 1);
    CHECK(needed.front().needs == Codes{"person_shown"});
    CHECK(needed.front().of_nobody);
    for (const NeedIf& one : needs_if(law, "application.register")) CHECK_FALSE(one.of_nobody);
}

// --- a proxy

TEST_CASE_TEMPLATE("an application by proxy names the proxy and the relation, the number if it is known",
                   Engine, ENGINES) {
    Doors<Engine> office;
    const Fields common{{"pledge", {"true"}}, {"authorised", {"true"}}};
    const auto tried = [&](const char* machine, Fields form) {
        for (const auto& [field, values] : common) form[field] = values;
        if (std::string_view(machine) == "temporary") {
            form["aid_cause"] = {"illness"};
            form["need"] = {"急病"};
        }
        return codes_of(office.open(township, machine, "register", std::move(form)));
    };
    const Fields by_proxy{{"channel", {"proxy"}}};
    for (const char* machine : {"application", "temporary"}) {
        CAPTURE(machine);
        CHECK(tried(machine, {{"channel", {"window"}}}).empty());
        CHECK(tried(machine, by_proxy) == Codes{"field_missing", "field_missing"});
        const Fields named = with(by_proxy, "proxy", "周敏华");
        CHECK(tried(machine, named) == Codes{"field_missing"});
        const Fields whole = with(named, "proxy_relation", "堂兄弟");
        CHECK(tried(machine, whole).empty());
        CHECK(tried(machine, with(whole, "proxy_number", "441699197001011234")).empty());
    }
    const auto& procedures = shipped("guangdong-2021").pack.law.procedures;
    for (const char* field : {"proxy", "proxy_relation", "proxy_number"})
        CHECK(procedures.field(field)->sensitive);
}

// --- nothing is posted

TEST_CASE_TEMPLATE("that nothing is posted takes a reason, and another person than who surveyed", Engine,
                   ENGINES) {
    Doors<Engine> office;
    for (const bool temporary : {false, true}) {
        CAPTURE(temporary);
        const auto reviewed = [&] {
            return temporary ? office.temporary_reviewed() : office.reviewed_as("minimum_living_guarantee");
        };
        const CaseId of = reviewed();
        CHECK(office.told(third, of, "skip_notice", {{"no_notice", {"urgent"}}}) == Codes{"field_missing"});
        CHECK(office.told(third, of, "skip_notice", {{"reason", {"住院"}}}) == Codes{"field_missing"});
        // Who made the survey, and whom it names.
        CHECK(office.told(township, of, "skip_notice", urgent) == Codes{"move_same_person"});
        CHECK(office.told(colleague, of, "skip_notice", urgent) == Codes{"move_same_person"});
        CHECK(office.told(third, of, "skip_notice", with(urgent, "no_notice", "private")) ==
              Codes{"field_word"});
        CHECK(office.told(third, of, "skip_notice", urgent).empty());
    }
}

TEST_CASE_TEMPLATE("who accepted, surveyed or left the notice out decides nothing of temporary assistance",
                   Engine, ENGINES) {
    Doors<Engine> office;
    const auto barred = [&](const Actor& who, CaseId of, const char* move) {
        const Codes told = office.told(who, of, move, {{"aid_amount", {"100"}}, {"reason", {"r"}}});
        return std::ranges::count(told, "move_same_person");
    };
    const CaseId of = office
                          .open(township, "temporary", "register",
                                {{"channel", {"window"}},
                                 {"aid_cause", {"illness"}},
                                 {"need", {"积蓄用尽"}},
                                 {"pledge", {"true"}},
                                 {"authorised", {"true"}}})
                          .of;
    const Actor accepts{UserId(20), {"township_officer"}, UnitId(2), "township", "441699101", ""};
    REQUIRE(office.told(accepts, of, "accept").empty());
    REQUIRE(office.told(township, of, "survey", {{"officers", {"2", "3"}}, {"note", {"入户"}}}).empty());
    REQUIRE(office.told(township, of, "review", {{"opinion", {"grant"}}}).empty());
    REQUIRE(office.told(third, of, "skip_notice", urgent).empty());
    CHECK(barred(accepts, of, "approve_small") == 1);
    CHECK(barred(township, of, "approve_small") == 2);  // surveyed, and reviewed
    CHECK(barred(colleague, of, "approve_small") == 1);
    CHECK(barred(third, of, "approve_small") == 1);
    CHECK(barred(fourth, of, "approve_small") == 0);
    for (const char* move : {"approve", "refuse"}) {
        CHECK(barred(third, of, move) == 1);
        CHECK(barred(accepts, of, move) == 0);  // who has the papers may write what the county decides
        CHECK(barred(county, of, move) == 0);
    }
    REQUIRE(office.told(county, of, "discuss", {{"reason", {"超过限额"}}}).empty());
    CHECK(barred(third, of, "approve_discussed") == 1);
    CHECK(barred(county, of, "approve_discussed") == 0);
}

TEST_CASE_TEMPLATE("children alone: not with an adult, and of an unknown age a person says why", Engine,
                   ENGINES) {
    Doors<Engine> office;
    for (const bool temporary : {false, true}) {
        CAPTURE(temporary);
        const auto tried = [&](std::optional<Ages> ages, Fields told) {
            const CaseId of =
                temporary ? office.temporary_reviewed() : office.reviewed_as("minimum_living_guarantee");
            office.ages_ = ages;
            const Moved moved = office.move(third, of, "skip_notice", std::move(told));
            CHECK((moved.faults.empty() ||
                   moved.faults.front().field ==
                       (moved.faults.front().code == "ages_unknown" ? "ages_because" : "no_notice")));
            return codes_of(moved);
        };
        const Fields because = with(children, "ages_because", "核对了出生医学证明");
        CHECK(tried(Ages{0, 0}, children).empty());
        CHECK(tried(Ages{1, 0}, children) == Codes{"somebody_aged"});
        CHECK(tried(Ages{1, 1}, because) == Codes{"somebody_aged"});  // no reason makes an adult a child
        CHECK(tried(Ages{0, 1}, children) == Codes{"ages_unknown"});
        CHECK(tried(Ages{0, 1}, because).empty());
        CHECK(tried(std::nullopt, children) == Codes{"ages_unknown"});
        CHECK(tried(std::nullopt, because).empty());
        // Nobody's age is asked in an emergency.
        CHECK(tried(Ages{2, 1}, urgent).empty());
        CHECK(tried(std::nullopt, urgent).empty());
    }
}

TEST_CASE_TEMPLATE("of what one person alone is taken into that person's age counts, else the household's",
                   Engine, ENGINES) {
    Doors<Engine> office;
    const auto tried = [&](const char* category) {
        const CaseId of = office.reviewed_as(category, PersonId(9));
        return office.told(third, of, "skip_notice", children);
    };
    office.ages_ = Ages{2, 0};  // a child beside two parents
    CHECK(tried("extreme_poverty").empty());
    CHECK(tried("minimum_living_guarantee") == Codes{"somebody_aged"});
    office.ages_of_person_ = Ages{1, 0};
    CHECK(tried("extreme_poverty") == Codes{"somebody_aged"});
}

TEST_CASE_TEMPLATE("where nothing is known of ages the ground of children takes a reason", Engine, ENGINES) {
    Doors<Engine> office;
    office.desk.ages_of = {};
    const CaseId of = office.reviewed_as("minimum_living_guarantee");
    CHECK(office.told(third, of, "skip_notice", children) == Codes{"ages_unknown"});
}

// --- a service

TEST_CASE_TEMPLATE("a service is asked for with consent, and ordered for a sum", Engine, ENGINES) {
    Doors<Engine> office;
    const Fields refused{{"need", {"送餐"}}, {"consent", {"false"}}};
    CHECK(codes_of(office.open(township, "order", "ask", refused)) == Codes{"move_condition"});
    const CaseId of = office.open(township, "order", "ask", with(refused, "consent", "true")).of;
    const Fields order{{"service", {"送餐"}}, {"times", {"2"}}, {"to_unit", {"2"}}};
    CHECK(office.told(township, of, "order", order) == Codes{"field_missing"});
    CHECK(office.told(township, of, "order", with(order, "amount", "40000")).empty());
}

TEST_CASE_TEMPLATE("signed visits are counted: fewer than ordered take a reason, more are told", Engine,
                   ENGINES) {
    Doors<Engine> office;
    const CaseId of = office.serving("2", "40000");
    const Moved none = office.move(provider, of, "finish");
    REQUIRE(codes_of(none) == Codes{"fewer_than_told"});
    CHECK(none.faults.front().field == "fewer_because");
    office.serve(of);
    CHECK(office.told(provider, of, "finish") == Codes{"fewer_than_told"});
    // Nobody tells the count but the program.
    CHECK(office.told(provider, of, "finish", {{"served_times", {"2"}}}) ==
          Codes{"field_unknown", "fewer_than_told"});
    CHECK(office.told(provider, of, "finish", {{"fewer_because", {"老人住院"}}}).empty());
    CHECK(office.view(of).state.fields.at("served_times") == Codes{"1"});
    // Done again, it is counted anew.
    REQUIRE(office.told(township, of, "again", {{"reason", {"未送到"}}}).empty());
    office.serve(of);
    office.serve(of);
    CHECK(office.told(provider, of, "finish").empty());
    CHECK(office.view(of).state.fields.at("served_times") == Codes{"3"});
    CHECK(value(is_sound(office.desk, of)));
}

TEST_CASE_TEMPLATE("what is settled is what was ordered, less with a reason, more never", Engine, ENGINES) {
    Doors<Engine> office;
    const auto settled = [&](Fields told) {
        const CaseId of = office.accepted_of("1", "40000", 1);
        return office.told(county, of, "settle", std::move(told));
    };
    CHECK(settled({{"amount", {"40000"}}}).empty());
    CHECK(settled({}).empty());  // not told, it is what was ordered
    CHECK(settled({{"amount", {"39999"}}}) == Codes{"differs_from_found"});
    CHECK(settled({{"amount", {"39999"}}, {"amount_because", {"少送一次"}}}).empty());
    CHECK(settled({{"amount", {"40001"}}, {"amount_because", {"加送一次"}}}) == Codes{"more_than_told"});
    CHECK(settled({{"amount", {"40001"}}}) == Codes{"differs_from_found", "more_than_told"});
}

TEST_CASE_TEMPLATE("a visit lasts an hour at least and a day at most, and an order has a visit at least",
                   Engine, ENGINES) {
    Doors<Engine> office;
    const CaseId of = office.serving("4", "40000");
    const auto served = [&](const char* hours) {
        return office.move(provider, of, "serve",
                           {{"attachments", {office.photograph()}}, {"hours", {hours}}});
    };
    for (const char* hours : {"0", "25"}) {
        const Moved refused = served(hours);
        REQUIRE(codes_of(refused) == Codes{"field_range"});
        CHECK(refused.faults.front().field == "hours");
        CHECK(refused.faults.front().text.zh.find("应在 1 至 24 之间") != std::string::npos);
        CHECK(refused.faults.front().text.en.find("between 1 and 24") != std::string::npos);
    }
    CHECK(codes_of(served("-1")) == Codes{"field_number"});
    for (const char* hours : {"1", "24"}) CHECK(codes_of(served(hours)).empty());
    CHECK(office.told(provider, of, "finish", {{"fewer_because", {"老人住院"}}}).empty());
    CHECK(office.view(of).state.fields.at("served_times") == Codes{"2"});  // those that stand
    const CaseId none = office.open(township, "order", "ask", {{"need", {"送餐"}}, {"consent", {"true"}}}).of;
    CHECK(office.told(township, none, "order",
                      {{"service", {"送餐"}}, {"times", {"0"}}, {"amount", {"1"}}, {"to_unit", {"2"}}}) ==
          Codes{"field_range"});
}

TEST_CASE_TEMPLATE("one photograph signs one visit of an order", Engine, ENGINES) {
    Doors<Engine> office;
    const CaseId of = office.serving("3", "40000");
    const std::string shot = office.photograph();
    const auto served = [&](std::vector<std::string> shots) {
        return office.move(provider, of, "serve", {{"attachments", std::move(shots)}, {"hours", {"2"}}});
    };
    REQUIRE(codes_of(served({shot})).empty());
    for (int again = 0; again < 2; ++again) {
        const Moved refused = served({shot});
        REQUIRE(codes_of(refused) == Codes{"used_before"});
        CHECK(refused.faults.front().field == "attachments");
        CHECK(refused.faults.front().text.zh.find("已在本件此前的办理中使用过") != std::string::npos);
        CHECK(refused.faults.front().text.en.find("was used in this case before") != std::string::npos);
    }
    CHECK(codes_of(served({office.photograph(), shot})) == Codes{"used_before"});
    CHECK(office.told(provider, of, "finish") == Codes{"fewer_than_told"});  // one visit stands
    // What was shown of a door that nobody opened signs no visit either.
    const std::string door = office.photograph();
    REQUIRE(
        office.told(provider, of, "attempt", {{"attempt", {"refused"}}, {"attachments", {door}}}).empty());
    CHECK(codes_of(served({door})) == Codes{"used_before"});
    CHECK(codes_of(served({office.photograph()})).empty());
    CHECK(codes_of(served({office.photograph(), office.photograph()})).empty());
    CHECK(office.told(provider, of, "finish").empty());
}

TEST_CASE_TEMPLATE("one photograph signs no visit of two orders of an office", Engine, ENGINES) {
    Doors<Engine> office;
    const CaseId one = office.serving("1", "100");
    const CaseId other = office.serving("1", "100");
    const auto served = [&](const Actor& who, CaseId of, const std::string& shot) {
        return office.move(who, of, "serve", {{"attachments", {shot}}, {"hours", {"2"}}});
    };
    const std::string shot = office.sent(provider, one, 1);
    REQUIRE(codes_of(served(provider, one, shot)).empty());
    CHECK(office.sent(provider, other, 1) == shot);
    const Moved refused = served(provider, other, shot);
    REQUIRE(codes_of(refused) == Codes{"used_before"});
    CHECK(refused.faults.front().text.zh.find("已在另一办件中使用过") != std::string::npos);
    CHECK(refused.faults.front().text.en.find("in another case") != std::string::npos);
    // Sent to the wrong case, and told in no visit of it, it signs the one that it is of.
    const std::string strayed = office.sent(provider, one, 2);
    CHECK(codes_of(served(provider, other, strayed)).empty());
    // An order that is closed keeps its photographs.
    REQUIRE(office.told(provider, one, "finish").empty());
    REQUIRE(office.told(township, one, "accept", {{"satisfied", {"true"}}}).empty());
    REQUIRE(office.told(county, one, "settle").empty());
    const CaseId later = office.serving("1", "100");
    CHECK(codes_of(served(provider, later, shot)) == Codes{"used_before"});
}

TEST_CASE_TEMPLATE("who was not met was not served: an attempt is told, counted nowhere and paid by nobody",
                   Engine, ENGINES) {
    Doors<Engine> office;
    const CaseId of = office.serving("2", "40000");
    office.serve(of);
    CHECK(office.told(provider, of, "attempt") == Codes{"field_missing"});
    CHECK(office.told(provider, of, "attempt", {{"attempt", {"asleep"}}}) == Codes{"field_word"});
    CHECK(office.told(township, of, "attempt", {{"attempt", {"refused"}}}) == Codes{"move_role"});
    for (const char* word : {"not_at_home", "refused", "moved", "hospital", "prison", "missing"}) {
        CAPTURE(word);
        REQUIRE(office.told(provider, of, "attempt", {{"attempt", {word}}}).empty());
        CHECK(office.view(of).state.state == "serving");
    }
    CHECK(office.view(of).children.empty());
    REQUIRE(office.told(provider, of, "attempt", {{"attempt", {"dead"}}}).empty());
    const auto asked = office.view(of).children;
    REQUIRE(asked.size() == 1);  // for a person to look into: nobody is dead by a provider's word
    CHECK(asked.front().head.machine == "task");
    CHECK(office.told(provider, of, "finish") == Codes{"fewer_than_told"});
    REQUIRE(office.told(provider, of, "finish", {{"fewer_because", {"老人去世"}}}).empty());
    CHECK(office.view(of).state.fields.at("served_times") == Codes{"1"});
    CHECK(office.told(provider, of, "attempt", {{"attempt", {"refused"}}}) == Codes{"move_not_open"});
    REQUIRE(office.told(township, of, "accept", {{"satisfied", {"true"}}}).empty());
    // As much as for all of them takes a reason, which is the county's to write.
    const Moved whole = office.move(county, of, "settle", {{"amount", {"40000"}}});
    REQUIRE(codes_of(whole) == Codes{"fewer_than_told"});
    CHECK(whole.faults.front().field == "amount_because");
    CHECK(office.told(county, of, "settle", {{"amount", {"20000"}}, {"amount_because", {"只服务一次"}}})
              .empty());
    CHECK(value(is_sound(office.desk, of)));
}

// --- charity

TEST_CASE_TEMPLATE("charity is delivered to whoever wants it, also on the day", Engine, ENGINES) {
    Doors<Engine> office;
    const CaseId of = office.open(county, "charity", "tell", {{"need", {"轮椅"}}, {"consent", {"true"}}}).of;
    REQUIRE(office.told(county, of, "offer", {{"donor", {"某商会"}}, {"offer", {"轮椅一辆"}}}).empty());
    REQUIRE(office.told(county, of, "match", {{"donor", {"某商会"}}}).empty());
    const Fields given{{"amount", {"80000"}}, {"consent", {"false"}}};
    CHECK(office.told(township, of, "deliver", {{"amount", {"80000"}}}) == Codes{"field_missing"});
    CHECK(office.told(township, of, "deliver", given) == Codes{"move_condition"});
    CHECK(office.told(township, of, "deliver", with(given, "consent", "true")).empty());
}

// --- a conference

TEST_CASE_TEMPLATE("a conference says of which kind it is, and each kind is convened at its level", Engine,
                   ENGINES) {
    Doors<Engine> office("shanxi-county");
    const Fields agenda{{"agenda", {"一案一策"}}, {"due_on", {"2025-07-04"}}};
    const auto called = [&] {
        return office.open(township, "conference", "call", {{"reason", {"复杂"}}}).of;
    };
    const CaseId of = called();
    CHECK(office.told(township, of, "convene", agenda) == Codes{"field_missing"});
    CHECK(office.told(county, of, "convene", with(agenda, "conference_kind", "case_conference")) ==
          Codes{"move_level"});
    CHECK(office.told(township, of, "convene", with(agenda, "conference_kind", "mechanism")) ==
          Codes{"move_level"});
    CHECK(office.told(township, of, "convene", with(agenda, "conference_kind", "case_conference")).empty());
    CHECK(office.told(county, called(), "convene", with(agenda, "conference_kind", "joint_meeting")).empty());
    // While no kind is told both levels have one that they may convene; afterwards the kind's own.
    const auto offers = [&](const Actor& who, CaseId one) {
        const CaseView view = office.view(one);
        return std::ranges::any_of(open_moves(view.question(office.today()), who),
                                   [](const policy::Move* move) { return move->id == "convene"; });
    };
    const CaseId open = called();
    CHECK(offers(township, open));
    CHECK(offers(county, open));
    REQUIRE(office
                .told(township, of, "hold",
                      {{"attended", {"民政"}}, {"minutes", {"纪要"}}, {"decision", {"临时救助"}}})
                .empty());
    CHECK(offers(township, of));
    CHECK_FALSE(offers(county, of));
}

// --- help that another platform asks for

TEST_CASE_TEMPLATE("what another platform asks is not withdrawn here, and that is not offered", Engine,
                   ENGINES) {
    Doors<Engine> office;
    const Actor peer{UserId(), {"peer_office"}, UnitId(1), "county", "441699", ""};
    const auto offers = [&](CaseId one, std::string_view id) {
        const CaseView view = office.view(one);
        return std::ranges::any_of(open_moves(view.question(office.today()), county),
                                   [&](const policy::Move* move) { return move->id == id; });
    };
    const CaseId taken = office.open(peer, "assistance", "take", {{"need", {"请核实"}}}).of;
    CHECK_FALSE(offers(taken, "withdraw"));
    CHECK(offers(taken, "refuse"));
    const Moved tried = office.move(county, taken, "withdraw", {{"reason", {"不再需要"}}});
    REQUIRE(codes_of(tried) == Codes{"move_shut"});
    CHECK(tried.faults.front().text.en.find("another platform asks") != std::string::npos);
    const CaseId asked =
        office.open(county, "assistance", "ask", {{"to_unit", {"3"}}, {"need", {"请核实"}}}).of;
    CHECK(offers(asked, "withdraw"));
    CHECK(office.told(second, asked, "withdraw", {{"reason", {"不再需要"}}}).empty());
}

}  // namespace doudi::casework
