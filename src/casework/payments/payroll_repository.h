// SPDX-License-Identifier: Apache-2.0
// The rows of payrolls. SQL about them stands in payroll_repository.cpp only.
#pragma once
#include <map>
#include <optional>
#include <vector>

#include "casework/payments/payroll.h"
#include "casework/returned/returned.h"

namespace doudi::casework::repository {

// Within write().
[[nodiscard]] Result<PayrollId> insert_payroll(Shelf& shelf, const Payroll& payroll,
                                               std::span<const PayrollLine> lines);
[[nodiscard]] Result<std::optional<Payroll>> select_payroll(Shelf& shelf, PayrollId id);
[[nodiscard]] Result<std::optional<Payroll>> select_payroll_of(Shelf& shelf, UnitId unit, Month month);
// All, the newest month first.
[[nodiscard]] Result<std::vector<Payroll>> select_payrolls(Shelf& shelf);
// By case.
[[nodiscard]] Result<std::vector<PayrollLine>> select_lines(Shelf& shelf, PayrollId id);
// What that case was paid by closed lists, by the first day of their months, without back pay; held, nothing.
// Whoever moved between two offices may stand on the lists of both.
[[nodiscard]] Result<std::map<Date, Money>> select_paid_by_lists(Shelf& shelf, CaseId of);
// Of each case that stands on a closed list.
[[nodiscard]] Result<std::map<CaseId, Listed>> select_listed(Shelf& shelf);
// The file of a bank is about that list; told again it is the same.
[[nodiscard]] Result<void> put_return(Shelf& shelf, PayrollId id, WorkbookId file);
// About which list a file was sent; none: about none.
[[nodiscard]] Result<std::optional<PayrollId>> select_return(Shelf& shelf, WorkbookId file);
// The newest first.
[[nodiscard]] Result<std::vector<WorkbookId>> select_returns(Shelf& shelf, PayrollId id);

}  // namespace doudi::casework::repository
