// SPDX-License-Identifier: Apache-2.0
// Conditions of the law: compiled against its names, and held to what the compiler of conditions does not
// know: who is spoken of, the words that a fact may have, categories that have no rule.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "expr/check.h"
#include "policy/law_draft.h"

namespace doudi::policy {

// What a text is about and which categories it may name.
struct ConditionPlace {
    Subject about = Subject::household;  // only what is about a person may name `person`
    enum class Categories : std::uint8_t {
        none,      // a derived fact
        verdicts,  // categories.yaml: of a household none of persons
        sets,      // benefits.yaml: any, what the member ends up with
    };
    Categories categories = Categories::verdicts;
};

class LawConditions {
  public:
    explicit LawConditions(const Law& law) : law_(law) {}

    [[nodiscard]] std::optional<expr::Program> condition(const YamlValue& at,
                                                         const ConditionPlace& place) const;
    // A value of one of some types, never none.
    [[nodiscard]] std::optional<expr::Program> value(const YamlValue& at, const ConditionPlace& place,
                                                     const std::vector<expr::TypeKind>& kinds) const;
    // The same, which may be none where the fact may.
    [[nodiscard]] std::optional<expr::Program> fact_value(const YamlValue& at,
                                                          const FactDefinition& fact) const;

    // A line: a text, or {if, say, cite}.
    [[nodiscard]] ConditionLine line(const YamlValue& at, std::string_view key, const ElementDraft& element,
                                     const ConditionPlace& place) const;
    // `when`: a text, or a list of lines.
    [[nodiscard]] Condition lines(const YamlValue& at, std::string_view key, const ElementDraft& element,
                                  const ConditionPlace& place) const;

  private:
    std::optional<expr::Program> compile(const YamlValue& at, const ConditionPlace& place,
                                         expr::CheckMode mode) const;
    void check_names(const YamlValue& at, const ConditionPlace& place, const expr::Program& program) const;
    void check_category(const YamlValue& at, const ConditionPlace& place, const expr::Program& program,
                        expr::NodeId node, int category) const;
    void check_words(const YamlValue& at, const expr::Program& program) const;
    void check_word(const YamlValue& at, const expr::Program& program, expr::NodeId literal,
                    const std::vector<std::string_view>& words) const;
    [[nodiscard]] std::optional<std::vector<std::string_view>> words_of(const expr::Step& step) const;
    void check_answers(const YamlValue& at, const expr::Program& program, const FactDefinition& fact) const;

    const Law& law_;
};

// One schema for every condition of the law, and what its numbers mean.
[[nodiscard]] LawNames build_names(const LawDraft& draft, const Law& law);

// Puts facts, then categories, after what they stand on and renumbers law.names; a circle is a fault.
void order_facts(const ElementDrafts& drafts, Law& law);
void order_categories(const ElementDrafts& drafts, Law& law);

}  // namespace doudi::policy
