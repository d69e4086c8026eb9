// SPDX-License-Identifier: Apache-2.0
#include "upkeep/steps.h"

#include <fmt/format.h>

#include "upkeep/lists_repository.h"
#include "upkeep/repository.h"

namespace doudi::upkeep {

namespace {

std::unexpected<Error> unknown_case(CaseId id) {
    return fail(
        ErrorKind::not_found, "change_unknown",
        {fmt::format("没有第 {} 号变动", id.value()), fmt::format("there is no case {}", id.value())});
}

}  // namespace

Result<Case> need(Desk& desk, CaseId id) {
    auto found = TRY(repository::find_case(desk.database, desk.folder, id));
    if (!found) return unknown_case(id);
    if (desk.scope != nullptr && !TRY(repository::reaches(desk.database, *desk.scope, id)))
        return unknown_case(id);
    return std::move(*found);
}

Result<void> need_role(const Desk& desk, const Kind& kind, std::span<const std::string> roles) {
    if (ChangeRules::is_one_of(desk.session, roles)) return {};
    return fail(ErrorKind::usage, "change_role",
                {fmt::format("您的角色不能办理“{}”的这一步", kind.title.zh),
                 fmt::format("your role does not take this step of: {}", kind.title.en)});
}

Result<const Kind*> need_kind(const Desk& desk, std::string_view id) {
    const Kind* kind = desk.rules.find(id);
    if (kind != nullptr) return kind;
    return fail(ErrorKind::usage, "change_kind_unknown",
                {fmt::format("没有“{}”这类变动", id), fmt::format("there is no kind of change '{}'", id)});
}

Step step_of(const Desk& desk, State state, std::string reason) {
    return {state, desk.session.user.value(), desk.session.user_name, desk.clock.now(), std::move(reason)};
}

// Two who propose at the same moment would take the same number: the later one asks again.
Result<CaseId> keep(Desk& desk, const Case& change) {
    constexpr int most_tries = 5;
    for (int tries = 1;; ++tries) {
        CaseId id;
        const auto done = desk.database.write_beside([&]() -> Result<void> {
            id = TRY(repository::insert_case(desk.database, desk.folder, change));
            return {};
        });
        if (done) return id;
        if (done.error().kind != ErrorKind::conflict || tries == most_tries)
            return std::unexpected(done.error());
    }
}

Result<void> take_step(Desk& desk, const Case& change, const Step& step) {
    bool taken = false;
    TRY_VOID(desk.database.write_beside([&]() -> Result<void> {
        taken = TRY(repository::add_step(desk.database, change.id, change.steps.size(), step));
        return {};
    }));
    if (taken) return {};
    return fail(ErrorKind::conflict, "change_decided",
                {fmt::format("第 {} 号变动刚刚已由他人处理", change.id.value()),
                 fmt::format("somebody decided case {} just now", change.id.value())});
}

Result<void> need_open(const Case& change) {
    if (change.state() == State::proposed) return {};
    return fail(ErrorKind::conflict, "change_decided",
                {fmt::format("第 {} 号变动已处理（{}）", change.id.value(), name_of(change.state())),
                 fmt::format("case {} was decided: {}", change.id.value(), name_of(change.state()))});
}

}  // namespace doudi::upkeep
