// SPDX-License-Identifier: Apache-2.0
// What goes upwards. Help that is asked, and through the city of another county (异地协查): each message once
// over a line that loses and doubles, the answer back at whoever asked, and what both sides did shown. And
// how the county's own warnings and referrals stand.
#include <random>

#include "exchange/exchange_test_support.h"

namespace doudi::exchange {
namespace {

using casework::CaseId;
using casework::Moved;

const std::vector<House> one{{"A", "一号", "甲"}};
const casework::Fields found{{"outcome", {"true_"}}, {"officers", {"2", "3"}}, {"note", {"在此居住"}}};

// A city with two counties on servers of their own; the other county has nobody of the first.
template <class Engine>
struct Trio {
    Trio()
        : city("city", "county", true),
          county("county", "city", false, {}, true),
          other("other", "city", false, {}, true) {
        for (auto* office : {&city, &county}) {
            access::UnitRow row;
            row.place = "other";
            row.code = "other";
            row.title = "other";
            row.kind = "county";
            row.parent = "city";
            row.region = "441698";
            row.from = "2020-01-01";
            (void)value(access::load_units(office->folder.database(), std::span(&row, 1)));
            office->units = value(access::read_units(office->folder.database()));
        }
        city.peers.all.push_back(peer_of("other", channel("doudi"), "other", "city"));
        city.put(one);
        county.put(one);
    }

    void speak(Office<Engine>& office, const Peer& peer) {
        auto cases = office.cases();
        Desk desk{office.folder, cases, office.units, office.peers, office.clock};
        (void)value(tell(desk, peer));
        TakingDesk taking{desk, "guangdong-2021", 1};
        (void)value(take(taking, peer));
    }
    // The city calls both, over a line that loses calls and answers and doubles them while it is bad.
    void settle(bool bad = false) {
        for (int round = 0; round < (bad ? 12 : 6); ++round) {
            for (auto* office : {&city, &county, &other}) office->clock.advance(std::chrono::hours(3));
            for (const auto& [peer, below] : {std::pair(0U, &county), std::pair(1U, &other)}) {
                speak(city, city.peers.all[peer]);
                speak(*below, below->peer());
                const Post post = [&](const Peer&, const std::string& body) -> Result<std::string> {
                    const auto cut = [] {
                        return fail(ErrorKind::cancelled, "outside_unreachable", {"断", "cut"});
                    };
                    if (bad && random_() % 3 == 0) return cut();
                    auto heard = TRY(below->hear(body)).body;
                    if (bad && random_() % 3 == 0) (void)below->hear(body);
                    if (bad && random_() % 3 == 0) return cut();
                    return heard;
                };
                auto rows = city.shelf();
                (void)value(
                    call(city.peers, city.peers.all[peer], rows, city.clock, Office<Engine>::nobody, post));
                speak(city, city.peers.all[peer]);
                speak(*below, below->peer());
            }
        }
    }
    // A warning of the county's that waits for its visit, and the help asked below it.
    CaseId ask(const char* whom) {
        const std::string own = std::to_string(county.unit("county").value());
        warning = county.raise("A");
        REQUIRE(county.move(worker, warning, "dispatch", {{"to_unit", {own}}}).kind == Moved::Kind::made);
        REQUIRE(county.move(town, warning, "accept").kind == Moved::Kind::made);
        casework::OpenRequest request;
        request.machine = "assistance";
        request.pack = "guangdong-2021";
        request.household = value(registry::find_by_code(county.folder, county.folder.current(), "A"));
        request.unit = county.unit("county");
        request.parent = warning;
        request.first = {"ask",
                         county.today(),
                         {{"to_unit", {std::to_string(county.unit(whom).value())}}, {"need", {"核实现住址"}}},
                         ""};
        auto desk = county.cases();
        const auto asked = value(casework::open_case(desk, town, request));
        REQUIRE(asked.kind == Moved::Kind::made);
        return asked.of;
    }
    // What the county does to a case of its own, and the city's case that stands for it.
    void go(CaseId of, const casework::Actor& who, const char* move, casework::Fields fields = {}) {
        CAPTURE(move);
        REQUIRE(county.move(who, of, move, std::move(fields)).kind == Moved::Kind::made);
    }
    std::vector<std::string> seen_above(CaseId of) {
        const auto there = city.opened(of);
        if (!there) return {"none"};
        auto desk = city.cases();
        std::vector<std::string> moves;
        for (const auto& event : value(casework::read_case(desk, there->head.id, city.today())).events)
            moves.push_back(event.move);
        return moves;
    }
    casework::CaseState above(CaseId of) {
        const auto there = city.opened(of);
        REQUIRE(there);
        return told(city, there->head.id);
    }
    casework::CaseState told(Office<Engine>& office, CaseId of) {
        auto desk = office.cases();
        return value(casework::read_case(desk, of, office.today())).state;
    }
    void check_each_once(Office<Engine>& office, const Peer& peer, Office<Engine>& hearer,
                         const Peer& sender) {
        auto rows = office.shelf();
        auto theirs = hearer.shelf();
        const auto sent = value(repository::list_out(rows, peer.id, "", 0, 1000));
        const auto came = value(repository::list_in(theirs, sender.id, "", 0, 1000));
        CHECK(came.size() == sent.size());
        for (const OutRow& row : sent) {
            CHECK(row.state == out::receipted);
            CHECK(std::ranges::count(came, row.message, &InRow::message) == 1);
        }
        for (const InRow& row : came) CHECK(row.state == in::taken);
    }

