// SPDX-License-Identifier: Apache-2.0
#include "exchange/talk.h"

#include <algorithm>
#include <array>

#include "identity/fetch.h"
#include "vault/secret.h"

namespace doudi::exchange {

namespace json = boost::json;
using repository::Kept;
using repository::Shelf;

namespace {

bool names(const std::vector<std::string>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

Refusal clash() {
    return {"number",
            {"该序号或消息标识此前已收到另一条消息：对方可能恢复过旧备份，请人工核对",
             "this number or id came before with another message: the sender may have been set back, a "
             "person must "
             "look"}};
}

std::string new_nonce() {
    std::array<std::byte, 16> bytes{};
    vault::fill_random(bytes);
    return vault::hex_of(bytes);
}

// --- hearing

class Listener {
  public:
    Listener(const Peer& peer, Shelf& shelf, Instant now) : peer_(peer), shelf_(shelf), now_(now) {}

    // Within a transaction.
    Result<Heard> hear(const Frame& frame) {
        TRY_VOID(repository::note_heard(shelf_, peer_.id, now_));
        TRY_VOID(repository::mark_arrived(shelf_, peer_.id, frame.arrived));
        for (const Receipt& receipt : frame.receipts) TRY_VOID(take(receipt));
        for (const std::int64_t number : frame.missing) TRY_VOID(put(number, out::queued, {}));
        Heard heard;
        heard.asked = frame.asks;
        for (const Message& message : frame.messages) {
            const Kept kept = TRY(repository::keep(shelf_, peer_.id, message, now_));
            heard.fresh += kept == Kept::fresh ? 1 : 0;
            if (kept == Kept::clash) {
                clashes.push_back({message.number, std::string(in::refused), clash().field, clash().reason});
            } else {
                heard.asked.push_back(message.number);
            }
        }
        (void)TRY(repository::advance(shelf_, peer_.id));
        return heard;
    }

    std::vector<Receipt> clashes;

  private:
    Result<void> put(std::int64_t number, std::string_view state, const Refusal& why) {
        return repository::put_out_state(shelf_, peer_.id, number, state, why, now_);
    }

    // What a word means is the channel's to say; a word that it does not have leaves the message as it is,
    // and it is asked after again.
    Result<void> take(const Receipt& receipt) {
        const Channel& channel = peer_.channel;
        if (names(channel.taken, receipt.state)) return put(receipt.number, out::receipted, {});
        if (names(channel.refused, receipt.state))
            return put(receipt.number, out::refused, {receipt.field, receipt.reason});
        if (receipt.state == unknown_message) return put(receipt.number, out::queued, {});
        if (names(channel.kept, receipt.state)) return put(receipt.number, out::sent, {});
        return {};
    }

    const Peer& peer_;
    Shelf& shelf_;
    Instant now_;
};

// --- speaking

struct Spoken {
    Frame frame;
    std::vector<HouseholdId> households;
};

// In the channel's words; that a message came and is not acted on yet is left out where it has none for that.
std::vector<Receipt> in_their_words(const Channel& channel, std::vector<Receipt> receipts) {
    std::vector<Receipt> said;
    for (Receipt& receipt : receipts) {
        const auto& words = receipt.state == in::taken     ? channel.taken
                            : receipt.state == in::refused ? channel.refused
                                                           : channel.kept;
        if (receipt.state != unknown_message) {
            if (words.empty()) continue;
            receipt.state = words.front();
        }
        said.push_back(std::move(receipt));
    }
    return said;
}

Message message_of(const OutRow& row) {
    Message message{row.number, row.message, row.kind, row.made_at, row.basis, row.forgotten, {}};
    if (!row.forgotten) message.body = json::parse(row.body).as_object();  // we wrote it
    return message;
}

// As many messages as a frame bears, at least one. A text in a text takes more room than alone.
Result<Spoken> speak(const Peers& peers, const Peer& peer, Shelf& shelf, Instant now,
                     const std::vector<std::int64_t>& asked) {
    constexpr std::size_t share = 3;
    Spoken spoken;
    Frame& frame = spoken.frame;
    frame.from = peers.own;
    frame.to = peer.id;
    frame.at = now;
    frame.nonce = new_nonce();
    frame.arrived = TRY(repository::standing(shelf, peer.id)).arrived;
    std::size_t bytes = 0;
    for (const OutRow& row : TRY(repository::select_queued(shelf, peer.id, peer.at_once))) {
        bytes += row.body.size();
        if (bytes > peer.bytes / share && !frame.messages.empty()) break;
        frame.messages.push_back(message_of(row));
        if (row.household != HouseholdId()) spoken.households.push_back(row.household);
    }
    frame.asks = TRY(repository::select_unreceipted(shelf, peer.id, peer.at_once));
    frame.missing = TRY(repository::select_missing(shelf, peer.id, peer.at_once));
    const std::size_t few = std::min(asked.size(), most_in_frame);
    frame.receipts = in_their_words(
        peer.channel, TRY(repository::receipts_of(shelf, peer.id, std::span(asked).first(few))));
    return spoken;
}

// --- who, whom, when

std::unexpected<Error> other(const char* where) {
    return fail(ErrorKind::usage, "exchange_other",
                {"报文的发送方或接收方不是约定的双方", "the frame is not from this peer, or not to us"},
                where);
}

Result<void> check_frame(const Peers& peers, const Peer& peer, const Frame& frame, Instant now,
                         std::string_view answers) {
    if (frame.from != peer.id) return other("/from");
    if (frame.to != peers.own) return other("/to");
    if (frame.answers != answers) return other("/answers");
    if (frame.at < now - peer.skew || frame.at > now + peer.skew)
        return fail(ErrorKind::usage, "exchange_hour",
                    {"报文的时间与本机相差过大", "the hour of the frame lies too far from ours"}, "/at");
    return {};
}

// --- calling

class Caller {
  public:
    Caller(const Peers& peers, const Peer& peer, Shelf& shelf, const Clock& clock, const Noted& noted,
           const Post& post)
        : peers_(peers), peer_(peer), shelf_(shelf), clock_(clock), noted_(noted), post_(post) {}

    Result<Round> run() {
        constexpr int most_calls = 2000;
        TRY_VOID(shelf_.database.write_beside([&] { return repository::make_peer(shelf_, peer_.id); }));
        if (peer_.url.empty() || TRY(repository::standing(shelf_, peer_.id)).next_at > clock_.now())
            return round_;
        bool more = true;
        while (more && round_.calls < most_calls) more = TRY(one_call());
        return round_;
    }

  private:
    // True: there is more to say, or to hear.
    Result<bool> one_call() {
        const Spoken spoken = TRY(speak(peers_, peer_, shelf_, clock_.now(), asked_));
        if (!spoken.households.empty()) TRY_VOID(noted_(peer_, spoken.households));
        ++round_.calls;
        round_.sent += spoken.frame.messages.size();
        const auto frame = post(spoken.frame);
        if (!frame) {
            TRY_VOID(note_failure(spoken.frame, frame.error()));
            return false;
        }
        const auto before = asked_;
        TRY_VOID(take(*frame));
        const bool owes = asked_ != before && TRY(any_settled());
        return owes || !frame->messages.empty() ||
               !TRY(repository::select_queued(shelf_, peer_.id, 1)).empty();
    }

    Result<Frame> post(const Frame& frame) const {
        const std::string body = TRY(post_(peer_, write_signed(frame, peer_.keys.front().bytes())));
        const auto keys = peer_.key_bytes();
        Frame heard = TRY(read_signed(body, keys));
        TRY_VOID(check_frame(peers_, peer_, heard, clock_.now(), frame.nonce));
        return heard;
    }

    Result<void> take(const Frame& frame) {
        return shelf_.database.write_beside([&]() -> Result<void> {
            const Instant now = clock_.now();
            Listener listener(peer_, shelf_, now);
            Heard heard = TRY(listener.hear(frame));
            round_.fresh += heard.fresh;
            asked_ = std::move(heard.asked);
            round_.failure.clear();
            return repository::note_call(shelf_, peer_.id, now, now, "");
        });
    }

    Result<void> note_failure(const Frame& frame, const Error& error) {
        round_.failure = error.code;
        return shelf_.database.write_beside([&]() -> Result<void> {
            const Instant now = clock_.now();
            const int failures = TRY(repository::standing(shelf_, peer_.id)).failures + 1;
            if (!frame.messages.empty())
                TRY_VOID(repository::count_attempt(shelf_, peer_.id, frame.messages.front().number,
                                                   frame.messages.back().number,
                                                   peer_.channel.give_up_after));
            return repository::note_call(shelf_, peer_.id, now, now + peer_.channel.pause_after(failures),
                                         error.code);
        });
    }

    // Whether something that the peer asks after is done with by now.
    Result<bool> any_settled() {
        for (const Receipt& receipt : TRY(repository::receipts_of(shelf_, peer_.id, asked_))) {
            if (receipt.state != in::kept) return true;
        }
        return false;
    }

    const Peers& peers_;
    const Peer& peer_;
    Shelf& shelf_;
    const Clock& clock_;
    const Noted& noted_;
    const Post& post_;
    Round round_;
    std::vector<std::int64_t> asked_;
};

}  // namespace

Result<Answered> answer(const Peers& peers, const Peer& peer, Shelf& shelf, Instant now,
                        std::string_view body, const Noted& noted) {
    const auto keys = peer.key_bytes();
    const Frame frame = TRY(read_signed(body, keys));
    TRY_VOID(check_frame(peers, peer, frame, now, ""));
    Answered answered;
    std::vector<Receipt> clashes;
    TRY_VOID(shelf.database.write_beside([&]() -> Result<void> {
        TRY_VOID(repository::make_peer(shelf, peer.id));
        if (!TRY(repository::use_nonce(shelf, peer.id, frame.nonce, now, now - 2 * peer.skew)))
            return fail(ErrorKind::conflict, "exchange_replayed",
                        {"这份报文此前已经收到过", "this very frame came before"}, "/nonce");
        Listener listener(peer, shelf, now);
        answered.heard = TRY(listener.hear(frame));
        clashes = std::move(listener.clashes);
        return {};
    }));
    Spoken spoken = TRY(speak(peers, peer, shelf, now, answered.heard.asked));
    spoken.frame.answers = frame.nonce;
    std::ranges::move(in_their_words(peer.channel, std::move(clashes)),
                      std::back_inserter(spoken.frame.receipts));
    if (!spoken.households.empty()) TRY_VOID(noted(peer, spoken.households));
    answered.body = write_signed(spoken.frame, peer.keys.front().bytes());
    return answered;
}

Result<std::string> post_over_http(const Peer& peer, const std::string& body) {
    constexpr long fine = 200;
    identity::FetchRequest request;
    request.url = peer.url;
    request.json = body;
    identity::FetchLimits limits;
    limits.bytes = peer.bytes;
    limits.deadline = std::chrono::steady_clock::now() + peer.time;
    limits.ca_file = peer.ca_file;
    auto fetched = TRY(identity::fetch(request, limits));
    if (fetched.status == fine) return std::move(fetched.body);
    return fail(ErrorKind::cancelled, "exchange_status",
                {"对方没有接受这次调用", "the peer did not take the call"}, std::to_string(fetched.status));
}

Result<Round> call(const Peers& peers, const Peer& peer, Shelf& shelf, const Clock& clock, const Noted& noted,
                   const Post& post) {
    return Caller(peers, peer, shelf, clock, noted, post).run();
}

}  // namespace doudi::exchange
