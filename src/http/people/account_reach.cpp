// SPDX-License-Identifier: Apache-2.0
#include "http/people/account_reach.h"

#include <algorithm>

namespace doudi::http {

namespace {

constexpr int forbidden = 403;
constexpr int not_found = 404;

Failure no_such_account() {
    return {not_found,
            "no_such_account",
            {"没有这个账号，或不在您的管辖内", "there is no such account within your reach"}};
}

}  // namespace

bool reaches(const Call& call, access::UnitId unit) {
    return call.who().unit != access::UnitId() && call.units->within(unit, call.who().unit, call.today());
}

bool reaches_or_is_root(const Call& call, access::UnitId unit) {
    if (unit != access::UnitId()) return reaches(call, unit);
    const auto* place = call.units->place(call.who().unit, call.today());
    return place != nullptr && place->parent == access::UnitId();
}

bool may_give_department(const Call& call, const std::string& department) {
    return call.who().department.empty() || call.who().department == department;
}

Outcome<access::Account> found_account(Call& call) {
    access::Accounts accounts(call.desk.database, call.services.accounts);
    auto account = accounts.find(call.parameter("name"));
    if (!account && account.error().kind == ErrorKind::not_found) return std::unexpected(no_such_account());
    if (!account) return std::unexpected(Failure(account.error()));
    if (!reaches(call, account->unit) || !may_give_department(call, account->department))
        return std::unexpected(no_such_account());
    return std::move(*account);
}

Outcome<access::Account> account_to_change(Call& call) {
    auto account = found_account(call);
    if (!account) return account;
    if (account->id == call.who().user)
        return std::unexpected(Failure(forbidden, "own_account",
                                       {"不能办理自己的账号，请由另一位管理员办理",
                                        "nobody changes their own account: another administrator does"}));
    const bool within = std::ranges::all_of(account->roles, [&](const std::string& role) {
        return call.services.roles.may_grant(call.who(), role);
    });
    if (within) return account;
    return std::unexpected(
        Failure(forbidden, "beyond_own_rights",
                {"这个账号有您不能授予的角色", "this account has a role that you may not give"}));
}

access::UnitId unit_given(const Call& call, BodyFields& fields) {
    const std::string unit = fields.text("unit");
    const auto* known = call.units->find(std::string_view(unit));
    if (known != nullptr && reaches(call, known->id)) return known->id;
    if (!unit.empty()) {
        fields.fault("unit", "no_such_unit",
                     {"没有这个单位，或不在您的管辖内", "there is no such unit within your reach"});
    }
    return {};
}

std::string department_given(const Call& call, BodyFields& fields, bool required) {
    std::string department = fields.text("department", {.required = required});
    if (!may_give_department(call, department)) {
        fields.fault("department", "other_department",
                     {"只能办理本部门的账号", "only accounts of your own department are yours to make"});
    }
    return department;
}

PlaceGiven place_given(const Call& call, BodyFields& fields) {
    PlaceGiven place;
    place.roles = fields.texts("roles", 20);
    for (const auto& role : place.roles) {
        const auto* known = call.services.roles.find(role);
        if (known == nullptr || known->kind != access::SessionKind::staff) {
            fields.fault("roles", "no_such_role", {"没有这个角色", "there is no such role of staff"});
        } else if (!call.services.roles.may_grant(call.who(), role)) {
            fields.fault("roles", "beyond_own_rights",
                         {"您不能授予这个角色", "this role is not yours to give"});
        }
    }
    place.unit = unit_given(call, fields);
    place.department = department_given(call, fields, false);
    return place;
}

}  // namespace doudi::http
