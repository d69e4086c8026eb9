// SPDX-License-Identifier: Apache-2.0
#include "access/roles.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <fstream>
#include <sstream>

#include "access/access_test_support.h"
#include "access/right_names.h"
#include "access/security_rules.h"

namespace doudi::access {
namespace {

const std::string head = "purposes:\n  - {id: routine, title: {zh: 日常, en: Daily}}\nroles:\n";

std::vector<std::string> faults_of(const std::string& roles) {
    const auto read = Roles::read(head + roles, "access/roles.yaml");
    std::vector<std::string> faults;
    if (read) return faults;
    for (const Error& error : read.error()) faults.push_back(error.where + " " + error.code);
    return faults;
}

using Faults = std::vector<std::string>;

std::string words(std::uint32_t bits, std::span<const std::string_view> names) {
    std::string out;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if ((bits >> i & 1U) != 0) out += fmt::format("{}{}", out.empty() ? "" : ",", names[i]);
    }
    return out.empty() ? "-" : out;
}

// Every right of every role, a line each: what a reviewer of a change reads.
std::string matrix_of(const Roles& roles) {
    constexpr std::string_view reaches[] = {"self", "household", "assigned", "department", "units"};
    constexpr std::string_view holders[] = {"staff", "citizen", "token", "machine"};
    std::string out = "# role (holder) | may | things | fields shown whole | masked | reach\n";
    for (const Role& role : roles.all()) {
        for (const Right& right : role.rights) {
            out += fmt::format(
                "{} ({}{}) | {} | {} | {} | {} | {}\n", role.id, holders[static_cast<std::size_t>(role.kind)],
                role.second_factor ? ", second factor" : "", words(right.verbs, verb_names()),
                words(right.things, thing_names()), words(right.whole, field_names()),
                words(right.masked, field_names()), reaches[static_cast<std::size_t>(right.reach)]);
        }
        if (!role.grants.empty())
            out += fmt::format("{} gives the roles {}\n", role.id, fmt::join(role.grants, ","));
    }
    return out;
}

}  // namespace

void check_golden(const std::string& name, const std::string& text) {
    const auto file = std::filesystem::path(DOUDI_SOURCE_DIR) / "src/access/testdata" / name;
    if (std::getenv("DOUDI_WRITE_GOLDEN") != nullptr) std::ofstream(file) << text;
    std::ifstream in(file);
    std::ostringstream golden;
    golden << in.rdbuf();
    std::istringstream lines(text);
    std::istringstream golden_lines(golden.str());
    std::string line;
    std::string golden_line;
    while (std::getline(lines, line)) {
        std::getline(golden_lines, golden_line);
        REQUIRE_MESSAGE(line == golden_line, name);
    }
    CHECK(text == golden.str());
}

TEST_CASE("a look whose reader states no purpose has the role's, else the thing's, and always one") {
    const Roles roles = shipped_roles();
    const auto of = [&](std::vector<std::string> ids, Thing thing) {
        Session session = staff("county_caseworker", UnitId(1));
        session.roles = std::move(ids);
        return std::string(roles.purpose_of(session, thing));
    };
    CHECK(of({"county_caseworker"}, Thing::household) == "routine");
    CHECK(of({"county_caseworker"}, Thing::warning) == "monitoring");
    CHECK(of({"auditor"}, Thing::household) == "supervision");
    CHECK(of({"citizen"}, Thing::audit) == "own");
    CHECK(of({"county_caseworker", "fund_clerk"}, Thing::household) == "payment");
    for (const Role& role : roles.all()) {
        for (std::size_t thing = 0; thing < thing_count; ++thing) {
            CAPTURE(role.id);
            CAPTURE(thing);
            CHECK(roles.purpose(of({role.id}, static_cast<Thing>(thing))) != nullptr);
        }
    }
    CHECK(roles.purpose_of("session") == "own");
    CHECK(roles.purpose_of("no such thing").empty());
}

