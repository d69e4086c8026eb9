// SPDX-License-Identifier: Apache-2.0
// A city and its county over a line that loses, doubles, reorders and cuts: each message is told once and
// taken once, and nothing is decided by one.
#include <deque>
#include <map>
#include <random>

#include "exchange/exchange_test_support.h"
#include "exchange/kept_rows.h"
#include "exchange/retention.h"
#include "registry/register_seal.h"
#include "store/seal_in_place.h"

namespace doudi::exchange {
namespace {

using casework::Moved;

const casework::Fields seen{{"outcome", {"true_"}}, {"officers", {"2", "3"}}, {"note", {"住院"}}};
const std::vector<House> both{{"A", "一号", "甲"}, {"B", "二号", "乙", "441699196202063566"}};

std::unexpected<Error> cut() {
    return fail(ErrorKind::cancelled, "outside_unreachable", {"断线", "cut"});
}

// Loses calls and answers, delivers calls twice, and old ones again out of order.
template <class Engine>
class BadLine {
  public:
    BadLine(Pair<Engine>& pair, std::uint32_t seed) : pair_(pair), random_(seed) {}

    Post post() {
        return [this](const Peer&, const std::string& body) -> Result<std::string> { return carry(body); };
    }
    int replays_refused = 0;

  private:
    bool one_in(int many) { return static_cast<int>(random_() % static_cast<unsigned>(many)) == 0; }

    Result<std::string> carry(const std::string& body) {
        if (one_in(3)) {
            held_.push_back(body);  // it comes later, if at all
            return cut();
        }
        if (one_in(3) && !held_.empty()) {
            (void)deliver(held_.front());
            held_.pop_front();
        }
        const auto answer = deliver(body);
        if (one_in(4)) (void)deliver(body);
        if (one_in(4)) return cut();
        return answer;
    }
    Result<std::string> deliver(const std::string& body) {
        auto heard = pair_.county.hear(body);
        if (heard) return std::move(heard->body);
        replays_refused += heard.error().code == "exchange_replayed" ? 1 : 0;
        return std::unexpected(heard.error());
    }

