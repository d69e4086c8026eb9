// SPDX-License-Identifier: Apache-2.0
// What is posted: fields of the list alone, of adults alone, whoever tries otherwise.
#include <doctest/doctest.h>

#include <algorithm>

#include "print/print_test_support.h"

namespace doudi::print {
namespace {

const Date day = *Date::from_ymd(2025, 6, 30);

Row person(const char* name, Value adult) {
    return {{{"name", {std::string(name)}},
             {"village", {std::string("柳树村")}},
             {"persons", {std::int64_t{2}}},
             {"amount", {Money::fen(650'00)}},
             {"adult", std::move(adult)}}};
}

Fields notice(std::vector<Row> rows) {
    return with(fields_named("public_notice").fields, "posted", {std::move(rows)});
}

Result<LaidOut> posted(const Fields& fields) {
    return lay_out(own_library(), *own_library().find("public_notice"), fields, own_typesetter());
}

std::string refusal(const Fields& fields) {
    const auto laid = posted(fields);
    return laid ? "posted" : laid.error().code;
}

TEST_CASE("an adult is posted; a child is not, nor who is not known to be an adult") {
    const auto laid = posted(notice({person("张三", {true}), person("李小四", {false}), person("王五", {})}));
    REQUIRE(laid.has_value());
    const std::string text = text_of(laid->sheet);
    CHECK(has(text, "张三"));
    CHECK_FALSE(has(text, "李小四"));
    CHECK_FALSE(has(text, "王五"));
    CHECK(laid->about.withheld == 2);
    CHECK(refusal(notice({person("李小四", {false})})) == "paper_nobody_to_post");
    CHECK(refusal(notice({person("王五", {})})) == "paper_nobody_to_post");
    CHECK(refusal(notice({})) == "paper_nobody_to_post");
    CHECK(refusal({}) == "paper_nobody_to_post");
}

TEST_CASE("no other field comes in: not of the paper, not of a row") {
    const Fields good = notice({person("张三", {true})});
    CHECK(refusal(good) == "posted");
    for (const char* field :
         {"applicant_number", "applicant_phone", "residence_address", "hardship", "account", "members"})
        CHECK(refusal(with(good, field, {std::string("肝癌晚期")})) == "paper_field_unknown");
    for (const char* column : {"number", "health", "illness", "relation"}) {
        Row row = person("张三", {true});
        row.values.emplace(column, Value{std::string("肝癌晚期")});
        CHECK(refusal(notice({row})) == "paper_field_unknown");
    }
    // Nor as a word of a choice: the guarantee of a single member is not among the words that are posted.
    CHECK(refusal(with(good, "posted_kind", {std::string("single_member_guarantee")})) == "paper_choice");
}

TEST_CASE("no number of a person comes in inside of a text") {
    const auto named = [](const char* name) { return refusal(notice({person(name, {true})})); };
    CHECK(named("张三441699199001011236") == "paper_public_number");
    CHECK(named("张三441699********1236") == "paper_public_number");
    CHECK(named("张三１３０００００００００") == "paper_public_number");
    CHECK(named("张三 130 0000 0000") == "paper_public_number");
    CHECK(named("张三1300000000") == "posted");  // ten digits: no such number
    const Fields good = notice({person("张三", {true})});
    CHECK(refusal(with(good, "complaint_phone", {std::string("0762-6750000")})) == "posted");
    CHECK(refusal(with(good, "complaint_phone", {std::string("13000000000")})) == "paper_public_number");
}

std::string first_fault(const PaperFolder& folder, const char* pack = "jinan-2024") {
    const auto library = load_papers(folder.root(), pack);
    if (library) return "loaded";
    return library.error().front().code + " " + library.error().front().where;
}

TEST_CASE("a pack may state the notice in other words, and may not post more by it") {
    const std::string file = "packs/jinan-2024/papers/public_notice.yaml";
    const std::string head = "title: {zh: 公示, en: Notice}\nlayout: letter\npublic: true\nblocks:\n";
    PaperFolder folder;
    CHECK(first_fault(folder) == "loaded");
    folder.write(file, head + "  - body: \"{posted_place}公示\"\n");
    CHECK(first_fault(folder) == "loaded");
    folder.write(file, head + "  - body: \"{hardship}\"\n");
    CHECK(first_fault(folder) == "paper_field_not_public packs/jinan-2024/papers/public_notice.yaml:5:13");
    folder.write(file,
                 head + "  - list: {rows: members, columns: [{head: 姓名, width: 1, cell: \"{name}\"}]}\n");
    CHECK(first_fault(folder) == "paper_field_not_public packs/jinan-2024/papers/public_notice.yaml:5:18");
    folder.write(file, head + "  - body: x\n    when: {residence_kind: rural}\n");
    CHECK(first_fault(folder).starts_with("paper_field_not_public"));
    folder.write(file, "title: {zh: 公示, en: Notice}\nlayout: letter\nblocks:\n  - body: \"{hardship}\"\n");
    CHECK(first_fault(folder).starts_with("paper_public_dropped"));
}

TEST_CASE("a pack's own fields are never posted, nor are rows that do not tell adults") {
    PaperFolder folder;
    const std::string fields = "packs/jinan-2024/papers/fields.yaml";
    folder.write(fields, "fields:\n  - {id: street, title: {zh: 街道, en: Street}, type: text}\n");
    CHECK(first_fault(folder) == "loaded");
    folder.write(fields,
                 "fields:\n  - {id: street, title: {zh: 街道, en: Street}, type: text, public: true}\n");
    CHECK(first_fault(folder).starts_with("paper_public_widened packs/jinan-2024/papers/fields.yaml:2:"));
    PaperFolder changed;
    changed.write("papers/fields.yaml",
                  "fields:\n  - id: heads\n    title: {zh: 户主, en: Heads}\n    type: rows\n    public: "
                  "true\n    columns:\n"
                  "      - {id: name, title: {zh: 姓名, en: Name}, type: text, public: true}\n"
                  "  - {id: mark, title: {zh: 号码, en: Mark}, type: id_number, public: true}\n");
    changed.write("papers/public_notice.yaml",
                  "title: {zh: 公示, en: Notice}\nlayout: letter\npublic: true\nblocks:\n"
                  "  - list: {rows: heads, columns: [{head: 姓名, width: 1, cell: \"{name}\"}]}\n");
    const auto library = load_papers(changed.root());
    REQUIRE_FALSE(library.has_value());
    const auto told = [&](std::string_view code) {
        return std::ranges::any_of(library.error(), [&](const Error& one) { return one.code == code; });
    };
    CHECK(told("paper_adult_unknown"));
    CHECK(told("paper_public_number"));
}

}  // namespace
}  // namespace doudi::print
