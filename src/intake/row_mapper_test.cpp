// SPDX-License-Identifier: Apache-2.0
#include "intake/row_mapper.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/id_number.h"
#include "intake/format_test_support.h"

namespace doudi::intake {
namespace {

// Maps rows of one dataset whose file has the dataset's columns in their order.
class Mapping {
  public:
    explicit Mapping(std::string_view id, AsOf as_of = test::end_of_june())
        : catalogue_(test::small_catalogue()) {
        const int index = catalogue_.index_of(id);
        REQUIRE(index >= 0);
        dataset_ = &catalogue_.datasets[static_cast<std::size_t>(index)];
        Recognised recognised;
        recognised.dataset = index;
        for (std::size_t c = 0; c < dataset_->columns.size(); ++c) {
            recognised.column_of.push_back(static_cast<int>(c));
            recognised.headings.push_back(dataset_->columns[c].headings.front());
        }
        mapper_.emplace(*dataset_, recognised, as_of);
        out = mapper_->make_rows();
    }
    void add(const std::vector<std::string_view>& cells) {
        std::string text;
        for (const std::string_view cell : cells) text += (text.empty() ? "" : ",") + std::string(cell);
        if (!cells.empty() && cells.front().empty()) text.insert(0, "\"\"");
        add_text(text + "\n");
    }
    void add_text(std::string_view text, const FeedSink* chooser = nullptr) {
        CsvRows rows;
        rows.cut(text, ',');
        mapper_->map_rows(rows, chooser, scratch_, out);
    }
    void add_cells(const std::vector<Cell>& cells) {
        mapper_->map_row(++row_, std::span<const Cell>(cells), scratch_, out);
    }
    [[nodiscard]] const FeedLayout& layout() const { return mapper_->layout(); }
    [[nodiscard]] const column::Column& column(int at) const {
        return out.rows.batch.columns[static_cast<std::size_t>(at)];
    }
    [[nodiscard]] std::string last() const {
        if (out.findings.empty()) return "";
        const Finding& last = out.findings.back();
        return std::string(code_of(last.code)) + (last.refused ? "" : " landed");
    }

    MappedRows out;

  private:
    policy::DatasetCatalogue catalogue_;
    const policy::Dataset* dataset_ = nullptr;
    std::optional<RowMapper> mapper_;
    MapScratch scratch_;
    std::uint32_t row_ = 0;
};

[[nodiscard]] std::string number(std::string seventeen) {
    return seventeen + id_check_character(seventeen);
}

const std::string good = number("44169919740612979");

TEST_CASE("an ordinary row lands with its row number, day, number, name and words") {
    Mapping map("hr.unemployment_roll");
    map.add({" 向观妹　", good, "2025-05-07", "有效", ""});
    CHECK(map.out.counts.rows == 1);
    CHECK(map.out.findings.empty());
    REQUIRE(map.out.rows.batch.rows == 1);
    const FeedLayout& layout = map.layout();
    CHECK(map.column(layout.row).numbers[0] == 0);
    CHECK(Date::from_days(static_cast<int>(map.column(layout.event_date).numbers[0])).iso() == "2025-05-07");
    CHECK(map.column(layout.roles[0].id).numbers[0] ==
          static_cast<std::int64_t>(IdNumber::parse(good)->packed()));
    CHECK(map.column(layout.roles[0].name).text.at(0) == "向观妹");
    CHECK(map.column(layout.field_of[3]).dictionary.at(0) == "有效");
    CHECK(map.column(layout.field_of[4]).status_at(0) == column::Status::none);
}

TEST_CASE("a status that is missing in a later row does not touch the rows before it") {
    Mapping map("hr.unemployment_roll");
    map.add({"甲", good, "2025-05-07", "有效", "合同到期"});
    map.add({"甲", good, "2025-05-07", "", "合同到期"});
    map.add({"甲", good, "2025-05-07", "注销", "合同到期"});
    const column::Column& status = map.column(map.layout().field_of[3]);
    CHECK(status.status_at(0) == column::Status::value);
    CHECK(status.status_at(1) == column::Status::none);
    CHECK(status.status_at(2) == column::Status::value);
    CHECK(status.dictionary.at(2) == "注销");
}

TEST_CASE("each unusable number refuses the row and says why, masked") {
    const std::pair<std::string, std::string> cases[] = {{"", "id_empty"},
                                                         {"无", "id_empty"},
                                                         {"4.41699E+17", "id_damaged"},
                                                         {"441699********9795", "id_masked"},
                                                         {"12345", "id_shape"},
                                                         {number("44169919740631979"), "id_birth_date"},
                                                         {"#N/A", "cell_error"}};
    for (const auto& [text, code] : cases) {
        Mapping map("hr.unemployment_roll");
        map.add({"甲", text, "2025-05-07", "有效", ""});
        CAPTURE(text);
        CHECK(map.last() == code);
        CHECK(map.out.counts.refused == 1);
        CHECK(map.out.rows.batch.rows == 0);
    }
    Mapping map("hr.unemployment_roll");
    map.add({"甲", number("44169919740631979"), "2025-05-07", "有效", ""});
    CHECK(map.out.findings[0].column == "身份证号");
    CHECK(map.out.findings[0].value.find("19740631") == std::string::npos);
}

TEST_CASE("ordinary and odd rows of a chunk land in the order of the file, each under its place in it") {
    Mapping map("hr.unemployment_roll");
    const std::string spaced = good.substr(0, 6) + " " + good.substr(6);
    map.add_text("甲," + good + ",2025-05-07,有效,a\n合计,,,,2\n乙," + spaced + ",2025年5月8日,,b\n丙," +
                 good + ",20250509,注销,c\n");
    CHECK(map.out.counts.rows == 3);
    REQUIRE(map.out.rows.batch.rows == 3);
    CHECK(map.column(map.layout().row).numbers == std::vector<std::int64_t>{0, 2, 3});
    CHECK(map.column(map.layout().roles[0].name).text.at(1) == "乙");
    CHECK(map.column(map.layout().roles[0].id).numbers[1] == map.column(map.layout().roles[0].id).numbers[0]);
    CHECK(map.column(map.layout().field_of[3]).status_at(1) == column::Status::none);
    CHECK(map.column(map.layout().field_of[3]).dictionary.at(2) == "注销");
}

// Wants nothing.
class Uninterested : public FeedSink {
  public:
    void choose(const RowKeys& keys, std::vector<std::uint8_t>& wanted) const override {
        seen = keys.plain;
        std::ranges::fill(wanted, std::uint8_t{0});
    }
    std::unique_ptr<Part> process(FeedRows&) override { return nullptr; }
    void commit(std::unique_ptr<Part>, std::uint32_t) override {}

