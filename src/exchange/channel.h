// SPDX-License-Identifier: Apache-2.0
// A channel as data (exchange/*.yaml): which messages a kind of platform sends and takes, their fields and
// codes against ours, what its receipts mean, when a call is tried again. A new platform is a new file.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/text.h"

namespace doudi::exchange {

// Our word and theirs. Several of ours may be one of theirs: what comes is then the first of them.
struct CodeTable {
    std::string id;
    std::string standard;  // "GB/T 2261.1 …": where the codes come from
    std::vector<std::pair<std::string, std::string>> pairs;
};

// How a value is written there.
enum class Form : std::uint8_t {
    text,
    date,   // YYYY-MM-DD, as ours
    day,    // YYYYMMDD (GB/T 7408, basic)
    month,  // YYYYMM; one way only: it tells no day
};

struct FieldRule {
    std::string ours, theirs;
    int table = -1;  // of Channel::codes
    Form form = Form::text;
    bool required = false;
    bool many = false;  // a list of texts
    // A fact of the household that parts what our word joins: the table then has "word/fact's word". Of what
    // is sent alone.
    std::string with = {};
    // Another of ours that goes before it where the case was told it. Of what is sent alone.
    std::string rather = {};
};

struct MessageRule {
    // request: of somebody whom nobody looked up on the register (casework/first_requests.h): it comes and
    // waits for a person, and goes as how far such a one is that the peer sent.
    enum class About : std::uint8_t { household, case_, request };
    // Of a case that is told: which cases.
    enum class Whose : std::uint8_t {
        theirs,  // that was handed to the peer's office, or through it to one that is not ours
        asked,   // that a message of the peer opened
        ours,    // all of the office that speaks
        // That the peer did not ask for, of the office that speaks, where the peer is an office above it.
        upwards,
    };
    std::string id;
    Text title;
    About about{};
    std::vector<FieldRule> fields;
    std::string members_as;    // the key of the list of members; empty: it has none
    std::string members_into;  // of one that comes about a case: the field that is told of each of them
    std::vector<FieldRule> members;
    Whose whose{};
    std::vector<std::string> machines;  // one, where a message opens cases
    std::vector<std::string> moves;     // that are told; of one that comes: that it may make
    std::string opens;        // of one that comes: the move by which it opens a case; empty: it opens none
    bool opens_late = false;  // and so does one that goes on with a case that never came here
};

struct Channel {
    std::string id;
    Text title;
    std::vector<CodeTable> codes;
    std::vector<MessageRule> sends, takes;
    std::vector<std::string> kept, taken, refused;  // their words in receipts
    std::vector<std::chrono::seconds>
        pauses;             // after the first call in vain, the second …, the last for ever
    int give_up_after = 0;  // calls

    [[nodiscard]] const MessageRule* sent(std::string_view kind) const;
    [[nodiscard]] const MessageRule* taken_up(std::string_view kind) const;
    [[nodiscard]] std::chrono::seconds pause_after(int failures) const;
};

// Every fault of a folder's files, each with file:line:column.
[[nodiscard]] std::expected<std::vector<Channel>, std::vector<Error>> load_channels(
    const std::filesystem::path& folder);

}  // namespace doudi::exchange
