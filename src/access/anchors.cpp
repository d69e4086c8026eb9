// SPDX-License-Identifier: Apache-2.0
#include "access/anchors.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/audit_repository.h"
#include "access/audit_text.h"
#include "base/day_begin.h"
#include "store/durable_file.h"

namespace doudi::access {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view file_prefix = "anchor-";

// The first moment after a day in China.
Instant end_of(Date day) {
    return begin_of(day + 1);
}

}  // namespace

std::vector<UnitId> units_above_all(const UnitTree& tree, Date day) {
    std::vector<UnitId> found;
    for (const Unit& unit : tree.units()) {
        const UnitPlace* place = tree.place(unit.id, day);
        if (place != nullptr && place->parent == UnitId()) found.push_back(unit.id);
    }
    return found;
}

Result<std::optional<Anchor>> anchor_day(store::Database& database, const Clock& clock, Date day,
                                         const std::vector<UnitId>& units, std::string_view key) {
    const auto record = TRY(repository::last_record_before(database, end_of(day)));
    if (!record) return std::optional<Anchor>();
    const bool keyed = record->seq > TRY(repository::last_unkeyed(database));
    if (hash_of(*record, keyed ? key : std::string_view()) != record->hash) {
        return fail(ErrorKind::conflict, "audit_broken",
                    {fmt::format("第 {} 条访问记录与其摘要不符，不予存证：请先核验", record->seq),
                     fmt::format("record {} of the log is not what its hash says and is not anchored: verify "
                                 "the log first",
                                 record->seq)});
    }
    const Anchor anchor{record->seq, day, record->hash};
    const bool late = civil_day(clock.now()).days() > day.days() + 1;
    TRY_VOID(database.write_beside([&]() -> Result<void> {
        TRY_VOID(repository::put_anchor(database, anchor));
        for (const UnitId unit : units)
            TRY_VOID(repository::put_unit_anchor(database, {anchor, unit, clock.now(), late}));
        return {};
    }));
    return std::optional(anchor);
}

Result<std::vector<UnitAnchor>> unit_anchors(store::Database& database, const AnchorPlace& after, int most) {
    return repository::select_unit_anchors(database, after, most);
}

Result<void> drop_anchor(const fs::path& folder, const Anchor& anchor) {
    const fs::path target = folder / fmt::format("{}{}.txt", file_prefix, anchor.day.iso());
    const fs::path temporary = folder / fmt::format(".{}{}.part", file_prefix, anchor.day.iso());
    TRY_VOID(store::remove_file(temporary));  // of a program that was killed
    {
        auto file = TRY(store::DurableFile::create(temporary));
        const std::string line = line_of(anchor) + "\n";
        TRY_VOID(file.append(std::as_bytes(std::span(line.data(), line.size()))));
        TRY_VOID(file.sync());
    }
    TRY_VOID(store::rename_file(temporary, target));
    return store::sync_folder(folder);
}

Result<std::vector<Anchor>> read_anchors(const fs::path& file_or_folder) {
    std::error_code failure;
    if (!fs::is_directory(file_or_folder, failure)) return read_anchor_file(file_or_folder);
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(file_or_folder, failure)) {
        if (entry.path().filename().string().starts_with(file_prefix)) files.push_back(entry.path());
    }
    if (failure) return store::system_error(failure.value(), file_or_folder);
    std::ranges::sort(files);
    std::vector<Anchor> all;
    for (const fs::path& file : files) {
        const auto anchors = TRY(read_anchor_file(file));
        all.insert(all.end(), anchors.begin(), anchors.end());
    }
    return all;
}

}  // namespace doudi::access
