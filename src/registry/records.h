// SPDX-License-Identifier: Apache-2.0
// The register of low-income people: households and their members, as the office keeps them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/id_number.h"
#include "base/money.h"
#include "base/region_code.h"

namespace doudi::registry {

struct Household {
    HouseholdId id;
    std::string code;    // the office's number, unique: "LC000001"
    std::string region;  // as written; RegionCode if it parses
    std::string address;
    std::string head_name;
    std::string category;  // pack category id, or the register's own word if the pack has none
    std::optional<Date> enrolled_on;
    std::optional<Money> income_per_head_month;  // none: unknown, never zero
    std::optional<Date> ended_on;                // from that day on it is none any more; none: it stands
    std::optional<HouseholdId> successor;        // of one that ended: where its code refers on to
    friend bool operator==(const Household&, const Household&) = default;
};

struct Member {
    PersonId id;
    HouseholdId household;  // 0: left the register, by death or otherwise
    std::string name;
    std::optional<IdNumber> id_number;  // kept without one too
    std::string relation;
    std::string sex;
    std::string phone;
    friend bool operator==(const Member&, const Member&) = default;
};

// One row of the register's files. An empty cell is no fact: an absent income is unknown, never zero.
struct HouseholdRow {
    std::uint32_t row = 0;  // for findings: a number that its giver makes a place of again; 0: none
    std::string code;
    std::string region;
    std::string address;
    std::string head_name;
    std::string category;
    std::optional<Date> enrolled_on;
    std::optional<Money> income_per_head_month;  // none: the file does not tell; unknown, never zero
};

struct MemberRow {
    std::uint32_t row = 0;
    std::string household_code;
    std::string name;
    std::string id_text;  // the number as written; judged here (base: read_id_text)
    std::string relation;
    std::string sex;
    std::string phone;
};

// The whole register at a publish id, members sorted by household: who left and what ended is not in it.
struct Register {
    std::vector<Household> households;
    std::vector<Member> members;
};

}  // namespace doudi::registry
