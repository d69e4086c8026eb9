// SPDX-License-Identifier: Apache-2.0
// papers/cases.yaml is held against the law and the papers: a misspelt source would silently be a line to
// write on.
#include "archive/sources.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <ranges>
#include <set>

#include "archive/archive_test_support.h"

namespace doudi::archive {
namespace {

namespace fs = std::filesystem;

void collect(const FieldMap& fields, std::set<std::string>& names) {
    for (const auto& [id, sources] : fields)
        for (const Source& source : sources.any) names.insert(source.from);
}

std::set<std::string> marks_of(const policy::Procedures& procedures) {
    std::set<std::string> marks;
    for (const auto& machine : procedures.machines)
        for (const auto& move : machine.moves) marks.insert(move.marks.begin(), move.marks.end());
    return marks;
}

// papers/ with one file of another word in it.
struct Root {
    explicit Root(const std::string& pack_file, const std::string& own = {}) {
        const fs::path source(DOUDI_SOURCE_DIR);
        fs::copy(source / "papers", place / "papers", fs::copy_options::recursive);
        fs::create_directories(place / "packs/guangdong-2021/papers");
        fs::create_directories(place / "packs/national");
        for (const char* pack : {"guangdong-2021", "national"})
            fs::copy_file(source / "packs" / pack / "pack.yaml", place / "packs" / pack / "pack.yaml");
        if (!own.empty()) std::ofstream(place / "papers/cases.yaml") << own;
        if (!pack_file.empty()) std::ofstream(place / "packs/guangdong-2021/papers/cases.yaml") << pack_file;
    }
    [[nodiscard]] std::expected<SourceBook, std::vector<Error>> load() const {
        const auto library = print::load_papers(place.path(), "guangdong-2021");
        REQUIRE(library);
        return load_sources(place.path(), "guangdong-2021", *library);
    }
    [[nodiscard]] std::string fault() const {
        const auto book = load();
        return book ? "none" : book.error().front().code;
    }
    store::TestFolder place;
};

const std::string licence = "# SPDX-License-Identifier: Apache-2.0\n";

}  // namespace

TEST_CASE(
    "every source that the shipped file names is there: fields, marks and clocks of the law, what an office "
    "knows") {
    const auto plates = value(press().of("guangdong-2021"));
    const policy::Procedures& procedures = law().pack.law.procedures;
    const auto marks = marks_of(procedures);
    std::set<std::string> names;
    collect(plates->sources.fields, names);
    for (const auto& [paper, sources] : plates->sources.papers) {
        collect(sources.fields, names);
        for (const Need& need : sources.needs) names.insert(need.from);
    }
    const std::set<std::string> known{
        "case.number",   "case.machine",      "case.title",        "made.day",        "made.by",
        "made.move",     "made.office",       "household.address", "household.size",  "household.village",
        "law.clause",    "household.members", "household.posted",  "applicant.name",  "applicant.sex",
        "papers.served", "papers.number",     "applicant.number",  "applicant.phone", "office.township",
        "office.county"};
    for (const std::string& name : names) {
        CAPTURE(name);
        const std::string space = name.substr(0, name.find('.'));
        const std::string what = name.substr(name.find('.') + 1);
        if (space == "told" || space == "event")
            CHECK(procedures.field(what) != nullptr);
        else if (space == "mark")
            CHECK(marks.contains(what));
        else if (space == "clock" || space == "clock_days")
            CHECK(procedures.clock(what) != nullptr);
        else if (space == "soonest" || space == "soonest_days")
            for (const auto id : std::views::split(what, '+'))
                CHECK_FALSE(procedures.clock(std::string_view(id))->of.empty());
        else if (space == "figure" || space == "own")
            CHECK(law().pack.law.parameter_of(what) >= 0);
        else
            CHECK(known.contains(name));
    }
}

TEST_CASE(
    "every paper that a procedure names is filled by something of its case beside what every paper has") {
    const auto plates = value(press().of("guangdong-2021"));
    for (const auto& machine : law().pack.law.procedures.machines) {
        for (const auto& move : machine.moves) {
            for (const std::string& id : move.papers) {
                CAPTURE(id);
                const print::Paper* paper = plates->library.find(id);
                REQUIRE(paper != nullptr);
                std::size_t filled = 0;
                for (const auto& field : paper->fields) filled += plates->sources.of(id, field.id) != nullptr;
                CHECK(filled * 3 >= paper->fields.size());
            }
        }
    }
}

TEST_CASE("a pack states a source otherwise, and adds to what a paper needs") {
    const Root root(licence +
                    "papers:\n  decision_letter:\n    fields: {county_office: office.county, applicant: "
                    "told.person_shown}\n"
                    "  public_notice:\n    only_if:\n      - {from: told.proxy, known: false, say: {zh: "
                    "不公示, en: no}}\n");
    const auto book = root.load();
    REQUIRE_FALSE(book);  // a paper shows no field that it does not name
    CHECK(book.error().front().code == "case_field_unknown");
    const Root narrow(licence +
                      "papers:\n  decision_letter: {fields: {applicant: told.person_shown}}\n"
                      "  public_notice:\n    only_if:\n      - {from: told.proxy, known: false, say: {zh: "
                      "不公示, en: no}}\n");
    const auto narrower = narrow.load();
    REQUIRE(narrower);
    CHECK(narrower->of("decision_letter", "applicant")->any.front().from == "told.person_shown");
    CHECK(narrower->of("refusal_letter", "applicant")->any.front().from == "applicant.name");
    CHECK(narrower->needs_of("public_notice").size() == 4);
}

TEST_CASE("a pack has no word on what is posted, and what is misspelt is a fault") {
    CHECK(Root(licence + "papers: {public_notice: {fields: {posted_place: told.note}}}\n").fault() ==
          "case_field_posted");
    CHECK(Root(licence + "fields: {office: told.note}\n").fault() == "case_field_posted");
    CHECK(Root(licence + "papers: {no_such_paper: {}}\n").fault() == "case_paper_unknown");
    CHECK(Root(licence + "fields: {no_such_field: case.number}\n").fault() == "case_field_unknown");
    CHECK(Root(licence + "fields: {reason: rumour.heard}\n").fault() == "case_fact_unknown");
    CHECK(Root(licence + "fields: {reason: case}\n").fault() == "case_fact_unknown");
    CHECK(Root(licence + "fields: {aid_kind: {from: told.category, others: anything}}\n").fault() ==
          "case_field_option");
    CHECK(
        Root(licence + "fields: {reason: {from: told.from_on, months: figure.phase_out_months}}\n").fault() ==
        "case_field_months");
    CHECK(Root(licence + "fields: {reply_by: {from: told.from_on, months: rumour.heard}}\n").fault() ==
          "case_fact_unknown");
    CHECK(Root(licence + "papers: {minutes: {only_if: [{from: told.note, say: {zh: 无, en: none}}]}}\n")
              .fault() == "case_paper_need");
    CHECK(
        Root(licence +
             "papers: {minutes: {fields: {resolutions: {rows: event.decision, columns: {whose: value}}}}}\n")
            .fault() == "case_field_unknown");
}

TEST_CASE("without a file of the program's no field is filled, and no paper is in want of anything") {
    const Root root("", licence + "fields: {}\n");
    const auto book = root.load();
    REQUIRE(book);
    CHECK(book->of("minutes", "topic") == nullptr);
    CHECK(book->needs_of("public_notice").empty());
}

}  // namespace doudi::archive
