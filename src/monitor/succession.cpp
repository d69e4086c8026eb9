// SPDX-License-Identifier: Apache-2.0
#include "monitor/succession.h"

#include <algorithm>

#include "monitor/records.h"
#include "monitor/succession_repository.h"

namespace doudi::monitor {

namespace {

void close(StoredWarning& warning, ClosedWhy why, Date ended_on) {
    warning.open = false;
    warning.closed_on = std::max(ended_on, warning.issued_on);
    warning.closed_why = name_of(why);
}

void reopen(StoredWarning& warning) {
    warning.open = true;
    warning.closed_on.reset();
    warning.closed_why.clear();
}

// Whom the earlier clock obliged is not given more time by the household's end.
bool take_earlier_due(StoredWarning& heir, const StoredWarning& from) {
    if (!from.due_on || (heir.due_on && *heir.due_on <= *from.due_on)) return false;
    heir.due_on = from.due_on;
    heir.due_provisional = from.due_provisional;
    return true;
}

class Succeeding {
  public:
    Succeeding(store::Database& database, PublishId publish, const Succession& succession)
        : database_(database), publish_(publish), succession_(succession) {}

    Result<void> run() {
        auto found = TRY(open_of(database_, publish_, succession_.household.value()));
        if (!found) return {};
        StoredWarning& warning = *found;
        SuccessionRow row{.warning = warning.id,
                          .change = succession_.change,
                          .household = warning.household,
                          .heir = succession_.heir.value(),
                          .heir_warning = 0,
                          .restored = false,
                          .reason = succession_.reason};
        if (succession_.heir == HouseholdId()) {
            close(warning, ClosedWhy::merged, succession_.ended_on);
        } else {
            row.heir_warning = TRY(go_on_with_heir(warning));
        }
        TRY_VOID(put_version(database_, publish_, warning));
        return put_succession(database_, publish_, row);
    }

  private:
    // The heir's own open warning, if there is one.
    Result<std::uint32_t> go_on_with_heir(StoredWarning& warning) {
        auto heirs = TRY(open_of(database_, publish_, succession_.heir.value()));
        if (!heirs) {
            warning.household = succession_.heir.value();
            return std::uint32_t{0};
        }
        if (take_earlier_due(*heirs, warning)) TRY_VOID(put_version(database_, publish_, *heirs));
        close(warning, ClosedWhy::carried, succession_.ended_on);
        return heirs->id;
    }

    store::Database& database_;
    PublishId publish_;
    const Succession& succession_;
};

// Whether nobody has settled since what the case did; then it is as it was before.
Result<bool> undo(store::Database& database, PublishId publish, const SuccessionRow& row,
                  StoredWarning& warning) {
    if (row.heir == 0) {
        if (warning.closed_why != name_of(ClosedWhy::merged)) return false;
        reopen(warning);
        return true;
    }
    if (row.heir_warning == 0) {
        if (!warning.open || warning.household != row.heir) return false;
        warning.household = row.household;
        return true;
    }
    if (!TRY(version_of(database, publish, row.heir_warning)).open) return false;
    reopen(warning);
    return true;
}

}  // namespace

Result<std::optional<OpenWarning>> open_warning(store::Database& database, PublishId publish,
                                                HouseholdId household) {
    auto found = TRY(open_of(database, publish, household.value()));
    if (!found) return std::optional<OpenWarning>();
    return std::optional(OpenWarning{found->id, found->level, found->issued_on, found->due_on});
}

Result<void> stage_succession(store::DataFolder& store, PublishId publish, const Succession& succession) {
    store::Database& database = store.database();
    return database.write([&] { return Succeeding(database, publish, succession).run(); });
}

Result<void> stage_restored(store::DataFolder& store, PublishId publish, std::uint64_t change) {
    store::Database& database = store.database();
    return database.write([&]() -> Result<void> {
        const auto rows = TRY(successions_of(database, publish, change));
        for (SuccessionRow row : rows) {
            StoredWarning warning = TRY(version_of(database, publish, row.warning));
            if (!TRY(undo(database, publish, row, warning))) continue;
            TRY_VOID(put_version(database, publish, warning));
            row.restored = true;
            TRY_VOID(put_succession(database, publish, row));
        }
        return {};
    });
}

}  // namespace doudi::monitor