    mutable std::vector<std::uint8_t> seen;
};

TEST_CASE("an ordinary row that nobody wants is counted and left out, an odd one is judged all the same") {
    Mapping map("hr.unemployment_roll");
    std::string wrong = good;
    wrong[17] = wrong[17] == '0' ? '1' : '0';
    const Uninterested nobody;
    map.add_text("甲," + good + ",2025-05-07,有效,a\n乙," + wrong + ",2025-05-07,有效,a\n丙," + good +
                     ",待定,有效,a\n丁," + good + ",2025-05-07,#N/A,a\n戊," + good + ",2025-05-07,有效,\n",
                 &nobody);
    CHECK(nobody.seen == std::vector<std::uint8_t>{1, 0, 0, 0, 1});
    CHECK(map.out.counts.rows == 5);
    CHECK(map.out.counts.refused == 2);
    CHECK(map.out.rows.not_wanted == 2);
    REQUIRE(map.out.rows.batch.rows == 1);
    CHECK(map.column(map.layout().roles[0].name).text.at(0) == "乙");
}

TEST_CASE("a birth on the day of import is possible, one day later it is not") {
    const std::string born = number("44169920250630001");
    Mapping on("hr.unemployment_roll", AsOf{*Date::from_ymd(2025, 6, 30)});
    on.add({"甲", born, "2025-05-07", "有效", ""});
    CHECK(on.out.rows.batch.rows == 1);
    Mapping before("hr.unemployment_roll", AsOf{*Date::from_ymd(2025, 6, 29)});
    before.add({"甲", born, "2025-05-07", "有效", ""});
    CHECK(before.last() == "id_birth_date");
}

TEST_CASE("a wrong check character lands and is named") {
    std::string wrong = good;
    wrong[17] = wrong[17] == '0' ? '1' : '0';
    Mapping map("hr.unemployment_roll");
    map.add({"甲", wrong, "2025-05-07", "有效", ""});
    CHECK(map.last() == "id_check landed");
    CHECK(map.out.counts.refused == 0);
    REQUIRE(map.out.rows.batch.rows == 1);
    CHECK(is_unchecked(static_cast<std::uint64_t>(map.column(map.layout().roles[0].id).numbers[0])));
}

TEST_CASE("a row of two persons is refused only if neither number is usable") {
    Mapping map("health.births");
    map.add({"Y1", "甲", "4.41699E+17", "乙", good, "2025-05-01"});
    CHECK(map.last() == "id_damaged landed");
    CHECK(map.column(map.layout().roles[0].id).status_at(0) == column::Status::none);
    CHECK(map.column(map.layout().roles[1].id).status_at(0) == column::Status::value);
    map.add({"Y2", "甲", good, "", "", "2025-05-01"});
    CHECK(map.out.findings.size() == 1);
    CHECK(map.out.rows.batch.rows == 2);
    map.add({"Y3", "甲", "", "乙", "123", "2025-05-01"});
    CHECK(map.out.counts.refused == 1);
    CHECK(map.last() == "id_shape");
}

TEST_CASE("where name and phone will do, an empty number lands and a damaged one does not") {
    Mapping map("petition.visits");
    map.add({"甲", "", "138-0013-8000", "2025-05-01"});
    CHECK(map.out.findings.empty());
    REQUIRE(map.out.rows.batch.rows == 1);
    CHECK(map.column(map.layout().roles[0].id).status_at(0) == column::Status::none);
    CHECK(map.column(map.layout().roles[0].phone).text.at(0) == "13800138000");
    map.add({"甲", "4.41699E+17", "13800138000", "2025-05-01"});
    CHECK(map.last() == "id_damaged");
    CHECK(map.out.rows.batch.rows == 1);
}

TEST_CASE("a date that is missing, unreadable or open refuses the row") {
    for (const auto& [text, code] :
         {std::pair("", "date_missing"), std::pair("待定", "date_unreadable"),
          std::pair("99991231", "date_unreadable"), std::pair("#REF!", "cell_error")}) {
        Mapping map("hr.unemployment_roll");
        map.add({"甲", good, text, "有效", ""});
        CHECK(map.last() == code);
        CHECK(map.out.counts.refused == 1);
    }
}

TEST_CASE("a short row says so; a spreadsheet's row leaves empty cells out") {
    Mapping map("hr.unemployment_roll");
    map.add({"甲", good});
    CHECK(map.last() == "too_few_cells");
    map.add_cells({{"甲", CellKind::text}, {good, CellKind::text}});
    CHECK(map.last() == "date_missing");
}

TEST_CASE("blank rows, totals, signatures, repeated headings and numbered columns are no data") {
    Mapping map("hr.unemployment_roll");
    map.add({"", " ", "　", "", ""});
    map.add({"合计", "", "", "", "31"});
    map.add({"义都镇小计", "", "", "", ""});
    map.add({"", "合 计", "", "", ""});
    map.add({"制表人：李某", "", "审核人：王某", "", ""});
    map.add({"注：本表按季报送", "", "", "", ""});
    map.add({"姓名", "身份证号", "登记日期", "登记状态", "失业原因"});
    map.add({"甲", "乙", "丙", "丁", "戊"});
    map.add({"1", "2", "3", "4", "5"});
    CHECK(map.out.counts.rows == 0);
    CHECK(map.out.findings.empty());
    CHECK(map.out.rows.batch.rows == 0);
}

TEST_CASE("a person whose row looks like a total is still a person") {
    Mapping map("hr.unemployment_roll");
    map.add({"合计", good, "2025-05-07", "有效", ""});
    CHECK(map.out.rows.batch.rows == 1);
}

TEST_CASE("a numeric cell of more than fifteen digits is a damaged number, one of fifteen is an old number") {
    Mapping map("hr.unemployment_roll");
    map.add_cells({{"甲", CellKind::text},
                   {"441699197406129790", CellKind::number},
                   {"20250507", CellKind::number},
                   {"有效", CellKind::text}});
    CHECK(map.last() == "id_damaged");
    map.add_cells({{"甲", CellKind::text},
                   {"441699740612979", CellKind::number},
                   {"45784", CellKind::number},
                   {"有效", CellKind::text}});
    CHECK(map.out.rows.batch.rows == 1);
}

TEST_CASE("what a merged cell gives downwards counts, what it gives to the right does not") {
    Mapping map("hr.unemployment_roll");
    map.add_cells({{"甲", CellKind::text, CellFill::from_above},
                   {good, CellKind::text},
                   {"2025-05-07", CellKind::text},
                   {"有效", CellKind::text}});
    CHECK(map.column(map.layout().roles[0].name).text.at(0) == "甲");
    map.add_cells({{"有效", CellKind::text},
                   {good, CellKind::text},
                   {"2025-05-07", CellKind::text},
                   {"有效", CellKind::text, CellFill::from_left}});
    CHECK(map.column(map.layout().field_of[3]).status_at(1) == column::Status::none);
    map.add_cells({{"甲", CellKind::text, CellFill::from_above}, {"", CellKind::empty}});
    CHECK(map.out.counts.rows == 2);
}

TEST_CASE("a name with a lost character refuses the row") {
    Mapping map("hr.unemployment_roll");
    map.add({"甲\xEF\xBF\xBD", good, "2025-05-07", "有效", ""});
    CHECK(map.last() == "bad_encoding");
    map.add({"\xEF\xBC\xA1", good, "2025-05-07", "有效", ""});
    CHECK(map.out.rows.batch.rows == 1);
}

TEST_CASE("each code of a finding is found by its name, and a name of no code is none") {
    constexpr auto last = static_cast<int>(FindingCode::date_in_future);
    for (int n = 0; n <= last; ++n) {
        const auto code = static_cast<FindingCode>(n);
        CAPTURE(code_of(code));
        CHECK(finding_named(code_of(code)) == code);
    }
    CHECK_FALSE(finding_named("id_of_a_later_version").has_value());
}

}  // namespace
}  // namespace doudi::intake
