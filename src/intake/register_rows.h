// SPDX-License-Identifier: Apache-2.0
// The register's two files as plain rows; registry::load_register takes the same fields. An empty cell is no
// fact: an absent income is unknown, never zero.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/money.h"
#include "base/text.h"
#include "intake/records.h"
#include "policy/dataset.h"

namespace doudi::intake {

struct HouseholdRow {
    std::uint32_t row = 0;  // in its sheet, as a person counts
    std::string code;
    std::string region;
    std::string address;
    std::string head_name;
    std::string category;
    std::optional<Date> enrolled_on;
    std::optional<Money> income_per_head_month;
};

struct MemberRow {
    std::uint32_t row = 0;
    std::string household_code;
    std::string name;
    std::string id_text;  // as written; a number that went through a float is written so (4.41699E+17)
    std::string relation;
    std::string sex;
    std::string phone;
};

struct RegisterRows {
    policy::DatasetKind kind = policy::DatasetKind::register_households;
    int dataset = -1;                      // index into the catalogue
    std::string encoding;                  // as Arrival::encoding
    std::vector<HouseholdRow> households;  // of a register_households file
    std::vector<MemberRow> members;        // of a register_members file
    std::vector<Finding> findings;  // cells that could not be read; their rows are kept, the cell is unknown
    std::vector<Text> remarks;      // sheets passed over
};

}  // namespace doudi::intake
