// SPDX-License-Identifier: Apache-2.0
// A data folder as those see it who keep its people, units and log.
#pragma once
#include <memory>
#include <string>

#include "access/accounts.h"
#include "access/audit.h"
#include "cli/console.h"
#include "cli/usage.h"
#include "store/data_folder.h"

namespace doudi::cli {

struct AccessOffice {
    store::DataFolder store;
    access::Roles roles;
    access::SecurityRules rules;
    SystemClock clock;
    std::unique_ptr<access::AuditLog> log;  // only where something is written
    std::string audit_key;                  // empty: the data folder is not sealed
};
// Reports what is wrong and returns nothing.
[[nodiscard]] std::unique_ptr<AccessOffice> open_access(const Console& console, const StoreOptions& options,
                                                        store::Access access);

// The log of a folder that was opened for writing.
[[nodiscard]] Result<std::unique_ptr<access::AuditLog>> open_log(store::DataFolder& store,
                                                                 const Clock& clock);

// This program itself, run by the one whom the system knows.
[[nodiscard]] access::Session machine_session();
// What this program does by itself stands in the log as the one who ran it, by the name that the system
// knows.
[[nodiscard]] Result<void> record(AccessOffice& office, access::Verb verb, access::Thing thing,
                                  std::string what);

// The unit of that code, or an error that names it.
[[nodiscard]] Result<access::UnitId> unit_of_code(const access::UnitTree& tree, const std::string& code);
[[nodiscard]] std::string code_of_unit(const access::UnitTree& tree, access::UnitId unit);

}  // namespace doudi::cli
