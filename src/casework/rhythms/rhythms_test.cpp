// SPDX-License-Identifier: Apache-2.0
// Who is due by rhythm: from the last confirmation or review, the day before, on the day, the day after; what
// is not known is said, and a person opens what is due once.
#include "casework/rhythms/rhythms.h"

#include <fmt/format.h>

#include "casework/office_test_support.h"
#include "casework/rhythms/rhythm_opening.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

using Part = repository::DueFilter::Part;

const std::string guarantee = "minimum_living_guarantee";
const std::string marginal = "mlg_marginal_household";

const MonthsOf unset = [](std::string_view) -> std::optional<int> { return std::nullopt; };

TenureWord word(const char* machine, const char* move, std::string category, const char* on, int of = 7) {
    return {{machine, move}, std::move(category), day(on), CaseId(static_cast<std::uint64_t>(of)), {}};
}
TenureWord confirmed(std::string category, const char* on, const char* stability = "") {
    TenureWord one = word("application", "confirm", std::move(category), on);
    if (*stability != '\0') one.told["stability"] = {stability};
    return one;
}

std::vector<DueLine> lines_of(Tenure tenure, const char* pack = "guangdong-2021",
                              const MonthsOf& months = unset) {
    tenure.household = HouseholdId(5);
    const policy::Law& law = shipped(pack).pack.law;
    return due_lines(law, rhythms_of(law), tenure, months);
}
DueLine review_of(const Tenure& tenure) {
    auto lines = lines_of(tenure);
    REQUIRE(lines.size() == 1);
    return lines.front();
}
Tenure registered(std::string category, const char* since) {
    return {HouseholdId(5), std::move(category), Date::parse_iso(since), {}};
}

std::string_view state(const DueLine& line, const char* on) {
    return name_of(state_on(line.due_on, line.sure_on, day(on)));
}

}  // namespace

TEST_CASE("a category falls due after its months: not the day before, on the day, overdue the day after") {
    Tenure tenure = registered(marginal, "2024-06-30");
    const DueLine line = review_of(tenure);
    CHECK(line.machine == "review");
    CHECK(line.rhythm == "marginal_review");
    CHECK(state(line, "2025-06-29") == "later");
    CHECK(state(line, "2025-06-30") == "due");
    CHECK(state(line, "2025-07-01") == "overdue");
    CHECK(repository::part_on(line, day("2025-05-31")) == Part::later);
    CHECK(repository::part_on(line, day("2025-06-01")) == Part::month);
    // A leap day's year ends on the last day of February.
    CHECK(review_of(registered("extreme_poverty", "2024-02-29")).due_on == day("2025-02-28"));
}

TEST_CASE(
    "the guarantee: yearly where it is stable, half-yearly where it is not, unknown where nobody said") {
    Tenure tenure = registered(guarantee, "2024-01-01");
    tenure.words = {confirmed(guarantee, "2024-03-10", "stable")};
    CHECK(review_of(tenure).sure_on == day("2025-03-10"));
    tenure.words = {confirmed(guarantee, "2024-03-10", "unstable")};
    const DueLine unstable = review_of(tenure);
    CHECK(unstable.rhythm == "unstable_review");
    CHECK(unstable.due_on == day("2024-09-10"));
    CHECK(state(unstable, "2024-09-11") == "overdue");
    tenure.words = {confirmed(guarantee, "2024-03-10")};
    const DueLine untold = review_of(tenure);
    CHECK(untold.waits_for == "stability");
    CHECK(state(untold, "2024-09-09") == "later");
    CHECK(state(untold, "2024-09-10") == "perhaps");
    CHECK(state(untold, "2025-03-09") == "perhaps");
    CHECK(state(untold, "2025-03-10") == "due");
    CHECK(state(untold, "2025-03-11") == "overdue");
}

TEST_CASE("months run from the last word: the register's, a confirmation's, a review's") {
    Tenure tenure = registered(guarantee, "2024-01-01");
    tenure.words = {confirmed(guarantee, "2024-03-10", "stable")};
    CHECK(review_of(tenure).last_case == CaseId(7));
    TenureWord kept = word("review", "keep", "", "2025-02-01", 9);
    tenure.words.push_back(kept);
    const DueLine after = review_of(tenure);
    CHECK(after.last_on == day("2025-02-01"));
    CHECK(after.last_case == CaseId(9));
    CHECK(after.sure_on == day("2026-02-01"));  // still stable: the review said nothing else
    tenure.words.back().told["stability"] = {"unstable"};
    CHECK(review_of(tenure).sure_on == day("2025-08-01"));
    tenure.enrolled_on = day("2025-04-01");  // the register was told later
    CHECK(review_of(tenure).last_on == day("2025-04-01"));
    CHECK_FALSE(review_of(tenure).last_case);
}

