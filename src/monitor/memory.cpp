// SPDX-License-Identifier: Apache-2.0
#include "monitor/memory.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace doudi::monitor {

namespace {

enum Place : std::size_t {
    person,
    date,
    indicator,
    key,
    told,
    taken,
    scored_at,
    warning,
    arrival,
    row,
    sources,
    flags,
    places
};

// Events that a cycle may add before all must be moved, which for a moment takes the memory of both. Room
// that is not used is not touched, and costs nothing.
constexpr std::size_t room_for_new = std::size_t{1} << 19U;

constexpr std::int64_t flag_exact = 1;
constexpr std::int64_t flag_scored = 2;
constexpr std::int64_t flag_taken_back = 4;
constexpr std::int64_t known_flags = 7;

const column::Schema& schema() {
    using column::Kind;
    static const column::Schema all{
        {"person", Kind::number},    {"date", Kind::number},    {"indicator", Kind::dictionary},
        {"key", Kind::number},       {"told", Kind::number},    {"taken", Kind::number},
        {"scored_at", Kind::number}, {"warning", Kind::number}, {"arrival", Kind::number},
        {"row", Kind::number},       {"sources", Kind::number}, {"flags", Kind::number}};
    return all;
}

void append(column::Batch& batch, const Event& event, const ImportRanks& ranks) {
    const auto put = [&batch](Place place, std::int64_t value) {
        batch.columns[place].numbers.push_back(value);
    };
    const auto publish = [&ranks](ImportRank rank) {
        return static_cast<std::int64_t>(ranks.publish_of(rank));
    };
    put(person, event.person);
    put(date, event.date);
    batch.columns[indicator].dictionary.codes.push_back(event.indicator);
    put(key, std::bit_cast<std::int64_t>(event.key));
    put(told, publish(event.told));
    put(taken, publish(event.taken));
    put(scored_at, publish(event.scored_at));
    put(warning, event.warning);
    put(arrival, event.arrival);
    put(row, event.row);
    put(sources, event.sources);
    put(flags, (event.grade == match::Grade::exact ? flag_exact : 0) | (event.scored ? flag_scored : 0) |
                   (event.taken_back ? flag_taken_back : 0));
    ++batch.rows;
}

std::unexpected<Error> damaged() {
    return fail(ErrorKind::unreadable, "memory_damaged",
                {"监测记忆文件与本程序不符", "the memory of the last cycle is not one of this program's"});
}

Event event_at(const column::Batch& batch, std::size_t at, const ImportRanks& ranks) {
    const auto number = [&](Place place) { return batch.columns[place].numbers[at]; };
    const auto small = [&](Place place) { return static_cast<std::uint32_t>(number(place)); };
    const auto rank = [&](Place place) { return ranks.rank_of(static_cast<std::uint64_t>(number(place))); };
    Event event;
    event.key = std::bit_cast<std::uint64_t>(number(key));
    event.person = small(person);
    event.date = static_cast<std::int32_t>(number(date));
    event.told = rank(told);
    event.taken = rank(taken);
    event.scored_at = rank(scored_at);
    event.warning = small(warning);
    event.arrival = small(arrival);
    event.row = small(row);
    event.sources = static_cast<std::uint16_t>(number(sources));
    event.grade = (number(flags) & flag_exact) != 0 ? match::Grade::exact : match::Grade::probable;
    event.scored = (number(flags) & flag_scored) != 0;
    event.taken_back = (number(flags) & flag_taken_back) != 0;
    return event;
}

}  // namespace

ImportRanks::ImportRanks(std::vector<Import> imports) : imports_(std::move(imports)) {
    std::ranges::sort(imports_);
    const auto repeats = std::ranges::unique(imports_);
    imports_.erase(repeats.begin(), repeats.end());
    for (std::size_t i = 0; i < imports_.size(); ++i) {
        const std::uint64_t publish = imports_[i].publish.value();
        if (publish >= by_publish_.size()) by_publish_.resize(publish + 1);
        by_publish_[publish] = static_cast<ImportRank>(i + 1);
    }
}

ImportRank ImportRanks::rank_of(std::uint64_t publish) const {
    return publish < by_publish_.size() ? by_publish_[publish] : 0;
}

