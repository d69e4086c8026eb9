// SPDX-License-Identifier: Apache-2.0
// The papers that the events of a case name: which there are, and each as PDF, as the case stood at its
// event.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/facts.h"
#include "archive/press.h"

namespace doudi::archive {

enum class PaperState : std::uint8_t {
    ready,
    not_due,   // what was decided or proposed there takes no such paper
    withheld,  // it may not be posted
    gone,      // what the event was told went with the key of whom it was about, or by its term
};
[[nodiscard]] std::string_view name_of(PaperState state);

// A field that is left to be written, and who supplies what it wants.
struct BlankField {
    std::string field;
    Text title;
    Text by;
};
struct CasePaper {
    int event = 0;
    Date on;
    std::string paper;
    Text title;
    PaperState state = PaperState::ready;
    Text why;                         // of every other state
    std::vector<std::string> filled;  // fields of the paper that the case fills
    std::vector<BlankField> blanks;   // and those that it leaves to be written, in the paper's order
    std::string number;               // 文号; empty: it has none
};
// Which papers are asked for.
using PaperWish = std::function<bool(const casework::CaseEvent& event, const std::string& paper)>;
// In the order of the events, and of the papers that each names; without a wish all.
[[nodiscard]] Result<std::vector<CasePaper>> papers_of(const Setting& setting, Press& press,
                                                       const casework::CaseView& view,
                                                       const PaperWish& wish = {});

// What the paper is filled with, before it is checked and printed. "paper_unknown"; "paper_gone".
[[nodiscard]] Result<print::Fields> fields_of(const Setting& setting, Press& press,
                                              const casework::CaseView& view, int event,
                                              std::string_view paper);

struct MadePaper {
    print::PrintedPaper printed;
    std::vector<PersonId> shown;  // whose data it may show
};
// The same bytes whenever it is asked for, as long as the papers, fonts and the register's word on that day
// stay. "paper_unknown": the event names no such paper; "paper_not_due", "paper_withheld", "paper_gone".
[[nodiscard]] Result<MadePaper> make_paper(const Setting& setting, Press& press,
                                           const casework::CaseView& view, int event, std::string_view paper);

}  // namespace doudi::archive
