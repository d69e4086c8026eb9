// SPDX-License-Identifier: Apache-2.0
#include "column/segment.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <fstream>
#include <iterator>
#include <limits>
#include <string>

#include "base/crc32c.h"
#include "column/memory_file.h"
#include "column/segment_format.h"

namespace doudi::column {
namespace {

const Schema schema{{"row", Kind::number},
                    {"id.person", Kind::number},
                    {"name.person", Kind::text},
                    {"field.state", Kind::dictionary}};

struct Row {
    std::int64_t row = 0;
    std::int64_t id = 0;
    std::string name;
    std::string state;
    Status id_status = Status::value;
    Status state_status = Status::value;
    friend bool operator==(const Row&, const Row&) = default;
};

// Rows of a few blocks with every width, some without a value, words that come late.
std::vector<Row> sample_rows(std::size_t count) {
    std::vector<Row> rows(count);
    for (std::size_t i = 0; i < count; ++i) {
        Row& row = rows[i];
        row.row = static_cast<std::int64_t>(i + 3);
        row.id = static_cast<std::int64_t>(44162219800101000 + i * 7919 % 100000);
        row.name = i % 11 == 0 ? "" : "姓名" + std::to_string(i % 977);
        row.state = i % 3 == 0 ? "有效" : i % 3 == 1 ? "注销" : "别的" + std::to_string(i / 5000);
        if (i % 101 == 7) row.id_status = Status::none;
        if (i % 503 == 9) row.state_status = Status::unknown;
        if (row.id_status != Status::value) row.id = 0;
        if (row.state_status != Status::value) row.state = "";
    }
    return rows;
}

void append_row(Batch& batch, const Row& row) {
    batch.columns[0].numbers.push_back(row.row);
    batch.columns[1].numbers.push_back(row.id);
    batch.columns[1].status.push_back(row.id_status);
    batch.columns[2].text.append(row.name);
    batch.columns[3].dictionary.append(row.state);
    batch.columns[3].status.push_back(row.state_status);
    ++batch.rows;
}

template <class NextSize>
std::vector<std::byte> write_rows(const std::vector<Row>& rows, NextSize next_size) {
    MemorySink sink;
    SegmentWriter writer(schema, sink);
    Batch batch = Batch::of(schema);
    std::size_t at = 0;
    while (at < rows.size()) {
        batch.clear();
        const std::size_t end = std::min(rows.size(), at + next_size());
        for (; at < end; ++at) append_row(batch, rows[at]);
        // A batch in which every row has a value may leave the status out.
        for (Column& column : batch.columns) {
            const bool all = std::all_of(column.status.begin(), column.status.end(),
                                         [](Status s) { return s == Status::value; });
            if (all) column.status.clear();
        }
        REQUIRE(writer.append(batch));
    }
    const auto written = writer.finish();
    REQUIRE(written);
    REQUIRE(*written == rows.size());
    return sink.data;
}

std::vector<std::byte> write_rows(const std::vector<Row>& rows) {
    return write_rows(rows, [] { return std::size_t{10000}; });
}

Result<std::vector<Row>> read_rows(std::vector<std::byte> bytes) {
    const SegmentReader reader = TRY(SegmentReader::open(std::make_shared<MemorySource>(std::move(bytes))));
    std::vector<Row> rows;
    Batch batch;
    for (std::size_t block = 0; block < reader.blocks(); ++block) {
        TRY_VOID(reader.read_block(block, batch));
        for (std::size_t i = 0; i < batch.rows; ++i) {
            const auto& c = batch.columns;
            rows.push_back({c[0].numbers[i], c[1].numbers[i], std::string(c[2].text.at(i)),
                            c[3].status_at(i) == Status::value ? std::string(c[3].dictionary.at(i)) : "",
                            c[1].status_at(i), c[3].status_at(i)});
        }
    }
    ensure(rows.size() == reader.rows());
    return rows;
}

std::vector<std::byte> load_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto* begin = reinterpret_cast<const std::byte*>(text.data());
    return {begin, begin + text.size()};
}

// One column of numbers, one block.
std::vector<std::int64_t> round_trip(const std::vector<std::int64_t>& numbers) {
    MemorySink sink;
    SegmentWriter writer({{"n", Kind::number}}, sink);
    Batch batch = Batch::of({{"n", Kind::number}});
    batch.columns[0].numbers = numbers;
    batch.rows = numbers.size();
    REQUIRE(writer.append(batch));
    REQUIRE(writer.finish());
    auto reader = SegmentReader::open(std::make_shared<MemorySource>(sink.data));
    REQUIRE(reader);
    REQUIRE(reader->read_block(0, batch));
    const auto [low, high] = reader->range(0, 0);
    CHECK(low == *std::min_element(numbers.begin(), numbers.end()));
    CHECK(high == *std::max_element(numbers.begin(), numbers.end()));
    return batch.columns[0].numbers;
}

}  // namespace

