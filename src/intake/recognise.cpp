// SPDX-License-Identifier: Apache-2.0
#include "intake/recognise.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "base/text_fold.h"
#include "base/utf8.h"

namespace doudi::intake {
namespace {

constexpr std::size_t most_heading_rows = 3;

[[nodiscard]] bool is_opening(char32_t code) {
    return code == U'(' || code == U'[' || code == U'【' || code == U'〔';
}
[[nodiscard]] bool is_closing(char32_t code) {
    return code == U')' || code == U']' || code == U'】' || code == U'〕';
}

[[nodiscard]] bool is_heading_mark(char32_t code) {
    constexpr std::u32string_view marks = U"*:、.。'\"“”;·※★";
    return is_space_code(code) || marks.find(code) != std::u32string_view::npos;
}

[[nodiscard]] std::string fold_heading(std::string_view heading, bool with_brackets) {
    std::string out;
    int depth = 0;
    for (std::size_t at = 0; at < heading.size();) {
        const CodePoint point = decode_utf8(heading, at);
        at += point.length;
        const char32_t code = half_width_code(point.code);
        if (is_opening(code)) ++depth;
        const bool dropped =
            is_opening(code) || is_closing(code) || is_heading_mark(code) || (depth > 0 && !with_brackets);
        if (is_closing(code) && depth > 0) --depth;
        if (dropped) continue;
        append_utf8(out, code >= U'A' && code <= U'Z' ? code + 32 : code);
    }
    return out;
}

[[nodiscard]] bool is_blank(const HeadRow& row) {
    return std::all_of(row.texts.begin(), row.texts.end(),
                       [](const std::string& text) { return trim(text).empty(); });
}

// The headings of one file column as they may be meant: all rows joined, the lowest alone, the highest alone.
struct HeadingCandidates {
    struct Meant {
        std::string full;  // folded, brackets kept: 姓名（母亲）
        std::string bare;
    };
    std::string shown;
    std::vector<Meant> meant;

    void add(std::string_view text) {
        meant.push_back({fold_heading(text, true), fold_heading(text, false)});
    }
};

// What stands over a column in a row of headings. An unmerged group heading (男方, blank, blank) holds for
// the blanks to its right.
[[nodiscard]] std::string_view part_of(const HeadRow& row, std::size_t column, bool is_group_row) {
    if (column < row.texts.size() && !trim(row.texts[column]).empty()) return trim(row.texts[column]);
    if (!is_group_row) return {};
    for (std::size_t left = std::min(column, row.texts.size()); left-- > 0;) {
        if (!trim(row.texts[left]).empty()) return trim(row.texts[left]);
    }
    return {};
}

[[nodiscard]] HeadingCandidates candidates_of(std::span<const HeadRow> rows, std::size_t column) {
    HeadingCandidates out;
    std::vector<std::string_view> parts;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const bool below_is_filled = r + 1 < rows.size() && !part_of(rows[r + 1], column, false).empty();
        const std::string_view part = part_of(rows[r], column, below_is_filled);
        if (!part.empty() && (parts.empty() || parts.back() != part)) parts.push_back(part);
    }
    if (parts.empty()) return out;
    for (const std::string_view part : parts) out.shown += part;
    out.add(out.shown);
    if (parts.size() > 1) {
        out.add(parts.back());
        out.add(parts.front());
    }
    return out;
}

// Headings of one dataset, folded, to its columns. The rank is how far down the list of synonyms it stands.
struct HeadingIndex {
    struct Entry {
        int column = -1;
        int rank = 0;
    };
    using Entries = std::unordered_map<std::string, Entry>;
    Entries full;
    Entries bare;

    explicit HeadingIndex(const policy::Dataset& dataset) {
        for (std::size_t c = 0; c < dataset.columns.size(); ++c) {
            int rank = 0;
            for (const std::string& heading : dataset.columns[c].headings) {
                full.try_emplace(fold_heading(heading, true), Entry{static_cast<int>(c), rank});
                bare.try_emplace(fold_heading(heading, false), Entry{static_cast<int>(c), rank});
                ++rank;
            }
        }
    }
    [[nodiscard]] Entry find(const HeadingCandidates& candidates) const {
        int penalty = 0;
        for (const HeadingCandidates::Meant& meant : candidates.meant) {
            for (const auto& [entries, heading] :
                 {std::pair(&full, &meant.full), std::pair(&bare, &meant.bare)}) {
                const auto found = entries->find(*heading);
                if (found != entries->end()) return {found->second.column, found->second.rank + penalty};
                penalty += 1000;
            }
        }
        return {};
    }
};

// One way to read some rows as the headings of one dataset.
struct Reading {
    Recognised recognised;
    std::size_t matched = 0;
    std::size_t required_matched = 0;
    std::size_t required = 0;
    std::size_t depth = 0;

