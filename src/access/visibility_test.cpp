// SPDX-License-Identifier: Apache-2.0
#include "access/visibility.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "access/access_test_support.h"

namespace doudi::access {

void check_golden(const std::string& name, const std::string& text);

namespace {

VisibilityRules shipped_visibility() {
    auto rules = VisibilityRules::load(shipped("visibility.yaml"));
    if (!rules) FAIL(rules.error().front().message(Lang::en));
    return std::move(*rules);
}

const Date day = day_of(2026, 3, 1);
constexpr ReaderKind citizens[] = {ReaderKind::person_self, ReaderKind::adult_of_household,
                                   ReaderKind::minor_of_household, ReaderKind::other_citizen};

bool sees(const VisibilityRules& rules, ReaderKind reader, const ChainEvent& event, Date on = day) {
    return rules.may_see({reader, reader == ReaderKind::department ? "hr" : ""}, event, on);
}

}  // namespace

TEST_CASE("what each kind of reader sees is what was reviewed") {
    const VisibilityRules rules = shipped_visibility();
    std::string text = "# event:";
    for (int i = 0; i < reader_kind_count; ++i)
        text += fmt::format(" {}", name_of(static_cast<ReaderKind>(i)));
    text += "   (then, in brackets, of a protected person where that differs)\n";
    const auto plain = rules.preview();
    const auto about_protected = rules.preview(true);
    for (std::size_t row = 0; row < plain.size(); ++row) {
        const auto readers = [](const VisibilityRules::PreviewRow& one) {
            std::string out;
            for (int i = 0; i < reader_kind_count; ++i) {
                if (one.seen[i]) out += fmt::format(" {}", name_of(static_cast<ReaderKind>(i)));
            }
            return out;
        };
        text += fmt::format("{}:{}", plain[row].kind, readers(plain[row]));
        if (readers(plain[row]) != readers(about_protected[row]))
            text += fmt::format(" [{} ]", readers(about_protected[row]));
        text += "\n";
    }
    check_golden("visibility.txt", text);
}

TEST_CASE("scores, petition leads, integrity checks and investigations never reach a citizen") {
    const VisibilityRules rules = shipped_visibility();
    for (const char* kind :
         {"warning.issued", "warning.score", "petition.lead", "report.received", "integrity.check",
          "investigation.opened", "family.violence", "sampling.drawn", "an.unknown.event"}) {
        for (const ReaderKind reader : citizens) CHECK_FALSE(sees(rules, reader, {.kind = kind}));
        CHECK_FALSE(sees(rules, ReaderKind::village, {.kind = kind}));
        CHECK_FALSE(sees(rules, ReaderKind::department, {.kind = kind, .department = "hr"}));
        CHECK(sees(rules, ReaderKind::internal, {.kind = kind}));
        CHECK(sees(rules, ReaderKind::auditor, {.kind = kind}));
    }
}

TEST_CASE("one adult does not read another's illness, divorce or shelter address") {
    const VisibilityRules rules = shipped_visibility();
    for (const char* kind :
         {"health.illness", "health.pregnancy", "family.divorce", "shelter.entered", "custody"}) {
        CHECK(sees(rules, ReaderKind::person_self, {.kind = kind}));
        CHECK_FALSE(sees(rules, ReaderKind::adult_of_household, {.kind = kind}));
        CHECK_FALSE(sees(rules, ReaderKind::village, {.kind = kind}));
    }
}

TEST_CASE("an illness and a change of marriage are seen by staff as their class of fields is") {
    const VisibilityRules rules = shipped_visibility();
    for (const char* kind : {"health.illness", "health.disability", "health.pregnancy"})
        CHECK(rules.find(kind)->field == FieldClass::illness);
    for (const char* kind : {"family.marriage", "family.divorce", "family.marital_change"})
        CHECK(rules.find(kind)->field == FieldClass::marriage);
    CHECK(rules.find(rules.kind_told_by("medical.illness_roll"))->field == FieldClass::illness);
    CHECK(rules.find(rules.kind_told_by("civil.marriages"))->field == FieldClass::marriage);
}

TEST_CASE("an office is who has no department, works for more than a village and is no citizen") {
    Session session;
    const auto is_one = [&](std::vector<std::string> roles, std::string department = {}) {
        session.roles = std::move(roles);
        session.department = std::move(department);
        return is_office(reader_kind(session));
    };
    CHECK(is_one({"township_officer"}));
    CHECK(is_one({"auditor"}));
    CHECK(reader_kind(session) == ReaderKind::auditor);
    CHECK(is_one({"village_worker", "township_officer"}));
    CHECK_FALSE(is_one({"village_worker"}));
    CHECK_FALSE(is_one({"partner_department"}, "hr"));
    session.kind = SessionKind::citizen;
    CHECK_FALSE(is_one({"citizen"}));
    session.kind = SessionKind::token;
    CHECK_FALSE(is_one({"department_machine"}, "hr"));
    CHECK_FALSE(is_one({"department_machine"}));
}

TEST_CASE("where a protected person lives, only that person and the offices see") {
    const VisibilityRules rules = shipped_visibility();
    const ChainEvent open{.kind = "address.changed"};
    CHECK(sees(rules, ReaderKind::adult_of_household, open));
    const ChainEvent guarded{.kind = "address.changed", .about_protected = true};
    CHECK(sees(rules, ReaderKind::person_self, guarded));
    CHECK_FALSE(sees(rules, ReaderKind::adult_of_household, guarded));
    CHECK_FALSE(sees(rules, ReaderKind::village, guarded));
    CHECK(sees(rules, ReaderKind::internal, guarded));
    CHECK(sees(rules, ReaderKind::adult_of_household, {.kind = "award.paid", .about_protected = true}));
}

TEST_CASE("what is withheld until a day is the offices' until then") {
    const VisibilityRules rules = shipped_visibility();
    const ChainEvent event{.kind = "application.decided", .withheld_until = day};
    CHECK_FALSE(sees(rules, ReaderKind::person_self, event, day - 1));
    CHECK(sees(rules, ReaderKind::internal, event, day - 1));
    CHECK(sees(rules, ReaderKind::person_self, event, day));
}

TEST_CASE("a department sees what was sent to it, and no other's") {
    const VisibilityRules rules = shipped_visibility();
    CHECK(sees(rules, ReaderKind::department, {.kind = "referral.sent", .department = "hr"}));
    CHECK_FALSE(sees(rules, ReaderKind::department, {.kind = "referral.sent", .department = "housing"}));
    CHECK_FALSE(sees(rules, ReaderKind::department, {.kind = "referral.sent"}));
    CHECK(sees(rules, ReaderKind::department, {.kind = "award.granted", .department = "hr"}));
    CHECK_FALSE(sees(rules, ReaderKind::department, {.kind = "award.paid", .department = "hr"}));
    CHECK_FALSE(
        rules.may_see({ReaderKind::department, ""}, {.kind = "referral.sent", .department = ""}, day));
}

TEST_CASE(
    "visibility in YAML: a wrong class, a repeated event and a contradiction are faults with their place") {
    const auto fault = [](const std::string& line) {
        const auto read = VisibilityRules::read("events:\n" + line, "access/visibility.yaml");
        return read ? std::string("done") : read.error().front().where + " " + read.error().front().code;
    };
    const std::string good = "  - {kind: a.b, title: {zh: 甲, en: A}, class: adults}\n";
    CHECK(fault(good) == "done");
    CHECK(fault(good + good) == "access/visibility.yaml:3:5 visibility_twice");
    CHECK(fault("  - {kind: a.b, title: {zh: 甲, en: A}, class: everybody}\n") ==
          "access/visibility.yaml:2:47 yaml_unknown_word");
    CHECK(fault("  - {kind: a.b, title: {zh: 甲, en: A}, class: adults, never_to_citizens: true}\n") ==
          "access/visibility.yaml:2:5 visibility_contradiction");
    CHECK(fault("  - {kind: a.b, title: {zh: 甲, en: A}, class: adults, never: true}\n")
              .ends_with("yaml_unknown_key"));
    CHECK(fault("  - {kind: a.b, title: {zh: 甲, en: A}, class: adults, field: leed}\n")
              .ends_with("unknown_field"));
    const std::string told = "  - {kind: a.b, title: {zh: 甲, en: A}, class: adults, told_by: [x.y]}\n";
    CHECK(fault(told) == "done");
    CHECK(fault(told + "  - {kind: a.c, title: {zh: 乙, en: B}, class: adults, told_by: [x.y]}\n") ==
          "access/visibility.yaml:3:5 told_twice");
}

TEST_CASE("what a dataset tells is named, every dataset is one that there is, and all others are internal") {
    const VisibilityRules rules = shipped_visibility();
    CHECK(rules.kind_told_by("petition.visits") == "petition.lead");
    CHECK(rules.find("petition.lead")->field == FieldClass::lead);
    CHECK(rules.kind_told_by("medical.illness_roll") == "health.illness");
    CHECK(rules.kind_told_by("civil.marginal_roll").empty());
    CHECK_FALSE(sees(rules, ReaderKind::person_self, {.kind = ""}));
    const auto datasets = rules.datasets();
    CHECK(datasets.size() > 20);
    const auto folder = std::filesystem::path(DOUDI_SOURCE_DIR) / "datasets";
    for (const auto& id : datasets) CHECK_MESSAGE(std::filesystem::exists(folder / (id + ".yaml")), id);
}

}  // namespace doudi::access
