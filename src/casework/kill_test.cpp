// SPDX-License-Identifier: Apache-2.0
// Every write of casework ended at each of its places, as by kill -9 and as by a power cut: afterwards it has
// happened or not, every case is what its events say, and the same once more leaves what an unbroken run
// leaves.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <set>

#include "access/units.h"
#include "casework/bench_test_support.h"
#include "casework/found.h"
#include "casework/kept/attachments.h"
#include "casework/payments/payroll.h"
#include "casework/returned/returned.h"
#include "casework/warnings.h"
#include "store/failpoint.h"

namespace doudi::casework {
namespace {

constexpr int done = 0;
constexpr int failed = 1;
constexpr int killed = 137;
constexpr int most_places = 500;

// All that the room keeps, row by row.
std::string kept(Bench& bench) {
    constexpr std::pair<std::string_view, std::string_view> tables[] = {
        {"casework_case",
         "select id || '/' || state || '/' || unit || '/' || events || '/' || source from casework_case "
         "order by"
         " id"},
        {"casework_event",
         "select case_id || '/' || number || '/' || move || '/' || body || '/' || coalesce(client_key, '')"
         " from casework_event order by case_id, number"},
        {"casework_late",
         "select case_id || '/' || move || '/' || client_key from casework_late order by case_id, "
         "client_key"},
        {"casework_attachment",
         "select case_id || '/' || hash from casework_attachment order by case_id, hash"},
        {"casework_determination",
         "select case_id || '/' || event || '/' || people || '/' || length(content) from "
         "casework_determination order by case_id, event"},
        {"casework_account",
         "select case_id || '/' || event || '/' || length(content) from casework_account order by case_id,"
         " event"},
        {"casework_returned", "select id || '/' || hash from casework_returned order by id"},
        {"casework_returned_row",
         "select workbook || '/' || number || '/' || outcome || '/' || event from casework_returned_row order"
         " by workbook, number"},
        {"casework_returned_due",
         "select workbook || '/' || number || '/' || outcome || '/' || case_id from casework_returned_due "
         "order"
         " by workbook, number"},
        {"casework_returned_first",
         "select workbook || '/' || number || '/' || outcome || '/' || case_id from casework_returned_first "
         "order"
         " by workbook, number"},
        {"casework_payroll", "select id || '/' || month || '/' || total from casework_payroll order by id"},
        {"casework_payroll_line",
         "select payroll || '/' || case_id || '/' || amount || '/' || part from casework_payroll_line order "
         "by"
         " payroll, case_id"}};
    std::string all;
    for (const auto& [name, sql] : tables) {
        auto query = value(bench.database.prepare(sql));
        all += fmt::format("{}\n", name);
        while (value(query.step())) all += fmt::format("  {}\n", query.text_view(0));
    }
    return all;
}

void check_sound(Bench& bench) {
    std::vector<CaseId> ids;
    auto query = value(bench.database.prepare("select id from casework_case order by id"));
    while (value(query.step())) ids.emplace_back(static_cast<std::uint64_t>(query.integer(0)));
    for (const CaseId of : ids) CHECK(value(is_sound(bench.desk, of)));
}

// What is done, on what was there before.
struct Write {
    std::function<void(Bench&)> before;
    std::function<Result<void>(Bench&)> act;  // may be done again
    std::size_t steps = 1;                    // transactions, each of which has happened or not
};

template <class Engine>
int in_child(const Engine& engine, const Write& write, const std::string& failpoint) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(STDERR_FILENO);
        store::set_failpoint(failpoint);
        auto database = engine.open();
        if (!database) ::_exit(failed);
        Bench bench(std::move(*database));
        ::_exit(write.act(bench) ? done : failed);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return WEXITSTATUS(status);
}

template <class Engine>
struct Trial {
    explicit Trial(const Write& write) {
        Bench bench(value(engine.open()));
        write.before(bench);
        seen = kept(bench);
    }
    Engine engine;
    std::string seen;  // before
};

template <class Engine>
void check_every_place(const Write& write) {
    const Trial<Engine> unbroken(write);
    std::set<std::string> between;  // what an office may see, each of its steps done or not
    REQUIRE(in_child(unbroken.engine, write, "") == done);
    Bench after(value(unbroken.engine.open()));
    const std::string wanted = kept(after);
    REQUIRE(wanted != unbroken.seen);
    int deaths = 0;
    int mode = 0;
    for (int place = 1; place < most_places; ++mode) {
        const bool loses = mode % 2 == 1;
        const Trial<Engine> trial(write);
        CAPTURE(place);
        CAPTURE(loses);
        const int code = in_child(trial.engine, write, fmt::format("{}{}", place, loses ? ":lose" : ""));
        Bench looks(value(trial.engine.open()));
        check_sound(looks);
        if (code == done) {
            CHECK(kept(looks) == wanted);
            break;
        }
        REQUIRE(code == killed);
        between.insert(kept(looks));
        REQUIRE(write.act(looks).has_value());
        CHECK(kept(looks) == wanted);
        check_sound(looks);
        ++deaths;
        if (loses) place += Engine::each;
    }
    CHECK(deaths > 1);
    CHECK(between.size() <= write.steps + 1);
    CHECK(between.contains(unbroken.seen));
}

MoveRequest visit_on(Date on, std::string key) {
    return {"visit", on, seen, std::move(key)};
}

template <class T>
Result<void> outcome_of(const Result<T>& result) {
    if (result) return {};
    return std::unexpected(result.error());
}

Result<void> made(const Result<Moved>& moved) {
    if (!moved) return std::unexpected(moved.error());
    if (moved->kind == Moved::Kind::refused)
        return fail(ErrorKind::invalid, "refused", {"不能办理", "refused"});
    return {};
}

ReturnedRow row_of(const Bench& bench) {
    ReturnedRow row;
    row.number = 1;
    row.sheet = "表";
    row.row = 2;
    row.of = CaseId(1);
    row.seen = 3;
    row.request = visit_on(bench.today(), "");
    return row;
}

const NewWorkbook file{"warning", "预警.xlsx", std::string(64, 'b'), 0};

}  // namespace

