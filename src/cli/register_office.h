// SPDX-License-Identifier: Apache-2.0
// What the commands that keep up the register share.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/roles.h"
#include "cli/access_office.h"
#include "cli/console.h"
#include "match/import.h"
#include "upkeep/kinds.h"
#include "upkeep/questions.h"
#include "upkeep/verbs.h"

namespace doudi::cli {

struct RegisterOffice {
    std::unique_ptr<AccessOffice> access;
    std::unique_ptr<upkeep::ChangeRules> rules;
    std::unique_ptr<access::Session> session;

    [[nodiscard]] store::DataFolder& store() const { return access->store; }
    [[nodiscard]] upkeep::Desk desk() const {
        return {access->store, access->store.database(), *rules, access->clock, *session, nullptr};
    }
};
// Reports what is wrong and returns nothing.
[[nodiscard]] std::unique_ptr<RegisterOffice> open_register(const Console& console,
                                                            const StoreOptions& options,
                                                            store::Access access);

// Confirmed changes whose day has come by then take effect; says which, and which could not.
[[nodiscard]] Result<void> take_due_changes(const Console& console, store::DataFolder& store, Date as_of);

// For whom a file comes: the unit of that code, else the root if there is one alone; 0: neither.
[[nodiscard]] Result<std::uint32_t> unit_of_file(store::DataFolder& store, const std::string& code, Date day);
// About whom a register's files left out, within their publication.
struct AboutLeftOut {
    std::optional<upkeep::ChangeRules> rules;  // read where there is anything to ask
    upkeep::Asked asked;

    [[nodiscard]] Result<void> ask(store::DataFolder& store, const match::RegisterProposed& proposed,
                                   const match::RegisterTerms& terms, Date as_of);
};
// Says what a register came to that came while one stood, and about whom it was asked.
void report_proposed(const Console& console, const match::RegisterProposed& proposed,
                     const AboutLeftOut& about);

// Of an option; empty: today.
[[nodiscard]] Result<Date> day_or_today(const std::string& text, const Clock& clock);
// Numbers of these households, with a space between.
[[nodiscard]] std::string codes_of(RegisterOffice& office, const std::vector<HouseholdId>& ids);

// A value as it may be seen: a person's number masked.
[[nodiscard]] std::string shown_value(const std::string& field, const std::string& value);

}  // namespace doudi::cli
