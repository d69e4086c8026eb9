// SPDX-License-Identifier: Apache-2.0
#include "http/case_eye.h"

#include "http/case_desk.h"

namespace doudi::http {

CaseEye::CaseEye(Call& call, const casework::CaseView& view, const std::string& household)
    : view_(view), chain_(call), user_(call.who().user) {
    placed_.id = view.head.household.value_or(HouseholdId());
    placed_.code = household;
    placed_.unit = view.head.unit;
}

bool CaseEye::sees(const casework::CaseEvent& event) const {
    if (event.by != casework::UserId() && event.by == user_) return true;
    const policy::Move* move = view_.machine->move(event.move);
    access::ChainEvent told{.kind = move == nullptr ? std::string() : move->event,
                            .department = view_.head.department,
                            .about_protected = false,
                            .withheld_until = withheld_until(event)};
    return chain_.sees(placed_, told, view_.head.person);
}

}  // namespace doudi::http
