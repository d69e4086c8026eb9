// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>

#include "base/crc32c.h"
#include "column/column_codec.h"
#include "column/segment.h"
#include "column/segment_format.h"

namespace doudi::column {

namespace {

constexpr std::uint32_t unseen = 0xFFFFFFFF;
// The offsets of a block's texts are 32 bits.
static_assert(segment_block_text <= std::numeric_limits<std::uint32_t>::max());

std::unexpected<Error> too_much_text(const std::string& column) {
    const std::size_t most = segment_block_text >> 20U;
    return fail(ErrorKind::limit, "segment_text_limit",
                {fmt::format("一列文字在 {} 行内超过 {} MB", segment_block_rows, most),
                 fmt::format("a column holds more than {} MB of text in {} rows", most, segment_block_rows)},
                column);
}

void check_shape(const Schema& schema, const Batch& batch) {
    ensure(batch.columns.size() == schema.size(), "a batch of another schema");
    for (std::size_t i = 0; i < schema.size(); ++i) {
        const Column& column = batch.columns[i];
        ensure(column.kind == schema[i].kind, "a column of another kind");
        const std::size_t rows = column.kind == Kind::number ? column.numbers.size()
                                 : column.kind == Kind::text ? column.text.ends.size()
                                                             : column.dictionary.codes.size();
        ensure(rows == batch.rows, "columns of one batch have its number of rows");
        ensure(column.status.empty() || column.status.size() == batch.rows,
               "a status for each row or for none");
    }
}

}  // namespace

struct SegmentWriter::State {
    State(Schema the_schema, ByteSink& the_sink)
        : schema(std::move(the_schema)),
          sink(&the_sink),
          pending(Batch::of(schema)),
          words(schema.size()),
          word_bytes(schema.size()) {}

    // Only now is it known what is sealed: the sink may have moved since.
    Result<void> begin() {
        if (offset != 0) return {};
        if (const auto sealing = sink->sealing()) {
            header.mark = sealing->mark();
            seal = TRY(sealing->find(header.mark));
        }
        header.schema_hash = schema_hash(stored_schema(schema, header.mark));
        return put(header_bytes(header));
    }

    using Words = std::unordered_map<std::string, std::uint32_t>;

    Schema schema;
    ByteSink* sink;
    Header header;
    std::shared_ptr<const PartSeal> seal;  // null: plain
    Batch pending;                         // rows of the block that is being filled
    std::vector<Words> words;              // of pending's dictionary columns
    std::vector<std::size_t> word_bytes;   // of those, together
    Bytes block;
    std::vector<BlockEntry> directory;
    std::uint64_t offset = 0;  // bytes handed to the sink
    std::uint64_t rows = 0;
    bool finished = false;

    Result<void> put(std::span<const std::byte> bytes) {
        TRY_VOID(sink->write(bytes));
        offset += bytes.size();
        return {};
    }
    Result<void> put_block() {
        if (seal == nullptr) return put(block);
        BlockEntry& entry = directory.back();
        entry.seal.resize(seal->seal_bytes());
        seal->seal(about_part(header, Part::block, directory.size() - 1, entry.offset), block, entry.seal);
        TRY_VOID(sink->write_sealed(block));
        offset += block.size();
        return {};
    }
    void hide_numbers() {
        if (seal == nullptr) return;
        for (std::size_t i = 0; i < schema.size(); ++i) {
            if (schema[i].keyed) seal->hide_numbers(pending.columns[i].numbers);
        }
    }

