// SPDX-License-Identifier: Apache-2.0
// What is posted of a case: tests that try to make each thing leak that must not be seen on a village's wall.
#include "archive/archive_test_support.h"
#include "archive/notice_preview.h"
#include "print/fields_check.h"

namespace doudi::archive {
namespace {

void collect(const print::Row& row, std::string& all) {
    for (const auto& [id, value] : row.values) {
        if (const auto* text = std::get_if<std::string>(&value.is)) all += *text + "\n";
        if (const auto* rows = std::get_if<std::vector<print::Row>>(&value.is))
            for (const auto& one : *rows) collect(one, all);
    }
}
std::string words_of(const print::Fields& fields) {
    std::string all;
    collect(fields, all);
    return all;
}
bool has(const std::string& text, std::string_view what) {
    return text.find(what) != std::string::npos;
}

// "ready", or why it is not posted.
std::string posted(TestOffice& office, CaseId of) {
    return std::string(name_of(office.told(office.view(of), "public_notice").state));
}

}  // namespace

TEST_CASE("a notice names the head, the village and the matter, and of the household nothing else") {
    TestOffice office;
    const CaseView view = office.view(office.posted("minimum_living_guarantee"));
    CHECK(office.told(view, "public_notice").state == PaperState::ready);
    const auto fields = office.fields(view, "public_notice");
    const auto plates = value(press().of(view.head.pack));
    const print::Paper& paper = *value(plates->library.need("public_notice"));
    for (const auto& [id, value] : fields.values) CHECK(print::find_field(paper.fields, id)->is_public);
    const std::string words = words_of(fields);
    CHECK(has(words, "顾娜平"));
    CHECK(has(words, "样例村"));
    for (const char* secret : {"周小满", "周小病", "重病", "1380", "1号", "441699", "138****"})
        CHECK_FALSE(has(words, secret));
    CHECK(value(make_paper(office.setting, press(), view, 5, "public_notice")).printed.pages == 1);
}

TEST_CASE(
    "a notice is seen before it hangs: what it will say, what it leaves out and why, and nothing is kept") {
    TestOffice office;
    const CaseId of = office.applied();
    office.move(of, "accept", {{"relatives_of_staff", {"false"}}}, "2025-03-04");
    CHECK(code_of(preview_notice(office.setting, press(), office.view(of), day("2025-03-04"))) ==
          "no_notice_next");
    office.move(of, "survey", {{"officers", {"2", "3"}}, {"note", {"周小病患重病，电话13800000000"}}},
                "2025-03-05");
    office.move(of, "review", {{"category", {"minimum_living_guarantee"}}, {"opinion", {"grant"}}},
                "2025-03-06");
    const CaseView before = office.view(of);
    const auto preview = value(preview_notice(office.setting, press(), before, day("2025-03-07")));
    CHECK(preview.move == "post");
    CHECK(preview.paper.state == PaperState::ready);
    std::string said;
    for (const PostedValue& one : preview.said) said += one.field + "=" + one.text + "\n";
    REQUIRE(preview.rows.size() == 1);
    for (const PostedValue& one : preview.rows.front()) said += one.field + "=" + one.text + "\n";
    for (const char* shown :
         {"posted_kind=最低生活保障", "posted_until=2025年3月14日", "name=顾娜平", "village=样例村"})
        CHECK(has(said, shown));
    for (const char* secret : {"周小满", "周小病", "重病", "1380", "1号", "441699", "adult"})
        CHECK_FALSE(has(said, secret));
    std::string left;
    for (const NotPosted& one : preview.left_out) {
        CHECK_FALSE(one.why.zh.empty());
        left += one.title.zh + "：" + one.why.zh + "\n";
    }
    for (const char* kept_back : {"证件号码", "联系电话", "月保障金额", "保障人数", "入户人员"})
        CHECK(has(left, kept_back));
    for (const char* secret : {"周小病", "1380", "441699"}) CHECK_FALSE(has(left, secret));
    CHECK(value(print_notice(office.setting, press(), before, day("2025-03-07"))).printed.pages == 1);
    CHECK(office.view(of).events.size() == before.events.size());
    // Whoever reads the case in part sees the same of what they read.
    CaseView part = before;
    part.events.erase(part.events.begin() + 2);
    const auto of_part = value(preview_notice(office.setting, press(), part, day("2025-03-07")));
    CHECK(of_part.paper.state == PaperState::ready);
    CHECK(of_part.said.size() == preview.said.size());
    CHECK(of_part.rows.size() == preview.rows.size());
    // What then hangs says the same.
    office.move(of, "post", {{"attachments", {office.photo(of)}}}, "2025-03-07");
    const CaseView hung = office.view(of);
    const auto fields = office.fields(hung, "public_notice");
    for (const PostedValue& one : preview.said) CHECK(fields.at(one.field).is_known());
    CHECK(std::get<Date>(fields.at("posted_until").is) == day("2025-03-14"));
}

TEST_CASE(
    "a notice of a category that is not posted, or of a child alone, does not hang, and the preview says "
    "why") {
    TestOffice office;
    const auto state = [&](const char* category, const char* applicant) {
        const CaseId of = office.applied(applicant);
        office.move(of, "accept",
                    {{"relatives_of_staff", {"false"}}, {"beside_because", {"另一名成员的申请"}}},
                    "2025-03-04");
        office.move(of, "survey", {{"officers", {"2", "3"}}, {"note", {"走访"}}}, "2025-03-05");
        office.move(of, "review", {{"category", {category}}, {"opinion", {"grant"}}}, "2025-03-06");
        return value(preview_notice(office.setting, press(), office.view(of), day("2025-03-07")));
    };
    const auto other = state("other_hardship", "1");
    CHECK(other.paper.state == PaperState::withheld);
    CHECK_FALSE(other.paper.why.zh.empty());
    CHECK(other.said.empty());
    CHECK(other.rows.empty());
}

TEST_CASE("a notice of the confirmed says so, and hangs under the decision's day") {
    TestOffice office;
    const CaseId of = office.posted("minimum_living_guarantee");
    office.move(of, "end_notice", {}, "2025-03-17");
    office.move(of, "confirm",
                {{"amount", {"93600"}},
                 {"differs_because", {"按入户核实"}},
                 {"category", {"minimum_living_guarantee"}}},
                "2025-03-18", office.county);
    const CaseView view = office.view(of);
    const auto fields = office.fields(view, "public_notice");
    CHECK(text_in(fields, "stage") == "confirmed");
    CHECK(std::get<Date>(fields.at("posted_from").is) == day("2025-03-18"));
    CHECK_FALSE(fields.at("posted_until").is_known());
    CHECK(code_of(make_paper(office.setting, press(), view, view.events.back().number, "public_notice")) ==
          "done");
}

TEST_CASE("a guarantee of one member is posted as the guarantee: nothing tells that it covers one, or whom") {
    TestOffice office;
    const CaseView view = office.view(office.posted("single_member_guarantee", "3"));
    const auto fields = office.fields(view, "public_notice");
    CHECK(text_in(fields, "posted_kind") == "minimum_living_guarantee");
    const std::string words = words_of(fields);
    CHECK(has(words, "顾娜平"));
    CHECK_FALSE(has(words, "周小病"));
    CHECK_FALSE(has(words, "single"));
    const CaseView whole = office.view(office.posted("minimum_living_guarantee"));
    const auto of_all = office.fields(whole, "public_notice");
    for (const auto& [id, value] : of_all.values)
        CHECK(fields.values.contains(id));  // none is missing, to tell by
    const auto* rows = std::get_if<std::vector<print::Row>>(&fields.at("posted").is);
    REQUIRE(rows != nullptr);
    CHECK_FALSE(rows->front().at("persons").is_known());
    CHECK_FALSE(rows->front().at("amount").is_known());
}

TEST_CASE("persons and amount are posted as told of a category that hides nobody, and of no guarantee") {
    TestOffice office;
    for (const auto& [category, is_shown] : {std::pair{"extreme_poverty", true},
                                             {"mlg_marginal_household", true},
                                             {"minimum_living_guarantee", false},
                                             {"single_member_guarantee", false}}) {
        CAPTURE(category);
        const CaseId of = office.posted(category);
        CaseView view = office.view(of);
        for (const int n : {3, 4}) {  // what the review and the posting tell
            view.events[static_cast<std::size_t>(n)].fields["persons"] = {"1"};
            view.events[static_cast<std::size_t>(n)].fields["amount"] = {"140000"};
        }
        const auto fields = office.fields(view, "public_notice");
        const auto* rows = std::get_if<std::vector<print::Row>>(&fields.at("posted").is);
        REQUIRE(rows != nullptr);
        CHECK(rows->front().at("persons").is_known() == is_shown);
        CHECK(rows->front().at("amount").is_known() == is_shown);
    }
}

TEST_CASE("no child is posted: neither as who applies, nor as the head, nor where nobody knows the age") {
    TestOffice office;
    CHECK(posted(office, office.posted("extreme_poverty", "2")) == "withheld");
    office.members[0].id_number = number_born("20100101");
    office.register_on("2025-02-28", "样例村1号");
    CHECK(posted(office, office.posted("minimum_living_guarantee")) == "withheld");
    office.members[0].id_number.reset();
    office.register_on("2025-03-01", "样例村1号");
    CHECK(posted(office, office.posted("minimum_living_guarantee", "3")) == "withheld");
    CHECK(code_of(make_paper(office.setting, press(), office.view(CaseId(3)), 5, "public_notice")) ==
          "paper_withheld");
}

TEST_CASE("who turns eighteen on the day of the notice is posted, and on the day before is not") {
    for (const auto& [born, state] : {std::pair{"20070307", "ready"}, {"20070308", "withheld"}}) {
        TestOffice office;
        office.members[0].id_number = number_born(born);
        office.register_on("2025-02-28", "样例村1号");
        CHECK(posted(office, office.posted("minimum_living_guarantee")) == state);
    }
}

TEST_CASE("a category that is not on the list of those posted is withheld, be it one that a pack made up") {
    TestOffice office;
    for (const char* category : {"relapse_monitored", "other_hardship", "orphan"}) {
        const CaseId of = office.posted("minimum_living_guarantee");
        CaseView view = office.view(of);
        view.events[3].fields["category"] = {category};
        CHECK(office.told(view, "public_notice").state == PaperState::withheld);
    }
}

TEST_CASE("what concerns children alone, an emergency, or another matter than an application is not posted") {
    TestOffice office;
    CaseView view = office.view(office.posted("minimum_living_guarantee"));
    for (const char* why : {"children", "urgent"}) {
        CaseView quiet = view;
        quiet.events[3].fields["no_notice"] = {why};
        CHECK(office.told(quiet, "public_notice").state == PaperState::withheld);
    }
    for (const char* machine : {"emergency", "review", "warning"}) {
        CaseView other = view;
        other.head.machine = machine;
        CHECK(office.told(other, "public_notice").state == PaperState::withheld);
    }
}

TEST_CASE("temporary assistance is posted by the same list: who asks, no cause, no sum, not for how many") {
    TestOffice office;
    const CaseView view = office.view(office.posted_temporary());
    CHECK(office.told(view, "public_notice").state == PaperState::ready);
    const auto fields = office.fields(view, "public_notice");
    CHECK(text_in(fields, "posted_kind") == "temporary_assistance");
    CHECK(text_in(fields, "stage") == "proposed");
    CHECK(std::get<Date>(fields.at("posted_from").is) == day("2025-03-07"));
    CHECK(std::get<Date>(fields.at("posted_until").is) == day("2025-03-14"));
    CHECK(std::get<std::int64_t>(fields.at("posted_days").is) == 7);
    const auto plates = value(press().of(view.head.pack));
    const print::Paper& paper = *value(plates->library.need("public_notice"));
    for (const auto& [id, value] : fields.values) CHECK(print::find_field(paper.fields, id)->is_public);
    const std::string words = words_of(fields);
    CHECK(has(words, "顾娜平"));
    CHECK(has(words, "样例村"));
    for (const char* secret : {"周小", "重病", "因病", "illness", "自费", "6543", "8000", "1号", "1380"})
        CHECK_FALSE(has(words, secret));
    const auto* rows = std::get_if<std::vector<print::Row>>(&fields.at("posted").is);
    REQUIRE(rows != nullptr);
    for (const char* column : {"persons", "amount"}) CHECK_FALSE(rows->front().values.contains(column));
    CHECK(code_of(make_paper(office.setting, press(), view, view.events.back().number, "public_notice")) ==
          "done");
}

TEST_CASE("temporary assistance of a child, or by the emergency lane, is not posted") {
    TestOffice office;
    CHECK(posted(office, office.posted_temporary("2")) == "withheld");
    const CaseView view = office.view(office.posted_temporary());
    for (const char* why : {"children", "urgent"}) {
        CaseView quiet = view;
        quiet.events[3].fields["no_notice"] = {why};
        CHECK(office.told(quiet, "public_notice").state == PaperState::withheld);
    }
    CaseView lane = view;
    lane.head.machine = "emergency";
    CHECK(office.told(lane, "public_notice").state == PaperState::withheld);
    // What is told of a household that has a guarantee for one member tells nothing of it.
    CaseView of_one = view;
    of_one.events[3].fields["category"] = {"single_member_guarantee"};
    CHECK(text_in(office.fields(of_one, "public_notice"), "posted_kind") == "temporary_assistance");
    CHECK_FALSE(has(words_of(office.fields(of_one, "public_notice")), "single"));
    office.members[0].id_number = number_born("20100101");
    office.register_on("2025-02-28", "样例村1号");
    CHECK(posted(office, office.posted_temporary()) == "withheld");
}

TEST_CASE("a number that somebody put into a name or a village is not posted") {
    TestOffice office;
    office.members[0].name = "顾娜平13800000000";
    const auto publish = value(office.folder.begin_publish("register", AsOf{day("2025-02-28")}, "{}"));
    registry::Household household;
    household.id = home;
    household.code = "LC1";
    household.head_name = office.members[0].name;
    done(registry::stage_households(office.folder, publish, {&household, 1}));
    done(registry::stage_members(office.folder, publish, office.members));
    done(office.folder.publish(publish));
    CHECK(posted(office, office.posted("minimum_living_guarantee")) == "withheld");
}

}  // namespace doudi::archive
