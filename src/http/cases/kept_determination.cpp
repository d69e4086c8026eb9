// SPDX-License-Identifier: Apache-2.0
#include "http/cases/kept_determination.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "determine/case_reader.h"
#include "determine/explain.h"
#include "policy/folder.h"

namespace doudi::http {

namespace json = boost::json;
using determine::Paper;
using determine::ReviewAnswer;
using policy::Subject;

namespace {

constexpr std::array<std::pair<Paper, std::string_view>, 3> paper_words{
    {{Paper::recorded, "recorded"}, {Paper::missing, "missing"}, {Paper::of_before, "of_before"}}};

std::string_view word_of(Paper paper) {
    const auto found = std::ranges::find(paper_words, paper, &std::pair<Paper, std::string_view>::first);
    ensure(found != paper_words.end(), "a paper that was laid has a word");
    return found->second;
}

// Of facts by which papers they entered, or were kept out; `of`: "household", "application", or the member's
// place.
void add_laid(const determine::ToldFacts& facts, const json::value& of, json::array& laid) {
    for (const auto& [id, fact] : facts) {
        if (fact.paper == Paper::by_case) continue;
        laid.push_back(json::object{{"of", of}, {"fact", id}, {"paper", word_of(fact.paper)}});
    }
}

json::array laid_json(const determine::Case& told) {
    json::array laid;
    add_laid(told.household, "household", laid);
    add_laid(told.application.facts, "application", laid);
    for (std::size_t n = 0; n < told.members.size(); ++n) add_laid(told.members[n].facts, n, laid);
    return laid;
}

// What is kept, read: values point into `all`.
struct Kept {
    json::object all;

    [[nodiscard]] std::string text(std::string_view key) const {
        return std::string(all.at(key).as_string());
    }
};

Result<Kept> read_kept(const std::string& content) {
    boost::system::error_code failure;
    json::value value = json::parse(content, failure);
    if (!failure && value.is_object()) return Kept{std::move(value.get_object())};
    return fail(ErrorKind::invalid, "determination_damaged",
                {"存档的核算内容已损坏", "what is kept of the determination is damaged"});
}

determine::ToldFacts& facts_of(determine::Case& told, const json::value& of) {
    if (const auto* word = of.if_string())
        return *word == "household" ? told.household : told.application.facts;
    return told.members.at(of.to_number<std::size_t>()).facts;
}

// As they were laid then, whatever papers there are today.
void lay_again(const Kept& kept, determine::Case& told) {
    for (const json::value& one : kept.all.at("laid").as_array()) {
        const json::object& laid = one.as_object();
        const std::string fact(laid.at("fact").as_string());
        const auto paper = std::ranges::find(paper_words, std::string_view(laid.at("paper").as_string()),
                                             &std::pair<Paper, std::string_view>::second);
        ensure(paper != paper_words.end(), "we wrote it");
        determine::ToldFacts& facts = facts_of(told, laid.at("of"));
        if (paper->first == Paper::recorded) {
            facts[fact].paper = Paper::recorded;
        } else {
            facts[fact] = left_out(paper->first);
        }
    }
    const json::value& day = kept.all.at("authorised_on");
    told.application.authorised_on =
        day.is_null() ? std::optional<Date>() : Date::parse_iso(std::string(day.as_string()));
}

json::object against_json(const HeldAgainst& against) {
    const auto& paid = against.paid;
    return {{"applied", against.is_applied},
            {"track", against.track},
            {"paid", paid.of ? json::value(paid.of->value()) : json::value(nullptr)},
            {"paid_category", paid.category},
            {"paid_amount", paid.amount ? json::value(paid.amount->fen()) : json::value(nullptr)}};
}

HeldAgainst against_of(const json::object& told) {
    HeldAgainst against{told.at("applied").as_bool(), std::string(told.at("track").as_string()), {}};
    if (const json::value& of = told.at("paid"); !of.is_null())
        against.paid.of = casework::CaseId(of.to_number<std::uint64_t>());
    against.paid.category = std::string(told.at("paid_category").as_string());
    if (const json::value& amount = told.at("paid_amount"); !amount.is_null())
        against.paid.amount = Money::fen(amount.to_number<std::int64_t>());
    return against;
}

json::value explained(const policy::Pack& pack, const determine::Case& told,
                      const determine::Determination& answer) {
    return json::parse(determine::explanation_json({pack.law, told, answer, pack.title}));
}

// Of what is not shown no replay shows more; that it is the same to the last figure is told by this.
std::string hash_of_whole(const policy::Pack& pack, const determine::Case& told, const Judged& answer) {
    return policy::fingerprint_of(determine::explanation_json({pack.law, told, answer.whole, pack.title}));
}

// Where two answers differ, place by place (JSON pointers).
class Comparison {
  public:
    void compare(const json::value& was, const json::value& is, const std::string& at) {
        const auto* before = was.if_object();
        const auto* after = is.if_object();
        if (before != nullptr && after != nullptr) return objects(*before, *after, at);
        const auto* list = was.if_array();
        const auto* other = is.if_array();
        if (list != nullptr && other != nullptr) return arrays(*list, *other, at);
        if (was == is) return;
        if (found.size() == most) {
            ++left_off;
        } else {
            found.push_back(json::object{{"at", at}, {"recorded", was}, {"replayed", is}});
        }
    }

