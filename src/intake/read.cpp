// SPDX-License-Identifier: Apache-2.0
#include "intake/read.h"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <thread>

#include "intake/csv_rows.h"
#include "intake/feed_task.h"
#include "intake/gb18030.h"
#include "intake/utf8_check.h"

namespace doudi::intake {
namespace {

// One bulk file that workers are at.
struct BulkTask {
    BulkTask(const FeedTask& task, const policy::Dataset& dataset, AsOf as_of)
        : mapper(dataset, task.file->recognised, as_of),
          gate(task, mapper.layout(), task.file->recognised.first_data_row),
          format(task.file->format) {}

    RowMapper mapper;
    CommitGate gate;
    FileFormat format;
    FeedSink* sink = nullptr;
    const FeedSink* chooser = nullptr;  // the sink, if rows that it has no use for may be left out
    std::unique_ptr<BulkFile> file;
    std::atomic<bool> started = false;
    std::atomic<bool> exhausted = false;
};

// What a worker keeps from chunk to chunk.
struct Scratch {
    ChunkBuffer buffer;
    std::string decoded;
    CsvRows rows;
    MapScratch map;
};

// The chunk's text as UTF-8: itself, or decoded into the scratch.
Result<std::string_view> as_utf8(std::string_view text, TextEncoding encoding, std::string& decoded) {
    const bool utf8 = encoding == TextEncoding::utf8 || encoding == TextEncoding::utf8_bom;
    if (utf8 ? !is_utf8(text) : !gb18030_to_utf8(text, decoded)) {
        return fail(ErrorKind::unreadable, "encoding_changes",
                    {"文件前后文字编码不一致", "the file is not in one encoding throughout"});
    }
    return utf8 ? text : std::string_view(decoded);
}

Result<void> take_chunk(BulkTask& task, const Chunk& chunk, Scratch& scratch) {
    TextMarks marks = look_over(chunk.text);
    if (marks.odd) return odd_text();
    const std::string_view text = TRY(as_utf8(chunk.text, task.format.encoding, scratch.decoded));
    if (text.data() != chunk.text.data()) marks = look_over(text);
    auto result = task.gate.take_empty(task.mapper);
    scratch.rows.cut(text, task.format.separator, marks);
    result->records = static_cast<std::uint32_t>(scratch.rows.size());
    task.mapper.map_rows(scratch.rows, task.chooser, scratch.map, result->mapped);
    if (task.sink != nullptr) result->part = task.sink->process(result->mapped.rows);
    task.gate.put(chunk.index, std::move(result));
    return {};
}

// Works at one file until it is read through. Any number of workers may be at the same file.
void work_at(BulkTask& task, Scratch& scratch, const ReadSettings& settings) {
    std::uint64_t told = 0;
    while (!task.exhausted && !task.gate.failed()) {
        if (settings.stop.stop_requested()) {
            task.gate.give_up({ErrorKind::cancelled, "cancelled", {"已取消", "cancelled"}, {}});
            return;
        }
        Chunk chunk;
        auto more = task.file->next(scratch.buffer, chunk);
        if (!more) return task.gate.give_up(std::move(more).error());
        if (!*more) {
            task.exhausted = true;
            task.gate.end_at(task.file->chunks());
            return;
        }
        told = chunk.text.size();
        if (auto done = take_chunk(task, chunk, scratch); !done)
            return task.gate.give_up(std::move(done).error());
        if (settings.progress) settings.progress(told);
    }
}

// Each worker takes a file that nobody is at, the largest first; when none is left it helps with one that is
// not read through.
void work(std::span<const std::unique_ptr<BulkTask>> tasks, const ReadSettings& settings) {
    Scratch scratch{.buffer = ChunkBuffer(settings.chunk_bytes), .decoded = {}, .rows = {}, .map = {}};
    for (const auto& task : tasks) {
        if (!task->started.exchange(true)) work_at(*task, scratch, settings);
    }
    for (const auto& task : tasks) work_at(*task, scratch, settings);
}

// Who keeps originals waits for the disk now and then: one thread more than there are cores keeps them at
// work meanwhile. One alone stays alone, so that its writes come in one order (store/failpoint.h).
unsigned workers_for(std::span<const FeedTask> tasks, unsigned threads) {
    const bool waits =
        std::ranges::any_of(tasks, [](const FeedTask& task) { return task.original != nullptr; });
    return threads > 1 && waits ? threads + 1 : std::max(1U, threads);
}

}  // namespace

bool FeedFile::bulk() const {
    return format.kind == FileKind::csv && recognised.dataset >= 0 &&
           (format.encoding == TextEncoding::utf8 || format.encoding == TextEncoding::utf8_bom ||
            format.encoding == TextEncoding::gb18030);
}

bool wants_slow_reading(const Error& error) {
    return error.code == "encoding_changes" || error.code == "odd_text";
}

std::vector<FeedOutcome> read_feeds(std::span<FeedTask> tasks, const policy::DatasetCatalogue& catalogue,
                                    AsOf as_of, const ReadSettings& settings) {
    std::vector<FeedOutcome> outcomes(tasks.size());
    std::vector<std::size_t> order(tasks.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t left, std::size_t right) {
        return std::pair(tasks[right].file->bytes, left) < std::pair(tasks[left].file->bytes, right);
    });

    std::vector<std::unique_ptr<BulkTask>> bulk;
    std::vector<std::size_t> bulk_of;
    for (const std::size_t i : order) {
        const FeedTask& task = tasks[i];
        if (!task.file->bulk()) continue;
        const auto& dataset = catalogue.datasets[static_cast<std::size_t>(task.file->dataset)];
        auto entry = std::make_unique<BulkTask>(task, dataset, as_of);
        entry->sink = task.sink;
        if (task.landing == nullptr) entry->chooser = task.sink;
        auto file = BulkFile::open(task.file->path, {.separator = task.file->format.separator,
                                                     .skip_bytes = task.file->skip_bytes,
                                                     .row_bytes_max = settings.limits.row_bytes,
                                                     .original = task.original});
        if (!file) {
            outcomes[i].status = std::unexpected(std::move(file).error());
            continue;
        }
        entry->file = std::move(*file);
        bulk.push_back(std::move(entry));
        bulk_of.push_back(i);
    }
    {
        std::vector<std::jthread> workers;
        for (unsigned n = 1; n < workers_for(tasks, settings.threads); ++n)
            workers.emplace_back([&] { work(bulk, settings); });
        work(bulk, settings);
    }
    for (std::size_t n = 0; n < bulk.size(); ++n) outcomes[bulk_of[n]] = bulk[n]->gate.outcome();

    for (const std::size_t i : order) {
        if (tasks[i].file->bulk()) continue;
        outcomes[i] = read_sheets_feed(tasks[i], catalogue, as_of, settings);
        if (settings.progress) settings.progress(tasks[i].file->bytes);
    }
    return outcomes;
}

}  // namespace doudi::intake
