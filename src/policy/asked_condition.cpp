// SPDX-License-Identifier: Apache-2.0
#include "policy/asked_condition.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "policy/law_conditions.h"

namespace doudi::policy {

Loaded<expr::Program> compile_asked(const Law& law, const std::string& text) {
    Faults faults;
    auto source = std::make_shared<YamlSource>();
    source->shown = "condition";
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        source->lines.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    const YamlValue at(YAML::Node(text), YAML::Mark(), std::move(source), faults);
    auto program =
        LawConditions(law).condition(at, {Subject::household, ConditionPlace::Categories::verdicts});
    if (program && faults.none()) return std::move(*program);
    return std::unexpected(std::move(faults).take());
}

std::string condition_of_fact(const FactDefinition& fact) {
    if (fact.of == Subject::person) return fmt::format("members.exists(m, m.{})", fact.id);
    return fact.of == Subject::application ? fmt::format("application.{}", fact.id) : fact.id;
}

}  // namespace doudi::policy
