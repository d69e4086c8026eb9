// SPDX-License-Identifier: Apache-2.0
// What determination takes in and hands out: a case (facts of one household, its members and its application,
// each with source and day) and the answer of one application tried against every category and benefit.
// Serves JN 2, CS 一(三), CQ 二十, GD 五, SX 工作任务(三): one application, classified determination.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/money.h"
#include "base/text.h"
#include "expr/rational.h"
#include "expr/value.h"
#include "policy/law.h"

namespace doudi::determine {

// One fact as told: by whom, as of when. Unknown has a reason.
struct ToldFact {
    expr::Value value;  // V, N, or U without facts (the engine numbers them)
    std::string source;
    std::optional<Date> as_of;
    std::string why_unknown;            // as the case gives it; empty otherwise
    std::vector<ToldFact> conflicting;  // the sources that disagree, where that is why it is unknown
};

// By the id of the fact (facts that the case does not mention are unknown).
using ToldFacts = std::map<std::string, ToldFact, std::less<>>;

struct CaseMember {
    std::string name;
    ToldFacts facts;
};

struct CaseApplication {
    ToldFacts facts;
    std::string leaving;  // the category that the household leaves; empty: none
    std::optional<Date> left_on;
    std::vector<std::string> refused;
    std::optional<Date> refused_on;
    std::optional<bool> consents_to_transfer;
    std::optional<Date> authorised_on;
};

struct Case {
    std::string id;
    std::string region;
    Date as_of;
    std::map<std::string, policy::ParameterValue, std::less<>>
        parameters;  // laid over the pack's, all sample
    ToldFacts household;
    std::vector<CaseMember> members;
    CaseApplication application;
};

// --- the answer
// -----------------------------------------------------------------------------------------------

enum class Verdict : std::uint8_t { no, unknown, yes, fault };

// A fact of somebody, or a parameter, or a rule that an authority has still to set.
struct FactKey {
    enum class Kind : std::uint8_t { fact, parameter, open_rule };
    Kind kind = Kind::fact;
    policy::Subject of = policy::Subject::household;
    int member = -1;  // index into Case::members for facts of a person
    std::string id;
    friend auto operator<=>(const FactKey&, const FactKey&) = default;
};

struct UsedFact {
    FactKey key;
    expr::Value value;
    std::string source;
    std::optional<Date> as_of;
    bool stale = false;
    bool sample = false;
};

// How far a comparison is from turning: left and right as computed, and whether turning it alone would turn
// the whole verdict.
struct NearestChange {
    std::string text;  // the comparison as written
    Text say;          // in words, with the figures: "月人均收入再低 16.67 元…"
    std::vector<FactKey> facts;
    bool turns_verdict = false;
};

// One line of a condition with its answer and the figures that a person reads.
struct LineAnswer {
    const policy::ConditionLine* line = nullptr;
    expr::Value value;
    std::optional<expr::Value> left, right;  // of a comparison at its top
};

struct Missing {
    std::vector<FactKey> smallest;  // the least-cost set whose values settle the answer whatever they are
    bool is_exact = true;           // false: more than 16 candidates, found greedily (semantics 25)
    std::optional<FactKey> ask_first;
};

struct CategoryAnswer {
    int category = 0;  // index into Law::categories
    int member = -1;   // of a category of persons
    Verdict verdict = Verdict::unknown;
    std::vector<LineAnswer> lines;  // of `when`
    std::optional<LineAnswer> unless;
    std::vector<int> covers;             // members, where yes
    std::vector<int> maybe_covers;       // members of whom it is unknown whether they are covered
    Missing missing;                     // where unknown
    std::vector<NearestChange> changes;  // where yes or no, the nearest first
    std::vector<UsedFact> used;
    bool sample = false;
};

struct MemberSet {
    std::vector<int> categories;       // one of the exclusive group at most, and any others
    bool exclusive_undecided = false;  // an earlier one of the group is unknown
    std::vector<int> undecided;        // categories that may still belong to it
};

struct BenefitAnswer {
    int benefit = 0;
    int member = -1;
    Verdict verdict = Verdict::unknown;
    std::vector<LineAnswer> lines;
    std::optional<expr::Value> amount;  // V: money in fen or an amount; U where something is missing
    std::optional<expr::Value> share;
    const policy::Grant* grant = nullptr;
    Missing missing;
    std::vector<UsedFact> used;
    bool sample = false;
};

struct TransferAnswer {
    std::string from;
    std::vector<std::string> to;
    enum class Consent : std::uint8_t { not_needed, given, refused, needed } consent = Consent::not_needed;
    bool repeat_papers = false;
    policy::Citation cite;
};

struct WatchAnswer {
    std::string because;        // exit | refusal
    std::optional<Date> until;  // none: without a term
    policy::Citation cite;
};

struct Determination {
    std::string pack, pack_version, pack_hash;
    Date as_of;
    std::vector<CategoryAnswer> categories;  // in test order; categories of persons once for each member
    std::vector<MemberSet> sets;             // by member
    std::vector<BenefitAnswer> benefits;     // as the pack lists them
    std::vector<TransferAnswer> transfers;
    std::vector<WatchAnswer> watches;
    std::optional<FactKey> ask_first;  // of the application as a whole: settles most, cheapest
    std::vector<FactKey> missing;      // union of the smallest sets, by cost
    bool sample = false;               // an invented figure decided something
};

}  // namespace doudi::determine