TEST_CASE("what was written is read again: below, at and above a block") {
    for (const std::size_t count : {1U, 65535U, 65536U, 65537U, 140000U}) {
        const std::vector<Row> rows = sample_rows(count);
        const auto back = read_rows(write_rows(rows));
        REQUIRE(back);
        CHECK(*back == rows);
    }
}

TEST_CASE("a segment without rows has a schema and no block") {
    const auto bytes = write_rows({});
    const auto reader = SegmentReader::open(std::make_shared<MemorySource>(bytes));
    REQUIRE(reader);
    CHECK(reader->rows() == 0);
    CHECK(reader->blocks() == 0);
    CHECK(reader->schema() == schema);
}

TEST_CASE("the same rows give the same bytes, however they are cut into batches") {
    const std::vector<Row> rows = sample_rows(70000);
    const auto whole = write_rows(rows, [] { return std::size_t{1} << 20; });
    CHECK(rc::check("any cut", [&] {
        const auto sizes =
            *rc::gen::container<std::vector<std::size_t>>(20, rc::gen::inRange<std::size_t>(1, 30000));
        std::size_t turn = 0;
        RC_ASSERT(write_rows(rows, [&] { return sizes[turn++ % sizes.size()]; }) == whole);
    }));
}

TEST_CASE("a block holds no more text than its limit, in a text as in words that differ") {
    const auto one_more_than = [](std::size_t column, std::size_t pieces) {
        MemorySink sink;
        SegmentWriter writer(schema, sink);
        Batch batch = Batch::of(schema);
        for (std::size_t piece = 0;; ++piece) {
            batch.clear();
            Row row;
            std::string& text = column == 2 ? row.name : row.state;
            text.assign(segment_block_text / pieces, 'x');
            text += std::to_string(piece);  // words differ
            text.erase(0, text.size() - segment_block_text / pieces);
            append_row(batch, row);
            const auto appended = writer.append(batch);
            if (appended) continue;
            CHECK(appended.error().code == "segment_text_limit");
            CHECK(appended.error().where == schema[column].name);
            return piece;
        }
    };
    CHECK(one_more_than(2, 8) == 8U);
    CHECK(one_more_than(3, 8) == 8U);
}

TEST_CASE("what stands in a row without a value leaves no trace in the bytes") {
    std::vector<Row> rows = sample_rows(1000);
    const auto clean = write_rows(rows);
    for (Row& row : rows) {
        if (row.id_status != Status::value) row.id = 123456;
        if (row.state_status != Status::value) row.state = "never seen";
    }
    CHECK(write_rows(rows) == clean);
}

TEST_CASE("numbers of every spread come back, the extremes too") {
    constexpr auto low = std::numeric_limits<std::int64_t>::min();
    constexpr auto high = std::numeric_limits<std::int64_t>::max();
    const std::vector<std::vector<std::int64_t>> cases{{5, 5, 5},          {-1, 254},   {-1, 255},
                                                       {0, 65535},         {0, 65536},  {-7, 0xFFFFFFF8LL},
                                                       {-7, 0xFFFFFFF9LL}, {low, high}, {high, low, 0}};
    for (const auto& numbers : cases) CHECK(round_trip(numbers) == numbers);
    CHECK(rc::check("any numbers", [] {
        const auto numbers = *rc::gen::nonEmpty<std::vector<std::int64_t>>();
        RC_ASSERT(round_trip(numbers) == numbers);
    }));
}

