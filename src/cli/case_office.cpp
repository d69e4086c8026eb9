// SPDX-License-Identifier: Apache-2.0
#include "cli/case_office.h"

#include "access/account_name.h"

namespace doudi::cli {

casework::Desk CaseOffice::desk() {
    store::Database& database = store().database();
    return {{database, store().seal()},
            [this, &database](std::string_view pack, Date day) { return law.of(database, pack, day); },
            [this](access::UnitId unit) { return units.region_of(unit, today()); },
            office->policy.calendar,
            clock};
}

std::string CaseOffice::unit_title(access::UnitId id) const {
    const access::Unit* unit = units.find(id);
    return unit == nullptr ? std::string() : unit->title;
}

std::string CaseOffice::user_name(const Console& console, access::UserId user) const {
    if (user == access::UserId()) return console.say({"（程序）", "(the program)"});
    return access::account_name(store().database(), user)
        .value_or(console.say({"（已注销账号）", "(an account that is gone)"}));
}

std::unique_ptr<CaseOffice> open_cases(const Console& console, const StoreOptions& options,
                                       store::Access access) {
    auto office = open_office(console, options, access);
    if (!office || !take_law_in_force(console, *office, today())) return nullptr;
    auto units = access::read_units(office->store.database());
    if (!units) {
        console.report(units.error());
        return nullptr;
    }
    return std::make_unique<CaseOffice>(std::move(office), std::move(*units));
}

}  // namespace doudi::cli
