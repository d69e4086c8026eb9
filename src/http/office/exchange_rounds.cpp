// SPDX-License-Identifier: Apache-2.0
#include "http/office/exchange_rounds.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "exchange/round.h"
#include "http/cases/case_law.h"

namespace doudi::http {

namespace json = boost::json;
using exchange::Peer;

namespace {

casework::Desk cases_of(store::Database& database, const std::shared_ptr<const store::FolderSeal>& seal,
                        CaseLaw& law, const access::UnitTree& units, const policy::Policy& policy,
                        const Clock& clock) {
    return {{database, seal},
            [&database, &law](std::string_view pack, Date day) { return law.of(database, pack, day); },
            units,
            policy.calendar,
            clock};
}

}  // namespace

FactsOfHouseholds facts_by(oversight::FactWords& facts, const Clock& clock) {
    return [&facts, &clock](HouseholdId household, std::string_view fact) {
        return facts.of(household, fact, civil_day(clock.now()));
    };
}

void ExchangeRounds::start(jobs::Board& board,
                           std::function<void(const std::string& peer, const std::string& code)> told) {
    if (place_.peers.all.empty()) return;
    board_ = &board;
    told_ = std::move(told);
    thread_ = std::thread([this] { loop(); });
}

void ExchangeRounds::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void ExchangeRounds::wake() {
    {
        const std::lock_guard lock(mutex_);
        woken_ = true;
    }
    wake_.notify_all();
}

void ExchangeRounds::loop() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        woken_ = false;
        lock.unlock();
        for (const Peer& peer : place_.peers.all) {
            const auto done = round(peer);
            if (!done) told_(peer.id, done.error().code);
        }
        lock.lock();
        wake_.wait_for(lock, place_.peers.every, [this] { return stopping_ || woken_; });
    }
}

Result<void> ExchangeRounds::round(const Peer& peer) {
    auto taken = TRY(place_.desks.take());
    const auto units = TRY(place_.units.get(taken->database));
    casework::Desk cases =
        cases_of(taken->database, taken->data.seal(), place_.case_law, *units, place_.policy, place_.clock);
    oversight::FactWords facts(taken->data, place_.policy);
    exchange::Desk desk{taken->data,  cases,        *units,
                        place_.peers, place_.clock, facts_by(facts, place_.clock)};
    const auto spoken = TRY(exchange::tell_and_call(desk, peer, place_.audit));
    if (spoken.waits) TRY_VOID(ask_to_take(peer));
    if (!spoken.round.failure.empty()) told_(peer.id, spoken.round.failure);
    return {};
}

// One job at a time for each peer: what comes while it runs is asked for in the next round.
Result<void> ExchangeRounds::ask_to_take(const Peer& peer) {
    auto& last = taking_[peer.id];
    if (last != 0 && !jobs::has_ended(TRY(board_->find(last)).state)) return {};
    last = TRY(board_->add({.kind = "exchange",
                            .parameters = json::serialize(json::object{{"peer", peer.id}}),
                            .asked_by = 0,
                            .unit = "0"}));
    return {};
}

Result<void> ExchangeRounds::note_sent(const Peer& peer, std::span<const HouseholdId> households) const {
    return exchange::note_sent(place_.audit, peer, households);
}

namespace {

Result<std::string> take_work(WorkPlace& place, ExchangeRounds& rounds, const jobs::Job& job,
                              jobs::Progress& progress) {
    const auto parameters = json::parse(job.parameters).as_object();  // we wrote it
    const std::string id(parameters.at("peer").as_string());
    const Peer* peer = rounds.peers().find(id);
    if (peer == nullptr)
        return fail(ErrorKind::not_found, "peer_unknown", {"没有这个交换对方", "there is no such peer"});
    progress.stage({"正在接办收到的消息", "taking up what came"});
    store::Database& database = place.writer.database();
    const auto units = TRY(access::read_units(database));
    const auto law = TRY(place.law.of_run(database, civil_day(place.clock.now())));
    casework::Desk cases =
        cases_of(database, place.writer.seal(), place.case_law, units, place.policy, place.clock);
    oversight::FactWords facts(place.writer, place.policy);
    exchange::Desk desk{place.writer,   cases,       units,
                        rounds.peers(), place.clock, facts_by(facts, place.clock)};
    exchange::TakingDesk taking{desk, law->pack.id, place.threads};
    const auto taken = TRY(exchange::take_up(taking, *peer, place.audit));
    if (taken.proposals > 0) place.desks.published();
    rounds.wake();
    return json::serialize(json::object{
        {"peer", id}, {"taken", taken.taken}, {"refused", taken.refused}, {"proposals", taken.proposals}});
}

}  // namespace

jobs::Kind exchange_kind(WorkPlace& place, ExchangeRounds& rounds) {
    return {.name = "exchange",
            .lane = jobs::Lane::publishing,
            .title = {"接办交换消息", "What other platforms sent"},
            .work = [&place, &rounds](
                        const jobs::Job& job,
                        jobs::Progress& progress) { return take_work(place, rounds, job, progress); },
            .fresh = "exchanged"};
}

}  // namespace doudi::http
