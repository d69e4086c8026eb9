// SPDX-License-Identifier: Apache-2.0
// What goes over a line, either way: messages, what is asked after, receipts, how far the other side's
// messages came; signed as a whole with the key of the two (HMAC-SM3), with the hour and a word that is used
// once. One form for calls and answers, so that one call carries both ways (docs/exchange.md).
#pragma once
#include <boost/json.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/text.h"

namespace doudi::exchange {

struct Message {
    std::int64_t number = 0;  // of the one who sends, from 1 without a gap
    std::string id;           // the same however often it is sent
    std::string kind;
    Instant made_at;
    std::int64_t basis =
        0;  // about a household: the last message of the other side about it that was known; 0: none
    bool forgotten = false;    // what it said went with whom it was about
    boost::json::object body;  // as the channel writes it
};

struct Receipt {
    std::int64_t number = 0;
    std::string state;  // kept, taken, refused in the channel's words; "unknown": it never came
    std::string field;  // of a refusal
    Text reason;
};

struct Frame {
    std::string from, to;
    Instant at;
    std::string nonce;
    std::string answers;       // of an answer: the nonce of the call
    std::int64_t arrived = 0;  // all messages of the other side up to this one came
    std::vector<Message> messages;
    std::vector<std::int64_t> asks;     // what became of these?
    std::vector<std::int64_t> missing;  // these did not come, though later ones did
    std::vector<Receipt> receipts;
};

inline constexpr std::size_t most_in_frame = 500;  // of messages, questions and receipts each

// {"frame": "…", "sign": "hmac-sm3 …"}; the frame is JSON in a text, so that what is signed is what is read.
[[nodiscard]] std::string write_signed(const Frame& frame, std::span<const std::byte> key);

// A frame that was signed with one of the keys. "exchange_frame" (invalid; `where` says what),
// "exchange_sign" (usage): not signed, or with another key. Whom it is from and to, its hour and its nonce
// are the caller's to hold.
using Keys = std::span<const std::span<const std::byte>>;
[[nodiscard]] Result<Frame> read_signed(std::string_view text, Keys keys);

// For who tests what is inside.
[[nodiscard]] std::string write_frame(const Frame& frame);
[[nodiscard]] Result<Frame> read_frame(std::string_view text);

}  // namespace doudi::exchange
