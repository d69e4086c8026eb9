// SPDX-License-Identifier: Apache-2.0
// Measure A: CSV files in, warnings file out, with the memory of the quarter before; no store. The rooms' own
// code does the work: read_feeds, ArrivalCounter, EventReader, fold.
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <future>
#include <iterator>

#include "bench/bench.h"
#include "bench/remembered.h"
#include "bench/roster_csv.h"
#include "intake/read.h"
#include "match/counting.h"
#include "monitor/events.h"

namespace doudi::bench {
namespace {

// Arrivals of the second quarter are numbered from here on, which tells the imports apart.
constexpr std::uint32_t second_import = 1000;
constexpr std::size_t most_line_bytes = 128;  // of a warning; few are longer

struct FileInHand {
    intake::FeedFile file;
    monitor::EventReader reader;
    match::ArrivalCounter counter;
};

match::MatchOptions options_of(const monitor::EventReader& reader, AsOf arrived, std::optional<AsOf> later) {
    match::MatchOptions options;
    options.arrived = arrived;
    options.until = later.value_or(arrived);
    if (later) options.only_held_after = arrived.date;
    options.condition_columns = reader.condition_columns();
    options.keep_hits = true;
    return options;
}

// Reads a quarter's files. With `later`, only the rows that are held on the day of import and due on the
// later day.
Result<std::uint64_t> read_quarter(const Job& job, const policy::Policy& law, const match::Roster& roster,
                                   const Quarter& quarter, std::optional<AsOf> later,
                                   std::uint32_t first_arrival,
                                   std::vector<monitor::Occurrence>& occurrences) {
    std::deque<FileInHand> hands;  // counters must not move
    std::vector<intake::FeedTask> tasks;
    for (const auto& path : files_of(job.county / quarter.name)) {
        auto file = TRY(intake::open_feed(path, law.catalogue));
        const policy::Dataset& dataset = law.catalogue.datasets[static_cast<std::size_t>(file.dataset)];
        monitor::EventReader reader(law, file.dataset);
        match::MatchOptions options = options_of(reader, quarter.as_of, later);
        hands.push_back(
            {std::move(file), std::move(reader), match::ArrivalCounter(dataset, roster, std::move(options))});
        auto& task = tasks.emplace_back();
        task.file = &hands.back().file;
        task.sink = &hands.back().counter;
    }
    const intake::ReadSettings settings{.threads = job.threads};
    const auto outcomes = intake::read_feeds(tasks, law.catalogue, quarter.as_of, settings);
    std::uint64_t rows = 0;
    std::vector<match::MatchedFile> files;
    std::size_t hits = 0;
    for (std::size_t i = 0; i < hands.size(); ++i) {
        TRY_VOID(outcomes[i].status);
        files.push_back(hands[i].counter.finish(outcomes[i].counts.refused));
        rows += files.back().buckets.rows;
        hits += files.back().hits.size();
    }
    occurrences.reserve(hits);
    std::vector<monitor::DoubtfulEvent> doubtful;
    for (std::size_t i = 0; i < hands.size(); ++i) {
        hands[i].reader.read(files[i], first_arrival + static_cast<std::uint32_t>(i), occurrences, doubtful);
        files[i].hits = {};
    }
    ensure(doubtful.empty(), "the benchmark's county leaves no condition open");
    return rows;
}

monitor::CycleInput input_of(const Quarter& quarter) {
    return {quarter.as_of, baseline(),
            [](std::uint32_t arrival) { return arrival >= second_import ? 2U : 1U; }};
}

Result<void> write_warnings(std::span<const monitor::Warning> open, const policy::Pack& pack,
                            const RosterWithCodes& roster, const std::filesystem::path& path) {
    std::vector<const monitor::Warning*> sorted;
    sorted.reserve(open.size());
    for (const monitor::Warning& warning : open) sorted.push_back(&warning);
    const auto code = [&roster](const monitor::Warning* warning) { return roster.code(warning->household); };
    // By the household's id, and those are given in the order of a file that is mostly by their codes.
    if (!std::ranges::is_sorted(sorted, {}, code)) std::ranges::sort(sorted, {}, code);
    std::string text = "household_id,score,level,issued_on,due_on,indicators\n";
    text.reserve(sorted.size() * most_line_bytes);
    for (const monitor::Warning* warning : sorted) {
        const std::string_view level = warning->level < 0
                                           ? std::string_view{}
                                           : pack.levels[static_cast<std::size_t>(warning->level)].id;
        fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{}\n", roster.code(warning->household),
                       warning->score, level, warning->issued_on.iso(),
                       warning->due ? warning->due->date.iso() : std::string(), warning->indicators);
    }
    return write_file(path, text);
}

// What the next cycle is told, after this one.
Remembered next_memory(monitor::CycleResult& result, monitor::Memory& before_exits,
                       std::vector<monitor::Occurrence> held) {
    Remembered next;
    next.memory.events = std::move(result.events);
    next.memory.open = std::move(result.open);
    next.memory.exits = std::move(before_exits.exits);
    next.memory.exits.insert(next.memory.exits.end(), result.new_exits.begin(), result.new_exits.end());
    std::ranges::sort(next.memory.exits);
    next.memory.last_warning = before_exits.last_warning;
    for (const monitor::Warning& warning : next.memory.open)
        next.memory.last_warning = std::max(next.memory.last_warning, warning.id);
    for (const monitor::WarningChange& change : result.changes)
        next.memory.last_warning = std::max(next.memory.last_warning, change.warning.id);
    next.held = std::move(held);
    return next;
}

}  // namespace