    [[nodiscard]] bool complete() const { return required_matched == required && matched > 0; }
    // More headings, more of the required ones, then fewer rows and higher up.
    [[nodiscard]] bool better_than(const Reading& other) const {
        return std::tuple(complete(), matched, required_matched, other.depth) >
               std::tuple(other.complete(), other.matched, other.required_matched, depth);
    }
    [[nodiscard]] bool as_good_as(const Reading& other) const {
        return complete() == other.complete() && matched == other.matched &&
               required_matched == other.required_matched;
    }
};

[[nodiscard]] Reading read_as(const std::vector<HeadingCandidates>& candidates,
                              const policy::Dataset& dataset, const HeadingIndex& index) {
    Reading reading;
    reading.recognised.column_of.assign(dataset.columns.size(), -1);
    std::vector<int> ranks(dataset.columns.size(), 0);
    for (std::size_t file_column = 0; file_column < candidates.size(); ++file_column) {
        const HeadingIndex::Entry entry = index.find(candidates[file_column]);
        if (entry.column < 0) continue;
        const auto column = static_cast<std::size_t>(entry.column);
        int& taken = reading.recognised.column_of[column];
        // 身份证号 and 证件号码 in one file: the more usual heading is the one meant.
        if (taken >= 0 && ranks[column] <= entry.rank) continue;
        taken = static_cast<int>(file_column);
        ranks[column] = entry.rank;
    }
    for (std::size_t c = 0; c < dataset.columns.size(); ++c) {
        const bool found = reading.recognised.column_of[c] >= 0;
        reading.matched += found ? 1 : 0;
        reading.required += dataset.columns[c].required ? 1 : 0;
        reading.required_matched += found && dataset.columns[c].required ? 1 : 0;
    }
    return reading;
}

[[nodiscard]] std::vector<HeadingCandidates> all_candidates(std::span<const HeadRow> rows) {
    std::size_t width = 0;
    for (const HeadRow& row : rows) width = std::max(width, row.texts.size());
    std::vector<HeadingCandidates> out;
    for (std::size_t column = 0; column < width; ++column) out.push_back(candidates_of(rows, column));
    return out;
}

// The best reading of the rows for each dataset.
[[nodiscard]] std::vector<Reading> best_readings(std::span<const HeadRow> rows,
                                                 const policy::DatasetCatalogue& catalogue) {
    std::vector<HeadingIndex> indexes;
    for (const policy::Dataset& dataset : catalogue.datasets) indexes.emplace_back(dataset);
    std::vector<Reading> best(catalogue.datasets.size());
    for (std::size_t from = 0; from < rows.size(); ++from) {
        for (std::size_t depth = 1; depth <= most_heading_rows && from + depth <= rows.size(); ++depth) {
            const auto headings = rows.subspan(from, depth);
            const std::vector<HeadingCandidates> candidates = all_candidates(headings);
            for (std::size_t d = 0; d < catalogue.datasets.size(); ++d) {
                Reading reading = read_as(candidates, catalogue.datasets[d], indexes[d]);
                reading.depth = depth;
                if (best[d].recognised.dataset >= 0 && !reading.better_than(best[d])) continue;
                reading.recognised.dataset = static_cast<int>(d);
                reading.recognised.heading_row = headings.front().number;
                reading.recognised.first_data_row = headings.back().number + 1;
                for (const HeadingCandidates& candidate : candidates) {
                    reading.recognised.headings.push_back(candidate.shown);
                }
                best[d] = std::move(reading);
            }
        }
    }
    return best;
}

// One heading in common (姓名) brings a file near to nearly every dataset.
constexpr std::size_t least_in_common = 2;

[[nodiscard]] std::unexpected<Error> unknown(const Reading* nearest,
                                             const policy::DatasetCatalogue& catalogue) {
    if (nearest == nullptr || nearest->matched == 0) {
        return fail(ErrorKind::invalid, "unknown_headings",
                    {fmt::format("前{}行中没有认识的表头", heading_search_rows),
                     fmt::format("no known heading in the first {} rows", heading_search_rows)});
    }
    const std::uint32_t row = nearest->recognised.heading_row;
    if (nearest->matched < least_in_common) {
        return fail(ErrorKind::invalid, "unknown_headings",
                    {"不是已登记的数据集：没有一种数据有两个以上的表头与它相同",
                     "not a known dataset: no dataset has more than one heading in common with it"});
    }
    const policy::Dataset& dataset =
        catalogue.datasets[static_cast<std::size_t>(nearest->recognised.dataset)];
    std::vector<std::string> missing;
    for (std::size_t c = 0; c < dataset.columns.size(); ++c) {
        if (!dataset.columns[c].required || nearest->recognised.column_of[c] >= 0) continue;
        missing.push_back(dataset.columns[c].headings.empty() ? dataset.columns[c].field
                                                              : dataset.columns[c].headings.front());
    }
    return fail(ErrorKind::invalid, "unknown_headings",
                {fmt::format("第 {} 行的表头不是已登记的数据集；最接近的是“{}”，缺少表头：{}", row,
                             dataset.title.zh, fmt::join(missing, "、")),
                 fmt::format("the headings in row {} are not those of a known dataset; the nearest is “{}”, "
                             "which lacks the {}: {}",
                             row, dataset.title.en, missing.size() == 1 ? "heading" : "headings",
                             fmt::join(missing, ", "))});
}

[[nodiscard]] std::unexpected<Error> ambiguous(const Reading& left, const Reading& right,
                                               const policy::DatasetCatalogue& catalogue) {
    const policy::Dataset& a = catalogue.datasets[static_cast<std::size_t>(left.recognised.dataset)];
    const policy::Dataset& b = catalogue.datasets[static_cast<std::size_t>(right.recognised.dataset)];
    return fail(ErrorKind::invalid, "ambiguous_headings",
                {fmt::format("第 {} 行的表头同样符合“{}”和“{}”，无法判断", left.recognised.heading_row,
                             a.title.zh, b.title.zh),
                 fmt::format("the headings in row {} fit “{}” and “{}” equally well",
                             left.recognised.heading_row, a.title.en, b.title.en)});
}

}  // namespace

