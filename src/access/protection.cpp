// SPDX-License-Identifier: Apache-2.0
#include "access/protection.h"

#include "access/papers_repository.h"
#include "base/said.h"
#include "base/text_fold.h"

namespace doudi::access {

Result<std::uint64_t> protect(store::Database& database, const FolderKeys& keys, const Session& session,
                              const Clock& clock, const Protection& mark) {
    if (!says_something(mark.reason))
        return fail(ErrorKind::invalid, "protection_without_reason",
                    {"须写明保护的理由", "a protection says why"}, "reason");
    if (mark.from >= mark.until)
        return fail(ErrorKind::invalid, "protection_days",
                    {"结束日须晚于开始日", "a protection must end after it begins"}, "until");
    std::uint64_t id = 0;
    TRY_VOID(database.write([&]() -> Result<void> {
        for (const Protection& one : TRY(repository::select_protections(database, keys, mark.person))) {
            if (one.from < mark.until && mark.from < one.until)
                return fail(ErrorKind::conflict, "protected_already",
                            {"这名成员在这段时间已受保护", "this person is protected in that time already"});
        }
        Protection kept = mark;
        kept.reason = trim(mark.reason);
        kept.marked_by = session.user;
        id = TRY(repository::insert_protection(database, keys, kept, clock.now()));
        return {};
    }));
    return id;
}

Result<void> end_protection(store::Database& database, PersonId person, Date on) {
    if (TRY(repository::end_protection(database, person, on))) return {};
    return fail(ErrorKind::not_found, "not_protected",
                {"这名成员不在保护中", "this person is not protected"});
}

Result<std::vector<Protection>> protections_on(store::Database& database, const FolderKeys& keys,
                                               std::span<const PersonId> people, Date day) {
    std::vector<Protection> found;
    for (const PersonId person : people) {
        for (Protection& one : TRY(repository::select_protections(database, keys, person))) {
            if (one.from <= day && day < one.until) found.push_back(std::move(one));
        }
    }
    return found;
}

}  // namespace doudi::access