TEST_CASE("a household that changed its category is due by the new one; one that left it is not due") {
    Tenure tenure = registered(marginal, "2024-01-01");
    tenure.words = {confirmed(guarantee, "2024-05-01", "stable")};
    CHECK(review_of(tenure).category == guarantee);
    tenure.words.push_back(word("review", "serve_exit", guarantee, "2025-01-15"));
    const DueLine left = review_of(tenure);  // what the register says of the margin stands
    CHECK(left.category == marginal);
    tenure.category = guarantee;
    tenure.enrolled_on = day("2024-05-01");
    CHECK(lines_of(tenure).empty());
    Tenure undone = tenure;  // the end was undone: what is paid again is reviewed again
    undone.words.push_back(word("allowance", "reinstate", guarantee, "2025-02-10"));
    CHECK(review_of(undone).sure_on == day("2026-02-10"));  // still stable
    tenure.words.push_back(confirmed(guarantee, "2025-03-01", "stable"));
    CHECK(review_of(tenure).sure_on == day("2026-03-01"));
    // One member's guarantee stands beside the household's category.
    Tenure both = registered(marginal, "2024-01-01");
    both.words = {confirmed("single_member_guarantee", "2024-05-01")};
    const auto lines = lines_of(both);
    REQUIRE(lines.size() == 2);
    CHECK(lines.back().category == "single_member_guarantee");
    CHECK(lines.back().rhythm == "end_of_validity");
    CHECK(lines.back().due_on == day("2025-05-01"));
}

TEST_CASE(
    "a day that nobody knows is unknown, never today; a word of the register that is no category has no "
    "line") {
    const DueLine line = review_of(registered(marginal, ""));
    CHECK_FALSE(line.due_on);
    CHECK(line.waits_for == "last_on");
    CHECK(state(line, "2030-01-01") == "unknown");
    CHECK(lines_of(registered("其他", "2020-01-01")).empty());
    CHECK(lines_of(registered("other_hardship", "2020-01-01")).empty());
}

TEST_CASE("visits: each household, by the months that the place sets; until then it says who sets them") {
    Tenure tenure = registered("other_hardship", "2024-01-01");
    const auto visits = [&](const MonthsOf& months) {
        return lines_of(tenure, "jinan-2024", months).front();
    };
    const MonthsOf three = [](std::string_view id) -> std::optional<int> {
        return id == "field_visit_months" ? std::optional(3) : std::nullopt;
    };
    CHECK(visits(unset).waits_for == "param.field_visit_months");
    CHECK(visits(three).waits_for == "last_on");  // nobody was there yet, as far as is known
    tenure.words = {word("visit", "met", "", "2025-01-31")};
    CHECK(visits(unset).last_on == day("2025-01-31"));
    CHECK_FALSE(visits(unset).due_on);
    CHECK(visits(three).due_on == day("2025-04-30"));
    CHECK(visits(three).machine == "visit");
}

namespace {

// Households of a register, in the office of Guangdong: 5 on the margin, due since June.
template <class Engine>
struct Registered : Office<Engine> {
    Registered() {
        put(5, marginal, "2024-06-10");
        this->database
            .write([&] {
                return this->database.execute(
                    "insert into household_unit (household, unit, from_on, until_on, why) values (5, 2, "
                    "'2020-01-01',"
                    " '9999-12-31', 'region')");
            })
            .value();
    }
    void put(int id, const std::string& category, const std::string& since) {
        run(fmt::format(
            "insert into household (publish, id, code, region, category, enrolled_on) values (0, {0},"
            " 'LC{0}', '441699101001', '{1}', '{2}')",
            id, category, since));
        run(fmt::format("insert into member (publish, id, household, name) values (0, {0}, {0}, '甲')", id));
    }
    void run(const std::string& sql) {
        this->database.write([&] { return this->database.execute(sql); }).value();
    }
    std::vector<repository::ListedDue> due(std::vector<Part> parts = {}) {
        repository::DueFilter filter;
        filter.day = this->today();
        filter.parts = std::move(parts);
        return value(repository::list_due(this->database, filter));
    }
    void renew() { value(renew_due_lines(this->desk, "guangdong-2021")); }
    OpenedDue open_first(const Actor& who = township) {
        OpenedDue opened;
        const auto rows = due();
        REQUIRE_FALSE(rows.empty());
        this->database
            .write([&]() -> Result<void> {
                opened = TRY(open_due_within(this->desk, who, "guangdong-2021", rows.front(), std::nullopt));
                return {};
            })
            .value();
        return opened;
    }
};

}  // namespace

