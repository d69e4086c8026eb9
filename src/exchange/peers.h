// SPDX-License-Identifier: Apache-2.0
// Whom this office exchanges with (docs/exchange.md shows a file). Every fault has its place. The key of each
// pair lies in a file of its own, outside the database and the data folder, which nobody else may read.
#pragma once
#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "access/units.h"
#include "base/result.h"
#include "base/text.h"
#include "exchange/channel.h"
#include "exchange/frame.h"
#include "vault/secret.h"

namespace doudi::exchange {

struct Peer {
    std::string id;  // its name, by which it calls itself in frames
    Text title;
    Channel channel;
    std::string url;  // where it takes frames; empty: it calls us, we never call it
    std::filesystem::path ca_file;
    std::vector<vault::Secret> keys;  // the first signs; the others are still believed
    std::string stands_for;           // code of the unit of ours that the peer is; empty: of none
    std::string arrives_at;           // code of the unit where what it sends arrives
    std::chrono::seconds time{};      // of a call
    std::size_t bytes = 0;            // of a frame, either way
    std::size_t at_once = 0;          // messages in a frame
    std::chrono::seconds skew{};      // how far its clock may lie from ours

    [[nodiscard]] std::vector<std::span<const std::byte>> key_bytes() const;
};

// All of them, and by what name we call ourselves.
struct Peers {
    std::string own;
    std::chrono::seconds every{};  // between rounds
    std::vector<Peer> all;

    [[nodiscard]] const Peer* find(std::string_view id) const;
};

// `channels`: the folder of channels (exchange/).
[[nodiscard]] std::expected<Peers, std::vector<Error>> load_peers(const std::filesystem::path& file,
                                                                  const std::filesystem::path& channels);

// An office that is named and is not there would take nothing in, silently: "unit_unknown".
[[nodiscard]] Result<void> check_offices(const Peers& peers, const access::UnitTree& units);

}  // namespace doudi::exchange
