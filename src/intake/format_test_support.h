// SPDX-License-Identifier: Apache-2.0
// For the tests of readers and of the row mapper: four datasets made here, so that a change in datasets/
// moves no test of form, and a sink that recognises sheets, maps their rows and prints what came out, masked.
#pragma once
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/read.h"
#include "intake/recognise.h"
#include "intake/row_mapper.h"
#include "intake/sheet.h"
#include "policy/dataset.h"

namespace doudi::intake::test {

[[nodiscard]] policy::DatasetCatalogue small_catalogue();
[[nodiscard]] inline AsOf end_of_june() {
    return AsOf{*Date::from_ymd(2025, 6, 30)};
}

// Texts of all rows, cells joined by '|', rows led by their number; sheets led by "[name]".
class CollectingSink final : public SheetSink {
  public:
    Result<void> begin_sheet(const SheetInfo& info) override;
    Result<void> row(std::uint32_t number, std::span<const Cell> cells) override;

    std::string text;
    std::size_t rows = 0;
    std::size_t bytes = 0;  // of all cells; with keep off, texts are counted only
    bool keep = true;
};

// What a file came to: its format, each sheet's dataset, each landed row, each finding, or the error; and
// whether an import reads the same, else what it reads.
[[nodiscard]] std::string describe_file(const std::filesystem::path& path, const Limits& limits = {});

// Rows, findings and counts of a file as an import reads it: by open_feed() and read_feeds(), slowly if they
// ask for it. A row's number is that in its sheet.
[[nodiscard]] std::string describe_import(const std::filesystem::path& path,
                                          const policy::DatasetCatalogue& catalogue,
                                          const ReadSettings& settings = {});
[[nodiscard]] std::string describe_register_import(const std::filesystem::path& path,
                                                   const policy::DatasetCatalogue& catalogue);

// The findings of a CSV file of the small catalogue.
[[nodiscard]] std::vector<Finding> findings_of(const std::filesystem::path& path);

class TemporaryFolder {
  public:
    TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();
    [[nodiscard]] std::filesystem::path file(std::string_view name, std::string_view bytes) const;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace doudi::intake::test
