// SPDX-License-Identifier: Apache-2.0
// The sections of procedures.yaml, their reading and what must hold among them.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "policy/law_sections.h"

namespace doudi::policy {

struct ProcedureSection {
    std::string_view name;
    std::vector<std::string_view> keys;
};
[[nodiscard]] std::span<const ProcedureSection> procedure_sections();

// After parameters, categories and benefits; clocks come from the draft of routes.yaml.
void read_procedures(const LawDraft& draft, Law& law);
// Its parts: clocks, pauses, reminders (clock_file.cpp); one move (move_file.cpp).
void read_clocks(const LawDraft& draft, Law& law);
[[nodiscard]] Move read_move(const ElementDraft& one, const Law& law);

[[nodiscard]] std::vector<std::string> texts_at(const YamlRecord& record, std::string_view key);
[[nodiscard]] std::vector<FieldIs> conditions_at(const YamlRecord& record, std::string_view key);
[[nodiscard]] std::string text_at(const YamlRecord& record, std::string_view key);  // empty: not stated

// Names that nothing states, states that no way leads to or out of, clocks whose marks nobody leaves.
void check_procedures(const LawDraft& draft, const Procedures& procedures);
// Fields without which what a move lets follow would be refused, and which the move itself need not tell. Of
// a law without another fault: what cannot be read cannot be said to lack.
void check_consequences_told(const LawDraft& draft, const Procedures& procedures);

}  // namespace doudi::policy
