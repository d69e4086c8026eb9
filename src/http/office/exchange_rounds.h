// SPDX-License-Identifier: Apache-2.0
// The exchange of a running office: a thread that tells and calls its peers, round by round, and asks the
// board to take up what came. Calls wait for others' machines, so they are no work of the board's lanes;
// taking up lays rows beside the register, so it is.
#pragma once
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "exchange/peers.h"
#include "exchange/talk.h"
#include "http/office/work.h"
#include "http/request/call.h"
#include "oversight/fact_words.h"

namespace doudi::http {

// What the exchange asks of households by which the law decides; both must outlive it.
using FactsOfHouseholds = std::function<Result<std::string>(HouseholdId household, std::string_view fact)>;
[[nodiscard]] FactsOfHouseholds facts_by(oversight::FactWords& facts, const Clock& clock);

struct ExchangePlace {
    const exchange::Peers& peers;
    Desks& desks;
    UnitsNow& units;
    CaseLaw& case_law;
    const policy::Policy& policy;
    access::AuditLog& audit;
    const Clock& clock;
};

class ExchangeRounds {
  public:
    // All that the place names, and the board, must outlive it.
    explicit ExchangeRounds(ExchangePlace place) : place_(place) {}
    ExchangeRounds(const ExchangeRounds&) = delete;
    ExchangeRounds& operator=(const ExchangeRounds&) = delete;
    ~ExchangeRounds() { stop(); }

    [[nodiscard]] const exchange::Peers& peers() const { return place_.peers; }
    // `told` is called for each peer's round that failed, on its own thread.
    void start(jobs::Board& board,
               std::function<void(const std::string& peer, const std::string& code)> told);
    void stop();
    // A round begins now, not only when its time has come.
    void wake();

    // Writes into the log that what is about these leaves to the peer; returns when that is durable.
    [[nodiscard]] Result<void> note_sent(const exchange::Peer& peer,
                                         std::span<const HouseholdId> households) const;

  private:
    void loop();
    [[nodiscard]] Result<void> round(const exchange::Peer& peer);
    [[nodiscard]] Result<void> ask_to_take(const exchange::Peer& peer);

    ExchangePlace place_;
    jobs::Board* board_ = nullptr;
    std::function<void(const std::string& peer, const std::string& code)> told_;
    std::map<std::string, jobs::JobId, std::less<>> taking_;  // the last job of each peer
    std::mutex mutex_;
    std::condition_variable wake_;
    bool woken_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

// The job `exchange`: what came from a peer is taken up.
[[nodiscard]] jobs::Kind exchange_kind(WorkPlace& place, ExchangeRounds& rounds);

}  // namespace doudi::http
