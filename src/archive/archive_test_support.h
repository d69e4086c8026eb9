// SPDX-License-Identifier: Apache-2.0
// An office for tests: a household of three on the register, a township that handles its cases, the shipped
// law and papers.
#pragma once
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "access/staff_test_support.h"
#include "archive/fill.h"
#include "archive/papers.h"
#include "archive/seal.h"
#include "base/fake_clock.h"
#include "base/test_values.h"
#include "casework/found.h"
#include "casework/kept/attachments.h"
#include "casework/verbs.h"
#include "policy/load.h"
#include "registry/repository.h"
#include "store/test_sealed.h"

namespace doudi::archive {

using casework::CaseId;
using casework::CaseView;

inline constexpr HouseholdId home{1};
inline constexpr PersonId head{1}, child{2}, ill{3};
inline constexpr access::UnitId county_unit{1}, town_unit{2}, village_unit{3};

inline const policy::Policy& law() {
    static const policy::Policy loaded = policy::load_policy(DOUDI_SOURCE_DIR, "guangdong-2021").value();
    return loaded;
}
inline Press& press() {
    static Press shared(DOUDI_SOURCE_DIR);
    return shared;
}

// Of the unassigned county code 441699: nobody has these numbers.
inline IdNumber number_born(std::string_view ymd) {
    const std::string digits = "441699" + std::string(ymd) + "123";
    return IdNumber::parse(digits + id_check_character(digits)).value();
}

class TestOffice {
  public:
    explicit TestOffice(const store::SealChoice& seal = {})
        : folder(value(store::DataFolder::create(place / "data", {}, seal))) {
        register_on("2025-01-31", "样例村1号");
        const unsigned county_office = county_unit.value();
        const unsigned office = town_unit.value();
        done(access::add_staff(
            folder.database(), clock.now(),
            {{county_office, ""}, {office, ""}, {office, ""}, {county_office, ""}, {office, ""}}));
        done(folder.database().write([&] {
            return access::place_household(folder.database(), home, village_unit, day("2025-01-01"), "test");
        }));
    }

    void register_on(std::string_view on, const std::string& address) {
        const auto publish = value(folder.begin_publish("register", AsOf{day(on)}, "{}"));
        registry::Household household;
        household.id = home;
        household.code = "LC1";
        household.region = "441699101001";
        household.address = address;
        household.head_name = "顾娜平";
        household.category = "低保对象";
        done(registry::stage_households(folder, publish, {&household, 1}));
        done(registry::stage_members(folder, publish, members));
        done(folder.publish(publish));
    }

    CaseId open(std::string_view machine, std::string_view move, casework::Fields fields,
                std::string_view on) {
        casework::OpenRequest request;
        request.machine = machine;
        request.pack = law().pack.id;
        if (machine != "emergency") request.household = home;
        request.unit = town_unit;
        request.first = {std::string(move), day(on), std::move(fields), ""};
        const auto opened = value(casework::open_case(desk, town, request));
        REQUIRE(opened.kind == casework::Moved::Kind::made);
        return opened.of;
    }
    void move(CaseId of, std::string_view move, casework::Fields fields, std::string_view on,
              const casework::Actor& who) {
        const auto moved = value(casework::move_case(desk, who, of, std::nullopt,
                                                     {std::string(move), day(on), std::move(fields), ""}));
        for (const auto& fault : moved.faults) MESSAGE(fault.field << ": " << fault.code);
        REQUIRE(moved.kind == casework::Moved::Kind::made);
    }
    void move(CaseId of, std::string_view name, casework::Fields fields, std::string_view on) {
        move(of, name, std::move(fields), on, town);
    }
    // What a determination found on that day.
    void determined(CaseId of, casework::Fields found, std::string_view on) {
        const int seen = static_cast<int>(view(of).events.size());
        REQUIRE(value(casework::tell_found(desk, town, {of, seen, "determine", day(on), std::move(found)}))
                    .kind == casework::Moved::Kind::made);
    }
    std::string photo(CaseId of) {
        const std::string_view bytes = "\xff\xd8\xff a photograph";
        return value(
            casework::keep_attachment(desk, town, of, std::as_bytes(std::span(bytes.data(), bytes.size()))));
    }
    CaseView view(CaseId of) { return value(casework::read_case(desk, of, day("2025-06-30"))); }

