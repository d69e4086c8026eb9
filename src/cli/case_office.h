// SPDX-License-Identifier: Apache-2.0
// What the commands about cases share: a data folder with its law, its offices and the law of each case.
#pragma once
#include <memory>
#include <string>

#include "access/units.h"
#include "base/clock.h"
#include "casework/desk.h"
#include "cli/commands.h"
#include "http/cases/case_law.h"

namespace doudi::cli {

struct CaseOffice {
    explicit CaseOffice(std::unique_ptr<Office> the_office, access::UnitTree the_units)
        : office(std::move(the_office)), units(std::move(the_units)), law(office->program) {}

    std::unique_ptr<Office> office;
    access::UnitTree units;
    http::CaseLaw law;
    SystemClock clock;

    [[nodiscard]] store::DataFolder& store() const { return office->store; }
    [[nodiscard]] const policy::Law& words() const { return office->policy.pack.law; }
    [[nodiscard]] casework::Desk desk();
    [[nodiscard]] std::string unit_title(access::UnitId unit) const;  // empty: there is none
    // The name with which a colleague signs in; of the program a word that says so.
    [[nodiscard]] std::string user_name(const Console& console, access::UserId user) const;
};
// By the law in force today. Reports what is wrong and returns nothing.
[[nodiscard]] std::unique_ptr<CaseOffice> open_cases(const Console& console, const StoreOptions& options,
                                                     store::Access access);

}  // namespace doudi::cli