TEST_CASE_TEMPLATE("a form that is sent from a phone: killed at any place and sent again, it is one event",
                   Engine, ENGINES) {
    check_every_place<Engine>({[](Bench& bench) { (void)bench.accepted(); },
                               [](Bench& bench) {
                                   return made(move_case(bench.desk, township, CaseId(1), std::nullopt,
                                                         visit_on(bench.today(), "phone-1")));
                               }});
}

TEST_CASE_TEMPLATE(
    "one knock at two tasks: killed at any place, each is answered or not, and again answers both", Engine,
    ENGINES) {
    check_every_place<Engine>({[](Bench& bench) {
                                   (void)bench.accepted();
                                   (void)bench.accepted();
                               },
                               [](Bench& bench) -> Result<void> {
                                   for (const CaseId of : {CaseId(1), CaseId(2)})
                                       TRY_VOID(made(move_case(bench.desk, township, of, std::nullopt,
                                                               visit_on(bench.today(), "knock-1"))));
                                   return {};
                               },
                               2});
}

TEST_CASE_TEMPLATE("a form that comes too late: killed at any place, it is kept once", Engine, ENGINES) {
    check_every_place<Engine>({[](Bench& bench) {
                                   const CaseId of = bench.accepted();
                                   bench.move(township, of, "visit", seen);
                               },
                               [](Bench& bench) {
                                   return made(move_case(bench.desk, colleague, CaseId(1), std::nullopt,
                                                         visit_on(bench.today(), "phone-2")));
                               }});
}

TEST_CASE_TEMPLATE(
    "what a determination found: killed at any place, its event and what it is given again with are both "
    "there, or neither",
    Engine, ENGINES) {
    check_every_place<Engine>(
        {[](Bench& bench) {
             OpenRequest request;
             request.machine = "review";
             request.pack = "guangdong-2021";
             request.household = HouseholdId(5);
             request.unit = UnitId(2);
             request.first = {"open", bench.today(), {{"cause", {"rhythm"}}}, ""};
             REQUIRE(value(open_case(bench.desk, township, request)).kind == Moved::Kind::made);
             const Fields home{{"officers", {"2", "3"}}, {"note", {"入户调查"}}};
             REQUIRE(bench.move(township, CaseId(1), "survey", home).kind == Moved::Kind::made);
         },
         [](Bench& bench) -> Result<void> {
             constexpr std::size_t surveyed = 2;
             if (TRY(read_case(bench.desk, CaseId(1), bench.today())).events.size() > surveyed) return {};
             return made(tell_found(bench.desk, township,
                                    {.of = CaseId(1),
                                     .seen = surveyed,
                                     .move = "determine",
                                     .on = bench.today(),
                                     .found = {{std::string(found::kind), {"unknown"}}},
                                     .kept = "{}",
                                     .people = {PersonId(7), PersonId(8)}}));
         }});
}

