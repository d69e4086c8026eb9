// SPDX-License-Identifier: Apache-2.0
// Files arrive: each is recognised, read once, kept with its SHA-256, its rows landed as a segment and
// counted into their buckets against the register of that moment. All files of one call are published
// together or, if the program dies, not at all. What cannot be read is refused with its reason and the rest
// goes on. The same bytes for the same day change nothing.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "intake/read.h"
#include "match/kept_headings.h"
#include "match/records.h"
#include "policy/pack.h"
#include "registry/proposals.h"
#include "registry/verbs.h"
#include "store/data_folder.h"

namespace doudi::match {

struct RegisterProposed;

// Of a register that comes while one stands: it is a proposal (registry/proposals.h).
struct RegisterTerms {
    bool accept = false;  // at once and as a whole, by who stands below
    registry::Decider by;
    std::uint32_t unit = 0;  // for which it comes; 0: none was told
    Instant at;              // as its decision says; what else an import writes does not hang on the hour
    // Runs in the transaction by which the register's files are published: whoever asks about those whom
    // they left out does so once, or the files did not come.
    std::function<Result<void>(const RegisterProposed&)> left_out = {};
};

// What a file came to that is only looked at, by the names of its segments; empty: nothing landed, nothing
// was found.
struct ShownFile {
    std::string segment;
    std::string findings;
};

// A kept original that is read once more, for the same day and dataset, and stands instead of its arrival.
struct ReadAgain {
    FileId arrival;
    std::string dataset;
    bool is_shown_only = false;  // the report says what it would come to, and nothing is kept
    // Then: told of it before it is dropped. An error of it is one of the import.
    std::function<Result<void>(const ShownFile&)> shown = {};
};

struct ImportSettings {
    AsOf as_of;
    unsigned threads = 1;
    std::size_t chunk_bytes = 256U << 10U;
    std::function<void(std::uint64_t done, std::uint64_t total)> progress;  // bytes; from any thread
    std::stop_token stop;
    RegisterTerms terms = {};
    std::vector<KeptHeading> kept = {};  // of the office for which it comes; the policy does not hold them
    std::string headings = {};           // what a person said of this file's; the policy holds them
    std::optional<ReadAgain> again = {};
};

// What became of one file.
struct FileReport {
    std::string file_name;
    std::string dataset;  // id; empty if it was refused before that was known
    bool is_register = false;
    bool known_already = false;  // the same bytes for the same day: nothing changed
    std::optional<Error> refused;
    Buckets buckets;                 // feeds
    std::uint64_t findings = 0;      // rows named to the sender
    std::uint64_t refused_rows = 0;  // of those, the ones that were refused by their form
    std::uint64_t added = 0;  // register: households or members that are new, changed, and as they were
    std::uint64_t changed = 0;
    std::uint64_t unchanged = 0;
    std::vector<Text> remarks;  // sheets passed over, contradictions in a register, kept headings
    // How its headings were read, where a person may say more of them: it was refused for them, or lacks
    // fields while it has headings that mean nothing here.
    std::optional<intake::Recognised> headings = {};
};

// What a register's files came to that came while one stood.
struct RegisterProposed {
    PublishId proposal;  // 0: the files say what the register says already, there is nothing to decide
    bool accepted = false;
    registry::Decided decided;                   // of an accepted one
    std::vector<HouseholdId> absent_households;  // whom the files left out: to be asked about
    std::vector<registry::AbsentMember> absent_members;
};

struct ImportReport {
    std::vector<Text> remarks;      // sub-folders that were passed over
    std::vector<FileReport> files;  // register first, then in the order of the paths
    std::optional<RegisterProposed> proposed;
    [[nodiscard]] bool any_refused() const;
};

// Files, or folders whose files (no hidden ones, none of sub-folders) are taken in the order of their names.
// Lock files of office suites and what Windows leaves in a folder (Thumbs.db, desktop.ini) are nobody's and
// passed over in silence.
[[nodiscard]] Result<ImportReport> import_files(store::DataFolder& store, const policy::Policy& policy,
                                                std::span<const std::filesystem::path> paths,
                                                const ImportSettings& settings);

}  // namespace doudi::match
