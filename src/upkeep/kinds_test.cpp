// SPDX-License-Identifier: Apache-2.0
#include "upkeep/kinds.h"

#include "upkeep/upkeep_test_support.h"

namespace doudi::upkeep {

namespace {

const std::string head = "near_application_months: 12\nimport: {decide: [county_caseworker]}\nkinds:\n";
const std::string rest =
    "  - {id: back, title: {zh: 撤, en: b}, takes_back: true, propose: [], confirm: [], paper: never}\n"
    "  - {id: ask, title: {zh: 问, en: a}, about: household, answers: [{id: yes, title: {zh: 是, en: y}}],"
    " propose: [], confirm: [], paper: never}\n"
    "  - {id: who, title: {zh: 谁, en: w}, about: person, answers: [{id: yes, title: {zh: 是, en: y}}],"
    " propose: [], confirm: [], paper: never}\n";

// Of the first fault.
std::string fault(const std::string& yaml) {
    const auto read = ChangeRules::read(yaml, "access/changes.yaml", shipped_roles());
    return read ? "" : read.error().front().where + " " + read.error().front().code;
}
std::string kind(const std::string& more) {
    return "  - {id: x, title: {zh: 甲, en: x}, propose: [auditor], confirm: [auditor], paper: never" + more +
           "}\n";
}

}  // namespace

TEST_CASE("the shipped kinds are whole") {
    const ChangeRules rules = shipped_kinds();
    for (const char* id : {"birth", "death", "joining", "departure", "marriage", "move", "split", "merge",
                           "correction", "counter", "absent", "absent_member"}) {
        REQUIRE(rules.find(id) != nullptr);
        CHECK_FALSE(rules.find(id)->title.zh.empty());
    }
    CHECK(rules.counter().id == "counter");
    CHECK(rules.absent(Subject::household).id == "absent");
    CHECK(rules.absent(Subject::household).answer("dead")->then == std::vector<std::string>{"death"});
    CHECK(rules.absent(Subject::person).id == "absent_member");
    CHECK(rules.absent(Subject::person).answer("here")->then.empty());
    CHECK(rules.find("move")->from_month);
    CHECK_FALSE(rules.find("birth")->from_month);
}

TEST_CASE("a kind that is written wrongly is told with its place") {
    CHECK(fault(head + kind(", may: [person.set], must: [person.set], from: day, ahead_days: 0") + rest)
              .empty());
    CHECK(fault(head + kind(", may: [person.sett], must: [], from: day, ahead_days: 0") + rest) ==
          "access/changes.yaml:4:96 change_act");
    CHECK(fault(head + kind(", may: [person.set], must: [person.enter], from: day, ahead_days: 0") + rest) ==
          "access/changes.yaml:4:116 change_must_not");
    CHECK(fault(head + kind(", may: [person.set], must: [], from: week, ahead_days: 0") + rest) ==
          "access/changes.yaml:4:125 yaml_unknown_word");
    CHECK(fault(head + kind(", may: [person.set], must: [], from: day, ahead_days: -1") + rest) ==
          "access/changes.yaml:4:142 yaml_out_of_range");
    CHECK(fault(head + kind(", may: [person.set], must: [], from: day") + rest) ==
          "access/changes.yaml:4:5 yaml_missing_key");
    CHECK(fault(head + kind(", may: [person.set], must: [], fields: [age], from: day, ahead_days: 0") +
                rest) == "access/changes.yaml:4:128 change_field");
    CHECK(fault("near_application_months: 12\nimport: {decide: [boss]}\nkinds:\n" + rest) ==
          "access/changes.yaml:2:19 role_unknown");
    CHECK(fault("near_application_months: 0\nimport: {decide: []}\nkinds:\n" + rest) ==
          "access/changes.yaml:1:26 yaml_out_of_range");
    CHECK(fault(head + kind(", may: [], must: [], from: day, ahead_days: 0") +
                kind(", may: [], must: [], from: day, ahead_days: 0") + rest) ==
          "access/changes.yaml:5:5 change_kind_twice");
    CHECK(fault(head + kind(", may: [person.set], must: [], from: day, ahead_days: 0"))
              .ends_with("change_kinds"));
    // Twice about households, and never about a member.
    const std::string twice =
        "  - {id: ask2, title: {zh: 问, en: a}, about: household, answers: [{id: yes, title: "
        "{zh: 是, en: y}}], propose: [], confirm: [], paper: never}\n";
    CHECK(fault(head + rest + twice).ends_with("change_kinds"));
    CHECK(fault(head + rest.substr(0, rest.rfind("  - {id: who")) + twice).ends_with("change_kinds"));
    // About whom is not said.
    const std::string without =
        rest.substr(0, rest.find("  - {id: ask")) + rest.substr(rest.find("  - {id: who"));
    CHECK(fault(head +
                "  - {id: q, title: {zh: 问, en: a}, answers: [{id: yes, title: {zh: 是, en: y}}], propose: "
                "[], confirm: [], paper: never}\n" +
                without)
              .ends_with("yaml_missing_key"));
}

}  // namespace doudi::upkeep
