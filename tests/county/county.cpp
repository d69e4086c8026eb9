// SPDX-License-Identifier: Apache-2.0
#include "county/county.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "intake/sheet.h"
#include "intake/table_export.h"
#include "match/import.h"

namespace doudi::county {
namespace {

AsOf day(const char* iso) {
    return AsOf{Date::parse_iso(iso).value()};
}

class FirstColumn : public intake::SheetSink {
  public:
    Result<void> row(std::uint32_t number, std::span<const intake::Cell> cells) override {
        if (number > 1 && !cells.empty()) values.emplace_back(cells[0].text);
        return {};
    }
    std::vector<std::string> values;
};

std::string warnings_csv(const std::vector<monitor::WarningRow>& rows) {
    std::string text = "household_id,score,level,issued_on,due_on,indicators\n";
    for (const auto& row : rows) {
        text += row.household + "," + std::to_string(row.score) + "," + row.level + "," +
                row.issued_on.iso() + "," + (row.due_on ? row.due_on->iso() : "") + "," + row.indicators +
                "\n";
    }
    return text;
}

std::string quality_csv(std::vector<monitor::QualityRow> rows) {
    using match::Bucket;
    const auto order = guangdong().pack.datasets_in_order();
    const auto place = [&](const monitor::QualityRow& row) {
        const auto at = std::ranges::find(order, guangdong().catalogue.index_of(row.dataset)) - order.begin();
        return std::tuple<std::ptrdiff_t, std::string_view>(at, row.file_name);
    };
    std::ranges::sort(rows, [&](const auto& left, const auto& right) { return place(left) < place(right); });
    std::string text = "file,rows,exact,probable,off_roster,review,held,rejected,duplicate\n";
    for (const auto& row : rows) {
        text += row.file_name + "," + std::to_string(row.buckets.rows);
        for (const Bucket bucket : {Bucket::exact, Bucket::probable, Bucket::off_roster, Bucket::review,
                                    Bucket::held, Bucket::rejected, Bucket::duplicate}) {
            text += "," + std::to_string(row.buckets[bucket]);
        }
        text += "\n";
    }
    return text;
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "doudi-county-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path source_dir() {
    return DOUDI_SOURCE_DIR;
}

const policy::Policy& guangdong() {
    static const policy::Policy law = policy::load_policy(source_dir(), "guangdong-2021").value();
    return law;
}

namespace {

store::DataFolder new_folder(const store::Place& place, std::optional<vault::Suite> suite) {
    const std::array<std::pair<std::string, std::string>, 2> settings{
        {{"policy", "guangdong-2021"}, {"baseline", "2025-03-31"}}};
    return must(store::DataFolder::create(place, settings, {suite, {}, day("2025-03-31").date}));
}

}  // namespace

County::County(const store::Place& place, RunSettings settings)
    : settings_(settings), store_(new_folder(place, settings.suite)) {}

void County::import(const std::filesystem::path& path, const char* as_of) {
    const auto report = must(match::import_files(
        store_, guangdong(), std::span(&path, 1),
        {.as_of = day(as_of), .threads = settings_.threads, .chunk_bytes = settings_.chunk_bytes}));
    for (const auto& file : report.files) {
        if (file.refused) throw std::runtime_error(file.file_name + ": " + file.refused->message(Lang::en));
    }
}

void County::monitor(const char* as_of) {
    must(monitor::run_cycle(store_, guangdong(), day(as_of), {.threads = settings_.threads}));
}

void County::close(const std::filesystem::path& list, const char* as_of) {
    FirstColumn column;
    must(intake::read_sheets(list, intake::Limits{}, column));
    const auto report = must(monitor::close_warnings(store_, day(as_of), column.values));
    if (!report.unknown.empty()) throw std::runtime_error("a household of the closing list is unknown");
}

Published County::published(const char* as_of) {
    Published lists{.warnings = warnings_csv(must(monitor::list_warnings(store_))),
                    .quality = quality_csv(must(monitor::list_quality(store_, day(as_of)))),
                    .exits = "household_id\n"};
    for (const auto& household : must(monitor::list_exits(store_))) lists.exits += household + "\n";
    return lists;
}

TwoQuarters run_two_quarters(const std::filesystem::path& folder, RunSettings settings,
                             const AfterCycle& after) {
    const TemporaryFolder temporary;
    return run_two_quarters(folder, temporary.path() / "data", settings, after);
}

TwoQuarters run_two_quarters(const std::filesystem::path& folder, const store::Place& place,
                             RunSettings settings, const AfterCycle& after) {
    County county(place, settings);
    TwoQuarters lists;
    county.import(folder / "registry", "2025-03-31");
    county.import(folder / "2025Q2", "2025-06-30");
    county.monitor("2025-06-30");
    lists.q2 = county.published("2025-06-30");
    if (after) after(county, "2025Q2");
    county.close(folder / "close-2025Q2.csv", "2025-07-15");
    county.import(folder / "2025Q3", "2025-09-30");
    county.monitor("2025-09-30");
    lists.q3 = county.published("2025-09-30");
    if (after) after(county, "2025Q3");
    return lists;
}

std::string read_text(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace doudi::county
