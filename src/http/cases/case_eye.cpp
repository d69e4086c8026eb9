// SPDX-License-Identifier: Apache-2.0
#include "http/cases/case_eye.h"

#include <algorithm>

#include "http/cases/case_desk.h"
#include "policy/stated_words.h"

namespace doudi::http {

CaseEye::CaseEye(Call& call, const casework::CaseView& view, const std::string& household)
    : view_(view),
      chain_(call),
      user_(call.who().user),
      is_office_(call.who().kind == access::SessionKind::staff && call.who().department.empty()),
      is_addressed_(!call.who().department.empty() && call.who().department == view.head.department) {
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

bool CaseEye::sees(const policy::FieldRule* field, const policy::Move* move) const {
    using Type = policy::FieldRule::Type;
    if (is_office_) return true;
    if (field == nullptr || field->type == Type::user || field->type == Type::users) return false;
    return !field->sensitive || (is_addressed_ && move != nullptr && is_read_by_department(*field, *move));
}

const std::vector<std::string>* CaseEye::latest(std::string_view field) const {
    const policy::FieldRule* rule = view_.pack->law.procedures.field(field);
    for (auto event = view_.events.rbegin(); event != view_.events.rend(); ++event) {
        const auto told = event->fields.find(std::string(field));
        if (told == event->fields.end()) continue;
        if (sees(*event) && sees(rule, view_.machine->move(event->move))) return &told->second;
    }
    return nullptr;
}

bool CaseEye::is_read_by_department(const policy::FieldRule& field, const policy::Move& move) const {
    const auto read =
        policy::stated_texts(view_.pack->law, "moves", view_.machine->id + "." + move.id, "department_reads");
    return std::ranges::find(read, field.id) != read.end();
}

}  // namespace doudi::http
