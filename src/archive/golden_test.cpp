// SPDX-License-Identifier: Apache-2.0
// The papers of cases that were worked from the first step to the last, each held against its golden: what a
// case says stands on the paper in its place, and what it does not say is a line to write on.
#include <set>

#include "archive/archive_test_support.h"
#include "archive/file_parts.h"
#include "print/golden_test_support.h"
#include "print/lay_out.h"

namespace doudi::archive {
namespace {

namespace fs = std::filesystem;

void set(policy::Policy& law, std::string_view figure, const char* region, expr::Value value) {
    const int index = law.pack.law.parameter_of(figure);
    REQUIRE(index >= 0);
    policy::ParameterValue one;
    one.region = region;
    one.from = day("2020-01-01");
    one.value = std::move(value);
    law.pack.law.parameters[static_cast<std::size_t>(index)].values.push_back(std::move(one));
}

// The law with what the invented county and its township have set.
const policy::Policy& law_of_the_county() {
    static const policy::Policy loaded = [] {
        policy::Policy law = policy::load_policy(DOUDI_SOURCE_DIR, "guangdong-2021").value();
        using expr::Value;
        set(law, "document_word", "441699101", Value::string("样一"));
        set(law, "document_word", "441699", Value::string("样民"));
        set(law, "office_phone", "441699101", Value::string("0799-0000101"));
        set(law, "office_address", "441699101", Value::string("第一镇政府路1号"));
        set(law, "reconsideration_office", "441699", Value::string("样例县人民政府"));
        set(law, "court", "441699", Value::string("样例县人民法院"));
        set(law, "phase_out_months", "441699", Value::integer(6));
        set(law, "exit_reply_days", "441699", Value::integer(5));
        set(law, "mlg_standard_month", "441699", Value::money(Money::fen(63200)));
        return law;
    }();
    return loaded;
}

class Worked {
  public:
    Worked() {
        office_.desk.law_of = [](std::string_view, Date) {
            return std::shared_ptr<const policy::Pack>(std::shared_ptr<const policy::Pack>(),
                                                       &law_of_the_county().pack);
        };
        const auto plates = value(press().of("guangdong-2021"));
        typesetter_.emplace(value(print::Fonts::open(plates->library.layouts.fonts)));
    }

    TestOffice& office() { return office_; }

    // The paper of the event of that number, in the file of that name.
    void check(const CaseView& view, int event, const std::string& paper, const std::string& golden) {
        CAPTURE(golden);
        const auto found = std::ranges::find(view.events, event, &casework::CaseEvent::number);
        REQUIRE(found != view.events.end());
        REQUIRE(std::ranges::find(found->papers, paper) != found->papers.end());
        // The press opens the shipped papers; the same bytes twice.
        const auto made = value(make_paper(office_.setting, press(), view, event, paper));
        CHECK(made.printed.pdf ==
              value(make_paper(office_.setting, press(), view, event, paper)).printed.pdf);
        CHECK(made.printed.unprintable.empty());
        const auto plates = value(press().of(view.head.pack));
        const print::Paper& of = *value(plates->library.need(paper));
        lay_out(of, value(fields_of(office_.setting, press(), view, event, paper)), golden);
        shown_.insert(paper);
    }
    void check_catalogue(const CaseView& view) {
        const auto parts = value(parts_of(office_.setting, press(), view, 1));
        const auto again = value(parts_of(office_.setting, press(), view, 1));
        CHECK(parts.all.front().content == again.all.front().content);
        const auto plates = value(press().of(view.head.pack));
        lay_out(*value(plates->library.need("catalogue")),
                value(catalogue_fields(office_.setting, *plates, view, parts, 1)), "catalogue");
        shown_.insert("catalogue");
    }
    [[nodiscard]] const std::set<std::string>& shown() const { return shown_; }

  private:
    void lay_out(const print::Paper& paper, const print::Fields& fields, const std::string& golden) {
        const auto plates = value(press().of("guangdong-2021"));
        const auto laid = value(print::lay_out(plates->library, paper, fields, *typesetter_));
        print::compare(fs::path(DOUDI_SOURCE_DIR) / "src/archive/testdata/goldens" / (golden + ".txt"),
                       print::golden_of(laid.sheet));
    }

