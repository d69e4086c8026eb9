// SPDX-License-Identifier: Apache-2.0
#include "cli/event_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "intake/records.h"

namespace doudi::cli {

Text channel_words(policy::Channel channel) {
    return channel == policy::Channel::telephone ? Text{"电话问询", "telephone"} : Text{"入户", "visit"};
}

Text indicator_title(const policy::Pack& pack, const std::string& indicator) {
    const int at = pack.indicator_of(indicator);
    return at < 0 ? Text{indicator, indicator} : pack.indicators[static_cast<std::size_t>(at)].title;
}

Text grade_title(const std::string& grade) {
    return grade == "exact"      ? Text{"精确", "exact"}
           : grade == "probable" ? Text{"疑似", "probable"}
                                 : Text{grade, grade};
}

std::string row_as_seen(const Console& console, const std::string& file_name, std::uint32_t row) {
    const std::uint32_t sheet = row / intake::sheet_row_stride;
    const auto extension = std::filesystem::path(file_name).extension().string();
    if (sheet == 0 || !(extension.starts_with(".x") || extension.starts_with(".X")))
        return std::to_string(row);
    const std::uint32_t in_sheet = row % intake::sheet_row_stride;
    return console.say(
        {fmt::format("第{}张表 {}", sheet + 1, in_sheet), fmt::format("sheet {}, {}", sheet + 1, in_sheet)});
}

Text outcome_title(const monitor::DoubtRow& doubt) {
    return doubt.outcome == "review" ? Text{"待核", "to review"} : Text{"可能", "possible"};
}

namespace {

Text fault_title(const std::string& code) {
    if (code == "overflow") return {"计算超出范围", "a number out of range"};
    if (code == "zero") return {"除数为零", "a division by zero"};
    if (code == "empty") return {"空列表取最值", "the least of nothing"};
    if (code == "range") return {"值无法转换", "a value that cannot be converted"};
    return {"条件计算出错：" + code, "the condition failed: " + code};
}

// The usual heading of each column that is named, as the sender knows it.
Text headings_of(const policy::DatasetCatalogue& catalogue, const monitor::DoubtRow& doubt) {
    const int at = catalogue.index_of(doubt.dataset);
    std::string names;
    for (std::size_t begin = 0; begin < doubt.reason.size();) {
        const std::size_t end = std::min(doubt.reason.find(';', begin), doubt.reason.size());
        std::string name = doubt.reason.substr(begin, end - begin);
        if (at >= 0) {
            const policy::Dataset& dataset = catalogue.datasets[static_cast<std::size_t>(at)];
            const int column = dataset.column_of(name);
            if (column >= 0 && !dataset.columns[static_cast<std::size_t>(column)].headings.empty())
                name = dataset.columns[static_cast<std::size_t>(column)].headings.front();
        }
        names += (names.empty() ? "" : "、") + name;
        begin = end + 1;
    }
    return {names, names};
}

}  // namespace

Text reason_text(const policy::DatasetCatalogue& catalogue, const monitor::DoubtRow& doubt) {
    if (doubt.outcome == "review") return fault_title(doubt.reason);
    const Text columns = headings_of(catalogue, doubt);
    if (columns.zh.empty()) return {"未知", "not known"};
    return {fmt::format("“{}”未知", columns.zh), fmt::format("“{}” is not known", columns.en)};
}

}  // namespace doudi::cli
