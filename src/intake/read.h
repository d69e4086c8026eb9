// SPDX-License-Identifier: Apache-2.0
// Reads departments' files once and hands their rows on as batches: to the original's copy byte by byte, to
// the landing segment, and to a FeedSink (match counts and scores there). Large CSV files are cut into chunks
// that several threads parse; whatever the number of threads and the size of the chunks, sinks see the same
// rows in the same order.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "column/segment.h"
#include "intake/recognise.h"
#include "intake/records.h"
#include "intake/row_mapper.h"
#include "intake/sheet.h"

namespace doudi::intake {

// A file that is known to be a dataset of the catalogue.
struct FeedFile {
    std::filesystem::path path;
    std::string file_name;
    std::uint64_t bytes = 0;
    FileFormat format;
    int dataset = -1;
    // CSV only, read in bulk: where the rows begin.
    Recognised recognised;
    std::uint64_t skip_bytes = 0;
    [[nodiscard]] bool bulk() const;
};

// Sniffs and recognises by the head of the file. Of a workbook, the first sheet with known headings says what
// it is.
[[nodiscard]] Result<FeedFile> open_feed(const std::filesystem::path& path,
                                         const policy::DatasetCatalogue& catalogue);

// How the first sheet with content comes nearest to a dataset (nearest_reading), whether or not it is one.
[[nodiscard]] Result<Recognised> see_headings(const std::filesystem::path& path,
                                              const policy::DatasetCatalogue& catalogue);

// Takes findings in the file's order, one call at a time.
using FindingTaker = std::function<Result<void>(std::span<const Finding>)>;

struct FeedTask {
    const FeedFile* file = nullptr;
    FeedSink* sink = nullptr;                  // may be null
    column::SegmentWriter* landing = nullptr;  // may be null
    column::ByteSink* original = nullptr;      // gets every byte of the file in order; may be null
    FindingTaker findings;                     // may be empty
    // After the last of all these, while other files may still be under way; on any thread. May be empty.
    std::function<Result<void>(const RowCounts&)> done;
};

// A sheet of a workbook that was passed over, with the reason; its rows are not counted.
struct FeedOutcome {
    Result<void> status;
    RowCounts counts;
    std::vector<Text> remarks;
};

struct ReadSettings {
    unsigned threads = 1;
    std::size_t chunk_bytes = 256U << 10U;
    Limits limits;
    std::function<void(std::uint64_t bytes)> progress;  // bytes read since the last call; from any thread
    std::stop_token stop;
};

// One outcome a task, in their order. A file whose bytes turn out to be other than its head promised (another
// encoding, rows that end with a carriage return alone, zero bytes) ends with an error for which
// wants_slow_reading() is true: read it again after reread_slowly().
[[nodiscard]] std::vector<FeedOutcome> read_feeds(std::span<FeedTask> tasks,
                                                  const policy::DatasetCatalogue& catalogue, AsOf as_of,
                                                  const ReadSettings& settings);

[[nodiscard]] bool wants_slow_reading(const Error& error);

// Takes the file out of the bulk path; its encoding is sniffed from all of its bytes.
[[nodiscard]] Result<void> reread_slowly(FeedFile& file);

}  // namespace doudi::intake