TEST_CASE("a block in which no row has a value says so by an empty range") {
    std::vector<Row> rows(10);
    for (Row& row : rows) row.id_status = row.state_status = Status::unknown;
    const auto bytes = write_rows(rows);
    const auto reader = SegmentReader::open(std::make_shared<MemorySource>(bytes));
    REQUIRE(reader);
    CHECK(reader->range(0, 1).first > reader->range(0, 1).second);
    const auto back = read_rows(bytes);
    REQUIRE(back);
    CHECK(*back == rows);
    Batch batch;
    REQUIRE(reader->read_block(0, batch));
    CHECK(batch.columns[3].dictionary.at(0).empty());
}

TEST_CASE("blocks begin at multiples of 4096") {
    const auto bytes = write_rows(sample_rows(140000));
    const auto tail = std::span(bytes).last(segment_trailer_bytes);
    const auto trailer = parse_trailer(tail, bytes.size());
    REQUIRE(trailer);
    const auto footer = parse_footer(std::span(bytes).subspan(trailer->footer_offset, trailer->footer_size),
                                     trailer->footer_offset);
    REQUIRE(footer);
    REQUIRE(footer->blocks.size() == 3);
    for (const BlockEntry& block : footer->blocks) CHECK(block.offset % 4096 == 0);
}

TEST_CASE("a segment cut off anywhere is refused") {
    const auto bytes = write_rows(sample_rows(500));
    for (std::size_t size = 0; size < bytes.size(); size += size < 64 || bytes.size() - size < 200 ? 1 : 97) {
        const auto back = read_rows({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)});
        REQUIRE_FALSE(back);
        CHECK(back.error().kind == ErrorKind::unreadable);
        CHECK_FALSE(back.error().text.zh.empty());
    }
}

TEST_CASE("a flipped bit anywhere is refused, in the padding too") {
    const auto bytes = write_rows(sample_rows(300));
    for (std::size_t at = 0; at < bytes.size(); at += at % 7 + 1) {
        auto damaged = bytes;
        damaged[at] ^= static_cast<std::byte>(1U << (at % 8));
        const auto back = read_rows(damaged);
        REQUIRE_FALSE(back);
        CHECK(back.error().kind == ErrorKind::unreadable);
    }
}

TEST_CASE("another version and a cipher are refused by name") {
    auto bytes = write_rows(sample_rows(3));
    const auto edited = [&](std::size_t at, std::uint32_t value) {
        auto copy = bytes;
        store(copy.data() + at, value);
        store(copy.data() + 4092, crc32c(copy.data(), 4092));
        return read_rows(copy);
    };
    const auto version = edited(8, 2);
    REQUIRE_FALSE(version);
    CHECK(version.error().code == "segment_version");
    const auto cipher = edited(12, 1);
    REQUIRE_FALSE(cipher);
    CHECK(cipher.error().code == "segment_cipher");
    CHECK(cipher.error().text.en.find("AES-256-GCM") != std::string::npos);
    const auto other = edited(12, 9);
    REQUIRE_FALSE(other);
    CHECK(other.error().text.en.find("#9") != std::string::npos);
}

TEST_CASE("an evaluation error is not stored") {
    MemorySink sink;
    SegmentWriter writer({{"n", Kind::number}}, sink);
    Batch batch = Batch::of({{"n", Kind::number}});
    batch.columns[0].numbers = {1};
    batch.columns[0].status = {Status::error};
    batch.rows = 1;
    REQUIRE(writer.append(batch));
    const auto finished = writer.finish();
    REQUIRE_FALSE(finished);
    CHECK(finished.error().code == "segment_status");
}

TEST_CASE("a file of format version 1 is read, and written to the byte") {
    const std::string path = DOUDI_SOURCE_DIR "/src/column/testdata/segment-v1.bin";
    const auto golden = load_file(path);
    const std::vector<Row> rows = sample_rows(600);
    const auto back = read_rows(golden);
    REQUIRE_MESSAGE(back, (back ? "" : back.error().text.en));
    CHECK(*back == rows);
    CHECK(write_rows(rows) == golden);
}

}  // namespace doudi::column
