// SPDX-License-Identifier: Apache-2.0
#include "workbook/due_book.h"

#include <doctest/doctest.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "base/test_values.h"
#include "intake/sheet.h"
#include "vault/digest.h"

namespace doudi::workbook {
namespace {

namespace fs = std::filesystem;
const auto secret = vault::bytes_of("a secret of this office, 32 bytes");
const std::string sheet_name = "到期复核";

using Sheet = std::vector<std::vector<std::string>>;

class Reader : public intake::SheetSink {
  public:
    Result<void> begin_sheet(const intake::SheetInfo& info) override {
        is_ours_ = info.name == sheet_name;
        return {};
    }
    Result<void> row(std::uint32_t, std::span<const intake::Cell> cells) override {
        if (!is_ours_) return {};
        auto& made = sheet.emplace_back();
        for (const intake::Cell& cell : cells) made.emplace_back(cell.text);
        made.resize(sheet.front().size());
        return {};
    }
    Sheet sheet;

  private:
    bool is_ours_ = false;
};

// One that is due for sure, one of no known day.
DueShown shown(unsigned household, bool is_sure) {
    DueShown one;
    one.due.code = "LC/" + std::to_string(household);  // whatever stands in a code
    one.due.line.household = HouseholdId(household);
    one.due.line.category = "marginal";
    one.due.line.machine = "review";
    one.due.line.rhythm = "yearly";
    if (is_sure) one.due.line.due_on = one.due.line.sure_on = day("2025-06-10");
    one.head_name = "周长顺";
    one.unit = "第一镇";
    one.category = "低保边缘家庭";
    one.machine = "定期复核";
    one.rhythm = "每年一次";
    one.standing = "已超期 1 天";
    return one;
}

struct Round {
    Round() {
        std::string pattern = (fs::temp_directory_path() / "doudi-due-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        folder = pattern;
        REQUIRE(send_due({shown(1, true), shown(2, false)}, secret, folder / "out.xlsx").has_value());
        Reader reader;
        REQUIRE(intake::read_sheets(folder / "out.xlsx", intake::Limits{}, reader).has_value());
        sheet = std::move(reader.sheet);
        REQUIRE(sheet.size() == 3);
        for (const DueShown& one : {shown(1, true), shown(2, false)}) now.emplace(one.due.code, one);
    }
    ~Round() {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }
    Round(const Round&) = delete;
    Round& operator=(const Round&) = delete;

    std::string& cell(std::size_t row, const std::string& heading) {
        const auto at = std::ranges::find(sheet.front(), heading) - sheet.front().begin();
        REQUIRE(static_cast<std::size_t>(at) < sheet.front().size());
        return sheet[row][static_cast<std::size_t>(at)];
    }
    ReturnedDueRows back() {
        lxw_workbook* book = workbook_new((folder / "in.xlsx").c_str());
        lxw_worksheet* to = workbook_add_worksheet(book, sheet_name.c_str());
        for (std::size_t r = 0; r < sheet.size(); ++r)
            for (std::size_t c = 0; c < sheet[r].size(); ++c)
                if (!sheet[r][c].empty())
                    worksheet_write_string(to, static_cast<lxw_row_t>(r), static_cast<lxw_col_t>(c),
                                           sheet[r][c].c_str(), nullptr);
        REQUIRE(workbook_close(book) == LXW_NO_ERROR);
        const DueNow find = [this](const std::string& household, const std::string& category,
                                   const std::string& machine) -> Result<std::optional<DueShown>> {
            const auto found = now.find(household);
            if (found == now.end() || category != "marginal" || machine != "review")
                return std::optional<DueShown>();
            return std::optional(found->second);
        };
        return value(take_due(find, secret, folder / "in.xlsx"));
    }
    std::string refusal() {
        const auto rows = back().rows;
        REQUIRE(rows.size() == 1);
        CHECK(rows.front().outcome == casework::RowOutcome::refused);
        CHECK(rows.front().reason.empty());
        CHECK_FALSE(rows.front().until);
        return rows.front().refusals.front().code;
    }

    fs::path folder;
    Sheet sheet;
    std::map<std::string, DueShown> now;
};

constexpr const char* choice = "处理";
constexpr const char* until = "办理期限（到期日不明的）";
constexpr const char* reason = "理由（暂不发起的）";

}  // namespace

TEST_CASE("what was filled in is a row a household: its case, by when, or why not yet") {
    Round round;
    CHECK(round.back().rows.empty());
    CHECK(round.back().unchanged == 2);
    round.cell(1, choice) = "暂不发起";
    round.cell(1, reason) = "户主住院";
    round.cell(2, choice) = "发起办理";
    round.cell(2, until) = "2025年7月31日";
    const auto rows = round.back().rows;
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].outcome == casework::RowOutcome::waiting);
    CHECK_FALSE(rows[0].opens);
    CHECK(rows[0].reason == "户主住院");
    CHECK(rows[0].of->household == HouseholdId(1));
    CHECK(rows[0].seen == casework::due_version(shown(1, true).due.line));
    CHECK(rows[1].opens);
    CHECK(rows[1].until == day("2025-07-31"));
    CHECK(rows[1].of->category == "marginal");
    CHECK(rows[1].number == 2);
}

TEST_CASE("what would be lost without a word, or has moved on, is refused") {
    Round round;
    std::string code;
    SUBCASE("no choice") {
        round.cell(1, reason) = "户主住院";
        code = "due_choice";
    }
    SUBCASE("not yet, and no word why") {
        round.cell(1, choice) = "暂不发起";
        code = "due_reason";
    }
    SUBCASE("not yet, for a mark that says nothing") {
        round.cell(1, choice) = "暂不发起";
        round.cell(1, reason) = "。";
        code = "due_reason";
    }
    SUBCASE("a reason beside an opening") {
        round.cell(1, choice) = "发起办理";
        round.cell(1, reason) = "户主住院";
        code = "due_unread";
    }
    SUBCASE("a day where the line has its own") {
        round.cell(1, choice) = "发起办理";
        round.cell(1, until) = "2025-07-31";
        code = "due_unread";
    }
    SUBCASE("the key under another household") {
        round.cell(1, choice) = "发起办理";
        round.cell(1, "户编号") = "LC/2";
        code = "workbook_protected";
    }
    SUBCASE("another day by now") {
        round.cell(1, choice) = "发起办理";
        round.now.at("LC/1").due.line.sure_on = day("2026-06-10");
        code = "workbook_moved_on";
    }
    SUBCASE("it is being done") {
        round.cell(1, choice) = "发起办理";
        round.now.erase("LC/1");
        code = "workbook_gone";
    }
    CHECK(round.refusal() == code);
}

TEST_CASE("what only the day of the list says, or only its reader sees, is held against nothing") {
    Round round;
    round.cell(1, choice) = "发起办理";
    round.now.at("LC/1").standing = "已超期 9 天";
    round.now.at("LC/1").head_name = "周*顺";
    round.now.at("LC/1").rhythm = "每半年一次";
    const auto rows = round.back().rows;
    REQUIRE(rows.size() == 1);
    CHECK(rows.front().outcome == casework::RowOutcome::waiting);
}

}  // namespace doudi::workbook
