// SPDX-License-Identifier: Apache-2.0
// Cases of one machine as a workbook: its columns, what a case tells in it, and which move a row that was
// filled in asks for. Its words are Chinese whoever sends it out, so that it is read by the same words
// whoever takes it back.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "casework/lists_repository.h"
#include "casework/returned.h"
#include "http/call.h"
#include "policy/law.h"
#include "workbook/records.h"

namespace doudi::http {

// What the row keys of this office's workbooks are sealed with: of its keys; of a folder without any, of what
// the server signs with.
[[nodiscard]] Result<std::string> workbook_secret(const store::DataFolder& folder, store::Database& database);

class CaseBook {
  public:
    // All must outlive it.
    CaseBook(Call& call, const policy::Law& law, const policy::Machine& machine)
        : call_(call), law_(law), machine_(machine), all_(listed()) {}

    // With every move and field that the machine has: as what comes back is read.
    [[nodiscard]] const workbook::WorkList& whole() const { return all_; }
    // With the moves that the asker may make of cases in these states, and their fields; `only`: of one move.
    // No move is left: there is nothing to fill in.
    [[nodiscard]] workbook::WorkList of_asker(const std::set<std::string>& states,
                                              std::string_view only) const;
    // A case as it stands, with nothing filled in.
    [[nodiscard]] workbook::WorkRow row(const workbook::WorkList& list,
                                        const casework::repository::ListedCase& one) const;
    // What a row that came back asks for; what cannot be made a move of it is added to its refusals.
    [[nodiscard]] casework::ReturnedRow asked(const workbook::RowDifference& row, int seen) const;

  private:
    [[nodiscard]] workbook::WorkList listed() const;
    [[nodiscard]] workbook::Column column_of(const policy::FieldRule& field) const;
    [[nodiscard]] std::vector<workbook::Choice> choices_of(const policy::FieldRule& field) const;
    [[nodiscard]] std::set<std::string> fields_of_moves(const std::set<std::string>& moves) const;
    void tell(casework::ReturnedRow& row, const workbook::Change& change) const;
    [[nodiscard]] std::vector<std::string> values_of(const policy::FieldRule& field, const std::string& text,
                                                     std::vector<Error>& refusals,
                                                     const std::string& place) const;

    Call& call_;
    const policy::Law& law_;
    const policy::Machine& machine_;
    workbook::WorkList all_;
};

}  // namespace doudi::http
