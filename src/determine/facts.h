// SPDX-License-Identifier: Apache-2.0
// The facts of one case as conditions see them: told ones judged for staleness, conflict and authorisation
// (semantics 1, 2), derived ones computed when asked for, parameters by region, residence and day (19), and
// the verdicts of categories (26). What is unknown carries the numbers of what is missing.
#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "determine/records.h"
#include "expr/evaluate.h"
#include "policy/law.h"

namespace doudi::determine {

// Built in beside the pack's facts of an application.
inline constexpr const char* authorised_on = "authorised_on";
inline constexpr const char* consents_to_transfer = "consents_to_transfer";

// What the case itself says of an asset fact of that day: recorded, missing or of_before.
[[nodiscard]] Paper paper_by_case(const Case& told, Date told_on);

// What a name in a condition stands for, and of whom.
struct Named {
    enum class Kind : std::uint8_t { fact, parameter, category, members, day, built_in, nothing };
    Kind kind = Kind::nothing;
    int index = -1;   // into Law's facts, parameters or categories; of a built-in one its field
    int member = -1;  // of a person's fact or category
};

// Another world for "what would change it": one fact with another value, or another day.
struct Change {
    std::map<FactKey, expr::Value> facts;
    std::optional<Date> day;
};

class Facts : public expr::Activation {
  public:
    // Both must outlive it.
    Facts(const policy::Law& law, const Case& told, Change change = {});
    Facts(const Facts&) = delete;
    Facts& operator=(const Facts&) = delete;

    [[nodiscard]] const policy::Law& law() const { return law_; }
    [[nodiscard]] const Case& told() const { return case_; }
    [[nodiscard]] int members() const { return static_cast<int>(case_.members.size()); }

    [[nodiscard]] expr::Value get(expr::FieldRef ref) const override;
    [[nodiscard]] expr::Value get_member(expr::StructHandle owner, expr::FieldId field) const override;

    [[nodiscard]] expr::Value fact(int index, int member) const;  // member: -1 unless of a person
    [[nodiscard]] expr::Value parameter(int index) const;
    [[nodiscard]] expr::Value verdict(int category, int member) const;  // of `when` and not `unless`
    [[nodiscard]] expr::Value covers(int category, int member) const;
    [[nodiscard]] expr::Value belongs(int category, int member) const;  // it holds and covers the member
    [[nodiscard]] expr::Value in_set(int category, int member) const;   // after the exclusive choice

    [[nodiscard]] bool is_exclusive(int category) const {
        return place_[static_cast<std::size_t>(category)] >= 0;
    }
    [[nodiscard]] std::span<const int> before(int category) const {  // earlier in the exclusive order
        return std::span(exclusive_)
            .first(static_cast<std::size_t>(place_[static_cast<std::size_t>(category)]));
    }
    [[nodiscard]] const std::vector<int>& exclusive() const { return exclusive_; }
    [[nodiscard]] int becomes(int category) const { return becomes_[static_cast<std::size_t>(category)]; }
    // The categories that make a member one of this category: itself, and those outside the order that become
    // it.
    [[nodiscard]] std::vector<int> fed_by(int category) const;
    [[nodiscard]] expr::Value membership(int category, int member) const;
    [[nodiscard]] int counted_fact() const { return counted_fact_; }

    // Whose condition is evaluated, and whether a category's name asks for the set (benefits) or the verdict.
    class Scope {
      public:
        Scope(const Facts& facts, int member, bool of_sets = false);
        ~Scope();
        Scope(const Scope&) = delete;
        Scope& operator=(const Scope&) = delete;

      private:
        const Facts& facts_;
        int member_;
        bool of_sets_;
    };
    [[nodiscard]] int scope_member() const { return member_; }
    [[nodiscard]] bool scope_of_sets() const { return of_sets_; }
    [[nodiscard]] expr::Value evaluate(const expr::Program& program, int member, bool of_sets = false) const;

    [[nodiscard]] Named named(expr::FieldRef ref) const;
    [[nodiscard]] Named named(expr::StructHandle owner, expr::FieldId field) const;

    // Numbers of what may be missing.
    [[nodiscard]] expr::FactId number(const FactKey& key) const;
    [[nodiscard]] const FactKey& key(expr::FactId number) const { return *keys_[number]; }
    [[nodiscard]] std::vector<FactKey> keys(std::span<const expr::FactId> numbers) const;

    // What stands behind a fact, for the explanation.
    [[nodiscard]] FactKey key_of(const Named& named) const;
    [[nodiscard]] const ToldFact* told(const FactKey& key) const;  // null if the case does not mention it
    [[nodiscard]] Silence silence(int index, int member) const;
    [[nodiscard]] const policy::ParameterValue* figure(int index) const;  // null if none is set
    [[nodiscard]] FactKey figure_key(int index) const;

  private:
    using Slot = std::optional<expr::Value>;
    struct Judged {
        Silence silence = Silence::none;
        expr::Value value;
    };

    Judged judge(int index, int member) const;
    Judged not_authorised(const FactKey& key, Paper paper) const;
    expr::Value derived(const policy::FactDefinition& definition, int member) const;
    expr::Value computed_verdict(int category, int member) const;
    expr::Value any_member(expr::Value (Facts::*of)(int, int) const, int category) const;
    expr::Value computed_in_set(int category, int member) const;
    expr::Value category_value(int category, int member) const;
    expr::Value members_list() const;
    expr::Value built_in(expr::FieldId field) const;
    // By member (from -1) and index; room is made when it is first asked for.
    using Slots = std::vector<std::vector<Slot>>;
    static Slot& slot(Slots& slots, int index, int member, std::size_t indices);
    Slot& category_slot(Slots& slots, int category, int member) const {
        return slot(slots, category, member, law_.categories.size());
    }
    std::pair<std::string, int> residence_of(int parameter) const;
    const policy::ParameterValue* figure_for(int index, const std::string& residence) const;
    expr::Value by_residence(int index) const;

    const policy::Law& law_;
    const Case& case_;
    Change change_;
    Date day_;
    int residence_fact_ = -1;
    int counted_fact_ = -1;
    std::vector<int> exclusive_;  // categories in the exclusive order
    std::vector<int> place_;      // by category: its place in that order, else -1
    std::vector<int> becomes_;    // by category: the category that a member is then in
    mutable int member_ = -1;
    mutable bool of_sets_ = false;
    mutable Slots facts_, verdicts_, covers_, in_sets_;
    mutable std::vector<Slot> parameters_;
    mutable std::map<FactKey, expr::FactId> numbers_;
    mutable std::vector<const FactKey*> keys_;
};

}  // namespace doudi::determine