    Pair<Engine>& pair_;
    std::mt19937 random_;
    std::deque<std::string> held_;
};

template <class Engine>
void check_each_once(Office<Engine>& one, Office<Engine>& other) {
    std::map<std::int64_t, std::string> sent;
    for (const OutRow& row : one.outs()) {
        CHECK(row.state == out::receipted);
        CHECK(sent.emplace(row.number, row.message).second);
    }
    const auto came = other.ins();
    CHECK(came.size() == sent.size());
    for (const InRow& row : came) {
        CHECK(row.state == in::taken);
        CHECK(sent[row.number] == row.message);
    }
}

}  // namespace

TEST_CASE_TEMPLATE("a dispatch goes down and its answer up, and the city's person still decides", Engine,
                   ENGINES) {
    Pair<Engine> pair;
    pair.city.put(both);
    pair.county.put(both);
    const auto of = pair.dispatched("A");
    pair.settle();
    const auto opened = pair.county.opened(of);
    REQUIRE(opened);
    CHECK(opened->now.state == "raised");
    CHECK(pair.city.state(of) == "dispatched");
    const std::string town_unit = std::to_string(pair.county.unit("county").value());
    CHECK(pair.county.move(worker, opened->head.id, "dispatch", {{"to_unit", {town_unit}}}).kind ==
          Moved::Kind::made);
    CHECK(pair.county.move(town, opened->head.id, "accept").kind == Moved::Kind::made);
    pair.settle();
    CHECK(pair.city.state(of) == "accepted");
    CHECK(pair.county.move(town, opened->head.id, "visit", seen).kind == Moved::Kind::made);
    CHECK(pair.county.move(town, opened->head.id, "feed_back").kind == Moved::Kind::made);
    pair.settle();
    CHECK(pair.city.state(of) == "fed_back");
    check_each_once(pair.city, pair.county);
    check_each_once(pair.county, pair.city);
}

TEST_CASE_TEMPLATE("over a line that loses, doubles and reorders each message is taken once and in its order",
                   Engine, ENGINES) {
    Pair<Engine> pair;
    std::vector<House> houses;
    for (int n = 0; n < 12; ++n)
        houses.push_back({fmt::format("H{:02}", n), "路", fmt::format("户{}", n), ""});
    pair.city.put(houses);
    pair.county.put(houses);
    // What was held up long ago is still heard: it comes out of its order.
    for (auto* office : {&pair.city, &pair.county}) office->peer().skew = std::chrono::hours(24 * 365);
    BadLine<Engine> line(pair, 7);
    std::vector<casework::CaseId> cases;
    for (const House& house : houses) {
        cases.push_back(pair.dispatched(house.code));
        pair.settle(line.post());
    }
    pair.settle();
    for (const auto of : cases) {
        const auto opened = pair.county.opened(of);
        REQUIRE(opened);
        CHECK(opened->now.events == 1);
    }
    CHECK(line.replays_refused > 0);
    check_each_once(pair.city, pair.county);
    check_each_once(pair.county, pair.city);
}

TEST_CASE_TEMPLATE("a message that is missing is asked for, and what comes behind it waits", Engine,
                   ENGINES) {
    Pair<Engine> pair;
    pair.city.put(both);
    pair.county.put(both);
    pair.city.peer().at_once = 1;
    pair.dispatched("A");
    pair.city.tell();
    // The register's two households, and the dispatch behind them; the first call is lost, not noticed.
    std::vector<std::string> bodies;
    for (int n = 0; n < 3; ++n) {
        (void)pair.city.call([&](const Peer&, const std::string& body) -> Result<std::string> {
            bodies.push_back(body);
            return cut();
        });
        auto rows = pair.city.shelf();
        done(repository::put_out_state(rows, "county", n + 1, out::sent, {}, pair.city.clock.now()));
        pair.city.clock.advance(std::chrono::hours(3));
        pair.county.clock.advance(std::chrono::hours(3));
    }
    REQUIRE(bodies.size() == 3);
    pair.county.clock.set(pair.city.clock.now() - std::chrono::hours(3));
    CHECK(code_of(pair.county.hear(bodies[0])) == "exchange_hour");
    CHECK(code_of(pair.county.hear(bodies[2])) == "done");
    CHECK(pair.county.take().taken == 0);
    CHECK(pair.county.in_in(in::kept) == 1);
    auto rows = pair.county.shelf();
    CHECK(value(repository::select_missing(rows, "city", 10)) == std::vector<std::int64_t>{1, 2});
    pair.county.clock.set(pair.city.clock.now());
    pair.settle();
    CHECK(pair.county.in_in(in::kept) == 0);
    check_each_once(pair.city, pair.county);
}

TEST_CASE_TEMPLATE(
    "who is not the peer is not heard: no key, another name, another hour, a frame played again", Engine,
    ENGINES) {
    Pair<Engine> pair;
    std::string body;
    const Post listen = [&](const Peer&, const std::string& told) -> Result<std::string> {
        body = told;
        return cut();
    };
    (void)pair.city.call(listen);
    CHECK(code_of(pair.county.hear(body)) == "done");
    CHECK(code_of(pair.county.hear(body)) == "exchange_replayed");
    CHECK(code_of(pair.county.hear(body.substr(1))) == "exchange_frame");
    const auto said_by = [&](const std::function<void(Office<Engine>&)>& change) {
        Office<Engine> other("city", "county", true);
        change(other);
        (void)other.call(listen);
        return code_of(pair.county.hear(body));
    };
    CHECK(said_by([](Office<Engine>&) {}) == "done");
    CHECK(said_by([](Office<Engine>& other) { other.peer().keys.front().bytes()[0] = std::byte{1}; }) ==
          "exchange_sign");
    CHECK(said_by([](Office<Engine>& other) { other.peers.own = "town"; }) == "exchange_other");
    CHECK(said_by([](Office<Engine>& other) { other.peer().id = "town"; }) == "exchange_other");
    const auto late = [&](std::chrono::seconds by) {
        return said_by([&](Office<Engine>& other) { other.clock.advance(by); });
    };
    CHECK(late(std::chrono::seconds(300)) == "done");
    CHECK(late(std::chrono::seconds(301)) == "exchange_hour");
    CHECK(late(std::chrono::seconds(-300)) == "done");
    CHECK(late(std::chrono::seconds(-301)) == "exchange_hour");
}

TEST_CASE_TEMPLATE("an answer that is not the peer's counts for nothing", Engine, ENGINES) {
    Pair<Engine> pair;
    pair.city.put(both);
    pair.city.tell();
    std::string old;
    const auto round = pair.city.call([&](const Peer&, const std::string& body) -> Result<std::string> {
        old = TRY(pair.county.hear(body)).body;
        return cut();
    });
    CHECK(round.failure == "outside_unreachable");
    pair.city.clock.advance(std::chrono::minutes(1));
    const auto replayed =
        pair.city.call([&](const Peer&, const std::string&) -> Result<std::string> { return old; });
    CHECK(replayed.failure == "exchange_other");
    CHECK(pair.city.out_in(out::queued) == 2);
    pair.county.clock.set(pair.city.clock.now());
    pair.settle();
    CHECK(pair.county.in_in(in::taken) == 2);
}

TEST_CASE_TEMPLATE("a peer that cannot be reached is called again after the channel's pauses, then given up",
                   Engine, ENGINES) {
    Pair<Engine> pair;
    pair.city.put(both);
    pair.city.peer().channel.give_up_after = 2;
    pair.city.peer().channel.pauses = {std::chrono::seconds(10), std::chrono::seconds(60)};
    pair.city.tell();
    const Post dead = [](const Peer&, const std::string&) -> Result<std::string> { return cut(); };
    CHECK(pair.city.call(dead).calls == 1);
    CHECK(pair.city.call(dead).calls == 0);
    pair.city.clock.advance(std::chrono::milliseconds(9999));
    CHECK(pair.city.call(dead).calls == 0);
    CHECK(pair.city.out_in(out::given_up) == 0);
    pair.city.clock.advance(std::chrono::milliseconds(1));
    CHECK(pair.city.call(dead).calls == 1);
    CHECK(pair.city.out_in(out::given_up) == 2);
    pair.city.clock.advance(std::chrono::seconds(59));
    CHECK(pair.city.call(dead).calls == 0);
    // A person sends the one again; the other is asked for, once the peer hears of a gap.
    auto cases = pair.city.cases();
    Desk desk{pair.city.folder, cases, pair.city.units, pair.city.peers, pair.city.clock};
    done(tell_again(desk, pair.city.peer(), 2));
    CHECK(code_of(tell_again(desk, pair.city.peer(), 9)) == "message_unknown");
    CHECK(code_of(tell_again(desk, pair.city.peer(), 2)) == "message_settled");
    pair.settle();
    CHECK(pair.county.in_in(in::taken) == 2);
    check_each_once(pair.city, pair.county);
}

TEST_CASE_TEMPLATE("what the channel cannot say is held with its field, has no number and holds nothing up",
                   Engine, ENGINES) {
    Pair<Engine> pair;
    pair.city.put({{"A", "一号", "甲"}, {"B", "二号", "乙", ""}});
    Channel& channel = pair.city.peer().channel;
    auto& members = channel.sends.front().members;
    const auto number = std::ranges::find(members, "id_number", &FieldRule::ours);
    number->required = true;
    CHECK(pair.city.tell().held == 1);
    pair.settle();
    CHECK(pair.county.in_in(in::taken) == 1);
    const auto outs = pair.city.outs();
    const auto held = std::ranges::find(outs, out::held, &OutRow::state);
    REQUIRE(held != outs.end());
    CHECK(held->number == 0);
    CHECK(held->why.field == "members/0/id_number");
    auto cases = pair.city.cases();
    Desk desk{pair.city.folder, cases, pair.city.units, pair.city.peers, pair.city.clock};
    done(tell_again(desk, pair.city.peer(), held->id));
    CHECK(pair.city.out_in(out::held) == 1);
    number->required = false;
    const auto again = pair.city.outs();
    done(tell_again(desk, pair.city.peer(), std::ranges::find(again, out::held, &OutRow::state)->id));
    pair.settle();
    CHECK(pair.city.out_in(out::held) == 0);
    CHECK(pair.county.in_in(in::taken) == 2);
}

TEST_CASE_TEMPLATE("what is held for want of a fact goes out by itself after a publication that tells it",
                   Engine, ENGINES) {
    Pair<Engine> pair;
    auto& city = pair.city;
    city.put(both);
    Channel& channel = city.peer().channel;
    channel.codes.push_back({"business", "test", {{"extreme_poverty/rural", "120"}}});
    auto& fields = channel.sends.front().fields;
    const auto category = std::ranges::find(fields, "category", &FieldRule::ours);
    category->table = static_cast<int>(channel.codes.size()) - 1;
    category->with = "residence_kind";
    std::map<HouseholdId, std::string> known;
    const auto tell = [&] {
        auto cases = city.cases();
        Desk desk{city.folder,
                  cases,
                  city.units,
                  city.peers,
                  city.clock,
                  [&](HouseholdId household, std::string_view fact) -> Result<std::string> {
                      CHECK(fact == "residence_kind");
                      return known[household];
                  }};
        return value(exchange::tell(desk, city.peer()));
    };
    CHECK(tell().held == 2);
    known[value(registry::find_by_code(city.folder, city.folder.current(), "A"))] = "rural";
    CHECK(tell().queued == 0);  // nothing was published since
    city.put({{"C", "三号", "丙", ""}});
    const Told told = tell();
    CHECK(told.queued == 1);
    CHECK(told.held == 1);  // C, and B is still held: nobody counts it twice
    CHECK(city.out_in(out::queued) == 1);
    CHECK(city.out_in(out::held) == 2);
    CHECK(tell().queued == 0);
}

TEST_CASE_TEMPLATE("a dispatch for a household that is not there is refused, and the sender reads why",
                   Engine, ENGINES) {
    Pair<Engine> pair;
    pair.city.put(both);
    pair.dispatched("A");
    pair.settle();
    const auto outs = pair.city.outs();
    const auto refused = std::ranges::find(outs, out::refused, &OutRow::state);
    REQUIRE(refused != outs.end());
    CHECK(refused->kind == "dispatch");
    CHECK(refused->why.field == "household");
    CHECK(refused->why.reason.en == "the register has no such household");
    CHECK(pair.county.in_in(in::refused) == 1);
}

TEST_CASE_TEMPLATE(
    "a peer moves no case that it was not told of, and makes no move that the channel does not list", Engine,
    ENGINES) {
    Pair<Engine> pair;
    pair.city.put(both);
    pair.county.put(both);
    const auto hidden = pair.city.raise("A");
    const auto told = pair.dispatched("B");
    pair.settle();
    const auto say = [&](casework::CaseId of, const char* move) {
        auto rows = pair.county.shelf();
        const MessageRule& rule = *pair.county.peer().channel.sent("answer");
        Content content;
        content.fields = {{std::string(case_answers), {std::to_string(of.value())}},
                          {std::string(case_move), {"accept"}},
                          {std::string(case_on), {"2025-06-30"}}};
        auto body = to_theirs(pair.county.peer().channel, rule, content);
        REQUIRE(body);
        (*body)["move"] = move;
        (*body)["reason"] = "不在本地";
        OutRow row;
        row.peer = "city";
        row.message = fmt::format("m-{}-{}", of.value(), move);
        row.kind = "answer";
        row.source = row.message;
        row.state = out::queued;
        row.made_at = pair.county.clock.now();
        row.body = boost::json::serialize(*body);
        done(rows.database.write_beside([&] { return repository::insert_out(rows, row); }));
        pair.settle();
        const auto came = pair.city.ins();
        return came.front().state + " " + came.front().why.field + " " + came.front().outcome;
    };
    CHECK(say(hidden, "accept") == "refused case ");
    CHECK(say(told, "close") == "refused move ");
    CHECK(pair.city.state(told) == "dispatched");
    CHECK(say(told, "accept") == fmt::format("taken  case/{}", told.value()));
    // The city has gone on meanwhile: the form is kept for a person and decides nothing.
    CHECK(say(told, "return") == fmt::format("taken  late/{}", told.value()));
    CHECK(pair.city.state(told) == "accepted");
}

TEST_CASE_TEMPLATE(
    "a dispatch that is passed down to the county is told it once, as one that goes there at once", Engine,
    ENGINES) {
    Pair<Engine> pair;
    pair.city.put(both);
    pair.county.put(both);
    const auto of = pair.city.raise("A");
    const auto to = [&](const char* unit) {
        return casework::Fields{{"to_unit", {std::to_string(pair.city.unit(unit).value())}}};
    };
    REQUIRE(pair.city.move(officer, of, "dispatch", to("city")).kind == Moved::Kind::made);
    pair.settle();
    CHECK_FALSE(pair.county.opened(of));
    REQUIRE(pair.city.move(worker, of, "pass_down", to("county")).kind == Moved::Kind::made);
    pair.settle();
    REQUIRE(pair.county.opened(of));
    REQUIRE(pair.city.move(worker, of, "pass_down", to("county")).kind == Moved::Kind::made);
    pair.settle();
    CHECK(pair.county.opened(of)->now.events == 1);
    check_each_once(pair.city, pair.county);
}

TEST_CASE_TEMPLATE(
    "what becomes of a dispatched case on either side is told to the other, and a person closes each", Engine,
    ENGINES) {
    Pair<Engine> pair;
    pair.city.put(both);
    pair.county.put(both);
    const auto of = pair.dispatched("A");
    BadLine<Engine> line(pair, 11);
    const auto settle = [&] {
        pair.settle(line.post());
        pair.settle();
    };
    const auto go = [](Office<Engine>& office, const casework::Actor& who, casework::CaseId one,
                       const char* move, casework::Fields fields = {}) {
        CAPTURE(move);
        REQUIRE(office.move(who, one, move, std::move(fields)).kind == Moved::Kind::made);
    };
    const auto fields_of = [](Office<Engine>& office, casework::CaseId one) {
        auto desk = office.cases();
        return value(casework::read_case(desk, one, office.today())).state.fields;
    };
    settle();
    const auto below = pair.county.opened(of)->head.id;
    go(pair.city, officer, of, "remind");
    settle();
    CHECK(casework::first_of(fields_of(pair.county, below), "above_did") == "reminded");
    CHECK(pair.county.state(below) == "raised");
    CHECK(pair.county.move(worker, below, "end_with_above", {{"reason", {"随上级"}}}).kind ==
          Moved::Kind::refused);
    const std::string own = std::to_string(pair.county.unit("county").value());
    go(pair.county, worker, below, "dispatch", {{"to_unit", {own}}});
    go(pair.county, town, below, "accept");
    go(pair.county, town, below, "visit",
       {{"outcome", {"false_"}}, {"officers", {"3", "4"}}, {"note", {"已就业"}}});
    go(pair.county, town, below, "feed_back");
    settle();
    go(pair.city, worker, of, "dismiss", {{"reason", {"不属实"}}});
    settle();
    CHECK(pair.county.state(below) == "fed_back");  // the city's word closes nothing here
    CHECK(casework::first_of(fields_of(pair.county, below), "above_did") == "dismissed");
    CHECK(casework::first_of(fields_of(pair.county, below), "other_reason") == "不属实");
    go(pair.county, worker, below, "end_with_above", {{"reason", {"随上级"}}});
    settle();
    CHECK(pair.city.state(of) == "closed");
    CHECK(casework::first_of(fields_of(pair.city, of), "below_did") == "closed");
    CHECK(casework::first_of(fields_of(pair.city, of), "reason") == "不属实");
    // The city opens it again: the county closed its own, so that a person opens that too.
    go(pair.city, worker, of, "reopen", {{"reason", {"又有新情况"}}});
    settle();
    CHECK(pair.county.state(below) == "closed");
    CHECK(casework::first_of(fields_of(pair.county, below), "above_did") == "reopened");
    auto desk = pair.county.cases();
    const auto shown = value(casework::read_case(desk, below, pair.county.today()));
    REQUIRE(shown.late.size() == 1);
    CHECK(shown.late.front().move == "push_event");
    go(pair.county, worker, below, "reopen", {{"reason", {"上级要求"}}});
    settle();
    CHECK(casework::first_of(fields_of(pair.city, of), "below_did") == "reopened");
    const auto told = std::pair(pair.city.outs().size(), pair.county.outs().size());
    settle();
    CHECK(std::pair(pair.city.outs().size(), pair.county.outs().size()) == told);
    check_each_once(pair.city, pair.county);
    check_each_once(pair.county, pair.city);
}

TEST_CASE_TEMPLATE("an excerpt is laid beside the register; a person accepts it, and both hold the same",
                   Engine, ENGINES) {
    Pair<Engine> pair;
    pair.county.put(both);
    pair.city.put({both[0]});
    pair.settle();
    REQUIRE(pair.city.differences().size() == 1);
    const Difference fresh = pair.city.differences().front();
    CHECK(fresh.kind == "new");
    CHECK(fresh.code == "B");
    CHECK(pair.city.address("B") == "none");
    pair.city.accept(fresh.proposal);
    CHECK(pair.city.address("B") == "二号");
    pair.settle();
    pair.county.put({{"A", "搬到三号", "甲"}});
    pair.settle();
    REQUIRE(pair.city.differences().size() == 2);
    const Difference changed = pair.city.differences().back();
    CHECK(changed.kind == "changed");
    CHECK(pair.city.address("A") == "一号");
    pair.city.accept(changed.proposal);
    pair.settle();
    CHECK(pair.city.address("A") == "搬到三号");
    CHECK(pair.county.differences().empty());
    check_each_once(pair.city, pair.county);
    check_each_once(pair.county, pair.city);
}

TEST_CASE_TEMPLATE(
    "a household that both sides changed is a conflict on both sides, and stays as it is on both", Engine,
    ENGINES) {
    Pair<Engine> pair;
    pair.county.put(both);
    pair.city.put(both);
    pair.settle();
    CHECK(pair.city.differences().empty());
    pair.county.put({{"A", "县里改的", "甲"}});
    pair.city.put({{"A", "市里改的", "甲"}});
    pair.settle();
    for (auto* office : {&pair.city, &pair.county}) {
        const auto found = office->differences();
        REQUIRE(found.size() == 1);
        CHECK(found.front().kind == "conflict");
        CHECK(found.front().code == "A");
        CHECK(found.front().proposal != PublishId());
    }
    CHECK(pair.city.address("A") == "市里改的");
    CHECK(pair.county.address("A") == "县里改的");
    // The county's person takes the city's word.
    pair.county.accept(pair.county.differences().front().proposal);
    pair.settle();
    CHECK(pair.county.address("A") == pair.city.address("A"));
}

TEST_CASE_TEMPLATE("a number that came before with another message is refused: the sender was set back",
                   Engine, ENGINES) {
    Pair<Engine> pair;
    pair.city.put(both);
    pair.city.tell();
    pair.settle();
    Office<Engine> restored("city", "county", true);
    restored.clock.set(pair.city.clock.now());
    restored.put(both);
    restored.tell();
    (void)restored.call([&](const Peer&, const std::string& body) -> Result<std::string> {
        return TRY(pair.county.hear(body)).body;
    });
    CHECK(restored.out_in(out::refused) == 2);
    CHECK(restored.outs().front().why.field == "number");
    CHECK(pair.county.ins().size() == 2);
}

TEST_CASE("what messages say is sealed with the folder and goes with whom it is about") {
    using Engine = store::OnSqlite;
    const store::SealChoice sealed = store::sealed_by(vault::Suite::sm4_hmac_sm3);
    const auto in_the_clear = [](Office<Engine>& office) {
        auto query = value(office.folder.database().prepare(
            "select 1 from exchange_out where body <> '' union select 1 from exchange_in where body <> ''"));
        return value(query.step());
    };
    Pair<Engine> plain;
    plain.city.put(both);
    plain.county.put(both);
    plain.settle();
    CHECK(in_the_clear(plain.city));
    const std::vector<store::SealRows> rows{registry::seal_register_rows, seal_exchange_rows};
    done(store::seal_in_place(plain.city.folder, sealed, rows, {}));
    CHECK_FALSE(in_the_clear(plain.city));
    Pair<Engine> pair(sealed);
    pair.city.put(both);
    pair.county.put(both);
    pair.city.tell();
    CHECK_FALSE(in_the_clear(pair.city));
    const auto first = value(registry::find_by_code(pair.city.folder, pair.city.folder.current(), "A"));
    const auto members = value(registry::members_of(pair.city.folder, pair.city.folder.current(), first));
    done(forget_in_exchange(pair.city.folder, members.front().id, first));
    pair.settle();
    // It goes out without a word, so that no number is missing.
    const auto came = pair.county.ins();
    REQUIRE(came.size() == 2);
    const auto forgotten = std::ranges::find(came, "forgotten", &InRow::outcome);
    REQUIRE(forgotten != came.end());
    CHECK(forgotten->state == in::taken);
    check_each_once(pair.city, pair.county);
}

TEST_CASE_TEMPLATE("what a message said goes after its term; that it came stays, and it is not taken twice",
                   Engine, ENGINES) {
    Pair<Engine> pair;
    pair.city.put(both);
    pair.county.put(both);
    pair.city.tell();
    pair.settle();
    const store::KeptClass kept = kept_classes().front();
    const Instant now = pair.county.clock.now();
    CHECK(value(kept.ended(pair.county.folder, now - std::chrono::hours(24 * 30))).empty());
    const auto ended = value(kept.ended(pair.county.folder, now + std::chrono::seconds(1)));
    CHECK(ended.size() == 4);  // two of ours, two of theirs
    std::vector<std::string> keys;
    for (const auto& one : ended) keys.push_back(one.key);
    done(kept.remove(pair.county.folder, keys, 1));
    CHECK(value(kept.ended(pair.county.folder, now + std::chrono::seconds(1))).empty());
    CHECK(pair.county.ins().size() == 2);
    auto rows = pair.county.shelf();
    CHECK(value(repository::select_in(rows, "city", 1))->body.empty());
    // The same messages again, in a new call: the receipt is what it was.
    for (const std::int64_t number : {1, 2}) {
        auto city = pair.city.shelf();
        auto query =
            value(city.database.prepare("update exchange_out set state = 'queued' where number = $1"));
        done(query.bind(1, number).run());
    }
    pair.settle();
    CHECK(pair.county.take().taken == 0);
    CHECK(pair.city.out_in(out::receipted) == 2);
}

}  // namespace doudi::exchange
