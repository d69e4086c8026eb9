// SPDX-License-Identifier: Apache-2.0
#include "match/retention.h"

#include <optional>
#include <set>
#include <string>

#include "match/compaction.h"
#include "match/retention_repository.h"
#include "match/roster.h"
#include "match/verdicts.h"

namespace doudi::match {
namespace {

using store::Shelf;

store::Shelf shelf_of(ArrivalPart part) {
    return part == ArrivalPart::original ? Shelf::originals : Shelf::segments;
}

const std::string& file_of(const ArrivalFiles& files, ArrivalPart part) {
    if (part == ArrivalPart::original) return files.original;
    return part == ArrivalPart::findings ? files.findings : files.segment;
}

// Rows first, then the files that no other arrival names.
Result<void> remove_part(store::DataFolder& folder, ArrivalPart part, std::span<const std::string> keys,
                         std::int64_t proof) {
    store::Database& database = folder.database();
    std::set<std::string> files;
    TRY_VOID(store::remove_in_parts(database, keys, [&](std::span<const std::string> some) -> Result<void> {
        for (const std::string& key : some) {
            const std::int64_t id = std::stoll(key);
            const auto had = TRY(arrival_files(database, id));
            if (had && !file_of(*had, part).empty()) files.insert(file_of(*had, part));
            TRY_VOID(mark_removed(database, id, part, proof));
        }
        return {};
    }));
    for (const std::string& file : files) TRY_VOID(folder.remove_blob(shelf_of(part), file));
    return {};
}

// The new segment is named, and the arrival marked, by the same commit.
Result<void> replace_segment(store::DataFolder& folder, const ArrivalFiles& had, const Compacted& now,
                             std::optional<std::int64_t> proof) {
    store::Database& database = folder.database();
    TRY_VOID(database.write([&]() -> Result<void> {
        if (now.changed()) TRY_VOID(put_segment(database, had.id, now.segment));
        return proof ? mark_removed(database, had.id, ArrivalPart::off_register, *proof) : Result<void>{};
    }));
    if (!now.changed()) return {};
    return folder.remove_blob(Shelf::segments, had.segment);
}

const policy::Dataset* dataset_of(const policy::DatasetCatalogue& catalogue, const ArrivalFiles& files) {
    const int index = catalogue.index_of(files.dataset);
    return index < 0 ? nullptr : &catalogue.datasets[static_cast<std::size_t>(index)];
}

// A register's own files land no rows; a dataset that is gone cannot be read any more: its rows go whole, by
// their own term. Without a register everybody would be a stranger.
Result<std::vector<store::Ended>> with_strangers(store::DataFolder& folder,
                                                 const policy::DatasetCatalogue& catalogue, Date before) {
    std::vector<store::Ended> ended;
    auto all = TRY(arrivals_before(folder, ArrivalPart::off_register, before));
    if (all.empty() || TRY(read_roster(folder, folder.current())).empty()) return ended;
    for (store::Ended& one : all) {
        const auto files = TRY(arrival_files(folder.database(), std::stoll(one.key)));
        if (files && dataset_of(catalogue, *files) != nullptr) ended.push_back(std::move(one));
    }
    return ended;
}

Result<void> remove_strangers(store::DataFolder& folder, const policy::DatasetCatalogue& catalogue,
                              std::span<const std::string> keys, std::int64_t proof) {
    const Roster roster = TRY(read_roster(folder, folder.current()));
    ensure(!roster.empty(), "there is a register to be off");
    for (const std::string& key : keys) {
        const auto had = TRY(arrival_files(folder.database(), std::stoll(key)));
        const policy::Dataset* dataset = had ? dataset_of(catalogue, *had) : nullptr;
        if (dataset == nullptr || had->segment.empty()) continue;
        const Compacted now = TRY(without_strangers(folder, *dataset, had->segment, roster));
        TRY_VOID(replace_segment(folder, *had, now, proof));
    }
    return {};
}

store::KeptClass class_of_part(const char* id, ArrivalPart part) {
    return {.id = id,
            .counted_from = {"报送日", "the day of import"},
            .ended = [part](store::DataFolder& folder,
                            Instant before) { return arrivals_before(folder, part, civil_day(before)); },
            .remove = [part](store::DataFolder& folder, std::span<const std::string> keys,
                             std::int64_t proof) { return remove_part(folder, part, keys, proof); }};
}

}  // namespace

std::vector<store::KeptClass> kept_classes(const policy::DatasetCatalogue& catalogue) {
    return {
        {.id = "off_register_row",
         .counted_from = {"报送日", "the day of import"},
         .ended = [&catalogue](
                      store::DataFolder& folder,
                      Instant before) { return with_strangers(folder, catalogue, civil_day(before)); },
         .remove = [&catalogue](
                       store::DataFolder& folder, std::span<const std::string> keys,
                       std::int64_t proof) { return remove_strangers(folder, catalogue, keys, proof); }},
        class_of_part("original", ArrivalPart::original),
        class_of_part("landed_row", ArrivalPart::segment),
        class_of_part("refusal", ArrivalPart::findings),
        {.id = "review_name",
         .counted_from = {"报送日", "the day of import"},
         .ended = [](store::DataFolder& folder,
                     Instant before) { return reviews_before(folder, civil_day(before)); },
         .remove =
             [](store::DataFolder& folder, std::span<const std::string> keys, std::int64_t) {
                 return store::remove_in_parts(folder.database(), keys, [&](auto some) -> Result<void> {
                     for (const std::string& key : some) TRY_VOID(delete_review(folder.database(), key));
                     return {};
                 });
             }},
    };
}

Result<std::optional<Date>> forget_person(store::DataFolder& folder,
                                          const policy::DatasetCatalogue& catalogue, PersonId person) {
    const Roster roster = TRY(read_roster(folder, folder.current()));
    for (const ArrivalFiles& had : TRY(arrivals_with_segment(folder))) {
        const policy::Dataset* dataset = dataset_of(catalogue, had);
        if (dataset == nullptr) {
            return fail(
                ErrorKind::not_found, "dataset_gone",
                {"数据集 " + had.dataset + " 已没有定义，无法从其中取出一个人",
                 "the dataset " + had.dataset + " is no longer defined: nobody can be taken out of it"});
        }
        const Compacted now = TRY(without_person(folder, *dataset, had.segment, roster, person));
        if (now.changed()) TRY_VOID(replace_segment(folder, had, now, std::nullopt));
    }
    store::Database& database = folder.database();
    std::vector<std::string> images;
    TRY_VOID(database.write([&]() -> Result<void> {
        TRY_VOID(delete_reviews_of(database, person));
        TRY_VOID(delete_verdicts_of(database, person));
        images = TRY(delete_rosters(database));
        return {};
    }));
    for (const std::string& image : images) TRY_VOID(folder.remove_blob(Shelf::segments, image));
    return last_kept_original(folder);
}

}  // namespace doudi::match
