// SPDX-License-Identifier: Apache-2.0
#include "bench/rules_columns.h"

#include <fmt/format.h>

#include <fstream>
#include <random>

namespace doudi::bench {
namespace {

constexpr std::int64_t yuan = 100;

class Household {
  public:
    Household(RulesData& data, std::mt19937_64& dice) : data_(data), dice_(dice) {}

    void add() {
        const std::int64_t size = 1 + below(5);
        const std::int64_t standard = (500 + 50 * below(8)) * yuan;
        put(0, size);
        put(1, size * below(4000) * yuan / 2, 20);
        put(2, size * below(60) * 1000 * yuan, 25);
        put(3, below(10) == 0 ? 1 + below(2) : 0);
        put(4, standard);
        put(5, (20'000 + 1'000 * below(10)) * yuan);
        put(6, below(3) == 0 ? below(60'000) * yuan : 0, 15);
        put(7, std::min(size, below(8) == 0 ? size : below(3)));
        put(8, below(3) == 0 ? 0 : 1, 30);
        put(9, below(12) == 0 ? 1 : 0);
        ++data_.rows;
    }

  private:
    std::int64_t below(std::uint64_t count) { return static_cast<std::int64_t>(dice_() % count); }
    // One in `lacking` rows is unknown, and one in a hundred thousand amounts is too large to be multiplied.
    void put(std::size_t column, std::int64_t number, std::uint64_t lacking = 0) {
        RulesData::Column& to = data_.columns[column];
        const bool absurd = lacking != 0 && column != 8 && below(100'000) == 0;
        to.numbers.push_back(absurd ? std::int64_t{1} << 62U : number);
        if (lacking != 0) to.lanes.push_back(below(lacking) == 0 ? expr::Lane::unknown : expr::Lane::value);
    }

    RulesData& data_;
    std::mt19937_64& dice_;
};

template <class Item>
Result<void> write(const std::filesystem::path& path, const std::vector<Item>& items) {
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(items.data()),
               static_cast<std::streamsize>(items.size() * sizeof(Item)));
    if (file.flush()) return {};
    return fail(ErrorKind::io, "cannot_write", {"无法写入文件", "the file cannot be written"}, path.string());
}

template <class Item>
Result<std::vector<Item>> read(const std::filesystem::path& path) {
    std::error_code failure;
    const auto bytes = std::filesystem::file_size(path, failure);
    std::vector<Item> items(failure ? 0 : bytes / sizeof(Item));
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(items.data()),
              static_cast<std::streamsize>(items.size() * sizeof(Item)));
    if (file && !failure) return items;
    return fail(ErrorKind::io, "cannot_read", {"读文件出错", "cannot read the file"}, path.string());
}

}  // namespace

RulesData make_rules_data(std::size_t rows, std::uint64_t seed) {
    RulesData data;
    std::mt19937_64 dice(seed);
    Household household(data, dice);
    for (std::size_t row = 0; row < rows; ++row) household.add();
    return data;
}

Result<void> write_rules_data(const RulesData& data, const std::filesystem::path& folder) {
    for (std::size_t i = 0; i < rules_columns.size(); ++i) {
        TRY_VOID(write(folder / fmt::format("{}.i64", rules_columns[i].name), data.columns[i].numbers));
        if (rules_columns[i].may_lack)
            TRY_VOID(write(folder / fmt::format("{}.lane", rules_columns[i].name), data.columns[i].lanes));
    }
    return {};
}

Result<RulesData> read_rules_data(const std::filesystem::path& folder) {
    RulesData data;
    for (std::size_t i = 0; i < rules_columns.size(); ++i) {
        data.columns[i].numbers =
            TRY(read<std::int64_t>(folder / fmt::format("{}.i64", rules_columns[i].name)));
        if (rules_columns[i].may_lack)
            data.columns[i].lanes =
                TRY(read<expr::Lane>(folder / fmt::format("{}.lane", rules_columns[i].name)));
    }
    data.rows = data.columns[0].numbers.size();
    return data;
}

}  // namespace doudi::bench