std::string normal_heading(std::string_view heading) {
    return fold_heading(heading, false);
}

const std::string& Recognised::heading_of(int dataset_column) const {
    static const std::string none;
    if (dataset_column < 0) return none;
    const int column = column_of[static_cast<std::size_t>(dataset_column)];
    return column < 0 ? none : headings[static_cast<std::size_t>(column)];
}

HeadRow HeadRow::of(std::uint32_t number, std::span<const Cell> cells) {
    HeadRow row;
    row.number = number;
    for (const Cell& cell : cells) {
        row.texts.emplace_back(cell.text);
        row.kinds.push_back(cell.kind);
        row.fills.push_back(cell.fill);
    }
    return row;
}

bool HeadRows::take(std::uint32_t number, std::span<const Cell> cells) {
    rows_.push_back(HeadRow::of(number, cells));
    for (const Cell& cell : cells) bytes_ += cell.text.size();
    return rows_.size() >= heading_search_rows || bytes_ >= heading_search_bytes;
}

void HeadRows::clear() {
    rows_.clear();
    bytes_ = 0;
}

std::vector<Cell> HeadRow::cells() const {
    std::vector<Cell> out;
    for (std::size_t i = 0; i < texts.size(); ++i) out.push_back({texts[i], kinds[i], fills[i]});
    return out;
}

namespace {

std::vector<HeadRow> filled_rows(std::span<const HeadRow> rows) {
    std::vector<HeadRow> filled;
    for (const HeadRow& row : rows) {
        if (!is_blank(row) && filled.size() < heading_search_rows) filled.push_back(row);
    }
    return filled;
}

// The best of the readings, and another that is as good; null: there is none.
struct Ranked {
    const Reading* best = nullptr;
    const Reading* rival = nullptr;

    explicit Ranked(const std::vector<Reading>& readings) {
        for (const Reading& reading : readings) {
            if (reading.recognised.dataset < 0) continue;
            if (best == nullptr || (!reading.as_good_as(*best) && reading.better_than(*best))) {
                best = &reading;
                rival = nullptr;
            } else if (reading.as_good_as(*best)) {
                rival = &reading;
            }
        }
    }
};

}  // namespace

Result<Recognised> recognise(std::span<const HeadRow> rows, const policy::DatasetCatalogue& catalogue) {
    const std::vector<HeadRow> filled = filled_rows(rows);
    if (filled.empty()) {
        return fail(ErrorKind::invalid, "empty_sheet", {"表中没有内容", "the sheet has no content"});
    }
    const std::vector<Reading> readings = best_readings(filled, catalogue);
    const Ranked ranked(readings);
    if (ranked.best == nullptr || !ranked.best->complete()) return unknown(ranked.best, catalogue);
    if (ranked.rival != nullptr) return ambiguous(*ranked.best, *ranked.rival, catalogue);
    return ranked.best->recognised;
}

Recognised nearest_reading(std::span<const HeadRow> rows, const policy::DatasetCatalogue& catalogue) {
    const std::vector<Reading> readings = best_readings(filled_rows(rows), catalogue);
    const Reading* best = Ranked(readings).best;
    return best == nullptr || best->matched == 0 ? Recognised() : best->recognised;
}

}  // namespace doudi::intake
