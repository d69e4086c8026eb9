// SPDX-License-Identifier: Apache-2.0
// Every dataset that ships, recognised by files made of its own headings: all columns or the required ones
// alone, each under each of its synonyms. What datasets have in common must never turn one into another.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "intake/format_test_support.h"
#include "intake/read.h"
#include "intake/recognise.h"
#include "policy/load.h"

namespace doudi::intake {
namespace {

const policy::DatasetCatalogue& shipped() {
    static const policy::DatasetCatalogue catalogue =
        policy::load_datasets(std::filesystem::path(DOUDI_SOURCE_DIR) / "datasets").value();
    return catalogue;
}

enum class Columns : std::uint8_t { all, required };

// One row of headings; of each column the synonym of that number, or its last.
[[nodiscard]] std::vector<std::string> headings_of(const policy::Dataset& dataset, Columns columns,
                                                   std::size_t synonym) {
    std::vector<std::string> headings;
    for (const policy::DatasetColumn& column : dataset.columns) {
        if (columns == Columns::required && !column.required) continue;
        headings.push_back(column.headings[std::min(synonym, column.headings.size() - 1)]);
    }
    return headings;
}

[[nodiscard]] std::string recognised_as(const std::vector<std::string>& headings) {
    HeadRow row;
    row.number = 1;
    row.texts = headings;
    row.kinds.assign(headings.size(), CellKind::text);
    row.fills.assign(headings.size(), CellFill::own);
    const Result<Recognised> recognised = recognise(std::vector{row}, shipped());
    if (!recognised) return recognised.error().message(Lang::en);
    return shipped().datasets[static_cast<std::size_t>(recognised->dataset)].id;
}

[[nodiscard]] std::size_t most_synonyms(const policy::Dataset& dataset) {
    std::size_t most = 0;
    for (const policy::DatasetColumn& column : dataset.columns) most = std::max(most, column.headings.size());
    return most;
}

TEST_CASE("a file with the headings of a dataset that ships is that dataset, whatever synonyms it uses") {
    for (const policy::Dataset& dataset : shipped().datasets) {
        for (std::size_t synonym = 0; synonym < most_synonyms(dataset); ++synonym) {
            for (const Columns columns : {Columns::all, Columns::required}) {
                CHECK(recognised_as(headings_of(dataset, columns, synonym)) == dataset.id);
            }
        }
    }
}

TEST_CASE("without one of its required headings a file is not that dataset") {
    for (const policy::Dataset& dataset : shipped().datasets) {
        for (const policy::DatasetColumn& left_out : dataset.columns) {
            if (!left_out.required) continue;
            std::vector<std::string> headings = headings_of(dataset, Columns::all, 0);
            std::erase(headings, left_out.headings.front());
            CHECK_MESSAGE(recognised_as(headings) != dataset.id, dataset.id, " without ", left_out.field);
        }
    }
}

TEST_CASE("the order of the columns and a column that no dataset knows change nothing") {
    for (const policy::Dataset& dataset : shipped().datasets) {
        std::vector<std::string> headings = headings_of(dataset, Columns::all, 0);
        std::ranges::reverse(headings);
        headings.insert(headings.begin(), "备注");
        CHECK(recognised_as(headings) == dataset.id);
    }
}

// The words that the dataset's facts know of a category column; of others any word does.
[[nodiscard]] std::string a_word_of(const policy::Dataset& dataset, int column) {
    for (const policy::DatasetFact& fact : dataset.facts) {
        if (fact.column == column && !fact.meanings.empty()) return fact.meanings.front().words.front();
        if (fact.by_column == column) return fact.applies.front();
    }
    return dataset.status.column == column ? dataset.status.counts.front() : "甲";
}

[[nodiscard]] std::string a_cell_of(const policy::Dataset& dataset, int column) {
    switch (dataset.columns[static_cast<std::size_t>(column)].type) {
        case policy::ColumnType::id_number:
            return "441699197611115448";  // of a county that there is not
        case policy::ColumnType::date:
            return "2025-03-01";
        case policy::ColumnType::money:
            return "100.50";
        case policy::ColumnType::integer:
            return "2";
        case policy::ColumnType::category:
            return a_word_of(dataset, column);
        default:
            return "甲";
    }
}

[[nodiscard]] std::string joined(const std::vector<std::string>& cells) {
    std::string line;
    for (const std::string& cell : cells) line += (line.empty() ? "" : ",") + cell;
    return line + "\n";
}

struct Landed {
    std::string dataset;
    std::uint64_t rows = 0;
    std::uint64_t refused = 0;
    std::size_t findings = 0;
};

// A file of the dataset: a title, the headings of the wanted columns, and a row.
[[nodiscard]] Landed land(const policy::Dataset& dataset,
                          const std::function<bool(const policy::DatasetColumn&)>& wanted) {
    std::vector<std::string> headings;
    std::vector<std::string> cells;
    for (int column = 0; column < static_cast<int>(dataset.columns.size()); ++column) {
        const policy::DatasetColumn& one = dataset.columns[static_cast<std::size_t>(column)];
        if (!wanted(one)) continue;
        headings.push_back(one.headings.front());
        cells.push_back(a_cell_of(dataset, column));
    }
    const test::TemporaryFolder folder;
    const auto path = folder.file("file.csv", dataset.title.zh + "\n" + joined(headings) + joined(cells));
    const Result<FeedFile> file = open_feed(path, shipped());
    REQUIRE_MESSAGE(file.has_value(), dataset.id);
    Landed landed{.dataset = shipped().datasets[static_cast<std::size_t>(file->dataset)].id};
    std::vector<FeedTask> tasks(1);
    tasks[0].file = &*file;
    tasks[0].findings = [&](std::span<const Finding> found) -> Result<void> {
        landed.findings += found.size();
        return {};
    };
    const auto outcomes = read_feeds(tasks, shipped(), test::end_of_june(), {});
    REQUIRE(outcomes.size() == 1);
    CHECK_MESSAGE(outcomes[0].status.has_value(), dataset.id);
    landed.rows = outcomes[0].counts.rows;
    landed.refused = outcomes[0].counts.refused;
    return landed;
}

TEST_CASE("a small file of each feed that ships lands whole") {
    for (const policy::Dataset& dataset : shipped().datasets) {
        if (dataset.kind != policy::DatasetKind::feed) continue;
        const Landed landed = land(dataset, [](const policy::DatasetColumn&) { return true; });
        CHECK(landed.dataset == dataset.id);
        CHECK_MESSAGE(landed.rows == 1, dataset.id);
        CHECK_MESSAGE(landed.refused == 0, dataset.id);
        CHECK_MESSAGE(landed.findings == 0, dataset.id);
    }
}

TEST_CASE("a list of fee reliefs may go by account, name and phone, without a column of numbers") {
    for (const std::string_view id :
         {"broadcasting.television_relief", "development_reform.electricity_relief",
          "urban_management.waste_relief"}) {
        const policy::Dataset& dataset = shipped().datasets[static_cast<std::size_t>(shipped().index_of(id))];
        const Landed landed = land(dataset, [](const policy::DatasetColumn& column) {
            return column.type != policy::ColumnType::id_number;
        });
        CHECK(landed.dataset == id);
        CHECK_MESSAGE(landed.rows == 1, id);
        CHECK_MESSAGE(landed.refused == 0, id);
    }
}

}  // namespace
}  // namespace doudi::intake
