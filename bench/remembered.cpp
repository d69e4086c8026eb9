// SPDX-License-Identifier: Apache-2.0
#include "bench/remembered.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <iterator>

#include "column/memory_file.h"
#include "monitor/memory.h"

namespace doudi::bench {
namespace {

constexpr std::int32_t no_day = -1;
constexpr std::size_t most_line_bytes = 128;  // of what is remembered; few are longer

void append(std::string& text, const monitor::Warning& warning) {
    fmt::format_to(std::back_inserter(text), "open,{},{},{},{},{},{},{},{}\n", warning.id, warning.household,
                   warning.score, warning.level, warning.issued_on.days(),
                   warning.due ? warning.due->date.days() : no_day,
                   warning.due && warning.due->provisional ? 1 : 0, warning.indicators);
}

void append(std::string& text, const monitor::Occurrence& held) {
    fmt::format_to(std::back_inserter(text), "held,{},{},{},{},{},{},{},{},{}\n", held.key, held.person,
                   held.date, held.arrival, held.row, held.indicator, held.source,
                   static_cast<int>(held.grade), static_cast<int>(held.effect));
}

// The numbers of a line one by one; what is left is text.
class Fields {
  public:
    explicit Fields(std::string_view line) : rest_(line) {}
    std::string_view word() {
        const std::size_t end = std::min(rest_.find(','), rest_.size());
        const std::string_view found = rest_.substr(0, end);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        return found;
    }
    template <class Number>
    void take(Number& number) {
        const std::string_view digits = word();
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        ensure(read.ec == std::errc{}, "a number in the benchmark's own file");
    }
    template <class Number>
    [[nodiscard]] Number get() {
        Number number{};
        take(number);
        return number;
    }
    [[nodiscard]] std::string_view rest() const { return rest_; }

  private:
    std::string_view rest_;
};

monitor::Warning warning_of(Fields& fields) {
    monitor::Warning warning;
    fields.take(warning.id);
    fields.take(warning.household);
    fields.take(warning.score);
    fields.take(warning.level);
    warning.issued_on = Date::from_days(fields.get<std::int32_t>());
    const auto due = fields.get<std::int32_t>();
    const bool provisional = fields.get<int>() != 0;
    if (due != no_day) warning.due = DueDate{Date::from_days(due), provisional};
    warning.indicators = fields.rest();
    return warning;
}

monitor::Occurrence held_of(Fields& fields) {
    monitor::Occurrence held;
    fields.take(held.key);
    fields.take(held.person);
    fields.take(held.date);
    fields.take(held.arrival);
    fields.take(held.row);
    fields.take(held.indicator);
    fields.take(held.source);
    held.grade = static_cast<match::Grade>(fields.get<int>());
    held.effect = static_cast<monitor::Effect>(fields.get<int>());
    return held;
}

Result<std::vector<std::byte>> read_bytes(const std::filesystem::path& path) {
    std::vector<std::byte> bytes(std::filesystem::file_size(path));
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!file)
        return fail(ErrorKind::io, "cannot_read", {"读文件出错", "cannot read the file"},
                    path.filename().string());
    return bytes;
}

}  // namespace

monitor::ImportRanks both_ranks() {
    return monitor::ImportRanks(
        {{first_quarter().as_of, PublishId(1)}, {second_quarter().as_of, PublishId(2)}});
}

Result<void> write_remembered(const Remembered& remembered, const policy::Pack& pack,
                              const std::filesystem::path& folder) {
    column::MemorySink sink;
    TRY_VOID(monitor::write_memory(remembered.memory.events, pack, both_ranks(), sink));
    TRY_VOID(write_file(folder / "events.segment",
                        {reinterpret_cast<const char*>(sink.data.data()), sink.data.size()}));
    std::string text = fmt::format("last,{}\n", remembered.memory.last_warning);
    text.reserve((remembered.memory.open.size() + remembered.held.size()) * most_line_bytes);
    for (const monitor::Warning& warning : remembered.memory.open) append(text, warning);
    for (const std::uint32_t household : remembered.memory.exits)
        fmt::format_to(std::back_inserter(text), "exit,{}\n", household);
    for (const monitor::Occurrence& held : remembered.held) append(text, held);
    return write_file(folder / "remembered.csv", text);
}

Result<Remembered> read_remembered(const policy::Pack& pack, const std::filesystem::path& folder) {
    Remembered out;
    auto source = std::make_shared<column::MemorySource>(TRY(read_bytes(folder / "events.segment")));
    out.memory.events = TRY(monitor::read_memory(std::move(source), pack, both_ranks()));
    std::ifstream file(folder / "remembered.csv");
    for (std::string line; std::getline(file, line);) {
        Fields fields(line);
        const std::string_view kind = fields.word();
        if (kind == "last") fields.take(out.memory.last_warning);
        if (kind == "open") out.memory.open.push_back(warning_of(fields));
        if (kind == "exit") out.memory.exits.push_back(fields.get<std::uint32_t>());
        if (kind == "held") out.held.push_back(held_of(fields));
    }
    return out;
}

}  // namespace doudi::bench
