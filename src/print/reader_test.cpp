// SPDX-License-Identifier: Apache-2.0
// Templates and files of fields: what is wrong stands with file, line and column, in both languages.
#include <doctest/doctest.h>

#include <algorithm>

#include "policy/yaml_reader.h"
#include "print/print_test_support.h"

namespace doudi::print {
namespace {

std::string faults_of(const std::vector<Error>& faults) {
    std::string text;
    for (const Error& fault : faults) {
        CHECK_FALSE(fault.text.zh.empty());
        CHECK_FALSE(fault.text.en.empty());
        text += fault.code + " " + fault.where + "\n";
    }
    return text;
}

// What a template with these blocks is refused for.
std::string template_faults(std::string_view blocks) {
    const PaperFolder folder;
    folder.write("papers/pledge_form.yaml",
                 "title: {zh: 书, en: Paper}\nlayout: letter\nblocks:\n" + std::string(blocks));
    const auto library = load_papers(folder.root());
    return library ? "" : faults_of(library.error());
}

TEST_CASE("the program's papers load, and each says what asks for it") {
    CHECK(own_library().papers.size() == 18);
    for (const Paper& paper : own_library().papers) {
        INFO(paper.id);
        CHECK_FALSE(paper.cite.empty());
        CHECK_FALSE(paper.title.zh.empty());
        CHECK(paper.is_public == (paper.id == "public_notice"));
    }
}

TEST_CASE("each paper that the procedures of the nation print has a template") {
    policy::Faults faults;
    const auto top =
        policy::read_yaml_file(source_root() / "packs/national/procedures.yaml", "procedures", faults);
    REQUIRE(top.has_value());
    std::size_t named = 0;
    for (const policy::YamlEntry& entry : top->entries()) {
        if (entry.key != "papers") continue;
        for (const policy::YamlValue& item : entry.value.list()) {
            for (const policy::YamlEntry& part : item.entries()) {
                if (part.key != "id") continue;
                const std::string id = part.value.text().value_or("");
                CHECK_MESSAGE(own_library().find(id) != nullptr, id);
                ++named;
            }
        }
    }
    CHECK(named > 0);
}

TEST_CASE("a template's faults are named at their place") {
    const auto is = [](std::string_view blocks, std::string_view fault) {
        INFO(blocks);
        CHECK(template_faults(blocks) == std::string(fault) + "\n");
    };
    is("  - body: \"{applicnt}\"\n", "paper_field_unknown papers/pledge_form.yaml:4:13");
    is("  - body: \"甲乙{applicant\"\n", "paper_wording papers/pledge_form.yaml:4:14");
    is("  - body: \"甲乙}\"\n", "paper_wording papers/pledge_form.yaml:4:14");
    is("  - body: \"{applicant|capital}\"\n", "paper_form papers/pledge_form.yaml:4:23");
    is("  - body: \"{month_amount|options}\"\n", "paper_form papers/pledge_form.yaml:4:26");
    is("  - body: \"{members}\"\n", "paper_rows_in_text papers/pledge_form.yaml:4:13");
    is("  - bdy: x\n", "paper_block papers/pledge_form.yaml:4:5");
    is("  - body: x\n    note: y\n", "paper_block papers/pledge_form.yaml:5:5");
    is("  - body\n", "paper_block papers/pledge_form.yaml:4:5");
    is("  - body: x\n    when: {residence_kind: rurl}\n", "paper_condition papers/pledge_form.yaml:5:28");
    is("  - form: {columns: [1, 1], rows: [[a]]}\n", "paper_form_row papers/pledge_form.yaml:4:36");
    is("  - form: {columns: [1], rows: [[{text: a, span: 2}]]}\n",
       "paper_form_row papers/pledge_form.yaml:4:33");
    is("  - list: {rows: applicant, columns: []}\n", "paper_list_rows papers/pledge_form.yaml:4:18");
    is("  - list: {rows: members, columns: [{head: a, width: 1, cell: \"{bank}\"}]}\n",
       "paper_field_unknown papers/pledge_form.yaml:4:65");
    is("  - photos: {labels: [a, b, c, d, e], height: 60}\n", "paper_photos papers/pledge_form.yaml:4:13");
}

TEST_CASE("layouts and fields that make no sense are refused") {
    const auto faults = [](const char* file, std::string_view text) {
        const PaperFolder folder;
        folder.write(file, text);
        const auto library = load_papers(folder.root());
        return library ? std::string() : faults_of(library.error());
    };
    const auto field = [&](const char* text) {
        return faults("papers/fields.yaml", "fields:\n  - " + std::string(text) + "\n");
    };
    CHECK(has(field("{id: a, title: {zh: 甲, en: A}, type: sum}"),
              "yaml_unknown_word papers/fields.yaml:2:42"));
    CHECK(has(field("{id: a, title: {zh: 甲, en: A}, type: choice}"), "paper_field_words"));
    CHECK(has(field("{id: a, title: {zh: 甲, en: A}, type: text, words: {b: 乙}}"), "paper_field_words"));
    CHECK(has(field("{id: a, title: {zh: 甲, en: A}, type: rows}"), "paper_field_columns"));
    CHECK(has(field("{id: a, title: {zh: 甲, en: A}, type: flag, adult: true}"), "paper_adult_flag"));
    CHECK(has(faults("papers/layouts.yaml", "fonts: {}\nwords: {}\nlayouts: {}\n"), "layout_unknown"));
    CHECK(has(faults("papers/layouts.yaml", "fonts:\n  song: []\nwords: {}\nlayouts: {}\n"), "layout_font"));
    CHECK(has(faults("papers/layouts.yaml",
                     "fonts:\n  song: [{family: Noto Serif CJK SC, package: fonts-noto-cjk}]\n"
                     "words: {unknown: a, yes: b, no: c, ticked: d, open: e}\n"
                     "layouts:\n  letter: {size: [210, 297], margins: [150, 1, 150, 1], styles: {}}\n"),
              "layout_room papers/layouts.yaml:5:11"));
}

TEST_CASE("a font that is not there is named with its package") {
    const auto fonts = Fonts::open({{"song", {{"No Such Song", "fonts-none"}}}});
    REQUIRE_FALSE(fonts.has_value());
    CHECK(fonts.error().code == "paper_font");
    CHECK(has(fonts.error().text.en, "No Such Song"));
    CHECK(has(fonts.error().text.zh, "fonts-none"));
}

TEST_CASE("a pack's paper takes the place of the program's, and that of a nearer pack of a farther one's") {
    const PaperFolder folder;
    const auto body = [](std::string_view words) {
        return "title: {zh: 书, en: " + std::string(words) + "}\nlayout: letter\nblocks:\n  - body: x\n";
    };
    folder.write("packs/national/papers/pledge_form.yaml", body("national"));
    folder.write("packs/national/papers/visit_card.yaml", body("card"));
    const auto title = [&](const char* pack) {
        return load_papers(folder.root(), pack)->find("pledge_form")->title.en;
    };
    CHECK(title("") == "Pledge of truthfulness");
    CHECK(title("jinan-2024") == "national");
    folder.write("packs/jinan-2024/papers/pledge_form.yaml", body("jinan"));
    CHECK(title("jinan-2024") == "jinan");
    CHECK(title("national") == "national");
    CHECK(load_papers(folder.root(), "jinan-2024")->papers.size() == 19);
    const auto none = load_papers(folder.root(), "jinan-2042");
    REQUIRE_FALSE(none.has_value());
    CHECK(has(none.error().front().where, "packs/jinan-2042/pack.yaml"));
}

std::string fields_faults(std::string_view fields) {
    const std::string text = "{\"date\": \"2025-06-30\",\n \"fields\": " + std::string(fields) + "}";
    const auto read = read_fields_file(text, "f.json", *own_library().find("approval_form"));
    return read ? "" : faults_of(read.error());
}

TEST_CASE("fields are read by their types, and what does not fit is named at its place") {
    CHECK(fields_faults("{}").empty());
    CHECK(fields_faults("{\"applicant\": null, \"members\": null}").empty());
    CHECK(fields_faults("{\"aplicant\": \"x\"}") == "paper_field_unknown f.json:2:13\n");
    CHECK(fields_faults("{\"persons\": \"two\"}").ends_with("f.json:2:24\n"));
    CHECK(fields_faults("{\"month_amount\": \"1.005\"}") == "paper_money f.json:2:29\n");
    CHECK(fields_faults("{\"accepted_on\": \"2025-02-29\"}").ends_with("f.json:2:28\n"));
    CHECK(fields_faults("{\"decided_kind\": \"x\"}") == "paper_choice f.json:2:29\n");
    CHECK(fields_faults("{\"members\": [{\"nam\": \"x\"}]}") == "paper_field_unknown f.json:2:26\n");
    CHECK(fields_faults("{\"members\": [1]}").ends_with("f.json:2:25\n"));
    CHECK(fields_faults("{\"applicant_number\": {\"ful\": \"x\"}}").find("f.json:2:3") != std::string::npos);
    CHECK(fields_faults("{\"applicant\": }") == "paper_json f.json:2:26\n");
    CHECK(fields_faults("{}}").starts_with("paper_json f.json:2:"));
    // On this one the library of YAML does not end.
    CHECK_FALSE(read_fields_file("s{-02-=9\", \"fields\":}, \"persons\", \"month_amount\":1e9}}", "f.json",
                                 *own_library().find("approval_form")));
    const auto without_day =
        read_fields_file("{\"fields\": {}}", "f.json", *own_library().find("approval_form"));
    REQUIRE_FALSE(without_day.has_value());
    const auto read = read_fields_file(
        R"({"date": "2025-06-30", "fields": {"applicant": null, "persons": 3, "month_amount": 650.5,
            "applicant_number": {"full": "441699199001011236"}, "members": [{"included": false}]}})",
        "f.json", *own_library().find("approval_form"));
    REQUIRE(read.has_value());
    CHECK_FALSE(read->fields.at("applicant").is_known());
    CHECK(std::get<std::int64_t>(read->fields.at("persons").is) == 3);
    CHECK(std::get<Money>(read->fields.at("month_amount").is) == Money::fen(65050));
    CHECK(std::get<WholeNumber>(read->fields.at("applicant_number").is).text.size() == 18);
    CHECK(std::get<std::vector<Row>>(read->fields.at("members").is).front().at("included").is_known());
    CHECK(read->day == *Date::from_ymd(2025, 6, 30));
}

}  // namespace
}  // namespace doudi::print