TEST_CASE_TEMPLATE("a dispatch hands the case over with its event, or not at all", Engine, ENGINES) {
    check_every_place<Engine>(
        {[](Bench& bench) { (void)bench.open(); },
         [](Bench& bench) {
             return made(move_case(bench.desk, county, CaseId(1), std::nullopt,
                                   {"dispatch", bench.today(), {{"to_unit", {"2"}}}, "desk-1"}));
         }});
}

TEST_CASE_TEMPLATE("warnings become cases: killed at any place, none is doubled and none is left out", Engine,
                   ENGINES) {
    static const std::vector<monitor::WarningStanding> warnings{
        {1, HouseholdId(5), true, "", "red", day("2025-06-27"), day("2025-06-27"), {"a/1/2025-06-01"}},
        {2, HouseholdId(6), true, "", "blue", day("2025-06-27"), day("2025-06-27"), {"b/2/2025-06-02"}}};
    const auto raised = [](Bench& bench) -> Result<void> {
        const auto units = TRY(access::read_units(bench.database));
        return outcome_of(raise_warnings(bench.desk, units, "guangdong-2021", warnings));
    };
    check_every_place<Engine>(
        {[](Bench& bench) {
             access::UnitRow row;
             row.place = "units.yaml:1:1";
             row.code = "county";
             row.title = "样例县";
             row.kind = "county";
             row.region = "441699";
             row.from = "2020-01-01";
             const auto loaded = value(access::load_units(bench.database, std::span(&row, 1)));
             REQUIRE(loaded.added == 1);
             const auto units = value(access::read_units(bench.database));
             const UnitId unit = units.units().front().id;
             REQUIRE(bench.database.write([&]() -> Result<void> {
                 for (const HouseholdId one : {HouseholdId(5), HouseholdId(6)})
                     TRY_VOID(access::place_household(bench.database, one, unit, day("2025-01-01"), "test"));
                 return {};
             }));
         },
         raised});
}

TEST_CASE_TEMPLATE("a workbook comes back: killed at any place, it is kept whole and once", Engine, ENGINES) {
    check_every_place<Engine>({[](Bench& bench) { (void)bench.accepted(); },
                               [](Bench& bench) {
                                   return outcome_of(
                                       keep_workbook(bench.desk, township, file, {row_of(bench)}));
                               }});
}

TEST_CASE_TEMPLATE(
    "an attachment that an opening named comes late: killed at any place, it is there or awaited, and sent "
    "again it is there once",
    Engine, ENGINES) {
    static constexpr std::string_view bytes = "\xff\xd8\xff photograph of a door";
    static const auto photo = std::as_bytes(std::span(bytes.data(), bytes.size()));
    const auto awaited = [](Bench& bench) {
        const auto view = value(read_case(bench.desk, CaseId(1), bench.today()));
        return value(awaited_attachments(bench.desk, view)).size();
    };
    check_every_place<Engine>(
        {[&](Bench& bench) {
             OpenRequest request;
             request.machine = "emergency";
             request.pack = "guangdong-2021";
             request.unit = UnitId(2);
             request.first = {"report",
                              bench.today(),
                              {{"need", {"突发急病"}},
                               {"found_by", {"discovered"}},
                               {"person_shown", {"约七十岁男子"}},
                               {"attachments", {attachment_name(photo)}}},
                              ""};
             REQUIRE(value(open_case(bench.desk, township, request)).kind == Moved::Kind::made);
             REQUIRE(awaited(bench) == 1);
         },
         [&](Bench& bench) -> Result<void> {
             const std::string name = TRY(keep_attachment(bench.desk, township, CaseId(1), photo));
             if (name == attachment_name(photo) && awaited(bench) == 0) return {};
             return fail(ErrorKind::invalid, "not_there", {"附件没有到", "it is not there"});
         }});
}

