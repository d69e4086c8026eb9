// SPDX-License-Identifier: Apache-2.0
#include "monitor/streams.h"

#include <utility>

#include "monitor/ordered_work.h"

namespace doudi::monitor {

Result<bool> Streams::add(const CycleArrival& arrival, std::shared_ptr<const column::ByteSource> source,
                          std::optional<Date> held_after) {
    const int dataset = policy_.catalogue.index_of(arrival.dataset);
    if (dataset < 0) {
        return fail(ErrorKind::not_found, "dataset_gone",
                    {"文件“" + arrival.file_name + "”所属的数据集 " + arrival.dataset + " 已没有定义",
                     "the dataset " + arrival.dataset + " of the file '" + arrival.file_name +
                         "' is no longer defined"});
    }
    EventReader reader(policy_, dataset);
    if (!reader.tells_anything()) return false;
    const policy::Dataset& definition = policy_.catalogue.datasets[static_cast<std::size_t>(dataset)];
    match::LandedRows landed = TRY(match::LandedRows::open(std::move(source), definition));
    std::size_t blocks = 0;
    for (std::size_t block = 0; block < landed.blocks(); ++block) {
        if (held_after && !landed.has_after(block, *held_after)) continue;
        tasks_.push_back({streams_.size(), block});
        ++blocks;
    }
    if (blocks == 0) return false;
    rows_ += landed.rows();
    match::MatchOptions options;
    options.arrived = arrival.as_of;
    options.until = as_of_;
    options.only_held_after = held_after;
    options.condition_columns = reader.condition_columns();
    options.keep_hits = true;
    options.verdicts = verdicts_.find(arrival.dataset);
    auto counter = std::make_unique<match::ArrivalCounter>(definition, roster_, std::move(options));
    streams_.push_back(
        {arrival.id, &definition, std::move(reader), std::move(landed), std::move(counter), blocks});
    return true;
}

Result<Streams::Part> Streams::match_block(const Task& task, intake::FeedRows& rows) {
    const Stream& stream = streams_[task.stream];
    TRY_VOID(stream.landed.read(task.block, rows));
    Part part;
    part.rows = rows.batch.rows;
    part.matched = stream.counter->process(rows);
    return part;
}

void Streams::take(const Task& task, Part part) {
    Stream& stream = streams_[task.stream];
    stream.counter->commit(std::move(part.matched), 0);
    if (--stream.blocks_left != 0) return;
    match::MatchedFile file = stream.counter->finish(0);
    for (const match::DeniedHit& hit : stream.counter->denied())
        denied_.push_back({stream.arrival, hit.row, hit.person});
    keep_for_people(stream, std::move(file.reviews));
    stream.counter.reset();
    // Room that is not used costs nothing, what is moved does.
    if (occurrences_.size() + file.hits.size() > occurrences_.capacity())
        occurrences_.reserve(4 * (occurrences_.size() + file.hits.size()));
    stream.reader.read(file, stream.arrival, occurrences_, doubtful_);
}

// What was not held stands on the list since its import.
void Streams::keep_for_people(const Stream& stream, std::vector<match::ReviewItem> reviews) {
    match::CountedRows counted{FileId(stream.arrival), stream.dataset, std::move(reviews),
                               stream.counter->probables()};
    const auto is_listed = [](const match::ReviewItem& item) { return !item.held; };
    std::erase_if(counted.reviews, is_listed);
    std::erase_if(counted.probables, is_listed);
    if (!counted.reviews.empty() || !counted.probables.empty()) for_people_.push_back(std::move(counted));
}

Result<void> Streams::run(const CycleOptions& options) {
    std::vector<intake::FeedRows> rows(std::max(1U, options.threads));
    std::uint64_t done = 0;
    OrderedWork<Part> work(
        tasks_.size(), options.threads,
        [&](std::size_t task, unsigned worker) { return match_block(tasks_[task], rows[worker]); },
        [&](std::size_t task, Part part) -> Result<void> {
            done += part.rows;
            take(tasks_[task], std::move(part));
            if (options.progress) options.progress(done, rows_);
            return {};
        },
        options.stop);
    return work.run();
}

}  // namespace doudi::monitor
