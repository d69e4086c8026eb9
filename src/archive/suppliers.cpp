// SPDX-License-Identifier: Apache-2.0
#include "archive/suppliers.h"

#include <fmt/format.h>

#include "archive/facts.h"
#include "casework/found.h"
#include "casework/numbers.h"

namespace doudi::archive {
namespace {

std::optional<Text> of_figure(std::string_view id, const policy::Law& law) {
    const int index = law.parameter_of(id);
    if (index < 0) return std::nullopt;
    const policy::Parameter& figure = law.parameters[static_cast<std::size_t>(index)];
    return Text{fmt::format("“{}”由{}设定", figure.title.zh, figure.set_by.zh),
                fmt::format("'{}' is set by {}", figure.title.en, figure.set_by.en)};
}

std::optional<Text> of_told(std::string_view id, const policy::Law& law) {
    const policy::FieldRule* field = law.procedures.field(id);
    if (field == nullptr) return std::nullopt;
    if (casework::is_found(id))
        return Text{fmt::format("“{}”由核算得出，须在出具文书前核算", field->title.zh),
                    fmt::format("'{}' is found by a determination, which is made before the paper is",
                                field->title.en)};
    return Text{fmt::format("由经办人在办理时填报“{}”", field->title.zh),
                fmt::format("whoever handles the case tells '{}' with the step", field->title.en)};
}

std::optional<Text> of_source(const std::string& from, const policy::Law& law) {
    if (from == paper_number) return of_figure(casework::document_word, law);
    const std::size_t dot = from.find('.');
    const std::string_view space = std::string_view(from).substr(0, dot);
    const std::string_view what = std::string_view(from).substr(dot + 1);
    if (space == "figure" || space == "own") return of_figure(what, law);
    if (space == "told" || space == "event") return of_told(what, law);
    return std::nullopt;
}

}  // namespace

Text supplier_of(const FieldSources* sources, const policy::Law& law) {
    if (sources != nullptr) {
        for (const Source& source : sources->any)
            if (auto by = of_source(source.from, law)) return *std::move(by);
    }
    return {"由经办人手工填写", "whoever handles the case writes it by hand"};
}

}  // namespace doudi::archive