TEST_CASE("a purpose of a role or a thing is one that the file has, and no thing has two") {
    const auto read = [](const std::string& more) {
        const auto roles = Roles::read("purposes:\n  - {id: routine, title: {zh: 日常, en: Daily}}\n" + more +
                                           "roles:\n  - {id: a, title: {zh: 甲, en: A}, rights: []}\n",
                                       "access/roles.yaml");
        return roles ? std::string("read") : roles.error().front().code;
    };
    CHECK(read("") == "read");
    CHECK(read("purpose_of:\n  - {things: [warning], purpose: routine}\n") == "read");
    CHECK(read("purpose_of:\n  - {things: [warning], purpose: curiosity}\n") == "purpose_unknown");
    CHECK(read("purpose_of:\n  - {things: [wedding], purpose: routine}\n") == "right_unknown");
    CHECK(read("purpose_of:\n  - {things: [fact, fact], purpose: routine}\n") == "read");
    CHECK(read("purpose_of:\n  - {things: [fact], purpose: routine}\n  - {things: [fact], purpose: "
               "routine}\n") == "role_twice");
}

TEST_CASE("the rights of each role are those that were reviewed") {
    check_golden("rights.txt", matrix_of(shipped_roles()));
}

TEST_CASE("an auditor looks, and acts on nothing: their one word is beside a finding") {
    const Roles roles = shipped_roles();
    Session auditor;
    auditor.roles = {"auditor"};
    std::vector<std::string> acts;
    for (const Verb verb : {Verb::create, Verb::change, Verb::decide, Verb::assign, Verb::propose,
                            Verb::approve, Verb::issue, Verb::administer}) {
        for (int thing = 0; thing < thing_count; ++thing) {
            if (roles.may(auditor, verb, static_cast<Thing>(thing)))
                acts.emplace_back(thing_names()[static_cast<std::size_t>(thing)]);
        }
    }
    CHECK(acts == std::vector<std::string>{"rule_hit"});
}

TEST_CASE("a right that the program does not know is refused with its place") {
    const std::string good =
        "  - {id: a, title: {zh: 甲, en: A}, rights: [{may: [read], things: [person]}]}\n";
    CHECK(faults_of(good) == Faults{});
    CHECK(faults_of("  - {id: a, title: {zh: 甲, en: A}, rights: [{may: [reed], things: [person]}]}\n") ==
          Faults{"access/roles.yaml:4:52 right_unknown"});
    CHECK(faults_of("  - {id: a, title: {zh: 甲, en: A}, rights: [{may: [read], things: [people]}]}\n") ==
          Faults{"access/roles.yaml:4:68 right_unknown"});
    CHECK(faults_of("  - {id: a, title: {zh: 甲, en: A}, rights: [{may: [read], things: [person], fields: "
                    "[secret]}]}\n")
              .front()
              .ends_with("right_unknown"));
    CHECK(
        faults_of(
            "  - {id: a, title: {zh: 甲, en: A}, rights: [{may: [read], things: [person], reach: world}]}\n")
            .front()
            .ends_with("yaml_unknown_word"));
    CHECK(faults_of("  - {id: a, title: {zh: 甲, en: A}, right: []}\n").size() == 2);  // unknown, and missing
    CHECK(faults_of(good + good).front().ends_with("role_twice"));
    CHECK(faults_of("  - {id: a, title: {zh: 甲, en: A}, rights: [{may: [read], things: [person], fields: "
                    "[phone], masked: "
                    "[phone]}]}\n")
              .front()
              .ends_with("right_contradiction"));
}

TEST_CASE("a role that is to be given, and a seat, are ones that there are") {
    const std::string rights = "rights: [{may: [read], things: [person]}]}\n";
    const std::string good = "  - {id: a, title: {zh: 甲, en: A}, grants: [a, b], seats: [township], " +
                             rights + "  - {id: b, title: {zh: 乙, en: B}, " + rights;
    CHECK(faults_of(good) == Faults{});
    CHECK(faults_of("  - {id: a, title: {zh: 甲, en: A}, grants: [a, c], " + rights) ==
          Faults{"access/roles.yaml:4:48 role_unknown"});
    CHECK(faults_of("  - {id: a, title: {zh: 甲, en: A}, seats: [kingdom], " + rights) ==
          Faults{"access/roles.yaml:4:44 unit_kind"});
}

