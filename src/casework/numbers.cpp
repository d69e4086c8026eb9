// SPDX-License-Identifier: Apache-2.0
#include "casework/numbers.h"

#include <fmt/format.h>

#include <algorithm>

#include "casework/moves/moves.h"

namespace doudi::casework {

const policy::ParameterValue* own_figure(const policy::Law& law, const access::UnitTree& units, UnitId unit,
                                         std::string_view figure, Date day) {
    const access::Unit* office = units.find(unit);
    const int parameter = law.parameter_of(figure);
    if (office == nullptr || !office->region || parameter < 0) return nullptr;
    // A department's office may stand under the code of its county.
    if (office->kind == access::UnitKind::department) return nullptr;
    const std::string region = office->region->text();
    const policy::ParameterValue* value = law.value_of(parameter, region, "", day);
    return value != nullptr && value->region == region ? value : nullptr;
}

Result<void> number_papers(Desk& desk, const policy::Law& law, const Fields& earlier, CaseEvent& event) {
    const auto* word = own_figure(law, desk.units, event.unit, document_word, event.on);
    // Numbers lie beside their papers in one text: a word with its marks is none.
    if (word == nullptr || word->value.as_text().find_first_of(",=") != std::string_view::npos) return {};
    for (const std::string& id : event.papers) {
        const policy::PaperRule* paper = law.procedures.paper(id);
        if (paper == nullptr || paper->series.empty()) continue;
        const bool goes_out = std::ranges::all_of(
            paper->numbered_if, [&](const policy::FieldIs& is) { return holds(is, event.fields, earlier); });
        if (!goes_out) continue;
        const std::string series = std::string(word->value.as_text()) + paper->series;
        const int year = event.on.year();
        const auto number =
            TRY(repository::next_number(desk.shelf, fmt::format("document/{}/{}", series, year)));
        event.numbers[id] = fmt::format("{}〔{}〕{}号", series, year, number);
    }
    return {};
}

}  // namespace doudi::casework