    json::array found;
    std::uint64_t left_off = 0;

  private:
    static constexpr std::size_t most = 200;

    void objects(const json::object& was, const json::object& is, const std::string& at) {
        const auto value = [](const json::object& of, std::string_view key) {
            const json::value* one = of.if_contains(key);
            return one == nullptr ? json::value(nullptr) : *one;
        };
        for (const auto& [key, one] : was)
            compare(one, value(is, key), fmt::format("{}/{}", at, std::string(key)));
        for (const auto& [key, one] : is)
            if (!was.contains(key)) compare(nullptr, one, fmt::format("{}/{}", at, std::string(key)));
    }
    void arrays(const json::array& was, const json::array& is, const std::string& at) {
        for (std::size_t n = 0; n < std::max(was.size(), is.size()); ++n)
            compare(n < was.size() ? was[n] : json::value(nullptr),
                    n < is.size() ? is[n] : json::value(nullptr), fmt::format("{}/{}", at, n));
    }
};

// Of the keys by which two answers are given again, those that are not the same.
json::array differing_keys(const json::value& was, const json::value& is) {
    Comparison keys;
    keys.compare(was.at("replay"), is.at("replay"), "");
    json::array names;
    for (const json::value& one : keys.found)
        names.emplace_back(std::string_view(one.at("at").as_string()).substr(1));
    return names;
}

struct Again {
    json::object answer;
    std::string whole;  // hash_of_whole
};

// What was laid in beside what the case says; of a determination that was kept before anything was: nothing.
std::expected<KnownFacts, std::vector<Error>> known_kept(const Kept& kept, const policy::Law& law) {
    const json::value* laid = kept.all.if_contains("known");
    if (laid == nullptr) return KnownFacts{};
    auto known = read_known(laid->as_object(), law);
    if (!known) return std::unexpected(std::vector<Error>{known.error()});
    return std::move(*known);
}

// The case tried again; an error says why it cannot be.
std::expected<Again, std::vector<Error>> given_again(Call& call, const Kept& kept) {
    const auto law = ruledesk::law_in_force(call.desk.database, call.services.law.program(),
                                            {.day = Date::parse_iso(kept.text("as_of")),
                                             .known = kept.all.at("enactment").to_number<std::uint64_t>(),
                                             .pack = kept.text("pack")});
    if (!law) return std::unexpected(law.error());
    const policy::Pack& pack = law->policy.pack;
    auto told = determine::read_case(kept.text("case"), "case", pack.law);
    if (!told) return std::unexpected(told.error());
    const auto known = known_kept(kept, pack.law);
    if (!known) return std::unexpected(known.error());
    lay_known(*known, *told);
    lay_again(kept, *told);
    const Judged answer = judge(*law, *known, *told);
    const HeldAgainst against = against_of(kept.all.at("against").as_object());
    json::object again{
        {"review", finding_json(finding_of(pack.law, *told, answer.told(), against), against.paid)},
        {"determination", explained(pack, *told, answer.shown())}};
    // As what was kept: numbers have the kind that the text gives them.
    return Again{json::parse(json::serialize(again)).as_object(), hash_of_whole(pack, *told, answer)};
}

json::object cannot(json::object recorded, const std::vector<Error>& faults) {
    Text why{"当时的规则已不能再用", "the law of then can no longer be used"};
    if (!faults.empty())
        why = {why.zh + "：" + faults.front().text.zh, why.en + ": " + faults.front().text.en};
    return {{"equal", nullptr},    {"law", nullptr},    {"recorded", std::move(recorded)},
            {"replayed", nullptr}, {"why", words(why)}, {"differences", json::array()},
            {"left_off", 0}};
}

Result<json::object> replay(Call& call, const Kept& kept) {
    json::object recorded = kept.all.at("answer").as_object();
    const auto again = given_again(call, kept);
    if (!again) return cannot(std::move(recorded), again.error());
    Comparison comparison;
    comparison.compare(recorded, again->answer, "");
    const json::value* whole = kept.all.if_contains("whole");
    if (whole != nullptr) comparison.compare(*whole, json::value(again->whole), "/whole");
    json::array keys = differing_keys(recorded.at("determination"), again->answer.at("determination"));
    const bool same_law = keys.empty();
    const bool equal = comparison.found.empty();
    return json::object{{"equal", equal},
                        {"law", json::object{{"same", same_law}, {"differs", std::move(keys)}}},
                        {"recorded", std::move(recorded)},
                        {"replayed", again->answer},
                        {"why", nullptr},
                        {"differences", std::move(comparison.found)},
                        {"left_off", comparison.left_off}};
}

json::array texts_json(const std::vector<Text>& texts) {
    json::array all;
    for (const Text& text : texts) all.push_back(words(text));
    return all;
}

json::value fen_json(const std::optional<Money>& amount) {
    return amount ? json::value(amount->fen()) : json::value(nullptr);
}

}  // namespace

ReviewAnswer finding_of(const policy::Law& law, const determine::Case& told,
                        const determine::Determination& answer, const HeldAgainst& against) {
    const auto allowances = determine::allowances_of(law);
    if (against.is_applied) return determine::application_of(law, told, answer, allowances, against.track);
    const auto& paid = against.paid;
    return determine::review_of(law, told, answer, allowances,
                                {paid.of ? paid.category : against.track, paid.amount});
}

json::object finding_json(const ReviewAnswer& answer, const casework::PaidCase& paid) {
    return {{"kind", determine::word_of(answer.kind)},
            {"category", answer.category},
            {"amount", fen_json(answer.amount)},
            {"next", answer.next},
            {"why", texts_json(answer.why)},
            {"missing", texts_json(answer.missing)},
            {"sample", answer.sample},
            {"paid", paid.of ? json::value(std::to_string(paid.of->value())) : json::value(nullptr)},
            {"paid_category", paid.category},
            {"paid_amount", fen_json(paid.amount)}};
}

std::string kept_determination(const Determined& determined, const HeldAgainst& against,
                               const ReviewAnswer& found) {
    const policy::Pack& pack = determined.law.policy.pack;
    const determine::Case& told = determined.told;
    return json::serialize(json::object{
        {"pack", pack.id},
        {"enactment", determined.law.known},
        {"as_of", told.as_of.iso()},
        {"case", determined.text},
        {"known", kept_known(determined.known)},
        {"laid", laid_json(told)},
        {"authorised_on", day_or_null(told.application.authorised_on)},
        {"against", against_json(against)},
        {"answer", json::object{{"review", finding_json(found, against.paid)},
                                {"determination", explained(pack, told, determined.answer.shown())}}},
        {"whole", hash_of_whole(pack, told, determined.answer)}});
}

Result<json::object> replay_kept(Call& call, const std::string& content) {
    const Kept kept = TRY(read_kept(content));
    return replay(call, kept);
}

}  // namespace doudi::http
