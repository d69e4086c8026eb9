// SPDX-License-Identifier: Apache-2.0
// The record of files that arrived, in the store. The only SQL of this room.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "intake/records.h"
#include "match/records.h"
#include "store/data_folder.h"

namespace doudi::match {

struct StoredArrival {
    FileId id;
    PublishId publish;  // with which it was published
    intake::Arrival arrival;
    Buckets buckets;
    std::string findings_segment;       // empty if there are none
    std::int64_t findings_removal = 0;  // the proof by which they were deleted; 0: they were not
    std::int64_t original_removal = 0;  // the same of the original
    std::int64_t rows_removal = 0;      // and of its rows, or of those of nobody on the register
    FileId replaced_by;                 // its original was read again since; 0: it stands
};
// not_found "findings_deleted", which names the proof, if what the sender was told is kept no longer.
[[nodiscard]] Result<void> check_findings_kept(const StoredArrival& arrival);

// Is a file of these bytes published or staged for this day already?
[[nodiscard]] Result<bool> has_arrived(store::Database& database, std::string_view sha256, AsOf as_of);
// The publications with which a file of the register arrived of these bytes and for this day; one of whose
// rows some were refused is none, it may be sent again (its households may be there by now).
[[nodiscard]] Result<std::vector<PublishId>> arrived_whole(store::Database& database, std::string_view sha256,
                                                           AsOf as_of);
// The latest day for which a file of one of these datasets was imported.
[[nodiscard]] Result<std::optional<Date>> latest_arrival(store::Database& database, std::string_view dataset);
// Gives the arrival its id. Review items go with it.
[[nodiscard]] Result<FileId> stage_arrival(store::DataFolder& folder, PublishId publish,
                                           const intake::Arrival& arrival, const Buckets& buckets,
                                           std::string_view findings_segment,
                                           const std::vector<ReviewItem>& reviews,
                                           const policy::Dataset& dataset);
// Who was found without an exact number, for whoever looks at it; beside what stage_arrival() kept.
[[nodiscard]] Result<void> stage_probables(store::DataFolder& folder, PublishId publish, FileId file,
                                           const std::vector<ReviewItem>& items,
                                           const policy::Dataset& dataset);
// What came of a dataset for the last day for which anything came: all files of that day together.
struct LatestArrival {
    std::string dataset;
    Date as_of;
    std::uint64_t files = 0;
    std::uint64_t rows = 0;
    std::uint64_t matched = 0;  // exact and probable
};
// Published ones, by the dataset's id.
[[nodiscard]] Result<std::vector<LatestArrival>> latest_arrivals(store::DataFolder& store);
// The segment with the roster's image of the register as of a publish id, if one was kept of it.
[[nodiscard]] Result<std::optional<std::string>> kept_roster(store::Database& database, PublishId publish);
[[nodiscard]] Result<void> stage_roster(store::Database& database, PublishId publish,
                                        std::string_view segment);
// Published arrivals up to a day, in the order of their ids: those that count, or also those whose original
// was read again since.
enum class Readings : std::uint8_t { standing, all };
[[nodiscard]] Result<std::vector<StoredArrival>> list_arrivals(store::DataFolder& store, AsOf until,
                                                               Readings which = Readings::standing);

}  // namespace doudi::match
