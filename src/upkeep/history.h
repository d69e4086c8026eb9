// SPDX-License-Identifier: Apache-2.0
// What the register says of a day: each field of each subject has one history, the days of which never go
// backwards (rules.h refuses what would), so that its value on a day is the last one that holds from that day
// or before, and its value now the last of all.
#pragma once
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "registry/records.h"
#include "registry/repository.h"
#include "store/data_folder.h"

namespace doudi::upkeep {

// Of what the first register told: nobody knows since when.
inline constexpr Date ever = Date::from_days(std::numeric_limits<std::int32_t>::min());

// From that day on the field had this value, as was published then.
struct Assertion {
    Date from;
    PublishId publish;
    std::string value;
};

// Of one field, in the order of their days; of one day the later one stands behind. `rows`: all that the
// register said of the subject, the first from `since`.
template <class Row>
[[nodiscard]] std::vector<Assertion> timeline(std::span<const registry::Said<Row>> rows,
                                              std::string_view field, Date since);
// None: before the first.
[[nodiscard]] const Assertion* on(std::span<const Assertion> timeline, Date day);

// Since when the subject is on the register: `ever` if the first register told of it, else the day of its
// case or of the file that brought it. The rows must be there.
template <class Row>
[[nodiscard]] Result<Date> since(store::DataFolder& folder, std::span<const registry::Said<Row>> rows);

// As they were on a day, by what is known at a publish id. None: not on the register then.
[[nodiscard]] Result<std::optional<registry::Member>> member_on(store::DataFolder& folder, PublishId publish,
                                                                PersonId person, Date day);
[[nodiscard]] Result<std::optional<registry::Household>> household_on(store::DataFolder& folder,
                                                                      PublishId publish,
                                                                      HouseholdId household, Date day);
// By id.
[[nodiscard]] Result<std::vector<registry::Member>> members_on(store::DataFolder& folder, PublishId publish,
                                                               HouseholdId household, Date day);

// In which households someone lived, by what is known at a publish id; on no day in two of them.
struct Stay {
    HouseholdId household;
    Date from;                  // `ever` where nobody knows since when
    std::optional<Date> until;  // not on; none: still
};
[[nodiscard]] Result<std::vector<Stay>> stays_of(store::DataFolder& folder, PublishId publish,
                                                 PersonId person);

}  // namespace doudi::upkeep
