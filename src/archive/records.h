// SPDX-License-Identifier: Apache-2.0
// The file of a closed case (电子档案): a catalogue, the papers of its events, what was attached, the events
// themselves, in a fixed order with page numbers, each item with its hashes. The manifest says all of that
// and nothing of a person.
#pragma once
#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/text.h"
#include "casework/records.h"

namespace doudi::archive {

enum class ItemKind : std::uint8_t { catalogue, paper, attachment, events };
[[nodiscard]] std::string_view name_of(ItemKind kind);
[[nodiscard]] std::optional<ItemKind> item_kind(std::string_view name);

struct Item {
    ItemKind kind{};
    int event = 0;     // that it belongs to; 0: the whole case
    std::string id;    // a paper's id, an attachment's hash
    std::string name;  // of its file, unique in the whole: "papers/03-home_survey.pdf"
    Text title;
    Date on;
    std::string author;          // the office that made it
    std::string type;            // media type
    std::size_t pages = 0;       // an attachment counts as one; 0: no page, the events
    std::size_t first_page = 0;  // 0: stands outside of the count, as the catalogue does
    std::uint64_t bytes = 0;
    std::string sha256, sm3;  // hex
};

// As the manifest has it.
[[nodiscard]] boost::json::object item_json(const Item& item);

// A paper that an event named and that was not made: it was not due, or may not be posted.
struct LeftOut {
    int event = 0;
    std::string paper;
    Text why;
};

struct Manifest {
    casework::CaseId of;
    int number = 0;  // of the case's files, from 1
    std::string machine;
    std::string pack, pack_version;
    int events = 0;
    Date closed_on;
    Instant sealed_at;
    access::UserId sealed_by;
    std::size_t pages = 0;
    std::vector<Item> items;
    std::vector<LeftOut> left_out;
};

// As it is hashed and kept: the same manifest gives the same bytes.
[[nodiscard]] std::string to_json(const Manifest& manifest);
// "archive_damaged": it is none.
[[nodiscard]] Result<Manifest> read_manifest(std::string_view json);

struct SealedFile {
    Manifest manifest;
    std::string text;  // the manifest as kept
    std::string sha256, sm3;
    std::optional<HouseholdId>
        household;  // whom the case was about when it was sealed: its items lie under their key
    std::optional<PersonId> person;
    std::int64_t released = 0;  // the proof by which its content went; 0: it is kept
};

}  // namespace doudi::archive
