// SPDX-License-Identifier: Apache-2.0
#include "bench/means_columns.h"

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <thread>

#include "base/id_scan.h"
#include "intake/amount_text.h"
#include "intake/bulk_file.h"
#include "intake/csv_rows.h"

namespace doudi::bench {
namespace {

using expr::Lane;
using intake::CsvRows;

static_assert(Lane::value == Lane{});

// The day as a number that orders like it: 20250630.
std::int64_t day_number(Date date) {
    const auto ymd = date.ymd();
    const auto month_and_day = static_cast<int>(unsigned{ymd.month()} * 100 + unsigned{ymd.day()});
    return int{ymd.year()} * 10'000 + month_and_day;
}

// Cells of one column, from a chunk's rows into a part.
class CellReader {
  public:
    CellReader(const CsvRows& rows, int column, MeansPart::Column& out)
        : rows_(rows), column_(column), out_(out) {
        out_.lanes.resize(rows.size());
        out_.some_lack = false;
    }

    void money() {
        each_number([](std::string_view cell, std::int64_t& number) {
            const intake::AmountText amount = intake::read_amount_text(cell);
            number = amount.money.fen();
            return amount.kind == intake::AmountTextKind::value ? Lane::value : Lane::unknown;
        });
    }

    void integer() {
        each_number([](std::string_view cell, std::int64_t& number) {
            if (cell.empty()) return Lane::none;
            const auto read = std::from_chars(cell.data(), cell.data() + cell.size(), number);
            return read.ec == std::errc{} && read.ptr == cell.data() + cell.size() ? Lane::value
                                                                                   : Lane::unknown;
        });
    }

    void age(std::int64_t today) {
        each_number([today](std::string_view cell, std::int64_t& number) {
            const IdScan scan = cell.size() == 18 ? scan_canonical_id(cell.data()) : IdScan{};
            if (scan.kind != IdScanKind::valid) return Lane::unknown;
            const auto birth = static_cast<std::int64_t>(scan.digits17 / 1'000 % 100'000'000);
            number = (today - birth) / 10'000;  // a birthday still to come borrows a year
            return Lane::value;
        });
    }

    void word(WordList& dictionary, std::size_t most_bytes) {
        out_.codes.resize(rows_.size());
        for (std::size_t row = 0; row < rows_.size(); ++row) {
            const std::string_view cell = rows_.cell(row, column_).substr(0, most_bytes);
            out_.codes[row] = cell.empty() ? 0 : code_of(cell, dictionary);
            set_lane(row, cell.empty() ? Lane::none : Lane::value);
        }
    }

  private:
    template <class Read>
    void each_number(Read read) {
        out_.numbers.resize(rows_.size());
        for (std::size_t row = 0; row < rows_.size(); ++row) {
            std::int64_t number = 0;
            set_lane(row, read(rows_.cell(row, column_), number));
            out_.numbers[row] = number;
        }
    }
    void set_lane(std::size_t row, Lane lane) {
        out_.lanes[row] = lane;
        out_.some_lack |= lane != Lane::value;
    }
    std::uint32_t code_of(std::string_view cell, WordList& dictionary) {
        const ShortText text = ShortText::of(cell);
        if (!text.is_whole()) return dictionary.code_of(cell);
        for (const auto& [word, code] : out_.met)
            if (word == text) return code;
        out_.met.emplace_back(text, dictionary.code_of(cell));
        return out_.met.back().second;
    }

    const CsvRows& rows_;
    int column_;
    MeansPart::Column& out_;
};

void find_keys(const CsvRows& rows, int column, MeansPart& part) {
    part.keys.clear();
    part.key_ends.clear();
    part.row_ends.clear();
    std::string_view last;
    ShortText last_short;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const std::string_view key = rows.cell(row, column);
        const ShortText text = ShortText::of(key);
        const bool same = text == last_short && (text.is_whole() || key == last);
        last_short = text;
        if (row == 0 || !same) {
            part.keys += key;
            part.key_ends.push_back(static_cast<std::uint32_t>(part.keys.size()));
            part.row_ends.push_back(0);
            last = key;
        }
        part.row_ends.back() = static_cast<std::uint32_t>(row + 1);
    }
}

// Lets each part do something in its turn.
class Turns {
  public:
    template <class Step>
    void take(std::uint64_t index, Step step) {
        std::unique_lock lock(mutex_);
        moved_.wait(lock, [&] { return next_ == index; });
        step();
        ++next_;
        moved_.notify_all();
    }

