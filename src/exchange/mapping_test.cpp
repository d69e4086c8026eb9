// SPDX-License-Identifier: Apache-2.0
#include "exchange/mapping.h"

#include <doctest/doctest.h>

#include "exchange/exchange_test_support.h"

namespace doudi::exchange {
namespace {

namespace json = boost::json;

const MessageRule& rule(const char* of, const char* kind, bool sent = true) {
    const MessageRule* found = sent ? channel(of).sent(kind) : channel(of).taken_up(kind);
    REQUIRE(found != nullptr);
    return *found;
}

Content household(std::string category = "extreme_poverty", std::string sex = "女") {
    Content content;
    content.fields = {
        {"code", {"A1"}},         {"region", {"441699101001"}},    {"head_name", {"甲"}},
        {"category", {category}}, {"enrolled_on", {"2025-03-09"}}, {"income_per_head_month", {"512.30"}}};
    content.members = {{{"name", {"甲"}}, {"id_number", {number_a}}, {"relation", {"户主"}}, {"sex", {sex}}}};
    return content;
}

std::string refused(const Mapped<json::object>& mapped) {
    if (mapped) return "none";
    CHECK(!mapped.error().reason.zh.empty());
    CHECK(!mapped.error().reason.en.empty());
    return mapped.error().field;
}
std::string refused(const Mapped<Content>& mapped) {
    if (mapped) return "none";
    CHECK(!mapped.error().reason.zh.empty());
    CHECK(mapped.error().reason.en.find(number_a) == std::string::npos);
    return mapped.error().field;
}

json::object parsed(const char* text) {
    return json::parse(text).as_object();
}

}  // namespace

TEST_CASE("the national platform reads our words in its codes and its own forms") {
    const auto body = to_theirs(channel("national"), rule("national", "household"), household());
    REQUIRE(body);
    CHECK(json::serialize(*body) ==
          R"({"hh_no":"A1","abax9999":"441699101001","axdf0002":"甲","biz_code":"130","abaf0028":"202503",)"
          R"("income":"512.30","members":[{"name":"甲","id_no":")" +
              number_a + R"(","relation":"0","sex":"2"}]})");
}

TEST_CASE("what an office below told of its case goes before how it stands here, where it was told") {
    const auto said = [](const char* kind, Words more) {
        Content content;
        content.fields = {{"case.number", {"7"}},          {"case.household", {"A1"}},
                          {"case.move", {"follow"}},       {"case.on", {"2025-07-01"}},
                          {"case.state", {"open"}},        {"kind", {"aid"}},
                          {"to_department", {"education"}}};
        content.fields.merge(std::move(more));
        const auto body = to_theirs(channel("doudi"), rule("doudi", kind), content);
        REQUIRE(body);
        return json::serialize(*body);
    };
    CHECK(said("warning", {}).contains(R"("state":"open")"));
    CHECK(said("warning", {{"warning_state", {"accepted"}}}).contains(R"("state":"accepted")"));
    const std::string told =
        said("referral", {{"referral_state", {"done"}}, {"referred_to", {"medical_insurance"}}});
    CHECK(told.contains(R"("state":"done")"));
    CHECK(told.contains(R"("department":"medical_insurance")"));
    CHECK(said("referral", {}).contains(R"("department":"education")"));
}

TEST_CASE("what a table does not have is refused with its field, and never guessed") {
    const Channel& national = channel("national");
    const MessageRule& sent = rule("national", "household");
    CHECK(refused(to_theirs(national, sent, household())) == "none");
    CHECK(refused(to_theirs(national, sent, household("relapse_monitored"))) == "biz_code");
    CHECK(refused(to_theirs(national, sent, household("extreme_poverty", "雌"))) == "members/0/sex");
    Content without = household();
    without.fields.erase("head_name");
    CHECK(refused(to_theirs(national, sent, without)) == "axdf0002");
    without = household();
    without.members.front().erase("id_number");
    CHECK(refused(to_theirs(national, sent, without)) == "members/0/id_no");
}

TEST_CASE(
    "what our word joins and theirs parts is parted by what is told of the household, and never guessed") {
    const Channel& national = channel("national");
    const MessageRule& sent = rule("national", "household");
    const auto code = [&](const char* category, const char* residence) {
        Content content = household(category);
        if (*residence != 0) content.fields["fact.residence_kind"] = {residence};
        const auto body = to_theirs(national, sent, content);
        return body ? std::string(body->at("biz_code").as_string()) : body.error().field + "!";
    };
    CHECK(code("minimum_living_guarantee", "urban") == "110");
    CHECK(code("minimum_living_guarantee", "rural") == "120");
    CHECK(code("single_member_guarantee", "rural") == "120");
    CHECK(code("minimum_living_guarantee", "") == "biz_code!");
    CHECK(code("minimum_living_guarantee", "seaside") == "biz_code!");
    CHECK(code("extreme_poverty", "") == "130");
    CHECK(code("extreme_poverty", "urban") == "130");
    const auto why = to_theirs(national, sent, household("minimum_living_guarantee"));
    REQUIRE_FALSE(why);
    CHECK(why.error().reason.en.find("residence_kind") != std::string::npos);
}

