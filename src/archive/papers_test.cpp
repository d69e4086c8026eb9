// SPDX-License-Identifier: Apache-2.0
#include "archive/papers.h"

#include "archive/archive_test_support.h"

namespace doudi::archive {
namespace {

std::string day_in(const print::Fields& fields, std::string_view field) {
    const auto* day = std::get_if<Date>(&fields.at(field).is);
    return day == nullptr ? std::string() : day->iso();
}
std::vector<print::Row> rows_in(const print::Fields& fields, std::string_view field) {
    const auto* rows = std::get_if<std::vector<print::Row>>(&fields.at(field).is);
    return rows == nullptr ? std::vector<print::Row>() : *rows;
}

}  // namespace

TEST_CASE(
    "a paper says what the case knew by its event: who, when, by which office, and everything that was "
    "missing") {
    TestOffice office;
    const CaseView view = office.view(office.declined());
    const auto fields = office.fields(view, "correction_notice");
    CHECK(text_in(fields, "applicant") == "顾娜平");
    CHECK(text_in(fields, "township") == "第一镇");
    CHECK(text_in(fields, "handler") == "陈经办");
    CHECK(day_in(fields, "applied_on") == "2025-03-03");
    CHECK(day_in(fields, "issued_on") == "2025-03-03");
    const auto missing = rows_in(fields, "papers_missing");
    REQUIRE(missing.size() == 2);
    CHECK(text_in(missing[1], "name") == "银行流水");
    CHECK_FALSE(fields.at("document_number").is_known());
    const auto refusal = office.fields(view, "refusal_letter");
    CHECK(text_in(refusal, "refused_what") == "acceptance");
    CHECK(text_in(refusal, "grounds") == "不属本辖区");
    CHECK_FALSE(refusal.at("court").is_known());
}

TEST_CASE(
    "the household stands on a paper as the register said on the day of its event, with numbers masked") {
    TestOffice office;
    const CaseId of = office.applied();
    office.members.pop_back();
    office.register_on("2025-03-03", "搬到样例村2号");
    office.register_on("2025-03-04", "搬到样例村3号");
    const auto fields = office.fields(office.view(of), "application_form");
    CHECK(text_in(fields, "residence_address") == "搬到样例村2号");
    const auto members = rows_in(fields, "members");
    REQUIRE(members.size() == 3);  // who was not told anew is still there
    CHECK(text_in(members[0], "number") == number_born("19740612").masked());
    CHECK(text_in(fields, "applicant_number") == number_born("19740612").masked());
}

TEST_CASE("a due day on a paper is the clock's as of the event, and a clock that does not run tells none") {
    TestOffice office;
    const CaseView view = office.view(office.posted("minimum_living_guarantee"));
    const auto notice = office.fields(view, "public_notice");
    CHECK(day_in(notice, "posted_from") == "2025-03-07");
    CHECK(day_in(notice, "posted_until") == "2025-03-14");
    CHECK(std::get<std::int64_t>(notice.at("posted_days").is) == 7);
    CHECK_FALSE(office.fields(view, "acceptance_notice")
                    .at("decide_by")
                    .is_known());  // no category was settled by then
}

TEST_CASE(
    "an acceptance that names the kind bears it and the last day; one that does not asks for assistance") {
    TestOffice office;
    const CaseId plain = office.applied();
    office.move(plain, "accept", {{"relatives_of_staff", {"false"}}}, "2025-03-04");
    const auto open = office.fields(office.view(plain), "acceptance_notice");
    CHECK(text_in(open, "aid_kind") == "social_assistance");
    // The category will say which term holds: the notice has the shortest of them, and no day as if it were
    // settled.
    CHECK_FALSE(open.at("decide_by").is_known());
    CHECK(std::get<std::int64_t>(open.at("soonest_days").is) == 30);
    CHECK(day_in(open, "soonest_by") == "2025-04-16");
    CHECK_FALSE(office.fields(office.view(plain), "application_form")
                    .at("chosen_kind")
                    .is_known());  // nobody ticks it for them
    TestOffice other;
    const CaseId named = other.applied();
    other.move(named, "accept",
               {{"relatives_of_staff", {"false"}}, {"category", {"minimum_living_guarantee"}}}, "2025-03-04");
    const auto told = other.fields(other.view(named), "acceptance_notice");
    CHECK(text_in(told, "aid_kind") == "minimum_living_guarantee");
    CHECK(day_in(told, "decide_by") == "2025-04-16");
    CHECK_FALSE(told.at("soonest_by").is_known());
    CHECK(std::get<std::int64_t>(told.at("accepted_by_days").is) == 30);
}

TEST_CASE("the same paper asked for again is the same file, and says what it left to be written") {
    TestOffice office;
    const CaseView view = office.view(office.declined());
    const auto first = value(make_paper(office.setting, press(), view, 2, "correction_notice"));
    CHECK(first.printed.pdf.starts_with("%PDF"));
    CHECK(first.printed.pdf ==
          value(make_paper(office.setting, press(), view, 2, "correction_notice")).printed.pdf);
    CHECK(std::ranges::find(first.printed.blanks, "document_number") != first.printed.blanks.end());
    CHECK(first.shown == std::vector{head, child, ill});
    CHECK(code_of(make_paper(office.setting, press(), view, 1, "correction_notice")) == "paper_unknown");
    CHECK(code_of(make_paper(office.setting, press(), view, 99, "correction_notice")) == "paper_unknown");
}

TEST_CASE(
    "of what is left to be written it is told who supplies it: the office, whoever makes the step, or a "
    "hand") {
    TestOffice office;
    const CaseView view = office.view(office.declined());
    std::map<std::string, std::string> by;
    for (const auto& blank : office.told(view, "refusal_letter").blanks) by[blank.field] = blank.by.en;
    CHECK(by.at("document_number").find("set by the office itself") != std::string::npos);
    CHECK(by.at("court").find("set by the civil affairs department of the county") != std::string::npos);
    CHECK(by.at("reconsideration_office").find("set by") != std::string::npos);
    CHECK(by.at("next_kind") == "whoever handles the case writes it by hand");
    CHECK_FALSE(by.contains("grounds"));  // it was told
    for (const auto& blank : office.told(view, "correction_notice").blanks) {
        CHECK_FALSE(blank.title.zh.empty());
        CHECK_FALSE(blank.by.zh.empty());
    }
}

TEST_CASE("a wish takes those papers alone that are wished for") {
    TestOffice office;
    const CaseView view = office.view(office.declined());
    const auto some = value(papers_of(office.setting, press(), view,
                                      [](const casework::CaseEvent& event, const std::string& paper) {
                                          return event.number > 1 && paper != "refusal_letter";
                                      }));
    REQUIRE(some.size() == 1);
    CHECK(some.front().paper == "correction_notice");
    CHECK(value(papers_of(office.setting, press(), view)).size() == 5);
}

TEST_CASE("a reader who may not see a name, an address or a telephone gets a paper without them") {
    TestOffice office;
    const CaseView view = office.view(office.declined());
    office.setting.cut_of = [](const casework::CaseHead&) -> Result<Cut> {
        return Cut([](access::FieldClass, std::string_view) { return std::optional<std::string>(); });
    };
    const auto fields = office.fields(view, "application_form");
    for (const char* field : {"applicant", "residence_address", "applicant_phone"})
        CHECK_FALSE(fields.at(field).is_known());
    office.setting.cut_of = [](const casework::CaseHead&) -> Result<Cut> { return cut_of_file(true); };
    const auto guarded = office.fields(view, "application_form");
    CHECK(guarded.at("applicant").is_known());
    CHECK_FALSE(guarded.at("residence_address").is_known());
    CHECK_FALSE(guarded.at("applicant_phone").is_known());
}

TEST_CASE("a letter that aid is stopped is printed of a decision to stop it, and of no other") {
    TestOffice office;
    for (const auto& [kind, state] : {std::pair{"exit", PaperState::ready},
                                      {"change", PaperState::not_due},
                                      {"taper", PaperState::not_due}}) {
        const CaseId of =
            office.open("review", "open", {{"cause", {"rhythm"}}, {"category", {"minimum_living_guarantee"}}},
                        "2025-02-10");
        office.move(of, "survey", {{"officers", {"2", "3"}}, {"note", {"收入提高"}}}, "2025-02-11");
        office.move(of, "propose",
                    {{"proposal", {"exit"}}, {"reason", {"收入提高"}}, {"differs_because", {"已就业"}}},
                    "2025-02-12");
        office.move(of, "serve_letter", {{"served_how", {"in_person"}}}, "2025-02-13");
        office.move(of, "reply", {{"reply", {"无异议"}}}, "2025-02-14");
        office.move(of, "decide",
                    {{"decision_kind", {kind}},
                     {"amount", {"46800"}},
                     {"reason", {"不再符合"}},
                     {"differs_because", {"陈述属实"}}},
                    "2025-02-24", office.county);
        const CaseView view = office.view(of);
        CHECK(office.told(view, "suspension_letter").state == state);
        CHECK(office.told(view, "taper_notice").state == PaperState::not_due);  // proposed was to end it
        if (state == PaperState::not_due)
            CHECK(code_of(make_paper(office.setting, press(), view, 6, "suspension_letter")) ==
                  "paper_not_due");
    }
}

TEST_CASE("a receipt names the letter that was decided, not what is posted beside it") {
    TestOffice office;
    const CaseId of = office.declined();
    CaseView view = office.view(of);
    casework::CaseEvent serve = view.events.back();
    serve.number = 5;
    serve.move = "serve";
    serve.papers = {"service_receipt"};
    serve.fields = {{"served_how", {"post"}}};
    view.events[3].papers = {"refusal_letter", "public_notice"};
    view.events.push_back(serve);
    const auto all = value(papers_of(office.setting, press(), view));
    CHECK(std::ranges::find(all.back().filled, "served_paper") != all.back().filled.end());
}

TEST_CASE("what the event was told is gone: its papers say so and are printed no more") {
    TestOffice office;
    const CaseId of = office.declined();
    office.change("update casework_event set body = '', sealed = null");
    const CaseView view = office.view(of);
    for (const auto& one : value(papers_of(office.setting, press(), view))) {
        CHECK(one.state == PaperState::gone);
        CHECK(code_of(make_paper(office.setting, press(), view, one.event, one.paper)) == "paper_gone");
    }
}

}  // namespace doudi::archive