  private:
    std::mutex mutex_;
    std::condition_variable moved_;
    std::uint64_t next_ = 0;
};

class FileReader {
  public:
    FileReader(intake::BulkFile& source, std::vector<int> columns, int key, const MeansReading& reading,
               MeansFile& file)
        : source_(source), columns_(std::move(columns)), key_(key), reading_(reading), file_(file) {}

    [[nodiscard]] Result<void> run() {
        {
            std::vector<std::jthread> others;
            for (unsigned n = 1; n < reading_.threads; ++n) others.emplace_back([this] { work(); });
            work();
        }
        for (const auto& column : file_.columns) column->words = column->dictionary.words();
        return status_;
    }

  private:
    void work() {
        constexpr std::size_t chunk_bytes = 256U << 10U;
        intake::ChunkBuffer buffer(chunk_bytes);
        intake::Chunk chunk;
        CsvRows rows;
        MeansPart part;
        part.columns.resize(columns_.size());
        for (;;) {
            const auto more = source_.next(buffer, chunk);
            if (!more) return give_up(more.error());
            if (!*more) return;
            rows.cut(chunk.text, ',');
            read(rows, part);
            turns_.take(chunk.index, [&] {
                part.first_row = file_.rows;
                file_.rows += part.rows;
                reading_.in_order(part);
            });
            place(part);
            reading_.placed(part);
        }
    }

    void read(const CsvRows& rows, MeansPart& part) {
        part.rows = rows.size();
        find_keys(rows, key_, part);
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            CellReader cells(rows, columns_[i], part.columns[i]);
            switch (file_.fields[i].cells) {
                case CellKind::money:
                    cells.money();
                    break;
                case CellKind::integer:
                    cells.integer();
                    break;
                case CellKind::age:
                    cells.age(day_number(reading_.as_of));
                    break;
                case CellKind::region:
                    cells.word(file_.columns[i]->dictionary, 9);
                    break;
                case CellKind::word:
                    cells.word(file_.columns[i]->dictionary, std::string_view::npos);
                    break;
            }
        }
    }

    void place(const MeansPart& part) {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const MeansPart::Column& from = part.columns[i];
            MeansColumn& to = *file_.columns[i];
            std::ranges::copy(from.numbers, to.numbers.data() + part.first_row);
            std::ranges::copy(from.codes, to.codes.data() + part.first_row);
            if (!from.some_lack) continue;  // untouched lanes are values
            to.some_lack = true;
            std::ranges::copy(from.lanes, to.lanes.data() + part.first_row);
        }
    }

    void give_up(Error error) {
        const std::lock_guard lock(status_mutex_);
        status_ = std::unexpected(std::move(error));
    }

    intake::BulkFile& source_;
    std::vector<int> columns_;  // of the file, by field
    int key_;
    const MeansReading& reading_;
    MeansFile& file_;
    Turns turns_;
    std::mutex status_mutex_;
    Result<void> status_;
};

}  // namespace

std::uint32_t WordList::code_of(std::string_view word) {
    const std::lock_guard lock(mutex_);
    const auto code = static_cast<std::size_t>(std::ranges::find(words_, word) - words_.begin());
    if (code == words_.size()) words_.emplace_back(word);
    return static_cast<std::uint32_t>(code);
}

std::vector<std::string_view> WordList::words() const {
    return {words_.begin(), words_.end()};
}

expr::FactColumn MeansColumn::fact(expr::TypeKind kind) const {
    return {kind, some_lack ? lanes.data() : nullptr, nullptr, numbers.data(), nullptr, codes.data(), words};
}

MeansFile::MeansFile(std::vector<FieldToRead> fields_to_read, std::size_t most_rows)
    : fields(std::move(fields_to_read)) {
    for (std::size_t i = 0; i < fields.size(); ++i)
        columns.push_back(std::make_unique<MeansColumn>(most_rows));
}

Result<void> read_means_file(const intake::FeedFile& source, const policy::DatasetCatalogue& catalogue,
                             const MeansReading& reading, MeansFile& file) {
    if (!source.bulk())
        return fail(ErrorKind::unreadable, "no_csv", {"不是 CSV 文件", "this is no CSV file"},
                    source.path.string());
    const policy::Dataset& dataset = catalogue.datasets[static_cast<std::size_t>(source.recognised.dataset)];
    const auto column_of = [&](const char* field) {
        return source.recognised.column_of[static_cast<std::size_t>(dataset.column_of(field))];
    };
    std::vector<int> columns;
    for (const FieldToRead& field : file.fields) columns.push_back(column_of(field.field));
    const auto bulk = TRY(intake::BulkFile::open(source.path, {.skip_bytes = source.skip_bytes}));
    return FileReader(*bulk, std::move(columns), column_of("household_number"), reading, file).run();
}

}  // namespace doudi::bench
