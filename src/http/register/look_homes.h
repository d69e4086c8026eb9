// SPDX-License-Identifier: Apache-2.0
// Whose data a record of the log of looks is about, by the numbers that an office knows its households by:
// the log itself keeps the program's own ids, which outlive a number and tell nobody anything.
#pragma once
#include <boost/json.hpp>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "access/audit.h"
#include "http/request/call.h"

namespace doudi::http {

class LookHomes {
  public:
    // Of a page of records: three statements, however many there are.
    [[nodiscard]] static Result<LookHomes> of(Call& call, std::span<const access::AuditRecord> records);
    // Adds `homes`, the numbers of those that stand within reach today (of the first fifty; null: the session
    // reads no households), and `homes_total`, of how many households the record is.
    void tell(const access::AuditRecord& record, boost::json::object& item) const;
    // The same two as cells of a file; empty where no numbers are told, or where it is of nobody.
    struct Cells {
        std::string homes;  // joined by ;
        std::string homes_total;
    };
    [[nodiscard]] Cells cells(const access::AuditRecord& record) const;

  private:
    struct Subjects {
        std::set<HouseholdId> first;  // of which the numbers are told
        std::size_t total = 0;
    };
    [[nodiscard]] Subjects subjects_of(const access::AuditRecord& record) const;
    [[nodiscard]] std::vector<std::string> codes_of(const Subjects& subjects) const;

    bool reads_homes_ = false;
    std::map<PersonId, HouseholdId> home_of_;
    std::map<HouseholdId, std::string> codes_;
};

}  // namespace doudi::http
