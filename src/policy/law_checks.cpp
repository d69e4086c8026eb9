// SPDX-License-Identifier: Apache-2.0
#include "policy/law_checks.h"

#include <algorithm>

namespace doudi::policy {

namespace {

class Usage {
  public:
    explicit Usage(const Pack& pack)
        : law_(pack.law), facts_(law_.facts.size(), false), parameters_(law_.parameters.size(), false) {
        const Law& law = law_;
        for (const FactDefinition& fact : law.facts) add(fact.is);
        for (const Category& category : law.categories) {
            add(category.when);
            add(category.unless);
            add(category.covers);
        }
        for (const Benefit& benefit : law.benefits) add(benefit);
        for (const RouteElement& route : law.routes) add(route);
        for (const Level& level : pack.levels) {
            if (level.target >= 0) parameters_[static_cast<std::size_t>(level.target)] = true;
        }
        add_slices();
    }

    [[nodiscard]] UnusedNames unused() const {
        UnusedNames names;
        for (std::size_t i = 0; i < facts_.size(); ++i) {
            if (!facts_[i]) names.facts.push_back(law_.facts[i].id);
        }
        for (std::size_t i = 0; i < parameters_.size(); ++i) {
            if (!parameters_[i]) names.parameters.push_back(law_.parameters[i].id);
        }
        return names;
    }

  private:
    static void mark(std::vector<bool>& used, const std::vector<int>& numbers, std::size_t name) {
        if (name < numbers.size() && numbers[name] >= 0) used[static_cast<std::size_t>(numbers[name])] = true;
    }

    void add(const expr::Program& program) {
        const LawNames& names = law_.names;
        for (const expr::FieldRef ref : program.referenced_fields()) {
            if (ref.variable == names.person) {
                mark(facts_, names.fact_of_person_field, ref.field);
            } else if (ref.variable == names.application) {
                mark(facts_, names.fact_of_application_field, ref.field);
            } else if (ref.variable == names.param) {
                mark(parameters_, names.parameter_of_field, ref.field);
            } else {
                mark(facts_, names.fact_of_variable, ref.variable);
            }
        }
        for (const expr::MemberField member : program.referenced_members())
            mark(facts_, names.fact_of_person_field, member.field);
    }
    void add(const std::optional<expr::Program>& program) {
        if (program) add(*program);
    }
    void add(const ConditionLine& line) { add(line.program); }
    void add(const std::optional<ConditionLine>& line) {
        if (line) add(line->program);
    }
    void add(const Condition& condition) {
        for (const ConditionLine& line : condition) add(line.program);
    }

    void add(const Benefit& benefit) {
        add(benefit.when);
        add(benefit.unless);
        for (const Grant& grant : benefit.grants) {
            add(grant.when);
            add(grant.amount);
            add(grant.share);
        }
    }

    // "param.x" and the fact of a branch by one answer.
    void add(const RouteElement& route) {
        constexpr std::string_view parameter = "param.";
        for (const auto& [key, text] : route.fields) {
            if (text.starts_with(parameter)) {
                const int index = law_.parameter_of(text.substr(parameter.size()));
                if (index >= 0) parameters_[static_cast<std::size_t>(index)] = true;
            }
            if (key != "on") continue;
            for (std::size_t i = 0; i < facts_.size(); ++i) {
                if (text.substr(text.find('.') + 1) == law_.facts[i].id) facts_[i] = true;
            }
        }
    }

    // What a used slice is of is used, and so is the fact by which parameters go.
    void add_slices() {
        bool by_residence = false;
        for (std::size_t i = 0; i < parameters_.size(); ++i) {
            const Parameter& parameter = law_.parameters[i];
            if (!parameters_[i]) continue;
            const int whole = parameter.slice_of.empty() ? -1 : law_.parameter_of(parameter.slice_of);
            if (whole >= 0) parameters_[static_cast<std::size_t>(whole)] = true;
        }
        for (const Parameter& parameter : law_.parameters)
            by_residence = by_residence || parameter.by_residence;
        const int fact = law_.fact_of(Subject::household, residence_fact);
        if (by_residence && fact >= 0) facts_[static_cast<std::size_t>(fact)] = true;
    }

    const Law& law_;
    std::vector<bool> facts_;
    std::vector<bool> parameters_;
};

}  // namespace

UnusedNames unused_names(const Pack& pack) {
    return Usage(pack).unused();
}

}  // namespace doudi::policy