TEST_CASE_TEMPLATE("a row of a workbook is taken: killed at any place, it is one event and settled with it",
                   Engine, ENGINES) {
    check_every_place<Engine>(
        {[](Bench& bench) {
             (void)bench.accepted();
             (void)value(keep_workbook(bench.desk, township, file, {row_of(bench)}));
         },
         [](Bench& bench) -> Result<void> {
             const TakenRow taken = TRY(take_row(bench.desk, township, WorkbookId(1), 1));
             if (taken.outcome == RowOutcome::made) return {};
             return fail(ErrorKind::invalid, "not_made", {"没有办理", "it was not made"});
         }});
}

TEST_CASE_TEMPLATE(
    "a step that is told an account: killed at any place, its event and the number are both there, or "
    "neither",
    Engine, ENGINES) {
    // The one that was proposed before goes with the same step.
    const auto proposed = [](Bench& bench, const char* account, const char* key) {
        return move_case(bench.desk, county, CaseId(1), std::nullopt,
                         {"propose_payee",
                          bench.today(),
                          {{"payee_proposed", {"本人"}},
                           {"reason", {"登记账号"}},
                           {"account", {account}},
                           {"account_of", {"own"}}},
                          key});
    };
    check_every_place<Engine>(
        {[proposed](Bench& bench) {
             OpenRequest request;
             request.machine = "allowance";
             request.pack = "guangdong-2021";
             request.household = HouseholdId(5);
             request.unit = UnitId(1);
             request.first = {"carry",
                              bench.today(),
                              {{"basis", {"earlier"}},
                               {"decided_on", {"2024-11-01"}},
                               {"decision_number", {"样〔2024〕1号"}},
                               {"category", {"minimum_living_guarantee"}},
                               {"amount", {"50000"}}},
                              ""};
             REQUIRE(value(open_case(bench.desk, county, request)).kind == Moved::Kind::made);
             REQUIRE(value(proposed(bench, "6228480000000000018", "desk-1")).kind == Moved::Kind::made);
         },
         [proposed](Bench& bench) { return made(proposed(bench, "801012345678", "desk-2")); }});
}

TEST_CASE_TEMPLATE("a payroll is closed: killed at any place, it is there with its lines or it is not there",
                   Engine, ENGINES) {
    static const std::vector<std::string> machines{"allowance"};
    static constexpr Month june{2025, 6};
    const auto read = [](Bench& bench) { return read_payroll(bench.desk, machines, UnitId(1), june); };
    check_every_place<Engine>(
        {[](Bench& bench) {
             OpenRequest request;
             request.machine = "allowance";
             request.pack = "guangdong-2021";
             request.household = HouseholdId(5);
             request.unit = UnitId(1);
             request.first = {"carry",
                              bench.today(),
                              {{"basis", {"earlier"}},
                               {"decided_on", {"2024-11-01"}},
                               {"decision_number", {"样〔2024〕1号"}},
                               {"category", {"minimum_living_guarantee"}},
                               {"amount", {"50000"}}},
                              ""};
             REQUIRE(value(open_case(bench.desk, county, request)).kind == Moved::Kind::made);
             const Actor other{UserId(8), {"county_caseworker"}, UnitId(1), "county", "441699", ""};
             REQUIRE(bench.move(other, CaseId(1), "admit").kind == Moved::Kind::made);
         },
         [&](Bench& bench) -> Result<void> {
             if (PayrollNow now = TRY(read(bench)); !now.closed) {
                 const PayrollSum sum = TRY(sum_of(now.lines));
                 (void)TRY(close_payroll(bench.desk, county, machines, UnitId(1), june, sum));
             }
             const PayrollNow closed = TRY(read(bench));
             if (closed.closed && closed.lines.size() == 1 && closed.closed->total == Money::fen(50000))
                 return {};
             return fail(ErrorKind::invalid, "not_whole", {"清册不完整", "the list is not whole"});
         }});
}

}  // namespace doudi::casework
