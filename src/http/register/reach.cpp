// SPDX-License-Identifier: Apache-2.0
#include "http/register/reach.h"

#include <fmt/format.h>

#include <algorithm>

#include "http/register/register_rows.h"
#include "registry/repository.h"

namespace doudi::http {
namespace {

Failure no_such_household() {
    return {404,
            "no_such_household",
            {"没有这一户，或不在您的辖区内", "there is no such household within your reach"}};
}

}  // namespace

Outcome<PlacedHousehold> household_in_reach(Call& call, access::Verb verb, access::Thing thing) {
    auto placed = TRY(find_household(call.desk.data, call.scope(verb, thing), call.parameter("code")));
    if (!placed) return std::unexpected(no_such_household());
    return std::move(*placed);
}

Outcome<WholeHousehold> whole_household_in_reach(Call& call, access::Verb verb, access::Thing thing) {
    auto found = TRY(find_whole_household(call.desk.data, call.scope(verb, thing), call.parameter("code")));
    if (!found) return std::unexpected(no_such_household());
    return std::move(*found);
}

Outcome<std::vector<PlacedHousehold>> households_in_reach(Call& call, access::Verb verb, access::Thing thing,
                                                          const std::vector<std::string>& codes,
                                                          BodyFields& fields, std::string_view name) {
    const auto scope = call.scope(verb, thing);
    std::vector<PlacedHousehold> found;
    for (std::size_t n = 0; n < codes.size(); ++n) {
        auto placed = TRY(find_household(call.desk.data, scope, codes[n]));
        if (placed) {
            found.push_back(std::move(*placed));
        } else {
            fields.fault(fmt::format("{}/{}", name, n), "no_such_household", no_such_household().text);
        }
    }
    return found;
}

Outcome<std::vector<registry::Member>> members_in(Call& call, const PlacedHousehold& placed) {
    return TRY(registry::members_of(call.desk.data, call.desk.data.current(), placed.id));
}

Outcome<registry::Member> member_named(Call& call, const PlacedHousehold& placed, std::string_view id) {
    for (auto& member : TRY(registry::members_of(call.desk.data, call.desk.data.current(), placed.id))) {
        if (std::to_string(member.id.value()) == id) return std::move(member);
    }
    return std::unexpected(
        Failure(404, "no_such_member", {"这一户没有这名成员", "the household has no such member"}));
}

Result<access::ScopedRow> row_of_household(const Call& call, const access::Scope& scope,
                                           HouseholdId household) {
    access::ScopedRow row{.household = household,
                          .unit = TRY(access::unit_of(call.desk.database, household, call.today()))};
    if (scope.by_assignment())
        row.assigned = TRY(access::is_assigned(call.desk.database, call.who().user, household, call.today()));
    return row;
}

access::Shown Shower::shown(access::FieldClass field, const access::ScopedRow& row) const {
    if (view_.by_reveal(field, row)) call_->revealed.insert(field);
    return view_.shown(field, row);
}

boost::json::value Shower::text(access::FieldClass field, const access::ScopedRow& row,
                                std::string_view value) const {
    const auto how = shown(field, row);
    if (how == access::Shown::hidden) return nullptr;
    return boost::json::value(access::as_shown(how, field, value));
}

boost::json::value Shower::number(const registry::Member& member, const access::ScopedRow& row) const {
    if (!member.id_number) return nullptr;
    const std::string number = is_whole(access::FieldClass::identity_number, row)
                                   ? member.id_number->reveal()
                                   : member.id_number->masked();
    return text(access::FieldClass::identity_number, row, number);
}

}  // namespace doudi::http
