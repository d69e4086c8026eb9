// SPDX-License-Identifier: Apache-2.0
// Cases of one machine as a workbook: its columns, what a case tells in it, and which move a row that was
// filled in asks for. Its words are Chinese whoever sends it out, so that it is read by the same words
// whoever takes it back.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casework/lists/lists_repository.h"
#include "casework/moves/moves.h"
#include "casework/returned/returned.h"
#include "policy/law.h"
#include "workbook/field_columns.h"
#include "workbook/records.h"

namespace doudi::workbook {

// Whom a case is about and what is wanted, as far as the asker may see it.
struct BesideCase {
    std::optional<std::string> name, need;
};

// The offices as they stand, where accounts are found by name, and who sends out or takes back.
struct CaseBookTerms {
    const access::UnitTree& units;
    store::Database& database;
    casework::Actor asker;
    // For a department, which opens no page of a household: its rows say it. Null: this door cannot tell it,
    // and what stands there is held against nothing.
    std::function<Result<BesideCase>(const casework::repository::ListedCase&)> beside = {};
};

class CaseBook {
  public:
    // All must outlive it.
    CaseBook(const CaseBookTerms& terms, const policy::Law& law, const policy::Machine& machine)
        : terms_(terms),
          law_(law),
          machine_(machine),
          fields_(terms.units, terms.database, law),
          all_(listed()) {}

    [[nodiscard]] const policy::Machine& machine() const { return machine_; }

    // With every move and field that the machine has: as what comes back is read.
    [[nodiscard]] const WorkList& whole() const { return all_; }
    // With the moves that the asker may make of cases in these states, and their fields; `only`: of one move.
    // No move is left: there is nothing to fill in.
    [[nodiscard]] WorkList of_asker(const std::set<std::string>& states, std::string_view only) const;
    // A case as it stands, with nothing filled in.
    [[nodiscard]] Result<WorkRow> row(const WorkList& list,
                                      const casework::repository::ListedCase& one) const;
    // What a row that came back asks for; what cannot be made a move of it is added to its refusals.
    [[nodiscard]] casework::ReturnedRow asked(const RowDifference& row, int seen) const;

  private:
    [[nodiscard]] WorkList listed() const;
    [[nodiscard]] std::set<std::string> fields_of_moves(const std::set<std::string>& moves) const;
    void tell(casework::ReturnedRow& row, const Change& change) const;

    const CaseBookTerms& terms_;
    const policy::Law& law_;
    const policy::Machine& machine_;
    FieldColumns fields_;
    WorkList all_;
};

// The cases as a workbook at that path, with the moves that the asker may make of them; `only`: of one move.
[[nodiscard]] Result<void> send_cases(const CaseBook& book,
                                      const std::vector<casework::repository::ListedCase>& cases,
                                      std::string_view only, std::span<const std::byte> secret,
                                      const std::filesystem::path& path);

// A workbook that came back against the cases that `readable` reaches. Nothing is written. Of a row whose
// case is not there, or out of reach, `of` is empty. Errors are those of take_back().
struct ReturnedCases {
    std::vector<casework::ReturnedRow> rows;  // numbered from 1
    std::size_t unchanged = 0;
    std::vector<HouseholdId> households;  // of the cases that were looked at
};
[[nodiscard]] Result<ReturnedCases> take_cases(const CaseBook& book, store::Database& database,
                                               std::span<const casework::repository::Readable> readable,
                                               std::span<const std::byte> secret,
                                               const std::filesystem::path& path);

}  // namespace doudi::workbook