Result<void> remember(const Job& job, Duties& duties) {
    const policy::Policy law = TRY(load_law());
    duties.begin("roster");
    const RosterWithCodes roster = TRY(read_roster(job, law.catalogue));
    duties.begin("read and match");
    std::vector<monitor::Occurrence> occurrences;
    std::vector<monitor::Occurrence> held;
    duties.note("rows",
                TRY(read_quarter(job, law, roster.roster, first_quarter(), std::nullopt, 1, occurrences)));
    static_cast<void>(
        TRY(read_quarter(job, law, roster.roster, first_quarter(), second_quarter().as_of, 1, held)));
    duties.begin("score");
    monitor::Memory none;
    auto result = monitor::fold(law, roster.roster, {}, occurrences, input_of(first_quarter()));
    TRY_VOID(write_warnings(result.open, law.pack, roster, job.out / "warnings.csv"));
    Remembered next = next_memory(result, none, std::move(held));
    const auto closed = TRY(read_closing_list(job));
    std::erase_if(next.memory.open, [&](const monitor::Warning& warning) {
        return std::ranges::binary_search(closed, roster.code(warning.household));
    });
    return write_remembered(next, law.pack, job.state);
}

Result<void> match(const Job& job, Duties& duties) {
    duties.begin("datasets");
    const policy::DatasetCatalogue datasets = TRY(load_datasets());
    duties.begin("law and roster");
    // The register's reader needs the datasets and not the pack, and nobody needs the memory before the feeds
    // are read: each is read beside the next.
    auto law_read = std::async(std::launch::async, [&] { return load_law(datasets); });
    const RosterWithCodes roster = TRY(read_roster(job, datasets));
    const policy::Policy law = TRY(law_read.get());
    auto remembered = std::async(std::launch::async, [&] { return read_remembered(law.pack, job.state); });
    duties.begin("read and match");
    std::vector<monitor::Occurrence> occurrences;
    duties.note("rows", TRY(read_quarter(job, law, roster.roster, second_quarter(), std::nullopt,
                                         second_import, occurrences)));
    duties.begin("memory");
    Remembered before = TRY(remembered.get());
    occurrences.insert(occurrences.end(), before.held.begin(), before.held.end());
    duties.begin("score");
    monitor::Memory kept;
    kept.exits = before.memory.exits;
    kept.last_warning = before.memory.last_warning;
    auto result =
        monitor::fold(law, roster.roster, std::move(before.memory), occurrences, input_of(second_quarter()));
    duties.begin("warnings and remember");
    const Remembered next = next_memory(result, kept, {});
    auto told = std::async(std::launch::async, [&] { return write_remembered(next, law.pack, job.out); });
    TRY_VOID(write_warnings(next.memory.open, law.pack, roster, job.out / "warnings.csv"));
    TRY_VOID(told.get());
    duties.end();
    return {};
}

}  // namespace doudi::bench
