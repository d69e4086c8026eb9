// SPDX-License-Identifier: Apache-2.0
// A household that a path names, as far as the session reaches it, and what it sees of its fields.
#pragma once
#include <boost/json.hpp>
#include <string_view>
#include <vector>

#include "access/masking.h"
#include "http/register/repository.h"
#include "http/request/call.h"
#include "registry/records.h"

namespace doudi::http {

// The path's {code}; what is not in reach for this verb on this thing is not there.
[[nodiscard]] Outcome<PlacedHousehold> household_in_reach(Call& call, access::Verb verb, access::Thing thing);
// Those in reach of a list of codes; one that is not is a fault of its place in the list `name`.
[[nodiscard]] Outcome<std::vector<PlacedHousehold>> households_in_reach(Call& call, access::Verb verb,
                                                                        access::Thing thing,
                                                                        const std::vector<std::string>& codes,
                                                                        BodyFields& fields,
                                                                        std::string_view name);
// Its members; the path's {person} among them.
[[nodiscard]] Outcome<std::vector<registry::Member>> members_in(Call& call, const PlacedHousehold& placed);
[[nodiscard]] Outcome<registry::Member> member_named(Call& call, const PlacedHousehold& placed,
                                                     std::string_view id);

// A household of a list that was read without the scope: where it belongs, and whether it is assigned to the
// asker, where the scope goes by that.
[[nodiscard]] Result<access::ScopedRow> row_of_household(const Call& call, const access::Scope& scope,
                                                         HouseholdId household);

// What this session sees of a row's fields. What it shows whole by a reveal alone stands in the look.
class Shower {
  public:
    Shower(Call& call, access::Thing thing, std::vector<access::Reveal> revealed = {})
        : call_(&call),
          view_(call.services.roles, *call.units, call.who(), thing, call.today(), std::move(revealed)) {}

    [[nodiscard]] access::Shown shown(access::FieldClass field, const access::ScopedRow& row) const;
    // Null where it is hidden: not shown is not the same as not there.
    [[nodiscard]] boost::json::value text(access::FieldClass field, const access::ScopedRow& row,
                                          std::string_view value) const;
    [[nodiscard]] boost::json::value number(const registry::Member& member,
                                            const access::ScopedRow& row) const;
    [[nodiscard]] bool is_whole(access::FieldClass field, const access::ScopedRow& row) const {
        return view_.shown(field, row) == access::Shown::whole;
    }

  private:
    Call* call_;
    access::FieldView view_;
};

}  // namespace doudi::http
