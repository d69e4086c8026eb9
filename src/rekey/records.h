// SPDX-License-Identifier: Apache-2.0
// A platform's export as it was read, and how it differs from the register.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "registry/records.h"

namespace doudi::rekey {

// Where a row of the export stands.
struct Place {
    std::string file;
    std::string sheet;      // empty for CSV
    std::uint32_t row = 0;  // as a person counts
};

struct TheirHousehold {
    registry::HouseholdRow row;
    Place at;
};
struct TheirMember {
    registry::MemberRow row;
    Place at;
};
// A row, or one cell of a row, that could not be read.
struct Unreadable {
    Place at;
    std::string column;
    std::string value;  // masked
    Text why;
};

struct Export {
    std::vector<TheirHousehold> households;
    std::vector<TheirMember> members;
    std::vector<Unreadable> unreadable;
    std::vector<Text> remarks;  // sheets that were passed over
};

// Of both sides, under one field.
struct FieldDiffers {
    std::string household;           // the platform's number
    std::optional<PersonId> person;  // none: of the household
    std::string field;               // as in registry/fields.h
    std::string theirs;              // as written; empty: not known there
    std::string ours;                // empty: not known here, so it is for a person to find out
    Place at;
};

struct Extra {
    std::string household;  // the platform's number
    std::string name;       // of the head, or of the member
    std::string number;     // as written there; empty: of a household, or none
    bool is_household = false;
    Place at;
};

struct Differences {
    std::vector<HouseholdId> missing_households;  // of ours, that the platform has not; by our number
    std::vector<PersonId> missing_members;        // of ours, their households included
    std::vector<Extra> extra;                     // of theirs, that the register has not
    std::vector<FieldDiffers> fields;
    std::vector<Unreadable> unclear;  // rows that may be more than one of ours
};

}  // namespace doudi::rekey