TEST_CASE("an excerpt comes back as it went out") {
    const Channel& link = channel("doudi");
    const auto body = to_theirs(link, rule("doudi", "household"), household());
    REQUIRE(body);
    const auto back = to_ours(link, rule("doudi", "household", false), *body);
    REQUIRE(back);
    CHECK(*back == household());
}

TEST_CASE("what comes and is not as the channel has it is refused with its field") {
    const Channel& link = channel("doudi");
    const MessageRule& taken = rule("doudi", "dispatch", false);
    const auto with = [&](const char* more) {
        std::string text = R"({"case":"7","household":"A1","move":"dispatch","day":"2025-06-30")";
        return refused(to_ours(link, taken, parsed((text + more + "}").c_str())));
    };
    CHECK(with("") == "none");
    CHECK(with(R"(,"event":["1","2"],"level":"red")") == "none");
    CHECK(with(R"(,"shoe":"1")") == "shoe");
    CHECK(with(R"(,"event":"1")") == "event");
    CHECK(with(R"(,"event":[1])") == "event");
    CHECK(with(R"(,"level":["red"])") == "level");
    CHECK(with(R"(,"move":"close")") == "move");
    CHECK(refused(to_ours(link, taken,
                          parsed(R"({"household":"A1","move":"dispatch","day":"2025-06-30"})"))) == "case");
    CHECK(refused(to_ours(link, taken,
                          parsed(R"({"case":"","household":"A1","move":"dispatch","day":"2025-06-30"})"))) ==
          "case");
    CHECK(refused(to_ours(link, taken,
                          parsed(R"({"case":"7","household":"A1","move":"dispatch","day":"2025-02-30"})"))) ==
          "day");
    const MessageRule& excerpt = rule("doudi", "household", false);
    CHECK(refused(to_ours(
              link, excerpt,
              parsed(R"({"code":"A","region":"4","category":"x","members":[{"name":"甲","sex":"3"}]})"))) ==
          "members/0/sex");
    CHECK(refused(
              to_ours(link, excerpt, parsed(R"({"code":"A","region":"4","category":"x","members":[7]})"))) ==
          "members/0/");
    CHECK(refused(to_ours(link, excerpt,
                          parsed(R"({"code":"A","region":"4","category":"x","members":{}})"))) == "members");
}

TEST_CASE(
    "whom a case is about comes as lines of one field, bounded, and without them the case says what it "
    "says") {
    const Channel& link = channel("doudi");
    const MessageRule& taken = rule("doudi", "help", false);
    const auto with = [&](const std::string& persons) {
        const std::string text =
            R"({"case":"7","move":"ask","day":"2025-06-30","need":"核实","persons":)" + persons + "}";
        return to_ours(link, taken, parsed(text.c_str()));
    };
    const auto two = with(R"([{"name":"甲","relation":"户主","phone":"1"},{"name":"乙"}])");
    REQUIRE(two);
    CHECK(two->fields.at("whom") == std::vector<std::string>{"甲 户主 1", "乙"});
    CHECK(two->fields.at("case.move") == std::vector<std::string>{"take"});
    CHECK(two->members.empty());
    CHECK_FALSE(with("[]")->fields.contains("whom"));
    CHECK(with(R"([{"name":"甲"},{"name":"甲"}])")->fields.at("whom").size() == 1);
    CHECK(refused(with(R"([{"phone":"1"}])")) == "persons/0/name");
    const std::string long_word(3000, 'x');
    CHECK(refused(with(R"([{"name":")" + long_word + R"(","phone":")" + long_word + R"("}])")) == "persons");
    // Of what we ask: whom to look for, and no number.
    Content asks = household();
    asks.fields = {
        {"case.number", {"7"}}, {"case.move", {"ask"}}, {"case.on", {"2025-06-30"}}, {"need", {"核实"}}};
    const auto body = to_theirs(link, rule("doudi", "help"), asks);
    REQUIRE(body);
    CHECK(json::serialize(body->at("persons")) == R"([{"name":"甲","relation":"户主"}])");
}

TEST_CASE("a month tells no day: it goes out and does not come back") {
    Channel own;
    MessageRule rule;
    rule.fields = {{.ours = "on", .theirs = "on", .form = Form::month}};
    Content content;
    content.fields["on"] = {"2025-03-09"};
    const auto body = to_theirs(own, rule, content);
    REQUIRE(body);
    CHECK(body->at("on").as_string() == "202503");
    CHECK(refused(to_ours(own, rule, *body)) == "on");
    rule.fields.front().form = Form::day;
    const auto as_day = to_theirs(own, rule, content);
    REQUIRE(as_day);
    CHECK(as_day->at("on").as_string() == "20250309");
    CHECK(*to_ours(own, rule, *as_day) == content);
    CHECK(refused(to_ours(own, rule, parsed(R"({"on":"2025-03-09"})"))) == "on");
}

}  // namespace doudi::exchange
