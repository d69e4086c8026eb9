// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>

#include "intake/sheet.h"
#include "intake/zip_file.h"
#include "vault/digest.h"
#include "workbook/row_key.h"
#include "workbook/send_out.h"
#include "workbook/take_back.h"

namespace doudi::workbook {
namespace {

namespace fs = std::filesystem;
const auto secret = vault::bytes_of("a secret of this office, 32 bytes");
const auto other_secret = vault::bytes_of("a secret of another one, 32 bytes");

class Folder {
  public:
    Folder() {
        std::string pattern = (fs::temp_directory_path() / "doudi-workbook-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] fs::path operator/(const char* name) const { return path_ / name; }

  private:
    fs::path path_;
};

WorkList reviews() {
    return {"reviews",
            "复核清单",
            {{"code", "户编号", ColumnType::text, false, {}},
             {"head", "户主", ColumnType::text, false, {}},
             {"outcome", "结果", ColumnType::choice, true, {{"same", "无变化"}, {"changed", "有变化"}}},
             {"visited_on", "入户日期", ColumnType::date, true, {}},
             {"income", "月收入", ColumnType::money, true, {}},
             {"persons", "人数", ColumnType::number, true, {}},
             {"note", "说明", ColumnType::text, true, {}}}};
}

std::vector<WorkRow> rows() {
    return {{"LZ-1", 3, {"LZ-1", "周长顺", std::nullopt, std::nullopt, "960.00", "3", std::nullopt}},
            {"LZ-2", 1, {"LZ-2", "=陈桂香", "same", "2025-06-01", std::nullopt, std::nullopt, "在家"}}};
}

Current standing(std::vector<WorkRow> all = rows()) {
    return [all = std::move(all)](const std::string& key) -> std::optional<WorkRow> {
        const auto found = std::ranges::find(all, key, &WorkRow::key);
        return found == all.end() ? std::nullopt : std::optional(*found);
    };
}

using Sheet = std::vector<std::vector<std::string>>;

class Reader : public intake::SheetSink {
  public:
    Result<void> begin_sheet(const intake::SheetInfo& info) override {
        if (info.hidden) hidden.insert(info.name);
        name = info.name;
        return {};
    }
    Result<void> row(std::uint32_t, std::span<const intake::Cell> cells) override {
        auto& made = sheets[name].emplace_back();
        for (const intake::Cell& cell : cells) made.emplace_back(cell.text);
        made.resize(8);
        return {};
    }
    std::map<std::string, Sheet> sheets;
    std::set<std::string> hidden;
    std::string name;
};

// As a person fills it in and saves it: cells are texts, "#12.5" a number, "@45809" a day of a calendar.
void save(const Sheet& sheet, const fs::path& path) {
    lxw_workbook* book = workbook_new(path.c_str());
    lxw_worksheet* to = workbook_add_worksheet(book, "复核清单");
    lxw_format* day = workbook_add_format(book);
    format_set_num_format(day, "yyyy-mm-dd");
    for (std::size_t r = 0; r < sheet.size(); ++r) {
        for (std::size_t c = 0; c < sheet[r].size(); ++c) {
            const std::string& text = sheet[r][c];
            const auto row = static_cast<lxw_row_t>(r);
            const auto column = static_cast<lxw_col_t>(c);
            if (text.starts_with('#') || text.starts_with('@')) {
                worksheet_write_number(to, row, column, std::strtod(text.c_str() + 1, nullptr),
                                       text.front() == '@' ? day : nullptr);
            } else if (!text.empty()) {
                worksheet_write_string(to, row, column, text.c_str(), nullptr);
            }
        }
    }
    REQUIRE(workbook_close(book) == LXW_NO_ERROR);
}

Sheet sent(const Folder& folder, std::span<const std::byte> with = secret, const WorkList& list = reviews()) {
    REQUIRE(send_out(list, rows(), with, folder / "out.xlsx").has_value());
    Reader reader;
    REQUIRE(intake::read_sheets(folder / "out.xlsx", intake::Limits{}, reader).has_value());
    CHECK(reader.hidden == std::set<std::string>{"选项"});
    return reader.sheets.at("复核清单");
}

Result<Difference> back(const Folder& folder, const Sheet& sheet, const Current& current = standing()) {
    save(sheet, folder / "in.xlsx");
    return take_back(reviews(), folder / "in.xlsx", secret, current);
}

// Codes and places of all refusals.
std::string refusals(const Result<Difference>& difference) {
    if (!difference) return "refused: " + difference.error().code;
    std::string text;
    for (const RowDifference& row : difference->rows) {
        for (const Error& refusal : row.refusals) {
            CHECK(row.changes.empty());
            CHECK_FALSE(refusal.text.zh.empty());
            CHECK_FALSE(refusal.text.en.empty());
            text += refusal.code + " " + refusal.where + "\n";
        }
    }
    return text;
}

constexpr std::size_t key = 0, code = 1, head = 2, outcome = 3, visited = 4, income = 5, persons = 6,
                      note = 7;

TEST_CASE(
    "a sent workbook hides its keys, offers the words of choices and protects what is not to be changed") {
    const Folder folder;
    const Sheet sheet = sent(folder);
    CHECK(sheet.size() == 3);
    CHECK(sheet[0] == std::vector<std::string>{"行键（勿改）", "户编号", "户主", "结果", "入户日期", "月收入",
                                               "人数", "说明"});
    CHECK(open_row("reviews", sheet[1][key], secret) == RowKey{"LZ-1", 3});
    CHECK(sheet[2][head] == "'=陈桂香");
    CHECK(sheet[2][outcome] == "无变化");
    CHECK(sheet[1][note].empty());
    const auto zip = intake::ZipFile::open(folder / "out.xlsx", intake::Limits{});
    REQUIRE(zip.has_value());
    std::string xml;
    const auto read = zip->read("xl/worksheets/sheet1.xml", [&](std::string_view piece) -> Result<void> {
        xml += piece;
        return {};
    });
    REQUIRE(read.has_value());
    CHECK(xml.find("<sheetProtection sheet=\"1\"") != std::string::npos);
    CHECK(xml.find("hidden=\"1\"") != std::string::npos);
    CHECK(xml.find("<dataValidation type=\"list\"") != std::string::npos);
    CHECK(xml.find("sqref=\"D2:D3\"") != std::string::npos);
    CHECK(xml.find("选项!$C$1:$C$2") != std::string::npos);
}

TEST_CASE("a workbook that comes back as it left changes nothing") {
    const Folder folder;
    sent(folder);
    const auto same = take_back(reviews(), folder / "out.xlsx", secret, standing());
    REQUIRE(same.has_value());
    CHECK(same->rows.empty());
    CHECK(same->unchanged == 2);
}

TEST_CASE("what was filled in is a difference with what stood there before") {
    const Folder folder;
    Sheet sheet = sent(folder);
    sheet[1][outcome] = "有变化";
    sheet[1][visited] = "@45828";  // 2025-06-20
    sheet[1][income] = "#1012.5";
    sheet[1][note] = "  长子外出务工 ";
    sheet[2][visited] = "2025年6月9日";
    sheet[2][note] = "";
    std::swap(sheet[1], sheet[2]);  // sorted by somebody
    const auto made = back(folder, sheet);
    REQUIRE(made.has_value());
    REQUIRE(made->rows.size() == 2);
    CHECK(made->rows[0].key == "LZ-2");
    CHECK(made->rows[0].row == 2);
    CHECK(made->rows[0].changes ==
          std::vector<Change>{{"visited_on", "2025-06-01", "2025-06-09"}, {"note", "在家", std::nullopt}});
    CHECK(made->rows[1].changes == std::vector<Change>{{"outcome", std::nullopt, "changed"},
                                                       {"visited_on", std::nullopt, "2025-06-20"},
                                                       {"income", "960.00", "1012.50"},
                                                       {"note", std::nullopt, "长子外出务工"}});
    CHECK(refusals(made).empty());
}

TEST_CASE("an empty cell is not known, and is never zero") {
    const Folder folder;
    Sheet sheet = sent(folder);
    sheet[1][income] = "";
    const auto made = back(folder, sheet);
    REQUIRE(made->rows.size() == 1);
    CHECK(made->rows[0].changes == std::vector<Change>{{"income", "960.00", std::nullopt}});
    sheet[1][income] = "0";
    CHECK(back(folder, sheet)->rows[0].changes == std::vector<Change>{{"income", "960.00", "0.00"}});
}

TEST_CASE("a key that was changed, or is of another office or list, is no key") {
    const Folder folder;
    const Sheet sheet = sent(folder);
    for (std::size_t at = 0; at < sheet[1][key].size(); ++at) {
        std::string changed = sheet[1][key];
        changed[at] = changed[at] == '1' ? '2' : '1';
        CHECK_FALSE(open_row("reviews", changed, secret).has_value());
    }
    CHECK_FALSE(open_row("visits", sheet[1][key], secret).has_value());
    CHECK_FALSE(open_row("reviews", sheet[1][key], other_secret).has_value());
    CHECK_FALSE(open_row("reviews", "0" + sheet[1][key], secret).has_value());
    CHECK_FALSE(open_row("reviews", "", secret).has_value());
    CHECK_FALSE(open_row("reviews", "3:LZ-1", secret).has_value());
    CHECK(open_row("l", seal_row("l", {"a:b", 0}, secret), secret) == RowKey{"a:b", 0});
    Sheet foreign = sheet;
    foreign[1][key] = sent(folder, other_secret)[1][key];
    foreign[1][note] = "改";
    CHECK(refusals(back(folder, foreign)) == "workbook_key 复核清单!A2\n");
    foreign[1][key] = "3:LZ-2" + sheet[1][key].substr(6);
    CHECK(refusals(back(folder, foreign)) == "workbook_key 复核清单!A2\n");
}

TEST_CASE("rows that were added, doubled or are gone are refused, and the others are taken") {
    const Folder folder;
    Sheet sheet = sent(folder);
    sheet.push_back({"", "LZ-9", "新户", "有变化"});
    sheet[1][note] = "改";
    const auto added = back(folder, sheet);
    CHECK(refusals(added) == "workbook_row_added 复核清单!A4\n");
    CHECK(added->rows.front().changes.size() == 1);
    sheet.back() = sheet[2];
    const auto doubled = back(folder, sheet);
    CHECK(refusals(doubled) == "workbook_row_twice 复核清单!3\nworkbook_row_twice 复核清单!4\n");
    sheet.pop_back();
    CHECK(refusals(back(folder, sheet, standing({rows()[0]}))) == "workbook_gone 复核清单!A3\n");
    sheet.push_back({"", "", " "});
    CHECK(refusals(back(folder, sheet)).empty());
}

TEST_CASE("what nobody can tell of a column is held against no row, whatever stands in it") {
    const Folder folder;
    Sheet sheet = sent(folder);
    sheet[1][head] = "周长盛";
    sheet[1][note] = "在家";
    save(sheet, folder / "in.xlsx");
    WorkList list = reviews();
    list.columns[head - 1].is_held = false;
    const auto made = take_back(list, folder / "in.xlsx", secret, standing());
    CHECK(refusals(made).empty());
    REQUIRE(made->rows.size() == 1);
    CHECK(made->rows.front().changes == std::vector<Change>{{"note", std::nullopt, "在家"}});
}

TEST_CASE("a protected cell that was changed refuses its row, whole") {
    const Folder folder;
    Sheet sheet = sent(folder);
    sheet[1][head] = "周长盛";
    sheet[1][note] = "改名";
    sheet[2][note] = "好";
    const auto made = back(folder, sheet);
    CHECK(refusals(made) == "workbook_protected 复核清单!C2\n");
    CHECK(made->rows[1].changes.size() == 1);
    sheet[1][code] = "";
    CHECK(refusals(back(folder, sheet)) ==
          "workbook_protected 复核清单!B2\nworkbook_protected 复核清单!C2\n");
}

TEST_CASE("what cannot be read is refused at its cell, without being repeated") {
    const Folder folder;
    const Sheet sheet = sent(folder);
    const auto refused = [&](std::size_t column, const std::string& text) {
        Sheet changed = sheet;
        changed[1][column] = text;
        const auto made = back(folder, changed);
        for (const RowDifference& row : made->rows)
            for (const Error& refusal : row.refusals) CHECK(refusal.text.zh.find(text) == std::string::npos);
        return refusals(made);
    };
    CHECK(refused(outcome, "差不多") == "workbook_value 复核清单!D2\n");
    CHECK(refused(outcome, "changed") == "workbook_value 复核清单!D2\n");  // an id is no word
    CHECK(refused(visited, "上周") == "workbook_value 复核清单!E2\n");
    CHECK(refused(visited, "03/04/2025") == "workbook_value 复核清单!E2\n");
    CHECK(refused(visited, "2025-02-29") == "workbook_value 复核清单!E2\n");
    CHECK(refused(visited, "2025-02-28").empty());
    CHECK(refused(income, "很少") == "workbook_value 复核清单!F2\n");
    CHECK(refused(persons, "三") == "workbook_value 复核清单!G2\n");
    CHECK(refused(persons, "#2.5") == "workbook_value 复核清单!G2\n");
    CHECK(refused(persons, "#2").empty());
    CHECK(refused(note, std::string(most_text, 'x')).empty());
    CHECK(refused(note, std::string(most_text + 1, 'x')) == "workbook_value 复核清单!H2\n");
}

TEST_CASE("a row that moved on since takes no change; untouched it is no matter") {
    const Folder folder;
    Sheet sheet = sent(folder);
    std::vector<WorkRow> moved = rows();
    moved[0].version = 4;
    moved[0].values[1] = "周长顺（户主已变更）";
    CHECK(refusals(back(folder, sheet, standing(moved))).empty());
    sheet[1][note] = "改";
    CHECK(refusals(back(folder, sheet, standing(moved))) == "workbook_moved_on 复核清单!A2\n");
}

TEST_CASE(
    "columns may be moved and left out; a heading that stands twice, or no keys at all, refuse the file") {
    const Folder folder;
    Sheet sheet = sent(folder);
    sheet[1][note] = "改";
    for (auto& row : sheet) std::swap(row[key], row[note]);
    CHECK(back(folder, sheet)->rows.front().changes == std::vector<Change>{{"note", std::nullopt, "改"}});
    for (auto& row : sheet) row[head] = "";
    CHECK(refusals(back(folder, sheet)).empty());
    sheet[0][head] = "说明";
    CHECK(refusals(back(folder, sheet)) == "refused: workbook_heading_twice");
    sheet[0][head] = "行键（勿改）";
    CHECK(refusals(back(folder, sheet)) == "refused: workbook_heading_twice");
    CHECK(refusals(back(folder, {{"户编号", "说明"}, {"LZ-1", "改"}})) == "refused: workbook_keys");
}

}  // namespace
}  // namespace doudi::workbook