    Result<void> take(const Column& from, std::size_t column, std::size_t first, std::size_t count);
    Result<void> take_words(const Column& from, std::size_t column, std::size_t first, std::size_t count);
    Result<void> flush();
};

Result<void> SegmentWriter::State::take(const Column& from, std::size_t column, std::size_t first,
                                        std::size_t count) {
    Column& to = pending.columns[column];
    if (from.status.empty() && !to.status.empty()) to.status.resize(pending.rows + count, Status::value);
    if (!from.status.empty()) {
        to.status.resize(pending.rows, Status::value);
        to.status.insert(to.status.end(), from.status.data() + first, from.status.data() + first + count);
    }
    if (from.kind == Kind::number) {
        to.numbers.insert(to.numbers.end(), from.numbers.data() + first, from.numbers.data() + first + count);
        return {};
    }
    if (from.kind == Kind::dictionary) return take_words(from, column, first, count);
    const std::uint32_t begin = first == 0 ? 0 : from.text.ends[first - 1];
    const std::size_t bytes = from.text.ends[first + count - 1] - begin;
    const std::size_t before = to.text.bytes.size();
    if (bytes > segment_block_text - before) return too_much_text(schema[column].name);
    to.text.bytes.append(from.text.bytes, begin, bytes);
    const auto shift = static_cast<std::uint32_t>(before) - begin;  // modulo 2^32
    const std::size_t old_rows = to.text.ends.size();
    to.text.ends.resize(old_rows + count);
    for (std::size_t row = 0; row < count; ++row)
        to.text.ends[old_rows + row] = from.text.ends[first + row] + shift;
    return {};
}

Result<void> SegmentWriter::State::take_words(const Column& from, std::size_t column, std::size_t first,
                                              std::size_t count) {
    DictionaryColumn& to = pending.columns[column].dictionary;
    std::vector<std::uint32_t> renamed(from.dictionary.words.size(), unseen);
    for (std::size_t row = first; row < first + count; ++row) {
        if (from.status_at(row) != Status::value) {  // its code may name no word
            to.codes.push_back(0);
            continue;
        }
        std::uint32_t& code = renamed[from.dictionary.codes[row]];
        if (code == unseen) {
            const std::string& word = from.dictionary.words[from.dictionary.codes[row]];
            const auto [at, added] =
                words[column].try_emplace(word, static_cast<std::uint32_t>(to.words.size()));
            if (added) {
                if (word.size() > segment_block_text - word_bytes[column])
                    return too_much_text(schema[column].name);
                word_bytes[column] += word.size();
                to.words.push_back(word);
            }
            code = at->second;
        }
        to.codes.push_back(code);
    }
    return {};
}

Result<void> SegmentWriter::State::flush() {
    if (pending.rows == 0) return {};
    TRY_VOID(begin());
    block.clear();
    BlockEntry entry;
    entry.offset = offset;
    entry.rows = static_cast<std::uint32_t>(pending.rows);
    hide_numbers();
    for (const Column& column : pending.columns) {
        const std::uint64_t at = block.size();
        const ChunkHeader chunk = TRY(encode_chunk(column, pending.rows, block));
        entry.columns.push_back({at, chunk.min, chunk.max});
    }
    block.resize(align_up(block.size(), segment_alignment));
    entry.bytes = block.size();
    directory.push_back(std::move(entry));
    rows += pending.rows;
    pending.clear();
    for (Words& list : words) list.clear();
    std::ranges::fill(word_bytes, 0U);
    return put_block();
}

SegmentWriter::SegmentWriter(Schema schema, ByteSink& sink)
    : state_(std::make_unique<State>(std::move(schema), sink)) {}
SegmentWriter::~SegmentWriter() = default;
SegmentWriter::SegmentWriter(SegmentWriter&&) noexcept = default;

Result<void> SegmentWriter::append(const Batch& batch) {
    State& state = *state_;
    ensure(!state.finished, "append after finish");
    check_shape(state.schema, batch);
    std::size_t first = 0;
    while (first < batch.rows) {
        const std::size_t count =
            std::min<std::size_t>(segment_block_rows - state.pending.rows, batch.rows - first);
        for (std::size_t i = 0; i < batch.columns.size(); ++i)
            TRY_VOID(state.take(batch.columns[i], i, first, count));
        state.pending.rows += count;
        first += count;
        if (state.pending.rows == segment_block_rows) TRY_VOID(state.flush());
    }
    return {};
}

Result<std::uint64_t> SegmentWriter::finish() {
    State& state = *state_;
    ensure(!state.finished, "finish twice");
    state.finished = true;
    TRY_VOID(state.begin());
    TRY_VOID(state.flush());
    const Schema stored = stored_schema(state.schema, state.header.mark);
    Bytes footer = footer_bytes({stored, state.rows, std::move(state.directory)});
    if (state.seal != nullptr) {
        const std::size_t size = footer.size();
        footer.resize(size + state.seal->seal_bytes());
        state.seal->seal(about_part(state.header, Part::footer, 0, state.offset),
                         std::span(footer).first(size), std::span(footer).subspan(size));
    }
    const Trailer trailer{state.offset, footer.size(), crc32c(footer.data(), footer.size())};
    TRY_VOID(state.put(footer));
    TRY_VOID(state.put(trailer_bytes(trailer)));
    return state.rows;
}

}  // namespace doudi::column
