// SPDX-License-Identifier: Apache-2.0
// What the short and the full explanation say in the same words: names, titles, amounts, time limits, what
// follows after leaving. One language each.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "determine/explain.h"

namespace doudi::determine {

// Lines, each further in by two blanks a depth.
class Page {
  public:
    void line(int depth, const std::string& text);
    void gap();                             // an empty line
    void heading(const std::string& text);  // an empty line before it
    [[nodiscard]] std::string text() && { return std::move(out_); }

  private:
    std::string out_;
};

class Phrases {
  public:
    Phrases(const Explained& explained, Lang lang) : explained_(explained), lang_(lang) {}

    [[nodiscard]] bool zh() const { return lang_ == Lang::zh; }
    [[nodiscard]] const std::string& in(const Text& text) const { return text.in(lang_); }
    [[nodiscard]] std::string list(const std::vector<std::string>& parts) const;       // a、b
    [[nodiscard]] std::string sentences(const std::vector<std::string>& parts) const;  // a；b
    [[nodiscard]] std::string names(const std::vector<int>& members) const;
    [[nodiscard]] std::string of(const std::vector<int>& members) const;  // （甲、乙）; of nobody: empty
    [[nodiscard]] std::string of(int member) const;
    [[nodiscard]] bool are_all(const std::vector<int>& members) const;  // of a household of several
    [[nodiscard]] std::string categories(const std::vector<int>& list) const;
    [[nodiscard]] std::string categories(const std::vector<std::string>& ids) const;
    // The same fact of several members once; of all of them: "（每人）".
    [[nodiscard]] std::string facts(const std::vector<FactKey>& keys) const;
    [[nodiscard]] std::vector<std::string> each_fact(const std::vector<FactKey>& keys) const;
    // The name of an authority or department, as its route says it.
    [[nodiscard]] std::string route(std::string_view section, const std::string& id) const;
    [[nodiscard]] std::string sample_mark(bool sample) const;
    [[nodiscard]] std::string words(const expr::Value& value,
                                    const policy::FactDefinition* definition = nullptr) const;
    // A line as the pack says it, or else its condition in words.
    [[nodiscard]] std::string line(const policy::ConditionLine& line) const;
    [[nodiscard]] std::string cited(const policy::Citation& cite) const;  // （依据 …）

    [[nodiscard]] std::string set(const MemberSet& set) const;

    // What, by which law, on which day; and that sample figures decided something.
    void put_head(Page& page) const;
    [[nodiscard]] std::string grant(const BenefitAnswer& answer) const;  // "，每月 2.00 元"; empty: none
    [[nodiscard]] std::string service(const policy::Benefit& benefit) const;
    [[nodiscard]] std::string confirmation(const policy::Category& category) const;
    [[nodiscard]] std::vector<std::string> clocks(const std::string& subject) const;
    void put_following(Page& page, const std::string& heading) const;
    void put_replay(Page& page) const;  // an empty line before it

  private:
    [[nodiscard]] std::string count_of(const policy::RouteElement& clock) const;
    [[nodiscard]] std::string percent(const expr::Value& share) const;
    [[nodiscard]] std::string within(const std::string& from, const std::string& limit) const;
    void put_transfer(Page& page, const TransferAnswer& transfer) const;
    void put_watch(Page& page, const WatchAnswer& watch) const;

    const Explained& explained_;
    Lang lang_;
};

// The answers of one benefit that read alike.
struct BenefitGroup {
    int benefit = 0;
    Verdict verdict = Verdict::no;
    std::string what;  // what is given
    bool sample = false;
    std::vector<int> members;  // none of a household's benefit
    std::vector<const BenefitAnswer*> answers;
};
[[nodiscard]] std::vector<BenefitGroup> benefit_groups(const Phrases& say, const Determination& answer);
// Titles of the categories on which an answer hangs; none where another already opens the benefit.
[[nodiscard]] std::vector<std::string> open_categories(const Phrases& say, const policy::Law& law,
                                                       const BenefitAnswer& answer);
// What the benefit's own conditions lack, the cheapest first.
[[nodiscard]] std::vector<FactKey> own_missing(const policy::Law& law, const Case& told,
                                               const BenefitAnswer& answer);

}  // namespace doudi::determine