TEST_CASE_TEMPLATE(
    "the night lists who is due; a person opens it once, and the review's end sets the next day", Engine,
    ENGINES) {
    Registered<Engine> office;  // today is the thirtieth of June
    CHECK(office.due().empty());
    office.renew();
    REQUIRE(office.due({Part::overdue}).size() == 1);
    CHECK(office.due({Part::month, Part::perhaps, Part::unknown, Part::later}).empty());
    CHECK(office.due().front().line.sure_on == day("2025-06-10"));

    const auto stale = office.due().front();
    const OpenedDue opened = office.open_first();
    REQUIRE(opened.kind == OpenedDue::Kind::made);
    const CaseView review = office.view(*opened.of);
    CHECK(review.head.unit == UnitId(2));  // the household's own office
    const Fields& told = review.events.front().fields;
    CHECK(first_of(told, "cause") == "rhythm");
    CHECK(first_of(told, "category") == marginal);
    CHECK(first_of(told, "note").find("民发〔2021〕57号") != std::string::npos);
    CHECK(first_of(told, "due_on") == "2025-06-10");

    // It is being done: not proposed twice, tonight neither; sent again it is the same case.
    CHECK(office.due().empty());
    office.renew();
    CHECK(office.due().empty());
    OpenedDue again;
    REQUIRE(office.database.write([&]() -> Result<void> {
        again = TRY(open_due_within(office.desk, township, "guangdong-2021", stale, std::nullopt));
        return {};
    }));
    CHECK(again.kind == OpenedDue::Kind::already_there);
    CHECK(again.of == opened.of);

    office.go_on(1);
    REQUIRE(
        office.move(township, *opened.of, "survey", {{"officers", {"2", "3"}}, {"note", {"入户"}}}).kind ==
        Moved::Kind::made);
    REQUIRE(office.move(county, *opened.of, "keep", {{"reason", {"不变"}}}).kind == Moved::Kind::made);
    // At once, not tonight alone.
    REQUIRE(office.due().size() == 1);
    CHECK(office.due().front().line.sure_on == day("2026-07-01"));
    CHECK(office.due({Part::later}).size() == 1);
    CHECK(office.open_first().kind == OpenedDue::Kind::not_due);
}

TEST_CASE_TEMPLATE("who has no right opens nothing; nothing is kept of it", Engine, ENGINES) {
    Registered<Engine> office;
    office.renew();
    const Actor clerk{UserId(9), {"fund_clerk"}, UnitId(1), "county", "441699", ""};
    const OpenedDue refused = office.open_first(clerk);
    CHECK(refused.kind == OpenedDue::Kind::refused);
    CHECK_FALSE(refused.of);
    CHECK(office.due().size() == 1);
}

TEST_CASE_TEMPLATE("a household that ended, of whom nobody is left, or that has an open review by an event",
                   Engine, ENGINES) {
    Registered<Engine> office;
    office.put(6, marginal, "2024-06-10");
    office.renew();
    REQUIRE(office.due().size() == 2);
    SUBCASE("it ended") {
        office.run("update household set ended_on = '2025-06-01' where id = 6");
    }
    SUBCASE("its last member left") {
        office.run("update member set household = 0 where household = 6");
    }
    SUBCASE("a warning opened a review") {
        office.run("delete from member where household = 6");
        REQUIRE(office.open(county, "review", "open", {{"cause", {"warning"}}}).kind == Moved::Kind::made);
        CHECK(office.due().empty());
        return;
    }
    REQUIRE(office.due().size() == 1);
    CHECK(office.due().front().line.household == HouseholdId(5));
    const auto report = value(renew_due_lines(office.desk, "guangdong-2021"));
    CHECK(report.households == 1);
    CHECK(report.changed == 1);
    CHECK(value(renew_due_lines(office.desk, "guangdong-2021")).changed == 0);
}

}  // namespace doudi::casework
