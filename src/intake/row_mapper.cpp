// SPDX-License-Identifier: Apache-2.0
#include "intake/row_mapper.h"

#include <algorithm>
#include <array>

#include "base/text_fold.h"
#include "intake/day_scan.h"

namespace doudi::intake {

void MappedRows::clear() {
    rows.batch.clear();
    rows.not_wanted = 0;
    findings.clear();
    counts = {};
}

RowMapper::RowMapper(const policy::Dataset& dataset, const Recognised& recognised, AsOf as_of,
                     const SheetInfo& sheet)
    : columns_(MappedColumns::of(dataset, recognised)),
      judge_(columns_, as_of, sheet),
      lander_(columns_, sheet.date_1904),
      is_text_(sheet.is_text) {}

void RowMapper::glance_texts(const CsvRows& rows, int column, std::vector<std::uint8_t>& plain) const {
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const std::string_view text = rows.cell(row, column);
        if (is_error_text(text) || has_replacement(text)) plain[row] = 0;
    }
}

// A word that tells a fact is one of a few: it is looked up once, and then known by its bytes.
void RowMapper::glance_words(const CsvRows& rows, const MappedColumns::Field& field,
                             std::vector<std::uint8_t>& plain) {
    KnownTexts<std::uint8_t, 6> known;  // 1: plain
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const std::string_view cell = rows.cell(row, field.column);
        if (const std::uint8_t* as = known.find(cell)) {
            plain[row] &= *as;
            continue;
        }
        const std::string_view word = trim(cell);
        const bool is_plain = word.empty() || std::ranges::find(field.words, word) != field.words.end();
        known.add(cell, is_plain ? 1 : 0);
        plain[row] &= static_cast<std::uint8_t>(is_plain);
    }
}

// A month alone, or any other way to write a day: a file has few of them, and many rows to each.
bool RowMapper::look_up_day(std::string_view text, KnownDays& known, std::int32_t& day) const {
    if (const std::int32_t* found = known.find(text)) {
        day = *found;
        return true;
    }
    const bool plain = judge_.is_plain_day(text, day);
    if (plain) known.add(text, day);
    return plain;
}

// What most rows are: numbers and days in their usual form, and no text that was lost. Whatever is not, is
// judged in full. Row by row, as a row's cells lie together.
void RowMapper::glance(const CsvRows& rows, MapScratch& scratch) const {
    RowKeys& keys = scratch.keys;
    const std::size_t count = rows.size();
    const std::size_t persons = columns_.persons.size();
    keys.rows = count;
    keys.numbers.resize(persons);
    keys.days.assign(count, 0);
    keys.plain.resize(count);
    std::array<std::uint64_t*, most_persons> numbers{};
    for (std::size_t i = 0; i < persons; ++i) {
        keys.numbers[i].resize(count);
        numbers[i] = keys.numbers[i].data();
    }
    const bool dated = layout().event_date >= 0;
    // Figures that tell facts are judged in full: their lists are short.
    const bool may_be_plain = persons != 0 && !columns_.tells_figures;
    for (std::size_t row = 0; row < count; ++row) {
        bool plain = may_be_plain;
        for (std::size_t i = 0; i < persons; ++i)
            plain = judge_.is_plain_number(rows.cell(row, columns_.persons[i].id), numbers[i][row]) && plain;
        if (dated) {
            const std::string_view text = rows.cell(row, columns_.date);
            std::int32_t& day = keys.days[row];
            if (text.size() != plain_day_bytes || !scan_plain_day(text.data(), day)) [[unlikely]]
                plain = look_up_day(text, scratch.days, day) && plain;
            // The days are known from files of other datasets too; which of them are taken is this one's.
            plain = plain && judge_.takes_day(day);
        }
        keys.plain[row] = plain ? 1 : 0;
    }
    for (const MappedColumns::Field& field : columns_.fields) {
        if (!field.words.empty()) glance_words(rows, field, keys.plain);
    }
    if (!rows.marks().lost) return;
    for (const MappedColumns::Person& person : columns_.persons) glance_texts(rows, person.name, keys.plain);
    for (const MappedColumns::Field& field : columns_.fields) glance_texts(rows, field.column, keys.plain);
}

void RowMapper::map_rows(const CsvRows& rows, const FeedSink* chooser, MapScratch& scratch,
                         MappedRows& out) const {
    RowKeys& keys = scratch.keys;
    glance(rows, scratch);
    scratch.wanted.assign(rows.size(), 1);
    if (chooser != nullptr) chooser->choose(keys, scratch.wanted);
    scratch.landing.resize(rows.size());
    std::size_t landing = 0;
    std::size_t plain = 0;
    std::size_t spared = 0;
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
        if (keys.plain[row] != 0) [[likely]] {  // without a branch on what is wanted
            const std::size_t wanted = scratch.wanted[row];
            scratch.landing[landing] = row;
            landing += wanted;
            spared += 1 - wanted;
            ++plain;
            continue;
        }
        const FormVerdict verdict = judge_.judge(row, TextRow(rows, row), out.findings);
        if (!verdict.is_data) continue;
        ++out.counts.rows;
        if (!verdict.usable) {
            ++out.counts.refused;
            continue;
        }
        for (std::size_t i = 0; i < keys.numbers.size(); ++i) keys.numbers[i][row] = verdict.numbers[i];
        keys.days[row] = verdict.day;
        scratch.landing[landing++] = row;
    }
    out.counts.rows += plain;
    out.rows.not_wanted += spared;
    lander_.land(rows, keys, {scratch.landing.data(), landing}, out.rows);
}

void RowMapper::map_row(std::uint32_t row, std::span<const Cell> cells, MapScratch& scratch,
                        MappedRows& out) const {
    const CellRow view(cells, is_text_);
    const FormVerdict verdict = judge_.judge(row, view, out.findings);
    if (!verdict.is_data) return;
    ++out.counts.rows;
    if (!verdict.usable) {
        ++out.counts.refused;
        return;
    }
    RowKeys& keys = scratch.keys;
    keys.rows = 1;
    keys.numbers.resize(columns_.persons.size());
    for (std::size_t i = 0; i < keys.numbers.size(); ++i) keys.numbers[i].assign(1, verdict.numbers[i]);
    keys.days.assign(1, verdict.day);
    lander_.land(view, keys, row, out.rows);
}

}  // namespace doudi::intake
