// SPDX-License-Identifier: Apache-2.0
#include "access/audit.h"
#include "access/papers_repository.h"

namespace doudi::access {

Result<void> assign_household(store::Database& database, UserId user, HouseholdId household,
                              std::string_view case_ref, Date from, Date until) {
    if (from >= until) {
        return fail(ErrorKind::invalid, "assignment_days",
                    {"结束日须晚于开始日", "an assignment must end after it begins"});
    }
    return repository::put_assignment(database, user, household, case_ref, from, until);
}

Result<void> end_assignment(store::Database& database, UserId user, HouseholdId household, Date on) {
    if (TRY(repository::end_assignment(database, user, household, on)) > 0) return {};
    return fail(ErrorKind::not_found, "not_assigned",
                {"这一户没有分派给该账号", "this household is not assigned to that account"});
}

Result<std::vector<Assignment>> assignments_of(store::Database& database, UserId user, Date day) {
    return repository::select_assignments(database, user, day);
}

Result<bool> is_assigned(store::Database& database, UserId user, HouseholdId household, Date day) {
    if (user == UserId()) return false;
    return repository::select_assigned(database, user, household, day);
}

std::string flag_of(const Session& session, bool assigned) {
    if (session.kind != SessionKind::staff || assigned) return {};
    return session.why.case_ref.empty() ? "no_case" : "not_assigned";
}

Result<std::string> flag_of(store::Database& database, const Session& session,
                            std::span<const HouseholdId> households, Date day) {
    if (session.kind != SessionKind::staff) return std::string();
    for (const HouseholdId household : households) {
        if (!TRY(is_assigned(database, session.user, household, day))) return flag_of(session, false);
    }
    return std::string();
}

}  // namespace doudi::access
