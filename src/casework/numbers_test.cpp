// SPDX-License-Identifier: Apache-2.0
// The numbers that documents of an office bear.
#include "casework/numbers.h"

#include "casework/office_test_support.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

const Fields form{{"channel", {"window"}}, {"pledge", {"true"}}, {"authorised", {"true"}}};

void set(policy::Policy& law, std::string_view figure, const char* region, const char* word,
         const char* from = "2020-01-01") {
    const int index = law.pack.law.parameter_of(figure);
    REQUIRE(index >= 0);
    policy::ParameterValue value;
    value.region = region;
    value.from = day(from);
    value.value = expr::Value::string(word);
    law.pack.law.parameters[static_cast<std::size_t>(index)].values.push_back(std::move(value));
}

// The first township and the county have each a word of their own; the second township has none.
template <class Engine>
struct Numbering : Office<Engine> {
    policy::Policy own = policy::load_policy(DOUDI_SOURCE_DIR, "guangdong-2021").value();

    Numbering() {
        set(own, document_word, "441699101", "样一");
        set(own, document_word, "441699", "样民");
        this->desk.law_of = [this](std::string_view, Date) {
            return std::shared_ptr<const policy::Pack>(std::shared_ptr<const policy::Pack>(), &own.pack);
        };
    }
    CaseId declined(const Actor& who = township) {
        const CaseId of = this->open(who, "application", "register", form).of;
        this->move(who, of, "ask_papers", {{"missing", {"户口簿"}}});
        this->move(who, of, "decline", {{"reason", {"不属本辖区"}}});
        return of;
    }
    std::string number(CaseId of, std::string_view paper) {
        for (const auto& event : this->view(of).events)
            if (const auto found = event.numbers.find(paper); found != event.numbers.end())
                return found->second;
        return {};
    }
};

}  // namespace

TEST_CASE_TEMPLATE("a document has its office's word, its series, the year and a running number of its own",
                   Engine, ENGINES) {
    Numbering<Engine> office;
    const CaseId first = office.declined();
    const CaseId second = office.declined();
    CHECK(office.number(first, "correction_notice") == "样一补〔2025〕1号");
    CHECK(office.number(first, "refusal_letter") == "样一驳〔2025〕1号");
    CHECK(office.number(second, "correction_notice") == "样一补〔2025〕2号");
    CHECK(office.number(second, "refusal_letter") == "样一驳〔2025〕2号");
    CHECK(office.number(first, "application_form").empty());  // a form of the household's is no document
    // The papers stay what they are, and the case what its events say.
    CHECK(office.view(first).events[1].papers == std::vector<std::string>{"correction_notice"});
    CHECK(value(is_sound(office.desk, first)));
}

TEST_CASE_TEMPLATE(
    "another year begins with one again, on its first day and not on the last of the year before", Engine,
    ENGINES) {
    Numbering<Engine> office;
    (void)office.declined();
    office.clock.set(Instant(std::chrono::days(day("2025-12-31").days())) + std::chrono::hours(2));
    CHECK(office.number(office.declined(), "refusal_letter") == "样一驳〔2025〕2号");
    office.go_on(1);
    CHECK(office.number(office.declined(), "refusal_letter") == "样一驳〔2026〕1号");
}

TEST_CASE_TEMPLATE(
    "an office without a word of its own numbers by hand: the county's is none of its townships'", Engine,
    ENGINES) {
    Numbering<Engine> office;
    const Actor other{UserId(4), {"township_officer"}, UnitId(3), "township", "441699102", ""};
    const CaseId of = office.declined(other);
    CHECK(office.number(of, "refusal_letter").empty());
    CHECK(own_figure(office.own.pack.law, office.units, UnitId(1), document_word, day("2025-06-30")) !=
          nullptr);
    // A department's office has no code, or stands under its county's: neither has the county's word.
    CHECK(own_figure(office.own.pack.law, office.units, UnitId(4), document_word, day("2025-06-30")) ==
          nullptr);
    CHECK(own_figure(office.own.pack.law, office.units, UnitId(1), document_word, day("2019-12-31")) ==
          nullptr);
}

TEST_CASE_TEMPLATE("a move that is refused, or sent twice, takes no number", Engine, ENGINES) {
    Numbering<Engine> office;
    const CaseId of = office.open(township, "application", "register", form).of;
    CHECK(office.move(township, of, "decline", {}).kind == Moved::Kind::refused);
    const Fields why{{"reason", {"不属本辖区"}}};
    CHECK(office.move(township, of, "decline", why, "form-1").kind == Moved::Kind::made);
    CHECK(office.move(township, of, "decline", why, "form-1").kind == Moved::Kind::already_there);
    CHECK(office.number(of, "refusal_letter") == "样一驳〔2025〕1号");
    CHECK(office.number(office.declined(), "refusal_letter") == "样一驳〔2025〕2号");
}

TEST_CASE_TEMPLATE("what is taken back with its transaction gives its number back", Engine, ENGINES) {
    Numbering<Engine> office;
    const CaseId of = office.open(township, "application", "register", form).of;
    const auto broken = office.database.write([&]() -> Result<void> {
        (void)TRY(move_within(office.desk, township, of,
                              {"decline", office.today(), {{"reason", {"不属本辖区"}}}, ""}));
        return fail(ErrorKind::io, "broken", {"断电", "the power went"});
    });
    CHECK_FALSE(broken.has_value());
    CHECK(office.number(office.declined(), "refusal_letter") == "样一驳〔2025〕1号");
}

TEST_CASE_TEMPLATE("a letter that a decision does not take has no number, and leaves no gap", Engine,
                   ENGINES) {
    Numbering<Engine> office;
    const auto decided = [&](const char* kind) {
        const CaseId of = office
                              .open(township, "review", "open",
                                    {{"cause", {"rhythm"}}, {"category", {"minimum_living_guarantee"}}})
                              .of;
        office.move(township, of, "survey", {{"officers", {"2", "3"}}, {"note", {"收入提高"}}});
        office.move(township, of, "propose",
                    {{"proposal", {kind}},
                     {"amount", {"46800"}},
                     {"reason", {"收入提高"}},
                     {"differs_because", {"已就业"}}});
        office.move(township, of, "serve_letter", {{"served_how", {"in_person"}}});
        office.move(township, of, "reply", {{"reply", {"无异议"}}});
        REQUIRE(
            office.move(county, of, "decide", {{"decision_kind", {kind}}, {"reason", {"收入提高"}}}).kind ==
            Moved::Kind::made);
        return of;
    };
    CHECK(office.number(decided("change"), "suspension_letter").empty());
    const CaseId ended = decided("exit");
    CHECK(office.number(ended, "suspension_letter") == "样民停〔2025〕1号");
    CHECK(office.number(ended, "taper_notice").empty());  // to end it was proposed, not to phase it out
}

TEST_CASE_TEMPLATE("a word that would break the text that numbers lie in is none", Engine, ENGINES) {
    Numbering<Engine> office;
    set(office.own, document_word, "441699101", "样,一", "2025-01-01");
    CHECK(office.number(office.declined(), "refusal_letter").empty());
}

}  // namespace doudi::casework
