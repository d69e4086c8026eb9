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
#include "base/text.h"
#include "expr/rational.h"
#include "expr/value.h"
#include "policy/law.h"

namespace doudi::determine {

// Under which paper an asset fact enters. `by_case`: whoever hands the case in does not know of papers, the
// case's own authorised_on decides; the others are said by an office that keeps them. `missing`: none covers
// it; `of_before`: found out before the paper was signed, so that it has to be looked up anew.
enum class Paper : std::uint8_t { by_case, recorded, missing, of_before };

// One fact as told: by whom, as of when. Unknown has a reason.
struct ToldFact {
    expr::Value value;  // V, N, or U without facts (the engine numbers them)
    std::string source;
    std::optional<Date> as_of;
    std::string why_unknown;            // as the case gives it; empty otherwise
    std::vector<ToldFact> conflicting;  // the sources that disagree, where that is why it is unknown
    Paper paper = Paper::by_case;       // of facts that need an authorisation
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
    std::vector<std::string> refused;  // categories and benefits
    std::optional<Date> refused_on;
    std::optional<bool> consents_to_transfer;
    std::optional<Date> authorised_on;  // the day on which the check of means was authorised
};

struct Case {
    std::string id;
    std::string region;
    Date as_of;
    // Laid over the pack's, all of them samples; several where they differ by residence.
    std::map<std::string, std::vector<policy::ParameterValue>, std::less<>> parameters;
    ToldFacts household;
    std::vector<CaseMember> members;
    CaseApplication application;
    std::string hash;  // SHA-256 of the text that it was read from
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

// Why a fact is unknown although the case may mention it.
// `masked`: it is known and decided, and whoever asks is not shown it (veil.h).
enum class Silence : std::uint8_t {
    none,
    never_told,
    told_unknown,
    stale,
    conflict,
    not_authorised,
    unset,
    masked,
};

struct UsedFact {
    FactKey key;
    expr::Value value;
    std::string source;  // empty: computed from other facts
    std::optional<Date> as_of;
    Silence silence = Silence::none;
    bool sample = false;
};

// A comparison with the figures on both of its sides.
struct Figure {
    std::string text;  // as written
    expr::Value left, right, truth;
    // Known, and not shown to whoever asks: the side itself is unknown here, the truth stays.
    bool left_masked = false;
    bool right_masked = false;
};

// One line of a condition with its answer and the figures that a person reads.
struct LineAnswer {
    const policy::ConditionLine* line = nullptr;
    expr::Value value;
    std::vector<Figure> figures;
    std::vector<FactKey> missing;  // where it is unknown: what it hangs on
};

// The smallest change of one fact (or of the day of the question) that turns a comparison.
struct NearestChange {
    std::string text;                             // the comparison as written
    const policy::ConditionLine* line = nullptr;  // if the comparison is all of a line
    Text say;                                     // in words, with the figures
    FactKey fact;                                 // whose change; with `in_days` only the day moves
    expr::Value now, then;
    std::optional<int> in_days;
    expr::Rational distance;     // in fen, in units, or in days
    bool would_hold = false;     // the comparison, after the change
    bool turns_verdict = false;  // with it alone the answer would be another
};

struct Missing {
    std::vector<FactKey> smallest;  // the least-cost set whose values settle the answer whatever they are
    bool is_exact = true;           // false: too many candidates, found greedily (semantics 25)
    std::optional<FactKey> ask_first;
};

struct CategoryAnswer {
    int category = 0;  // index into Law::categories
    int member = -1;   // of a category of persons
    Verdict verdict = Verdict::unknown;
    expr::Value value;
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
    std::vector<int> undecided;        // categories of the group that may still be the choice
};

struct BenefitAnswer {
    int benefit = 0;  // index into Law::benefits
    int member = -1;
    Verdict verdict = Verdict::unknown;
    expr::Value value;
    std::vector<LineAnswer> lines;
    std::optional<LineAnswer> unless;
    std::vector<int> open_categories;  // of the categories that would open it, those that are not settled
    std::vector<int> through;          // the categories that open it, of those that the member has
    const policy::Grant* grant = nullptr;
    std::optional<expr::Value> amount;  // V: money in fen or an amount; U where something is missing
    std::optional<expr::Value> share;
    bool amount_masked = false;  // or the share: as of a figure's side
    Missing missing;             // of the verdict, or where that is yes of the amount or share
    std::vector<UsedFact> used;
    bool sample = false;
};

struct TransferAnswer {
    std::string id;
    std::string from;
    std::vector<std::string> to;        // targets that a member now has
    std::vector<std::string> maybe_to;  // targets of which that is unknown
    enum class Consent : std::uint8_t { not_needed, given, refused, needed } consent = Consent::not_needed;
    bool repeat_papers = false;
    policy::Citation cite;
};

// How long something goes on after a household left or was refused; what is over by the day of the question
// is not there.
struct WatchAnswer {
    enum class Kind : std::uint8_t { watch, phase_out } kind = Kind::watch;
    std::string id;
    std::string because;          // exit | refusal
    std::vector<std::string> of;  // the categories that were left or refused
    std::optional<Date> from;     // none: the case does not say
    std::optional<Date> until;    // the last day
    bool is_forever = false;
    std::optional<FactKey> missing;  // what has to be known before its end is
    bool sample = false;
    policy::Citation cite;
};

// What the answer was computed from: the same key gives the same answer (semantics 30).
struct ReplayKey {
    std::string pack, pack_version, pack_hash;
    std::string parameters_hash;  // of the file laid over the pack; empty: none
    std::string calendar_hash;
    std::string case_hash;
    Date as_of;
    std::string engine;           // the version of the meaning of conditions
    std::uint64_t enactment = 0;  // the last one that the law's reader knew; 0: nothing was put into force
};

// A category or benefit that a fact may settle by itself, and of whom (nobody named: of the household).
struct Settled {
    bool is_benefit = false;
    int index = 0;
    std::vector<int> members;
};

struct Determination {
    ReplayKey replay;
    std::vector<CategoryAnswer> categories;  // in test order; categories of persons once for each member
    std::vector<MemberSet> sets;             // by member
    std::vector<BenefitAnswer> benefits;     // as the pack lists them
    std::vector<TransferAnswer> transfers;
    std::vector<WatchAnswer> watches;
    std::optional<FactKey> ask_first;  // of the application as a whole: settles most, then cheapest
    std::vector<Settled> ask_first_settles;
    std::vector<FactKey> missing;  // union of the categories' smallest sets, the cheapest first
    bool sample = false;           // an invented figure decided something
};

}  // namespace doudi::determine