TEST_CASE("what is a citizen's own is no reach of staff, and no citizen reaches units") {
    const std::string citizen =
        "  - {id: c, holder: citizen, title: {zh: 甲, en: C}, rights: [{may: [read], things: [person], "
        "reach: units}]}\n";
    CHECK(faults_of(citizen).front().ends_with("right_reach"));
    const std::string officer =
        "  - {id: c, title: {zh: 甲, en: C}, rights: [{may: [read], things: [person], reach: self}]}\n";
    CHECK(faults_of(officer).front().ends_with("right_reach"));
}

TEST_CASE("a session that is not full may nothing, whatever its role") {
    const Roles roles = shipped_roles();
    Session session = staff("county_caseworker", UnitId(1));
    CHECK(roles.may(session, Verb::read, Thing::person));
    CHECK_FALSE(roles.may(session, Verb::administer, Thing::account));
    CHECK(code_of(roles.require(session, Verb::administer, Thing::account)) == "not_allowed");
    for (const auto stage : {SessionStage::needs_new_password, SessionStage::needs_second_factor}) {
        session.stage = stage;
        for (int verb = 0; verb < verb_count; ++verb) {
            for (int thing = 0; thing < thing_count; ++thing)
                CHECK_FALSE(roles.may(session, static_cast<Verb>(verb), static_cast<Thing>(thing)));
        }
    }
}

TEST_CASE("a role of another kind of holder gives nothing") {
    const Roles roles = shipped_roles();
    Session session = staff("department_machine", UnitId(1), "hr");
    CHECK_FALSE(roles.may(session, Verb::read, Thing::feed));
    session.kind = SessionKind::token;
    CHECK(roles.may(session, Verb::read, Thing::feed));
    session.roles = {"county_caseworker", "nobody"};
    CHECK_FALSE(roles.may(session, Verb::read, Thing::person));
}

TEST_CASE("nobody who runs the system may read a person, and nobody reads without a role") {
    const Roles roles = shipped_roles();
    for (const Thing thing : {Thing::person, Thing::household, Thing::application, Thing::payment}) {
        CHECK_FALSE(roles.may(staff("administrator", UnitId(1)), Verb::read, thing));
        CHECK_FALSE(roles.may(staff("partner_department", UnitId(1), "hr"), Verb::read, thing));
    }
    Session nobody = staff("administrator", UnitId(1));
    nobody.roles.clear();
    CHECK_FALSE(roles.may(nobody, Verb::read, Thing::unit));
}

TEST_CASE("the wait after failures doubles from its first to its most") {
    using std::chrono::seconds;
    const LockOut lock{3, seconds(10), seconds(60), seconds(1000)};
    CHECK(lock.wait_after(0) == seconds(0));
    CHECK(lock.wait_after(2) == seconds(0));
    CHECK(lock.wait_after(3) == seconds(10));
    CHECK(lock.wait_after(4) == seconds(20));
    CHECK(lock.wait_after(5) == seconds(40));
    CHECK(lock.wait_after(6) == seconds(60));
    CHECK(lock.wait_after(1000000) == seconds(60));
}

TEST_CASE("security rules: a figure that is missing or no number is a fault with its place") {
    const store::TestFolder folder;
    std::ofstream(folder / "common_passwords.txt") << "password123\n";
    std::ofstream(folder / "security.yaml") << "password: {least: ten}\nlock_out: {}\n";
    const auto rules = SecurityRules::load(folder.path());
    REQUIRE_FALSE(rules);
    CHECK(rules.error().front().where == "access/security.yaml:1:1");
    CHECK(rules.error().size() > 5);
}

}  // namespace doudi::access