    TestOffice office_;
    std::optional<print::Typesetter> typesetter_;
    std::set<std::string> shown_;
};

// From the form to the receipt: papers were missing, somebody objected, the county confirmed.
CaseId confirmed(TestOffice& office) {
    const CaseId of = office.open("application", "register",
                                  {{"channel", {"proxy"}},
                                   {"proxy", {"周敏华"}},
                                   {"proxy_relation", {"堂兄弟"}},
                                   {"proxy_number", {"441699197001011234"}},
                                   {"pledge", {"true"}},
                                   {"authorised", {"true"}},
                                   {"applicant", {"1"}},
                                   {"declared_wage", {"120000"}},
                                   {"declared_transfers", {"30000"}},
                                   {"declared_home", {"自建砖混平房一处，约60平方米"}},
                                   {"declared_vehicles", {"无"}},
                                   {"declared_savings", {"约2000元"}},
                                   {"declared_on", {"2025-03-03"}}},
                                  "2025-03-03");
    office.move(of, "ask_papers", {{"missing", {"户口簿复印件", "近三个月银行流水"}}}, "2025-03-03");
    office.move(of, "complete", {{"attachments", {office.photo(of)}}}, "2025-03-05");
    office.move(of, "accept", {{"relatives_of_staff", {"false"}}}, "2025-03-05");
    office.move(of, "ask_check", {}, "2025-03-05");
    const casework::Actor clerk{
        access::UserId(4), {"verification_clerk"}, county_unit, "county", "441699", ""};
    office.move(of, "report_check", {{"check_result", {"within"}}}, "2025-03-10", clerk);
    office.move(of, "survey", {{"officers", {"2", "5"}}, {"note", {"户主务农，长子患病，幼子在读小学"}}},
                "2025-03-11");
    office.move(of, "review", {{"category", {"minimum_living_guarantee"}}, {"opinion", {"grant"}}},
                "2025-03-12");
    office.move(of, "post", {{"attachments", {office.photo(of)}}}, "2025-03-13");
    office.move(of, "object", {{"reason", {"邻居反映其家中有车"}}}, "2025-03-15");
    const casework::Actor colleague{access::UserId(3), {"township_officer"}, town_unit,
                                    "township",        "441699101",          ""};
    office.move(of, "appraise", {{"officers", {"2", "3"}}, {"note", {"车辆系亲戚寄放，不属该户"}}},
                "2025-03-18", colleague);
    office.move(of, "review",
                {{"category", {"minimum_living_guarantee"}},
                 {"opinion", {"grant"}},
                 {"amount", {"93600"}},
                 {"persons", {"3"}}},
                "2025-03-19");
    office.move(of, "post", {{"attachments", {office.photo(of)}}}, "2025-03-20");
    office.move(of, "end_notice", {}, "2025-03-28");
    office.move(of, "confirm",
                {{"category", {"minimum_living_guarantee"}},
                 {"amount", {"93600"}},
                 {"persons", {"3"}},
                 {"differs_because", {"按入户核实"}}},
                "2025-03-31", office.county);
    office.move(of, "post_confirmed", {{"attachments", {office.photo(of)}}}, "2025-03-31");
    office.move(of, "serve", {{"served_how", {"in_person"}}}, "2025-04-01");
    return of;
}

// A review that ends in what is proposed.
CaseId reviewed(TestOffice& office, const char* proposal) {
    const CaseId of = office.open(
        "review", "open", {{"cause", {"rhythm"}}, {"category", {"minimum_living_guarantee"}}}, "2025-04-07");
    office.move(of, "survey", {{"officers", {"2", "3"}}, {"note", {"长子已就业"}}}, "2025-04-08");
    office.determined(of, {{"found_kind", {"exit"}}, {"found_income", {"81267"}}}, "2025-04-08");
    office.move(of, "propose",
                {{"proposal", {proposal}},
                 {"reason", {"家庭月收入提高"}},
                 {"amount", {"46800"}},
                 {"from_on", {"2025-05-01"}},
                 {"next_category", {"mlg_marginal_household"}},
                 {"differs_because", {"按入户核实的收入"}}},
                "2025-04-09");
    office.move(of, "serve_letter", {{"served_how", {"in_person"}}}, "2025-04-10");
    office.move(of, "reply", {{"reply", {"无异议"}}}, "2025-04-14");
    office.move(of, "decide", {{"decision_kind", {proposal}}, {"reason", {"家庭人均收入超过保障标准"}}},
                "2025-04-18", office.county);
    return of;
}

// An objection of the household that the county declined.
CaseId not_heard(TestOffice& office) {
    const CaseId of = office.open("objection", "file", {{"reason", {"核对有误"}}}, "2025-05-12");
    const casework::Actor clerk{
        access::UserId(4), {"verification_clerk"}, county_unit, "county", "441699", ""};
    office.move(of, "decline", {{"reason", {"同一决定已经复核并书面答复，没有新的事实"}}}, "2025-05-14",
                clerk);
    return of;
}

int event_of(const CaseView& view, std::string_view move, int which = 1) {
    for (const auto& event : view.events)
        if (event.move == move && --which == 0) return event.number;
    return 0;
}

}  // namespace

TEST_CASE("the fourteen kinds of papers of worked cases look as their goldens, and come out the same again") {
    Worked worked;
    TestOffice& office = worked.office();
    const CaseView application = office.view(confirmed(office));
    for (const char* form : {"application_form", "authorisation_form", "pledge_form"})
        worked.check(application, 1, form, form);
    const auto of = [&](const char* move, int which = 1) { return event_of(application, move, which); };
    worked.check(application, of("ask_papers"), "correction_notice", "correction_notice");
    worked.check(application, of("accept"), "acceptance_notice", "acceptance_notice");
    worked.check(application, of("report_check"), "check_report", "check_report");
    worked.check(application, of("survey"), "home_survey", "home_survey");
    worked.check(application, of("survey"), "neighbour_visit", "neighbour_visit");
    worked.check(application, of("review"), "approval_form", "approval_form");
    worked.check(application, of("post"), "public_notice", "public_notice.proposed");
    worked.check(application, of("appraise"), "appraisal_record", "appraisal_record");
    worked.check(application, of("confirm"), "decision_letter", "decision_letter");
    worked.check(application, of("confirm"), "public_notice", "public_notice.confirmed");
    worked.check(application, of("serve"), "service_receipt", "service_receipt");
    worked.check_catalogue(application);
    const CaseView declined = office.view(office.declined());
    worked.check(declined, event_of(declined, "decline"), "refusal_letter", "refusal_letter");
    const CaseView unheard = office.view(not_heard(office));
    worked.check(unheard, event_of(unheard, "decline"), "refusal_letter", "refusal_letter.objection");
    const CaseView tapered = office.view(reviewed(office, "taper"));
    worked.check(tapered, event_of(tapered, "serve_letter"), "taper_notice", "taper_notice");
    const CaseView ended = office.view(reviewed(office, "exit"));
    worked.check(ended, event_of(ended, "decide"), "suspension_letter", "suspension_letter");
    const CaseId conference = office.open("conference", "call", {{"reason", {"困难复杂"}}}, "2025-05-06");
    const casework::Actor& convenes = office.county;
    office.move(conference, "convene",
                {{"conference_kind", {"joint_meeting"}},
                 {"agenda", {"该户医疗支出较大的救助"}},
                 {"due_on", {"2025-05-09"}}},
                "2025-05-06", convenes);
    office.move(conference, "hold",
                {{"attended", {"民政部门", "医保部门", "第一镇"}},
                 {"chair", {"民政部门负责人"}},
                 {"held_at", {"县政务服务中心会议室"}},
                 {"minutes", {"会议听取了入户情况，研究了可以采取的措施。"}},
                 {"decision", {"给予临时救助", "医保部门核对医疗救助待遇"}}},
                "2025-05-09", convenes);
    const CaseView met = office.view(conference);
    worked.check(met, event_of(met, "hold"), "minutes", "minutes");
    // None is left out.
    for (const auto& paper : law().pack.law.procedures.papers)
        CHECK_MESSAGE(worked.shown().contains(paper.id), paper.id);
}

TEST_CASE(
    "a decision bears its number, the amount and the persons, the office of reconsideration and the court") {
    Worked worked;
    TestOffice& office = worked.office();
    const CaseView view = office.view(confirmed(office));
    const auto letter = office.fields(view, "decision_letter");
    CHECK(text_in(letter, "document_number") == "样民确〔2025〕1号");
    CHECK(text_in(letter, "reconsideration_office") == "样例县人民政府");
    CHECK(text_in(letter, "court") == "样例县人民法院");
    CHECK(std::get<Money>(letter.at("month_amount").is) == Money::fen(93600));
    CHECK(std::get<std::int64_t>(letter.at("persons").is) == 3);
    const auto notice = office.fields(view, "correction_notice");
    CHECK(text_in(notice, "document_number") == "样一补〔2025〕1号");
    CHECK(text_in(notice, "office_phone") == "0799-0000101");
    // The township's telephone is not the county's.
    for (const auto& blank : office.told(view, "decision_letter").blanks) CHECK(blank.field != "court");
    // A guarantee's notice tells neither.
    const auto posted = office.fields(view, "public_notice");
    const auto* rows = std::get_if<std::vector<print::Row>>(&posted.at("posted").is);
    REQUIRE(rows != nullptr);
    CHECK_FALSE(rows->front().at("amount").is_known());
}

TEST_CASE(
    "what the case knows fills the letters: the month of the end, what may come next, until when, who "
    "chaired") {
    Worked worked;
    TestOffice& office = worked.office();
    const auto day_in = [](const print::Fields& fields, std::string_view field) {
        return std::get<Date>(fields.at(field).is);
    };
    // Asked on the 3rd of March, for thirty days.
    CHECK(day_in(office.fields(office.view(confirmed(office)), "correction_notice"), "correct_by") ==
          day("2025-04-02"));
    const auto ended = office.fields(office.view(reviewed(office, "exit")), "suspension_letter");
    CHECK(day_in(ended, "stop_month") == day("2025-05-01"));  // decided on the 18th of April
    CHECK(text_in(ended, "next_kind") == "低保边缘家庭");
    const auto tapered = office.fields(office.view(reviewed(office, "taper")), "taper_notice");
    CHECK(day_in(tapered, "taper_from") == day("2025-05-01"));
    CHECK(text_in(tapered, "next_kind") == "低保边缘家庭");
    // Six months from the first of May.
    CHECK(day_in(tapered, "taper_until") == day("2025-10-31"));
    CHECK(std::get<Money>(tapered.at("income_per_head").is) == Money::fen(81267));
    CHECK(std::get<Money>(tapered.at("standard_month").is) == Money::fen(63200));
    const CaseId conference = office.open("conference", "call", {{"reason", {"困难复杂"}}}, "2025-05-06");
    office.move(conference, "convene",
                {{"conference_kind", {"mechanism"}}, {"agenda", {"医疗支出"}}, {"due_on", {"2025-05-09"}}},
                "2025-05-06", office.county);
    office.move(conference, "hold",
                {{"attended", {"民政部门"}},
                 {"chair", {"民政部门负责人"}},
                 {"held_at", {"会议室"}},
                 {"minutes", {"研究了措施"}},
                 {"decision", {"给予临时救助"}}},
                "2025-05-09", office.county);
    const auto minutes = office.fields(office.view(conference), "minutes");
    CHECK(text_in(minutes, "conference_title") == "协调机制会议");
    CHECK(text_in(minutes, "chair") == "民政部门负责人");
    CHECK(text_in(minutes, "held_at") == "会议室");
}

TEST_CASE("the catalogue of a file names the number of each document, and the events keep it") {
    Worked worked;
    TestOffice& office = worked.office();
    const CaseView view = office.view(confirmed(office));
    const std::string events = events_text(view, view.state.events);
    CHECK(events.find("样民确〔2025〕1号") != std::string::npos);
    CHECK(events.find("样一补〔2025〕1号") != std::string::npos);
    // A case from before there were numbers has the same text as ever.
    TestOffice plain;
    const CaseView before = plain.view(plain.declined());
    CHECK(events_text(before, before.state.events).find("numbers") == std::string::npos);
}

}  // namespace doudi::archive
