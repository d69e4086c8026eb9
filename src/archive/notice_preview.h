// SPDX-License-Identifier: Apache-2.0
// What a public notice will say, before it hangs: the step that posts it is thought made today, filled and
// checked as the step itself would be, and nothing is kept. Beside it what does not hang, and why.
#pragma once
#include <string>
#include <vector>

#include "archive/papers.h"

namespace doudi::archive {

struct PostedValue {
    std::string field;
    Text title;
    std::string text;  // as the wall reads it
};
struct NotPosted {
    Text title;
    Text why;
};
struct NoticePreview {
    std::string move;  // by which it would hang
    Text move_title;
    CasePaper paper;                             // ready, or why it does not hang
    std::vector<PostedValue> said;               // beside the table
    std::vector<std::vector<PostedValue>> rows;  // the table: whom it names
    std::vector<NotPosted> left_out;  // rows, columns, what the case was told, what the register has
};

// Of the step that is next to post something; "no_notice_next": the case, as it stands, posts nothing.
[[nodiscard]] Result<NoticePreview> preview_notice(const Setting& setting, Press& press,
                                                   const casework::CaseView& view, Date day);
// The sheet itself, without a number: it gets one with the step. "paper_withheld".
[[nodiscard]] Result<MadePaper> print_notice(const Setting& setting, Press& press,
                                             const casework::CaseView& view, Date day);

}  // namespace doudi::archive
