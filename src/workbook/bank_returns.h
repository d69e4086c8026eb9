// SPDX-License-Identifier: Apache-2.0
// The file of a bank about payments that came back, against the payroll that was closed: each row either
// names one payment of that list by its number, its household and its sum, exactly, or is refused with its
// place and why. Rows become moves that wait for a person (casework/returned.h); nothing is written here.
#pragma once
#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/id_number.h"
#include "casework/payments/payroll.h"
#include "casework/returned/returned.h"
#include "policy/law.h"

namespace doudi::workbook {

// access/bank_returns.yaml.
struct BankForm {
    std::string machine, move, reason_field;
    casework::Fields with;                                              // what the move is told of every row
    std::vector<std::string> payment, identity_number, amount, reason;  // headings, as they are compared

    // Every fault with its place.
    [[nodiscard]] static std::expected<BankForm, std::vector<Error>> load(const std::filesystem::path& file);
    [[nodiscard]] static std::expected<BankForm, std::vector<Error>> read(const std::string& yaml,
                                                                          std::string shown);
    // Whether a law knows its machine, move, fields and words.
    [[nodiscard]] bool fits(const policy::Law& law) const;
};

// Of whom a number is the member; none: of nobody on the register.
using HouseholdOf = std::function<Result<std::optional<HouseholdId>>(IdNumber)>;

struct BankQuestion {
    const BankForm& form;
    std::span<const casework::PayrollLine> lines;  // of the closed list
    HouseholdOf household_of;
    Date on;  // of the moves
};

// In the order of the file, numbered from 1. "return_headings": no sheet has the columns that a row is told
// by; "return_empty": there is no row under them; "workbook_rows": there are too many.
[[nodiscard]] Result<std::vector<casework::ReturnedRow>> read_bank_returns(casework::Desk& desk,
                                                                           const BankQuestion& question,
                                                                           const std::filesystem::path& path);

}  // namespace doudi::workbook
