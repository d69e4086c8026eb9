// SPDX-License-Identifier: Apache-2.0
// A closed case's file is put together and sealed; later it is held against what lies there; and it leaves as
// a whole.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "archive/press.h"
#include "archive/records.h"
#include "archive/setting.h"
#include "casework/verbs.h"

namespace doudi::archive {

// Again without new events: the file that is there. "case_unknown"; "case_open": it is not closed;
// "case_changed": somebody moved it meanwhile.
[[nodiscard]] Result<SealedFile> seal_case(const Setting& setting, Press& press, casework::CaseId of,
                                           access::UserId by);

// Every closed case of which no file has all events, in the order of their ids. Gives how many were sealed;
// one that cannot be is told by `failed` and keeps none of the others.
[[nodiscard]] Result<std::uint64_t> seal_closed(
    const Setting& setting, Press& press, const std::function<void(casework::CaseId, const Error&)>& failed);

// Where the file of a case stands.
enum class FileState : std::uint8_t {
    open,      // the case is not closed: it has none of all its events
    unsealed,  // closed, and sealed when it is first asked for or in the night
    sealed,
    released,  // what it held is gone, by its term
};
[[nodiscard]] std::string_view name_of(FileState state);
struct FileStanding {
    FileState state = FileState::open;
    int number = 0;  // of its newest file; 0: it has none
    std::optional<Instant> sealed_at;
};
[[nodiscard]] Result<FileStanding> file_standing(const casework::Desk& desk, const casework::CaseView& view);

// "archive_unsealed": the case has no file yet.
[[nodiscard]] Result<SealedFile> sealed_file(const Setting& setting, casework::CaseId of);

enum class ItemCheck : std::uint8_t {
    whole,
    changed,  // its bytes are not those that were sealed
    missing,
    gone,  // by its term, or with the key of whom it was about
};
[[nodiscard]] std::string_view name_of(ItemCheck check);

struct Verified {
    SealedFile file;
    bool manifest_whole = false;  // it is what its hashes say
    bool events_whole =
        false;  // the case's events, read now, are those that were sealed; also where they are gone
    std::vector<ItemCheck> items;  // in the manifest's order
    int events_since = 0;          // a case that was reopened: its next file has them

    [[nodiscard]] bool is_sound() const;  // nothing was changed, nothing is missing
};
[[nodiscard]] Result<Verified> verify(const Setting& setting, casework::CaseId of);

// The whole file as a ZIP at a path where nothing is: the items by their names, and manifest.json. The same
// bytes each time; one item in memory at a time. "archive_released": it is gone; "archive_damaged": an item
// is not what was sealed.
[[nodiscard]] Result<void> write_zip(const Setting& setting, const SealedFile& file,
                                     const std::filesystem::path& path);

}  // namespace doudi::archive
