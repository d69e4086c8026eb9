// SPDX-License-Identifier: Apache-2.0
// A dataset: what one department sends, said as data (datasets/*.yaml). Intake reads files by it, match finds
// its persons, packs hang indicators on it. A new dataset is a new file and no line of C++.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "policy/faults.h"

namespace doudi::policy {

enum class ColumnType : std::uint8_t {
    id_number,  // citizen identity number
    name,       // a person's name
    date,       // a day; a month stands for its first day
    category,   // few distinct words; kept in a dictionary, readable by packs as row.<field>
    text,       // free words; kept in the original file only
    phone,
    code,   // a certificate number, a region code, a household number: compared as written, folded in width
    money,  // yuan
    integer,
};

struct DatasetColumn {
    std::string field;  // snake_case; row.<field> in a condition
    ColumnType type = ColumnType::text;
    std::vector<std::string>
        headings;           // the usual one first, then synonyms; already expanded from headings.yaml
    bool required = false;  // a file without it is not this dataset
};

// A person named on a row. A birth certificate has two roles, mother and father.
struct DatasetPerson {
    std::string role;
    int id_column = -1;  // index into columns
    int name_column = -1;
    int phone_column = -1;  // -1 if the dataset has none
};

// What a row without a usable number can be matched by.
enum class WithoutNumber : std::uint8_t { reject, name_and_phone };
enum class FutureDated : std::uint8_t { hold, count, reject };
enum class Delivery : std::uint8_t { increment, whole_roll };
enum class DatasetKind : std::uint8_t { feed, register_households, register_members };

struct StatusRule {
    int column = -1;  // index into columns; -1: every row counts
    std::vector<std::string> counts;
    std::vector<std::string> takes_back;
};

// What a row tells of the person in a role, or of that person's household: a fact of the packs (facts.yaml).
struct DatasetFact {
    struct Meaning {
        std::string value;               // as the pack writes it: "true", "2", "urban"
        std::vector<std::string> words;  // as departments write it
    };
    std::string fact;
    int role = 0;                   // index into persons
    int column = -1;                // index into columns; -1: being on the roll tells it
    std::string value;              // what being on the roll tells; empty with a column
    std::vector<Meaning> meanings;  // of a category column
    int by_column = -1;  // a category column that says whether the fact applies; -1: it always does
    std::vector<std::string> applies;  // its words with which the row tells the fact
    std::vector<std::string> none;     // and those with which the person has none of it; others tell nothing
    std::string absent;  // on a complete roll: what is known of those of whom no row tells it; "none": a
                         // known none; empty: nothing
    Place place;         // where the dataset's file says so
};

struct Dataset {
    std::string id;  // "hr.unemployment_roll"
    Text title;
    std::string department;  // id: "hr"
    Text department_title;
    DatasetKind kind = DatasetKind::feed;
    Delivery delivery = Delivery::increment;
    std::vector<DatasetColumn> columns;
    std::vector<DatasetPerson> persons;
    int event_date_column = -1;    // feeds: always set
    std::vector<int> key_columns;  // what tells two events of one person and day apart
    StatusRule status;
    WithoutNumber without_number = WithoutNumber::reject;
    FutureDated future_dated = FutureDated::hold;
    std::optional<int> max_age_days;  // older than this at evaluation, its facts are unknown (semantics.md 2)
    std::string complete_scope;  // "county": a person in scope who is not on the roll is a known none; empty:
                                 // absence is unknown
    std::string complete_of;     // the category of the packs whose roll it is; empty: of none
    std::vector<std::string> tells;  // names of facts, for the catalogue
    std::vector<DatasetFact> facts;  // what single rows tell of persons and households
    int authorised_on_column = -1;  // the day on which the person authorised the check (asset facts need one)
    // Whether the sender keeps the papers whose days its rows name, on what ground, and where that is
    // written: then a row's own day is enough. Otherwise only a paper that the office recorded lets an asset
    // fact in.
    bool sender_holds_papers = false;
    Text papers_basis;
    std::string papers_cite;
    std::string origin;  // file it was read from

    [[nodiscard]] int column_of(std::string_view field) const;  // -1 if none
    // Does a fact, or its authorisation, stand in this column?
    [[nodiscard]] bool tells_by(int column) const;
};

// All datasets of a folder, in the order of their ids. An index into it is stable for one load only.
struct DatasetCatalogue {
    std::vector<Dataset> datasets;
    std::string content_hash;  // SHA-256-like fingerprint of the folder's text, for the replay key

    [[nodiscard]] int index_of(std::string_view id) const;  // -1 if none
};

}  // namespace doudi::policy
