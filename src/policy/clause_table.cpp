// SPDX-License-Identifier: Apache-2.0
// packs/clauses.tsv: what each notice asks of the software, a line a clause.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "policy/coverage.h"
#include "policy/folder.h"

namespace doudi::policy {

namespace {

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> parts;
    while (true) {
        const std::size_t end = text.find(at);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words = split(text, ' ');
    std::erase(words, "");
    return words;
}

}  // namespace

Loaded<std::vector<Clause>> load_clauses(const std::filesystem::path& packs_folder) {
    constexpr std::size_t columns = 6;  // the last may be left out with its tab
    const std::filesystem::path path = packs_folder / "clauses.tsv";
    const std::string shown = shown_name(packs_folder, path);
    const Result<std::string> text = read_whole_file(path);
    if (!text) return std::unexpected(std::vector{text.error()});
    Faults faults;
    std::vector<Clause> clauses;
    std::set<std::string> seen;
    int number = 0;
    for (const std::string& line : split(*text, '\n')) {
        ++number;
        if (number == 1 || line.empty()) continue;  // the headings
        std::vector<std::string> cells = split(line, '\t');
        if (cells.size() == columns - 1) cells.emplace_back();
        if (cells.size() != columns) {
            faults.add("clause_columns",
                       {fmt::format("应有 {} 列，实有 {} 列", columns, cells.size()),
                        fmt::format("{} columns are expected, there are {}", columns, cells.size())},
                       {shown, number, 1});
            continue;
        }
        if (!seen.insert(cells[0]).second) {
            faults.add(
                "duplicate_id",
                {fmt::format("标识“{}”重复", cells[0]), fmt::format("the id '{}' is given twice", cells[0])},
                {shown, number, 1});
        }
        clauses.push_back({cells[0], cells[1], cells[2], cells[3], cells[4], words_of(cells[5])});
    }
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    return clauses;
}

}  // namespace doudi::policy
