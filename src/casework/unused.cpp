// SPDX-License-Identifier: Apache-2.0
#include "casework/unused.h"

#include <fmt/format.h>

#include <algorithm>

#include "casework/found.h"
#include "casework/kept/attachments_repository.h"

namespace doudi::casework {

namespace {

bool tells(const Fields& fields, const std::string& field, const std::string& value) {
    const auto told = fields.find(field);
    return told != fields.end() && std::ranges::find(told->second, value) != told->second.end();
}

// Sent to another case is not told there: somebody may have chosen the wrong one.
Result<bool> is_told_elsewhere(repository::Shelf& shelf, const CaseHead& head, const std::string& field,
                               const std::string& value) {
    for (const auto& row : TRY(repository::select_with_attachment(shelf, head, value))) {
        const auto events = TRY(repository::select_events(shelf, row.head));
        if (std::ranges::any_of(events,
                                [&](const CaseEvent& event) { return tells(event.fields, field, value); }))
            return true;
    }
    return false;
}

MoveFault used(const policy::FieldRule& field, const policy::Move& move, bool is_here,
               const std::string& cite) {
    return {field.id,
            "used_before",
            {fmt::format("“{}”已在{}中使用过，每次“{}”须另行提供（{}）", field.title.zh,
                         is_here ? "本件此前的办理" : "另一办件", move.title.zh, cite),
             fmt::format("'{}' was used {} before: each '{}' takes one of its own ({})", field.title.en,
                         is_here ? "in this case" : "in another case", move.title.en, cite)}};
}

}  // namespace

Result<std::vector<MoveFault>> check_unused(repository::Shelf& shelf, const MoveQuestion& question,
                                            const policy::Move& move, const CaseHead& head,
                                            const Fields& told) {
    std::vector<MoveFault> faults;
    for (const UnusedField& rule : unused_of(question, move, told)) {
        const policy::FieldRule* field = question.law.procedures.field(rule.field);
        const auto values = told.find(rule.field);
        if (field == nullptr || values == told.end()) continue;
        const bool is_sent = field->type == policy::FieldRule::Type::attachments;
        for (const std::string& value : values->second) {
            const bool is_here = tells(question.state.ever, rule.field, value);
            if (!is_here && !(is_sent && TRY(is_told_elsewhere(shelf, head, rule.field, value)))) continue;
            faults.push_back(used(*field, move, is_here, rule.cite));
            break;
        }
    }
    return faults;
}

}  // namespace doudi::casework
