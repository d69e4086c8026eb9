// SPDX-License-Identifier: Apache-2.0
// What two people put into force: figures of the office's own, or a pack from a day on.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/session.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/text.h"

namespace doudi::ruledesk {

// A figure that a notice leaves to the locality.
struct Figure {
    std::string parameter;  // id
    std::string region;     // prefix; empty: everywhere the pack holds
    std::string residence;  // empty: any
    Date from;
    std::optional<Date> to;  // the last day
    std::string value;       // as packs write it: "868.00", "0.7"
    bool sample = false;     // an invented one
    std::string source;      // the paper that sets it
};

enum class EnactmentKind : std::uint8_t { pack, figures };

struct Enactment {
    std::uint64_t number = 0;  // from 1, without a gap
    EnactmentKind kind{};
    std::string pack;     // id
    std::string version;  // of a pack
    std::string content;  // the pack's fingerprint on its first day; empty of figures
    Date from;            // of figures: the earliest first day
    std::uint64_t proposal = 0;
    access::UserId enacted_by;
    Instant enacted_at;
};
[[nodiscard]] std::string_view name_of(EnactmentKind kind);

// What a figure would change, for the one who is to approve it.
struct FigureChange {
    Text parameter;      // its title
    std::string before;  // the value that holds on its first day; empty: unset until now
    Text say;            // the whole of it as a sentence
};

// A file of a pack, by its place below packs/.
struct PackFile {
    std::string path;
    std::string body;
};

}  // namespace doudi::ruledesk