    CaseId applied(const std::string& applicant = "1") {
        return open("application", "register",
                    {{"channel", {"window"}},
                     {"pledge", {"true"}},
                     {"authorised", {"true"}},
                     {"applicant", {applicant}}},
                    "2025-03-03");
    }
    // With a photograph that came with the missing papers.
    CaseId completed() {
        const CaseId of = applied();
        move(of, "ask_papers", {{"missing", {"户口簿", "银行流水"}}}, "2025-03-03");
        move(of, "complete", {{"attachments", {photo(of)}}}, "2025-03-05");
        return of;
    }
    // Not accepted, and not served yet.
    CaseId declined() {
        const CaseId of = completed();
        move(of, "decline", {{"reason", {"不属本辖区"}}}, "2025-03-06");
        return of;
    }
    // Closed.
    CaseId withdrawn() {
        const CaseId of = completed();
        move(of, "withdraw", {{"reason", {"本人撤回"}}}, "2025-03-06");
        return of;
    }
    // On public notice; beside another of the household, as one says why.
    CaseId posted(const std::string& category, const std::string& applicant = "1") {
        const CaseId of = applied(applicant);
        move(of, "accept", {{"relatives_of_staff", {"false"}}, {"beside_because", {"另一名成员的申请"}}},
             "2025-03-04");
        move(of, "survey", {{"officers", {"2", "3"}}, {"note", {"周小病患重病，电话13800000000"}}},
             "2025-03-05");
        move(of, "review", {{"category", {category}}, {"opinion", {"grant"}}}, "2025-03-06");
        move(of, "post", {{"attachments", {photo(of)}}}, "2025-03-07");
        return of;
    }
    // Temporary assistance by its general procedure, on public notice.
    CaseId posted_temporary(const std::string& applicant = "1") {
        const CaseId of = open("temporary", "register",
                               {{"channel", {"window"}},
                                {"aid_cause", {"illness"}},
                                {"need", {"周小病患重病，自费药"}},
                                {"pledge", {"true"}},
                                {"authorised", {"true"}},
                                {"amount_asked", {"800000"}},
                                {"applicant", {applicant}}},
                               "2025-03-03");
        move(of, "accept", {}, "2025-03-04");
        move(of, "survey", {{"officers", {"2", "3"}}, {"note", {"周小病患重病，电话13800000000"}}},
             "2025-03-05");
        move(of, "review", {{"opinion", {"grant"}}, {"aid_amount", {"654300"}}, {"persons", {"1"}}},
             "2025-03-06");
        move(of, "post", {{"attachments", {photo(of)}}}, "2025-03-07");
        return of;
    }

    // What the paper of the case's last event that names it is filled with.
    print::Fields fields(const CaseView& of, std::string_view paper) {
        for (auto event = of.events.rbegin(); event != of.events.rend(); ++event) {
            if (std::ranges::find(event->papers, paper) == event->papers.end()) continue;
            return value(fields_of(setting, press(), of, event->number, paper));
        }
        FAIL("no event names the paper");
        return {};
    }
    CasePaper told(const CaseView& of, std::string_view paper) {
        for (auto& one : value(papers_of(setting, press(), of)))
            if (one.paper == paper) return one;
        FAIL("the case has no such paper");
        return {};
    }
    void change(const std::string& sql) {
        REQUIRE(folder.database().write([&] { return folder.database().execute(sql); }));
    }

    std::vector<registry::Member> members{
        {head, home, "顾娜平", number_born("19740612"), "户主", "女", "13800000000"},
        {child, home, "周小满", number_born("20150101"), "之子", "男", ""},
        {ill, home, "周小病", number_born("19900101"), "之子", "男", ""}};
    const casework::Actor town{access::UserId(2), {"township_officer"}, town_unit,
                               "township",        "441699101",          ""};
    const casework::Actor county{
        access::UserId(1), {"county_caseworker"}, county_unit, "county", "441699", ""};
    store::TestFolder place;
    FakeClock clock{Instant(std::chrono::days(day("2025-06-30").days())) + std::chrono::hours(2)};
    store::DataFolder folder;
    access::UnitTree units{
        {{county_unit, "county", "样例县", access::UnitKind::county, RegionCode::parse("441699"), ""},
         {town_unit, "town", "第一镇", access::UnitKind::township, RegionCode::parse("441699101"), ""},
         {village_unit, "village", "样例村", access::UnitKind::village, RegionCode::parse("441699101001"),
          ""}},
        {{county_unit, access::UnitId(), day("2020-01-01")},
         {town_unit, county_unit, day("2020-01-01")},
         {village_unit, town_unit, day("2020-01-01")}}};
    casework::Desk desk{{folder.database(), folder.seal()},
                        [](std::string_view, Date) {
                            return std::shared_ptr<const policy::Pack>(std::shared_ptr<const policy::Pack>(),
                                                                       &law().pack);
                        },
                        units,
                        law().calendar,
                        clock,
                        [](const casework::CaseHead&, std::string_view, Date) -> Result<std::optional<int>> {
                            return 0;  // everybody has signed
                        }};
    Setting setting{.desk = desk,
                    .data = folder,
                    .units = units,
                    .user_name = [](access::UserId user) { return user.value() == 2 ? "陈经办" : "李同事"; },
                    .cut_of = [](const casework::CaseHead&) -> Result<Cut> { return cut_of_file(false); },
                    .adult_years = 18,
                    .kept_for = "10年"};
};

inline std::string text_in(const print::Fields& fields, std::string_view field) {
    const auto* text = std::get_if<std::string>(&fields.at(field).is);
    return text == nullptr ? std::string() : *text;
}

}  // namespace doudi::archive
