// SPDX-License-Identifier: Apache-2.0
#include "print/print.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/utf8.h"
#include "print/print_test_support.h"

namespace doudi::print {
namespace {

constexpr std::string_view number = "441699199001011236";
const Date day = *Date::from_ymd(2025, 6, 30);

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

Value value_for(const Field& field, std::string_view text);

Row row_with(const std::vector<Field>& fields, std::string_view text) {
    Row row;
    for (const Field& field : fields) row.values.emplace(field.id, value_for(field, text));
    return row;
}

// Something for each field, as long as it may be.
Value value_for(const Field& field, std::string_view text) {
    switch (field.type) {
        case FieldType::number:
            return {std::int64_t{1'000'000}};
        case FieldType::money:
            return {Money::fen(123'456'789'00)};
        case FieldType::date:
            return {*Date::from_ymd(2025, 12, 31)};
        case FieldType::flag:
            return {true};
        case FieldType::choice:
            return {field.options.back().id};
        case FieldType::id_number:
            return {std::string(number)};
        case FieldType::rows:
            return {std::vector<Row>(2, row_with(field.columns, text))};
        case FieldType::text:
            break;
    }
    return {std::string(text)};
}

// Every line within the margins, save the page's number below them.
void check_inside(const Sheet& sheet, const Layout& layout, const std::string& what) {
    constexpr double hair = 0.5;
    for (const Page& page : sheet.pages) {
        for (const auto& [x, y, line] : page.lines) {
            INFO(what << ": " << line.text);
            CHECK(x >= layout.left - hair);
            CHECK(x + line.width <= layout.width - layout.right + hair);
            CHECK(y > layout.top);
            CHECK(y < layout.height - 10 * pt_of_mm);
        }
        for (const Stroke& stroke : page.strokes) {
            CHECK(stroke.y2 <= layout.height - layout.bottom + hair);
            CHECK(stroke.x2 <= layout.width - layout.right + hair);
        }
    }
}

// No line runs over another one: of two with the same baseline the left ends before the right begins.
void check_apart(const Sheet& sheet, const std::string& what) {
    for (const Page& page : sheet.pages) {
        std::vector<const PlacedLine*> lines;
        for (const PlacedLine& placed : page.lines)
            if (!placed.line.text.empty()) lines.push_back(&placed);
        for (const PlacedLine* left : lines) {
            for (const PlacedLine* right : lines) {
                const double apart = std::min(left->line.size, right->line.size) * 0.8;
                if (left == right || left->x > right->x || std::abs(left->y - right->y) > apart) continue;
                INFO(what << ": " << left->line.text << " | " << right->line.text);
                CHECK(left->x + left->line.width <= right->x + 0.5);
            }
        }
    }
}

TEST_CASE("the same input gives the same bytes, whatever the clock's zone") {
    const auto printer = Printer::open(own_library());
    REQUIRE(printer.has_value());
    const FieldsFile file = fields_named("decision_letter");
    const auto first = printer->print("decision_letter", file.fields, file.day);
    setenv("TZ", "America/Lima", 1);
    const auto other_printer = Printer::open(own_library());
    const auto second = other_printer->print("decision_letter", file.fields, file.day);
    unsetenv("TZ");
    REQUIRE(first.has_value());
    REQUIRE(second.has_value());
    CHECK(first->pdf == second->pdf);
    CHECK(first->pdf.starts_with("%PDF-1.5"));
    CHECK(first->blanks.empty());
    const auto next_day = printer->print("decision_letter", file.fields, file.day + 1);
    CHECK(next_day->pdf != first->pdf);
    CHECK(next_day->pdf.size() == first->pdf.size());
}

TEST_CASE(
    "a paper bears the characters that it shows and no more of its fonts: it stays under a hundred "
    "kilobytes") {
    constexpr std::size_t most = 100'000;
    const auto printer = Printer::open(own_library());
    REQUIRE(printer.has_value());
    for (const Paper& paper : own_library().papers) {
        const std::string name = paper.id;
        const FieldsFile file = fields_named(name);
        const auto made = printer->print(name, file.fields, file.day);
        REQUIRE(made.has_value());
        CHECK_MESSAGE(made->pdf.size() < most, name, ": ", made->pdf.size());
        CHECK_MESSAGE(made->pdf == printer->print(name, file.fields, file.day)->pdf, name);
    }
    // A sheet that says more bears more: what is cut away is what it does not show.
    Fields longer = fields_named("minutes").fields;
    std::string text;
    for (char32_t code = 0x4E00; code < 0x4E00 + 400; ++code) {
        text += static_cast<char>(0xE0U | (code >> 12U));
        text += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
        text += static_cast<char>(0x80U | (code & 0x3FU));
    }
    longer = with(longer, "discussion", {text});
    const Date on = fields_named("minutes").day;
    CHECK(printer->print("minutes", longer, on)->pdf.size() >
          printer->print("minutes", fields_named("minutes").fields, on)->pdf.size() + 10'000);
}

TEST_CASE("a paper without any field is a form to be filled by hand, and says no figure") {
    for (const Paper& paper : own_library().papers) {
        if (paper.is_public) continue;
        const LaidOut laid = laid_out(paper.id, {});
        const std::string text = text_of(laid.sheet);
        INFO(paper.id);
        CHECK_FALSE(has(text, "0元"));
        CHECK_FALSE(has(text, "零元"));
        CHECK_FALSE(has(text, "☑"));
        CHECK(laid.about.blanks.size() > 2);
        CHECK(laid.about.unprintable.empty());
        check_inside(laid.sheet, *own_library().layouts.find(paper.layout), paper.id);
    }
}

TEST_CASE("what is not known is a line to write on, or says so, and never zero") {
    const Fields known = fields_named("check_report").fields;
    const std::string before = text_of(laid_out("check_report", known).sheet);
    CHECK(has(before, "960元"));
    const LaidOut laid = laid_out("check_report", with(known, "income_month", {}));
    CHECK_FALSE(has(text_of(laid.sheet), "960元"));
    CHECK(std::ranges::count(laid.about.blanks, "income_month") == 1);
    const LaidOut wage = laid_out("check_report", with(known, "wage_income", {}));
    CHECK(has(text_of(wage.sheet), "每月＿＿＿＿＿元"));
    const Row row{{{"name", {std::string("甲")}}, {"item", {std::string("存款")}}}};
    const std::string unknown =
        text_of(laid_out("check_report", with(known, "check_rows", {std::vector{row}})).sheet);
    CHECK(count(unknown, "未知\n") == 3);
    const LaidOut letter = laid_out("taper_notice", {});
    CHECK(has(words_of(letter.sheet), "　　　年　　月至"));
    CHECK(has(words_of(letter.sheet), "＿＿＿＿＿＿元"));
}

TEST_CASE("names of sixty characters and large figures stay within their cells on every paper") {
    const std::string name = repeated("阿卜杜热合曼·吾斯曼", 6);
    CHECK(count_code_points(name) == 60);
    for (const Paper& paper : own_library().papers) {
        for (const std::string& text : {name, repeated("W", 60), std::string("㛃𠮷")}) {
            const LaidOut laid = laid_out(paper.id, row_with(paper.fields, paper.is_public ? name : text));
            const Layout& layout = *own_library().layouts.find(paper.layout);
            check_inside(laid.sheet, layout, paper.id);
            check_apart(laid.sheet, paper.id);
        }
    }
}

TEST_CASE("rare characters are printed; what no font has leaves a space to write in, and is told") {
    for (const char* name : {"㛃", "𠮷", "䶮", "𬱖", "𫝀", "買買提·吐爾遜", "扎西·次仁旺堆"}) {
        const LaidOut laid = laid_out("decision_letter", with({}, "applicant", {std::string(name)}));
        CHECK(laid.about.unprintable.empty());
        CHECK(has(text_of(laid.sheet), std::string(name) + "："));
    }
    const LaidOut laid = laid_out("decision_letter", with({}, "applicant", {std::string("བཀྲ")}));
    REQUIRE(laid.about.unprintable.size() == 3);
    CHECK(laid.about.unprintable.front() == Unprintable{"applicant", 0xF40});
    CHECK(has(text_of(laid.sheet), "＿＿＿：\n"));
    const LaidOut turned =
        laid_out("decision_letter", with({}, "applicant", {std::string("张\u202E三\x07")}));
    CHECK(has(text_of(turned.sheet), "张三：\n"));
    const LaidOut broken = laid_out("decision_letter", with({}, "applicant", {std::string("张\xFF三")}));
    CHECK(broken.about.unprintable == std::vector{Unprintable{"applicant", 0xFFFD}});
}

TEST_CASE("an identity number is masked unless the caller hands over a whole one") {
    const auto shown = [](Value value) {
        return text_of(laid_out("approval_form", with({}, "applicant_number", std::move(value))).sheet);
    };
    CHECK(has(shown({std::string(number)}), "441699********1236"));
    CHECK(has(shown({std::string("441699********1236")}), "441699********1236"));
    CHECK_FALSE(has(shown({std::string(number)}), number));
    CHECK(has(shown({WholeNumber{std::string(number)}}), number));
    const std::string told = fmt::format("其父{}已去世", number);
    const std::string text = text_of(laid_out("home_survey", with({}, "hardship", {told})).sheet);
    CHECK(has(text, "其父441699********1236已去世"));
    CHECK(with_numbers_masked("A441699199001011236") == "A441699199001011236");  // part of a longer mark
    CHECK(with_numbers_masked("44169919900101123") == "44169919900101123");
}

Fields with_members(std::size_t many) {
    std::vector<Row> rows;
    for (std::size_t i = 0; i < many; ++i)
        rows.push_back(
            {{{"name", {fmt::format("成员{:02}号", i + 1)}}, {"month_income", {Money::fen(100'00)}}}});
    return with(fields_named("application_form").fields, "members", {std::move(rows)});
}

TEST_CASE("forty members run over pages, each with the table's head, none lost or doubled") {
    const LaidOut laid = laid_out("application_form", with_members(40));
    CHECK(laid.sheet.pages.size() >= 2);
    const std::string text = text_of(laid.sheet);
    for (std::size_t i = 0; i < 40; ++i) CHECK(count(text, fmt::format("成员{:02}号", i + 1)) == 1);
    std::size_t pages_with_members = 0;
    for (const Page& page : laid.sheet.pages) {
        const bool shows = std::ranges::any_of(
            page.lines, [](const PlacedLine& one) { return one.line.text.starts_with("成员"); });
        if (!shows) continue;
        ++pages_with_members;
        CHECK(has(text_of(page), "证件号码"));
    }
    CHECK(pages_with_members >= 2);
}

TEST_CASE("what is signed never stands alone on a page") {
    for (std::size_t many = 0; many <= 45; ++many) {
        const LaidOut laid = laid_out("application_form", with_members(many));
        for (const Page& page : laid.sheet.pages) {
            const auto sign = std::ranges::find_if(
                page.lines, [](const PlacedLine& one) { return one.line.text.starts_with("申请人（签名"); });
            if (sign == page.lines.end()) continue;
            INFO(many);
            CHECK(sign - page.lines.begin() >= 2);
            CHECK(has(text_of(page), "代理人（签名）"));
        }
    }
    for (std::size_t length = 0; length <= 900; length += 30) {
        const Fields fields =
            with(fields_named("refusal_letter").fields, "grounds", {repeated("理", length)});
        const LaidOut laid = laid_out("refusal_letter", fields);
        const std::string last = text_of(laid.sheet.pages.back());
        INFO(length);
        CHECK(has(last, "2025年6月30日"));
        CHECK(std::ranges::count(last, '\n') >= 5);  // two lines of text, the seal's two, the page's number
    }
}

TEST_CASE("no page begins with the last line of a paragraph or ends with its first") {
    for (std::size_t length = 0; length <= 1200; length += 24) {
        const Fields fields = with(fields_named("minutes").fields, "topic", {repeated("题", length)});
        const Sheet sheet = laid_out("minutes", fields).sheet;
        for (const Page& page : sheet.pages) {
            const auto topic = std::ranges::count_if(
                page.lines, [](const PlacedLine& one) { return one.line.text.starts_with("题"); });
            INFO(length);
            CHECK((topic != 1 || length <= 26));
        }
    }
}

std::string of_character(const Sheet& sheet, std::string_view character) {
    std::string text;
    for (const Page& page : sheet.pages)
        for (const PlacedLine& placed : page.lines)
            if (placed.line.text.starts_with(character)) text += placed.line.text;
    return text;
}

TEST_CASE("five thousand characters run over pages, in a paragraph and in a cell, and none is lost") {
    const std::string long_text = repeated("困", 5'000);
    const LaidOut minutes = laid_out("minutes", with({}, "discussion", {long_text}));
    CHECK(of_character(minutes.sheet, "困") == long_text);
    CHECK(minutes.sheet.pages.size() > 5);
    check_inside(minutes.sheet, *own_library().layouts.find("letter"), "minutes");
    const LaidOut survey = laid_out("home_survey", with({}, "survey_opinion", {long_text}));
    CHECK(of_character(survey.sheet, "困") == long_text);
    CHECK(survey.sheet.pages.size() > 3);
    check_inside(survey.sheet, *own_library().layouts.find("form"), "survey");
    check_apart(survey.sheet, "survey");
    CHECK(count(text_of(survey.sheet), "调查人（两人以上签名）") == 1);
    std::vector<Row> told{{{{"name", {std::string("甲")}}, {"told", {long_text}}}}};
    const LaidOut visits = laid_out("neighbour_visit", with({}, "neighbours", {told}));
    CHECK(of_character(visits.sheet, "困") == long_text);
    for (const Page& page : visits.sheet.pages)
        if (has(text_of(page), "困困困")) CHECK(has(text_of(page), "受访人签名"));
}

TEST_CASE("bounds: at the bound it is printed, above it is refused with the field's name") {
    const auto printer = Printer::open(own_library());
    const Fields most = with({}, "reason", {repeated("字", most_characters)});
    CHECK(printer->print("application_form", most, day).has_value());
    const auto above =
        printer->print("application_form", with({}, "reason", {repeated("字", most_characters + 1)}), day);
    REQUIRE_FALSE(above.has_value());
    CHECK(above.error().code == "paper_field_long");
    CHECK(has(above.error().text.en, "'reason'"));
    const auto rows = [&](std::size_t many) {
        return printer->print("catalogue", with({}, "archive_rows", {std::vector<Row>(many)}), day);
    };
    CHECK(rows(most_rows).has_value());
    CHECK(rows(most_rows + 1).error().code == "paper_field_long");
    std::vector<Row> long_rows(100, Row{{{"title", {repeated("长", 4'000)}}}});
    CHECK(printer->print("catalogue", with({}, "archive_rows", {long_rows}), day).error().code ==
          "paper_pages");
}

TEST_CASE("a field that the paper has not, of another type, or without such an option is refused by name") {
    const auto printer = Printer::open(own_library());
    const auto refused = [&](std::string_view field, Value value) {
        const auto printed = printer->print("decision_letter", with({}, field, std::move(value)), day);
        return printed ? std::string("printed") : printed.error().code + " " + printed.error().text.en;
    };
    CHECK(has(refused("hukou_address", {std::string("x")}),
              "paper_field_unknown the paper shows no field 'hukou_address'"));
    CHECK(has(refused("persons", {std::string("2")}), "paper_field_type"));
    CHECK(has(refused("month_amount", {std::int64_t{650}}), "paper_field_type"));
    CHECK(has(refused("decided_kind", {std::string("royalty")}), "paper_choice"));
    CHECK(refused("persons", {std::int64_t{2}}) == "printed");
    CHECK(printer->print("decision", {}, day).error().code == "paper_unknown");
}

TEST_CASE("a block stands there by what is known of its field") {
    const Fields granted = fields_named("decision_letter").fields;
    CHECK(has(words_of(laid_out("decision_letter", granted).sheet), "人民币壹仟贰佰元整"));
    CHECK_FALSE(
        has(text_of(laid_out("decision_letter", with(granted, "month_amount", {})).sheet), "每月发给"));
    const auto title = [](Value what) {
        return laid_out("refusal_letter", with({}, "refused_what", std::move(what)))
            .sheet.pages[0]
            .lines[0]
            .line.text;
    };
    CHECK(title({std::string("acceptance")}) == "社会救助不予受理决定书");
    CHECK(title({std::string("confirmation")}) == "社会救助不予确认决定书");
    CHECK(title({}) == "社会救助不予确认决定书");
    CHECK(title({std::string("objection")}) == "异议不予受理决定书");
    const std::string unheard =
        text_of(laid_out("refusal_letter", with({}, "refused_what", {std::string("objection")})).sheet);
    CHECK(has(unheard, "提出的异议"));
    CHECK(has(unheard, "行政复议"));  // what may be done against it
    CHECK_FALSE(has(unheard, "再次申请"));
    const auto asks_of_relatives = [](Value has_them) {
        return has(
            text_of(laid_out("application_form", with({}, "has_relatives", std::move(has_them))).sheet),
            "近亲属姓名");
    };
    CHECK(asks_of_relatives({true}));
    CHECK(asks_of_relatives({}));
    CHECK_FALSE(asks_of_relatives({false}));
}

}  // namespace
}  // namespace doudi::print
