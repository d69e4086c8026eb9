// SPDX-License-Identifier: Apache-2.0
// Who waits to be registered (casework/first_requests.h) as a workbook: a row a request, with a drop-down to
// open its case, by what its opening takes, or to decline it and why. Its words are Chinese whoever sends it
// out.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "casework/returned/returned_first.h"
#include "workbook/field_columns.h"
#include "workbook/records.h"

namespace doudi::workbook {

// Of the kind of list: keys of it are none of another.
inline constexpr std::string_view first_list = "first-requests";

// A request with what its reader may see of it; held against nothing when it comes back.
struct FirstShown {
    casework::FirstRequest request;
    std::optional<std::string> name, identity_number, phone, need;
    std::string unit;
};

// A request that waits, within the reach of whoever sends the workbook back; none: it was settled, or is out
// of reach.
using FirstNow = std::function<Result<std::optional<FirstShown>>(casework::FirstRequestId)>;
struct ReturnedFirstRows {
    std::vector<casework::ReturnedFirst> rows;  // numbered from 1
    std::size_t unchanged = 0;
};

class FirstBook {
  public:
    // `roles`: of whoever sends it out or back. All must outlive it.
    FirstBook(const FieldColumns& fields, const policy::Law& law, const std::vector<std::string>& roles)
        : fields_(fields), law_(law), roles_(roles) {}

    [[nodiscard]] Result<void> send(const std::vector<FirstShown>& requests,
                                    std::span<const std::byte> secret,
                                    const std::filesystem::path& path) const;
    // Nothing is written. Errors are those of take_back(). Refused beside what that refuses: "first_choice"
    // (no choice was made), "first_reason" (declined without a word why), "workbook_day" (opened on no day),
    // "workbook_name", "first_unread" (a reason beside an opening, a day or a field beside what is declined,
    // a field that this opening does not take: it would be lost without a word).
    [[nodiscard]] Result<ReturnedFirstRows> take(const FirstNow& now, std::span<const std::byte> secret,
                                                 const std::filesystem::path& path) const;

    // By which a request of that kind is opened; null: the law has no such kind.
    [[nodiscard]] const policy::Move* opening(const std::string& machine) const;
    // With the fields by which cases of these kinds are opened.
    [[nodiscard]] WorkList columns(const std::set<std::string>& machines) const;
    [[nodiscard]] WorkRow row(const WorkList& list, const FirstShown& shown) const;
    // What a row that came back asks for.
    [[nodiscard]] casework::ReturnedFirst asked(const RowDifference& row,
                                                const casework::FirstRequest* request) const;

  private:
    struct Written {
        bool is_chosen = false;
        std::optional<Date> day;
        std::string reason;
    };
    void tell(casework::ReturnedFirst& row, const Change& change, Written& beside) const;
    void check(casework::ReturnedFirst& row, const std::string& machine, const Written& beside) const;
    void check_opening(casework::ReturnedFirst& row, const std::string& machine, const Written& beside) const;

    const FieldColumns& fields_;
    const policy::Law& law_;
    const std::vector<std::string>& roles_;
};

}  // namespace doudi::workbook