    Office<Engine> city, county, other;
    CaseId warning;

  private:
    std::mt19937 random_{7};
};

}  // namespace

TEST_CASE_TEMPLATE(
    "help is asked of another county through the city, and the answer comes back to whoever asked", Engine,
    ENGINES) {
    Trio<Engine> trio;
    const CaseId asked = trio.ask("other");
    trio.settle(true);
    trio.settle();
    const auto passing = trio.city.opened(asked);
    REQUIRE(passing);
    CHECK(passing->now.state == "asked");
    CHECK(passing->head.household.has_value());
    CHECK_FALSE(trio.other.opened(passing->head.id));
    const std::string to = std::to_string(trio.city.unit("other").value());
    REQUIRE(trio.city.move(worker, passing->head.id, "pass_down", {{"to_unit", {to}}}).kind ==
            Moved::Kind::made);
    trio.settle(true);
    trio.settle();
    const auto there = trio.other.opened(passing->head.id);
    REQUIRE(there);
    // The other county's register has nobody of them: the message says whom to look for.
    CHECK_FALSE(there->head.household.has_value());
    const auto state = trio.told(trio.other, there->head.id);
    CHECK(state.fields.at("need") == std::vector<std::string>{"核实现住址"});
    CHECK(state.fields.at("whom") == std::vector<std::string>{"甲 户主"});
    REQUIRE(trio.other.move(worker, there->head.id, "answer", found).kind == Moved::Kind::made);
    trio.settle(true);
    trio.settle();
    CHECK(trio.city.state(passing->head.id) == "answered");
    CHECK(trio.county.state(asked) == "answered");
    const auto warned = trio.told(trio.county, trio.warning);
    CHECK(casework::first_of(warned.fields, "help_outcome") == "true_");
    CHECK(casework::first_of(warned.fields, "note") == "在此居住");
    CHECK(warned.state == "accepted");  // whoever asked says itself what it found
    CHECK(trio.told(trio.county, asked).events == 2);
    auto& city = trio.city;
    trio.check_each_once(trio.county, trio.county.peer(), city, city.peers.all[0]);
    trio.check_each_once(city, city.peers.all[0], trio.county, trio.county.peer());
    trio.check_each_once(city, city.peers.all[1], trio.other, trio.other.peer());
    trio.check_each_once(trio.other, trio.other.peer(), city, city.peers.all[1]);
}

TEST_CASE_TEMPLATE(
    "what is handed within the county stays there, and what was settled meanwhile is kept for a person",
    Engine, ENGINES) {
    Trio<Engine> trio;
    const CaseId own = trio.ask("county");
    trio.settle();
    CHECK_FALSE(trio.city.opened(own));
    const CaseId asked = trio.ask("city");
    trio.settle();
    const auto there = trio.city.opened(asked);
    REQUIRE(there);
    // The county closes it itself; the city answers all the same.
    REQUIRE(trio.county.move(town, asked, "refuse", {{"reason", {"本人已返回"}}}).kind == Moved::Kind::made);
    REQUIRE(trio.city.move(worker, there->head.id, "answer", found).kind == Moved::Kind::made);
    trio.settle();
    CHECK(trio.county.state(asked) == "refused");
    CHECK(trio.county.ins().front().outcome == fmt::format("late/{}", asked.value()));
    CHECK(trio.city.out_in(out::refused) == 0);
}

TEST_CASE_TEMPLATE("the other place cannot: who asked is told why", Engine, ENGINES) {
    Trio<Engine> trio;
    const CaseId asked = trio.ask("city");
    trio.settle();
    const auto there = trio.city.opened(asked);
    REQUIRE(there);
    REQUIRE(trio.city.move(worker, there->head.id, "refuse", {{"reason", {"查无此人"}}}).kind ==
            Moved::Kind::made);
    trio.settle();
    CHECK(trio.county.state(asked) == "refused");
    CHECK(casework::first_of(trio.told(trio.county, asked).fields, "reason") == "查无此人");
    CHECK(casework::first_of(trio.told(trio.county, trio.warning).fields, "help_outcome") == "cannot");
}

// --- what was asked is withdrawn

TEST_CASE_TEMPLATE("what is withdrawn is withdrawn wherever it was passed on to, once over a bad line",
                   Engine, ENGINES) {
    Trio<Engine> trio;
    const CaseId asked = trio.ask("other");
    trio.settle(true);
    trio.settle();
    const auto passing = trio.city.opened(asked);
    REQUIRE(passing);
    const std::string to = std::to_string(trio.city.unit("other").value());
    REQUIRE(trio.city.move(worker, passing->head.id, "pass_down", {{"to_unit", {to}}}).kind ==
            Moved::Kind::made);
    trio.settle();
    const auto there = trio.other.opened(passing->head.id);
    REQUIRE(there);
    trio.go(asked, town, "withdraw", {{"reason", {"本人已返回"}}});
    trio.settle(true);
    trio.settle();
    CHECK(trio.seen_above(asked) == std::vector<std::string>{"take", "pass_down", "take_back"});
    CHECK(trio.city.state(passing->head.id) == "withdrawn");
    CHECK(trio.other.state(there->head.id) == "withdrawn");
    CHECK(casework::first_of(trio.told(trio.other, there->head.id).fields, "reason") == "本人已返回");
    const auto warned = trio.told(trio.county, trio.warning);
    CHECK(casework::first_of(warned.fields, "help_outcome") == "withdrawn");
    auto& city = trio.city;
    trio.check_each_once(trio.county, trio.county.peer(), city, city.peers.all[0]);
    trio.check_each_once(city, city.peers.all[1], trio.other, trio.other.peer());
    CHECK(trio.county.ins().size() == 1);  // the register's household: nobody answers what was withdrawn
}

TEST_CASE_TEMPLATE("what was answered before it was withdrawn stays so, and each side shows the other's word",
                   Engine, ENGINES) {
    Trio<Engine> trio;
    const CaseId asked = trio.ask("city");
    trio.settle();
    const auto there = trio.city.opened(asked);
    REQUIRE(there);
    REQUIRE(trio.city.move(worker, there->head.id, "answer", found).kind == Moved::Kind::made);
    trio.go(asked, town, "withdraw", {{"reason", {"本人已返回"}}});
    trio.settle();
    CHECK(trio.city.state(there->head.id) == "answered");
    CHECK(trio.county.state(asked) == "withdrawn");
    CHECK(trio.county.ins().front().outcome == fmt::format("late/{}", asked.value()));
    CHECK(trio.city.ins().front().outcome == fmt::format("late/{}", there->head.id.value()));
    auto desk = trio.city.cases();
    const auto shown = value(casework::read_case(desk, there->head.id, trio.city.today()));
    REQUIRE(shown.late.size() == 1);
    CHECK(shown.late.front().move == "take_back");
    CHECK(casework::first_of(shown.late.front().fields, "reason") == "本人已返回");
    trio.settle();
    CHECK(value(casework::read_case(desk, there->head.id, trio.city.today())).late.size() == 1);
}

TEST_CASE_TEMPLATE("an office that drops what another one asked tells it that it cannot be done", Engine,
                   ENGINES) {
    Trio<Engine> trio;
    const CaseId asked = trio.ask("city");
    trio.settle();
    const auto there = trio.city.opened(asked);
    REQUIRE(there);
    // Whoever asked withdraws it; where it was taken up it is not offered.
    const casework::Fields absent{{"reason", {"不在本市"}}};
    const Moved withdrawn = trio.city.move(worker, there->head.id, "withdraw", absent);
    REQUIRE(withdrawn.faults.size() == 1);
    CHECK(withdrawn.faults.front().code == "move_shut");
    REQUIRE(trio.city.move(worker, there->head.id, "refuse", absent).kind == Moved::Kind::made);
    trio.settle();
    CHECK(trio.county.state(asked) == "refused");
    CHECK(casework::first_of(trio.told(trio.county, asked).fields, "reason") == "不在本市");
}

// --- what ends between two rounds

TEST_CASE_TEMPLATE("what is opened and closed between two rounds is told once, with its end", Engine,
                   ENGINES) {
    Trio<Engine> trio;
    trio.settle();  // the peer is known, and nothing was asked
    const CaseId asked = trio.ask("city");
    trio.go(asked, town, "withdraw", {{"reason", {"本人已返回"}}});
    trio.settle(true);
    trio.settle();
    CHECK(trio.seen_above(asked) == std::vector<std::string>{"take", "take_back"});
    CHECK(trio.above(asked).state == "withdrawn");
    const auto told = trio.county.outs().size();
    trio.settle();
    CHECK(trio.county.outs().size() == told);
    CHECK(trio.above(asked).events == 2);
    trio.check_each_once(trio.county, trio.county.peer(), trio.city, trio.city.peers.all[0]);
}

TEST_CASE_TEMPLATE("what was closed before the peer was known is not told, what was open by then to its end",
                   Engine, ENGINES) {
    Trio<Engine> trio;
    const CaseId old = trio.ask("city");
    trio.go(old, town, "withdraw", {{"reason", {"本人已返回"}}});
    const CaseId open = trio.ask("city");
    auto rows = trio.county.shelf();
    done(repository::make_peer(rows, trio.county.peer().id));
    trio.go(open, town, "withdraw", {{"reason", {"本人已返回"}}});
    trio.settle();
    CHECK(trio.seen_above(old) == std::vector<std::string>{"none"});
    CHECK(trio.seen_above(open) == std::vector<std::string>{"take", "take_back"});
}

// --- how the county's own stand

TEST_CASE_TEMPLATE("each step of the county's own warning is told above once, its result and its end", Engine,
                   ENGINES) {
    Trio<Engine> trio;
    auto& county = trio.county;
    trio.settle();
    const CaseId of = county.raise("A");
    trio.settle(true);
    trio.settle();
    CHECK(trio.seen_above(of) == std::vector<std::string>{"take"});
    CHECK(casework::first_of(trio.above(of).fields, "level") == "red");
    const std::string own = std::to_string(county.unit("county").value());
    trio.go(of, worker, "dispatch", {{"to_unit", {own}}});
    trio.go(of, town, "accept");
    trio.settle(true);
    trio.settle();
    CHECK(casework::first_of(trio.above(of).fields, "warning_state") == "accepted");
    trio.go(of, town, "visit", {{"outcome", {"false_"}}, {"officers", {"3", "4"}}, {"note", {"已就业"}}});
    trio.go(of, town, "feed_back");
    trio.go(of, worker, "dismiss", {{"reason", {"不属实"}}});
    trio.settle(true);
    trio.settle();
    CHECK(trio.seen_above(of) ==
          std::vector<std::string>{"take", "follow", "follow", "follow", "follow", "end"});
    const auto ended = trio.above(of);
    CHECK(ended.state == "ended");
    CHECK(casework::first_of(ended.fields, "warning_state") == "closed");
    CHECK(casework::first_of(ended.fields, "outcome") == "false_");
    CHECK(casework::first_of(ended.fields, "note") == "已就业");
    CHECK(casework::first_of(ended.fields, "reason") == "不属实");
    trio.go(of, worker, "reopen", {{"reason", {"又失业"}}});
    trio.settle();
    CHECK(trio.seen_above(of).back() == "resume");
    CHECK(trio.above(of).state == "open");
    const auto told = county.outs().size();
    trio.settle();
    CHECK(county.outs().size() == told);
    trio.check_each_once(county, county.peer(), trio.city, trio.city.peers.all[0]);
    // The other county beside it is told nothing, and what the city hears opens no work of its own.
    CHECK(trio.other.ins().empty());
    CHECK(trio.above(of).marks.empty());
}

// The county as a city, to which an office below with a platform of its own tells how its cases stand.
TEST_CASE_TEMPLATE("what an office below told of its own goes on to the office above, step by step", Engine,
                   ENGINES) {
    Trio<Engine> trio;
    auto& county = trio.county;
    trio.settle();
    const casework::Actor below{access::UserId(), {"peer_office"}, access::UnitId(), "", "", ""};
    const auto opened = [&](const char* machine, const char* source, casework::Fields told) {
        casework::OpenRequest request;
        request.machine = machine;
        request.pack = "guangdong-2021";
        request.household = value(registry::find_by_code(county.folder, county.folder.current(), "A"));
        request.unit = county.unit("county");
        request.source = source;
        request.first = {"take", county.today(), std::move(told), ""};
        auto desk = county.cases();
        const auto made = value(casework::open_case(desk, below, request));
        REQUIRE(made.kind == Moved::Kind::made);
        return made.of;
    };
    const CaseId of = opened("warning_below", "exchange/first/7",
                             {{"warning_state", {"raised"}}, {"event", {"1"}}, {"level", {"red"}}});
    const CaseId handed =
        opened("referral_below", "exchange/first/8",
               {{"referral_state", {"sent"}}, {"kind", {"aid"}}, {"referred_to", {"medical_insurance"}}});
    trio.go(of, below, "follow", {{"warning_state", {"accepted"}}});
    trio.settle(true);
    trio.settle();
    CHECK(trio.seen_above(of) == std::vector<std::string>{"take", "follow"});
    CHECK(casework::first_of(trio.above(of).fields, "warning_state") == "accepted");
    CHECK(casework::first_of(trio.above(of).fields, "level") == "red");
    CHECK(trio.seen_above(handed) == std::vector<std::string>{"take"});
    CHECK(casework::first_of(trio.above(handed).fields, "referral_state") == "sent");
    CHECK(casework::first_of(trio.above(handed).fields, "referred_to") == "medical_insurance");
    trio.go(of, below, "end",
            {{"warning_state", {"closed"}}, {"outcome", {"false_"}}, {"reason", {"不属实"}}});
    trio.settle();
    CHECK(trio.above(of).state == "ended");
    CHECK(casework::first_of(trio.above(of).fields, "warning_state") == "closed");
    CHECK(casework::first_of(trio.above(of).fields, "reason") == "不属实");
    trio.go(of, below, "follow", {{"warning_state", {"accepted"}}});  // opened again below
    trio.settle();
    CHECK(trio.seen_above(of) == std::vector<std::string>{"take", "follow", "end", "resume"});
    const auto told = county.outs().size();
    trio.settle();
    CHECK(county.outs().size() == told);
    trio.check_each_once(county, county.peer(), trio.city, trio.city.peers.all[0]);
    CHECK(trio.other.ins().empty());
}

TEST_CASE_TEMPLATE(
    "a warning that came and went between two rounds is told above, and a referral with its sum", Engine,
    ENGINES) {
    Trio<Engine> trio;
    auto& county = trio.county;
    trio.settle();
    const casework::Actor monitor{access::UserId(), {"monitoring"}, access::UnitId(), "", "", ""};
    const CaseId gone = county.raise("A");
    trio.go(gone, monitor, "take_back", {{"gone", {"taken_back"}}});
    casework::OpenRequest request;
    request.machine = "referral";
    request.pack = "guangdong-2021";
    request.household = value(registry::find_by_code(county.folder, county.folder.current(), "A"));
    request.unit = county.unit("county");
    request.first = {"draft",
                     county.today(),
                     {{"kind", {"aid"}}, {"need", {"住院自付多"}}, {"benefit", {"medical_assistance"}}},
                     ""};
    auto desk = county.cases();
    const auto opened = value(casework::open_case(desk, worker, request));
    REQUIRE(opened.kind == Moved::Kind::made);
    const CaseId of = opened.of;
    const std::string own = std::to_string(county.unit("county").value());
    const casework::Actor department{
        access::UserId(4), {"partner_department"}, county.unit("county"), "county", "", "medical_insurance"};
    trio.go(of, worker, "send", {{"to_department", {"medical_insurance"}}, {"to_unit", {own}}});
    trio.go(of, department, "receive");
    trio.go(of, department, "accept");
    trio.go(of, department, "finish", {{"result", {"helped"}}, {"amount", {"120000"}}});
    trio.settle(true);
    trio.settle();
    CHECK(trio.seen_above(gone) == std::vector<std::string>{"take", "end"});
    CHECK(trio.above(gone).state == "ended");
    CHECK(trio.seen_above(of) == std::vector<std::string>{"take", "follow", "follow", "follow", "follow"});
    trio.go(of, worker, "close");
    trio.settle();
    const auto ended = trio.above(of);
    CHECK(ended.state == "ended");
    CHECK(casework::first_of(ended.fields, "referral_state") == "closed");
    CHECK(casework::first_of(ended.fields, "result") == "helped");
    CHECK(casework::first_of(ended.fields, "amount") == "120000");
    CHECK(casework::first_of(ended.fields, "referred_to") == "medical_insurance");
    const auto head = trio.city.opened(of)->head;
    CHECK(head.unit == trio.city.unit("city"));
    CHECK(head.department.empty());  // it is read at the city, and handed to nobody there
    trio.check_each_once(county, county.peer(), trio.city, trio.city.peers.all[0]);
}

TEST_CASE_TEMPLATE(
    "what is told above moves nothing below, and what was lost there is told whole by the next", Engine,
    ENGINES) {
    Trio<Engine> trio;
    auto& county = trio.county;
    trio.settle();
    county.put({{"N", "九号", "新户", ""}});  // not on the city's register yet
    const CaseId of = county.raise("N");
    trio.settle();
    CHECK(trio.seen_above(of) == std::vector<std::string>{"none"});
    CHECK(county.out_in(out::refused) == 1);
    auto cases = county.cases();
    Desk desk{county.folder, cases, county.units, county.peers, county.clock};
    CHECK_FALSE(value(was_told_of(desk, county.peer(), of, 1)));  // so no answer of the city's moves it
    REQUIRE(trio.city.differences().size() == 1);
    trio.city.accept(trio.city.differences().front().proposal);
    const std::string own = std::to_string(county.unit("county").value());
    trio.go(of, worker, "dispatch", {{"to_unit", {own}}});
    trio.settle();
    CHECK(trio.seen_above(of) == std::vector<std::string>{"take", "follow"});
    CHECK(casework::first_of(trio.above(of).fields, "warning_state") == "dispatched");
    CHECK(casework::first_of(trio.above(of).fields, "event") == "1");
}

TEST_CASE_TEMPLATE(
    "an office tells upwards alone: not its county, and no city that it does not keep above it", Engine,
    ENGINES) {
    Trio<Engine> trio;
    trio.settle();
    const auto from_city = trio.city.outs().size();
    (void)trio.city.raise("A");
    trio.county.peer().stands_for = "";
    (void)trio.county.raise("A");
    const auto from_county = trio.county.outs().size();
    trio.settle();
    CHECK(trio.city.outs().size() == from_city);
    CHECK(trio.county.outs().size() == from_county);
}

}  // namespace doudi::exchange
