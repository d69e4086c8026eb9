// SPDX-License-Identifier: Apache-2.0
// The same county in other clothes: each file of a folder is read with the project's own readers and written
// again with its columns shuffled, its headings in other words, a column that nobody needs, another name and
// another format or encoding. Cells keep their text.
#pragma once
#include <cstdint>
#include <filesystem>

#include "policy/dataset.h"

namespace doudi::county {

enum class Cloth { csv_utf8, csv_utf8_bom, csv_gb18030, csv_utf16, xlsx_shared, xlsx_inline, as_it_was };

struct Disguise {
    std::uint64_t seed = 1;
    bool shuffle_columns = false;
    bool other_headings = false;
    bool extra_column = false;
    bool rename = false;
    bool swap_format = false;        // each file gets a format drawn by the seed
    Cloth cloth = Cloth::as_it_was;  // or all files this one
};

// Copies the tree of folders `from` to `to`. Expected results (CSV lists of ours) are not touched: hand in
// data folders only. Returns the new name of each file by its old one, through `renamed`, if given.
void rewrite_county(const std::filesystem::path& from, const std::filesystem::path& to,
                    const Disguise& disguise, const policy::DatasetCatalogue& catalogue,
                    std::vector<std::pair<std::string, std::string>>* renamed = nullptr);

}  // namespace doudi::county
