// SPDX-License-Identifier: Apache-2.0
#include "exchange/round.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "exchange/exchange_test_support.h"

namespace doudi::exchange {
namespace {

const std::vector<House> two{{"A", "路一", "甲"}, {"B", "路二", "乙", ""}};

// The city's rounds by hand, with a log of its own.
template <class Engine>
struct ByHand {
    ByHand() {
        pair.city.put(two);
        pair.county.put(two);
        pair.county.tell();  // it calls nobody: its messages wait for the city's call
    }
    WholeRound round(const Post& post) {
        auto cases = pair.city.cases();
        Desk desk{pair.city.folder, cases, pair.city.units, pair.city.peers, pair.city.clock};
        TakingDesk taking{desk, "guangdong-2021", 1};
        return value(whole_round(taking, pair.city.peer(), *log, post));
    }
    // The county takes up what came before it answers the next call.
    Post line() {
        return [this, inner = pair.line()](const Peer& peer, const std::string& body) {
            auto answer = inner(peer, body);
            pair.county.take();
            return answer;
        };
    }
    std::vector<std::string> looks() {
        std::vector<std::string> all;
        for (const auto& record : value(access::read_audit(pair.city.folder.database(), {})))
            all.push_back(record.user_name + " " + record.verb + " " + record.what + " " + record.households);
        return all;
    }

    Pair<Engine> pair;
    std::unique_ptr<access::AuditLog> log =
        value(access::AuditLog::start(value(pair.city.folder.open_writer()), pair.city.clock));
};

}  // namespace

TEST_CASE_TEMPLATE("a whole round tells, calls, takes up and receipts what it took", Engine, ENGINES) {
    ByHand<Engine> city;
    const WholeRound done = city.round(city.line());
    CHECK(done.told.queued == 2);
    CHECK(done.round.sent == 2);
    CHECK(done.round.fresh == 2);
    CHECK(done.taken.taken == 2);
    CHECK(done.round.failure.empty());
    CHECK(city.pair.city.out_in(out::receipted) == 2);
    CHECK(city.pair.county.out_in(out::receipted) == 2);
    const WholeRound idle = city.round(city.line());
    CHECK(idle.round.sent + idle.round.fresh + idle.taken.taken == 0);
    CHECK(idle.round.calls == 1);
    const auto looks = city.looks();
    for (const char* what : {"exchange/county export exchange.sent county 1,2",
                             "exchange/county change exchange.taken county 1,2"})
        CHECK_MESSAGE(std::ranges::find(looks, what) != looks.end(), what);
}

TEST_CASE_TEMPLATE("what came before a call in vain is taken up all the same", Engine, ENGINES) {
    ByHand<Engine> city;
    int calls = 0;
    const Post cut = [&, inner = city.line()](const Peer& peer,
                                              const std::string& body) -> Result<std::string> {
        if (++calls > 1) return fail(ErrorKind::cancelled, "outside_unreachable", {"断", "cut"});
        return inner(peer, body);
    };
    const WholeRound done = city.round(cut);
    CHECK(done.round.failure == "outside_unreachable");
    CHECK(done.taken.taken == 2);
    CHECK(city.pair.county.out_in(out::receipted) == 0);
    // Before its pause is over nobody is called; then the receipts go.
    CHECK(city.round(city.line()).round.calls == 0);
    city.pair.city.clock.advance(std::chrono::hours(1));
    city.pair.county.clock.advance(std::chrono::hours(1));
    CHECK(city.round(city.line()).round.failure.empty());
    CHECK(city.pair.county.out_in(out::receipted) == 2);
}

}  // namespace doudi::exchange