Result<void> write_memory(std::span<const Event> events, const policy::Pack& pack, const ImportRanks& ranks,
                          column::ByteSink& sink) {
    column::SegmentWriter writer(schema(), sink);
    column::Batch batch = column::Batch::of(schema());
    for (std::size_t at = 0; at < events.size();) {
        const std::size_t end = std::min<std::size_t>(events.size(), at + column::segment_block_rows);
        batch.clear();
        for (const policy::Indicator& one : pack.indicators)
            batch.columns[indicator].dictionary.words.push_back(one.id);
        for (; at < end; ++at) append(batch, events[at], ranks);
        TRY_VOID(writer.append(batch));
    }
    TRY(writer.finish());
    return {};
}

namespace {

Result<column::SegmentReader> open_memory(std::shared_ptr<const column::ByteSource> source) {
    auto reader = TRY(column::SegmentReader::open(std::move(source)));
    if (reader.schema() != schema()) return damaged();
    return reader;
}

// The rows of a block but those of this person, with the block's words.
void copy_without(const column::Batch& from, PersonId gone, column::Batch& to) {
    to.clear();
    to.columns[indicator].dictionary.words = from.columns[indicator].dictionary.words;
    for (std::size_t row_at = 0; row_at < from.rows; ++row_at) {
        if (from.columns[person].numbers[row_at] == std::int64_t{gone.value()}) continue;
        for (std::size_t at = 0; at < places; ++at) {
            if (at == indicator) continue;
            to.columns[at].numbers.push_back(from.columns[at].numbers[row_at]);
        }
        to.columns[indicator].dictionary.codes.push_back(from.columns[indicator].dictionary.codes[row_at]);
        ++to.rows;
    }
}

}  // namespace

Result<std::size_t> events_remembered(std::shared_ptr<const column::ByteSource> source, PersonId one) {
    const column::SegmentReader reader = TRY(open_memory(std::move(source)));
    std::size_t count = 0;
    column::Batch batch;
    for (std::size_t block = 0; block < reader.blocks(); ++block) {
        TRY_VOID(reader.read_block(block, batch));
        count += static_cast<std::size_t>(
            std::ranges::count(batch.columns[person].numbers, std::int64_t{one.value()}));
    }
    return count;
}

Result<void> write_memory_without(std::shared_ptr<const column::ByteSource> source, PersonId one,
                                  column::ByteSink& sink) {
    const column::SegmentReader reader = TRY(open_memory(std::move(source)));
    column::SegmentWriter writer(schema(), sink);
    column::Batch batch;
    column::Batch kept = column::Batch::of(schema());
    for (std::size_t block = 0; block < reader.blocks(); ++block) {
        TRY_VOID(reader.read_block(block, batch));
        copy_without(batch, one, kept);
        if (kept.rows > 0) TRY_VOID(writer.append(kept));
    }
    TRY(writer.finish());
    return {};
}

Result<std::vector<Event>> read_memory(std::shared_ptr<const column::ByteSource> source,
                                       const policy::Pack& pack, const ImportRanks& ranks) {
    const column::SegmentReader reader = TRY(open_memory(std::move(source)));
    std::vector<Event> events;
    events.reserve(2 * reader.rows() + room_for_new);
    column::Batch batch;
    for (std::size_t block = 0; block < reader.blocks(); ++block) {
        TRY_VOID(reader.read_block(block, batch));
        std::vector<int> indicator_of;
        for (const std::string& id : batch.columns[indicator].dictionary.words)
            indicator_of.push_back(pack.indicator_of(id));
        for (std::size_t i = 0; i < batch.rows; ++i) {
            if ((batch.columns[flags].numbers[i] & ~known_flags) != 0) return damaged();
            const int known = indicator_of[batch.columns[indicator].dictionary.codes[i]];
            if (known < 0) continue;
            events.push_back(event_at(batch, i, ranks));
            events.back().indicator = static_cast<std::uint16_t>(known);
        }
    }
    if (!std::ranges::is_sorted(events, {}, &Event::order)) std::ranges::sort(events, {}, &Event::order);
    return events;
}

}  // namespace doudi::monitor
