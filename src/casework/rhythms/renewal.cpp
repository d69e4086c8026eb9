// SPDX-License-Identifier: Apache-2.0
#include "casework/rhythms/renewal.h"

namespace doudi::casework {

namespace {

// Whether it was another one.
Result<bool> renew(Desk& desk, const repository::CaseRow& row) {
    const auto pack = TRY(need_pack(desk, row.head.pack, row.head.opened_on));
    const policy::Machine* machine = TRY(need_machine(*pack, row.head.machine));
    const CaseState state = fold(TRY(repository::select_events(desk.shelf, row.head)));
    const auto clocks = clocks_of(desk, *pack, row.head, state, civil_day(desk.clock.now()));
    const repository::Projection now = projected(*machine, state, clocks);
    if (now.due_on == row.now.due_on && now.due_clock == row.now.due_clock) return false;
    TRY_VOID(repository::put_due(desk.shelf, row.head.id, row.now.events, now));
    return true;
}

Result<std::uint64_t> renew_all(Desk& desk, std::optional<Date> due_before) {
    constexpr std::size_t portion = 200;
    std::uint64_t renewed = 0;
    CaseId after;
    bool is_done = false;
    while (!is_done) {
        TRY_VOID(desk.shelf.database.write_beside([&]() -> Result<void> {
            const auto rows = TRY(repository::select_open_after(desk.shelf, after, portion, due_before));
            for (const auto& row : rows) renewed += TRY(renew(desk, row)) ? 1 : 0;
            is_done = rows.size() < portion;
            if (!rows.empty()) after = rows.back().head.id;
            return {};
        }));
    }
    return renewed;
}

}  // namespace

Result<std::uint64_t> renew_due_days(Desk& desk) {
    return renew_all(desk, std::nullopt);
}

Result<std::uint64_t> renew_passed_days(Desk& desk) {
    return renew_all(desk, civil_day(desk.clock.now()));
}

}  // namespace doudi::casework
