// SPDX-License-Identifier: Apache-2.0
#include "archive/notice_preview.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "print/chinese_text.h"
#include "print/fields_check.h"

namespace doudi::archive {
namespace {

using casework::CaseEvent;
using casework::CaseView;
using print::Field;
using print::Value;

// The step thought made: nothing of it is written.
struct Thought {
    CaseView view;
    int event = 0;
    const policy::Move* move = nullptr;
    const print::Paper* paper = nullptr;
};

Result<Thought> thought_of(const Press::Plates& plates, const CaseView& view, Date day) {
    for (const policy::Move& move : view.machine->moves) {
        if (std::ranges::find(move.from, view.state.state) == move.from.end()) continue;
        for (const std::string& id : move.papers) {
            const print::Paper* paper = plates.library.find(id);
            if (paper == nullptr || !paper->is_public) continue;
            // Of a case that is read in part numbers are left out.
            const int next = view.events.empty() ? 1 : view.events.back().number + 1;
            Thought thought{view, next, &move, paper};
            CaseEvent event;
            event.number = thought.event;
            event.move = move.id;
            event.to = move.to.empty() ? view.state.state : move.to;
            event.on = day;
            event.unit = view.head.unit;
            event.marks = move.marks;
            event.papers = {id};
            thought.view.events.push_back(std::move(event));
            thought.view.state = casework::fold(thought.view.events);
            return thought;
        }
    }
    return fail(ErrorKind::conflict, "no_notice_next",
                {"当前状态下没有待张贴的公示", "as the case stands, nothing of it is to be posted"});
}

std::string text_of(const Field& field, const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value.is)) {
        const print::Option* option = field.option(*text);
        return option == nullptr ? *text : option->word;
    }
    if (const auto* day = std::get_if<Date>(&value.is)) return print::chinese_date(*day);
    if (const auto* money = std::get_if<Money>(&value.is)) return money->yuan_text() + " 元";
    if (const auto* number = std::get_if<std::int64_t>(&value.is)) return std::to_string(*number);
    return {};
}

// What stands on the sheet: of a field or column that no wording names, nothing does.
bool is_on_sheet(const Field& field) {
    return field.is_public && !field.tells_adult;
}

std::vector<PostedValue> said_in(const std::vector<Field>& fields, const print::Row& row) {
    std::vector<PostedValue> said;
    for (const Field& field : fields) {
        const auto value = row.values.find(field.id);
        if (value == row.values.end() || !value->second.is_known() || !is_on_sheet(field)) continue;
        if (std::holds_alternative<std::vector<print::Row>>(value->second.is)) continue;
        said.push_back({field.id, field.title, text_of(field, value->second)});
    }
    return said;
}

class LeavingOut {
  public:
    LeavingOut(const Press::Plates& plates, const print::Paper& paper, const CaseView& view)
        : plates_(plates), paper_(paper), view_(view) {}

    std::vector<NotPosted> all(const print::Fields& fields, std::size_t withheld) {
        if (withheld > 0)
            out_.push_back({{fmt::format("{} 名申请人", withheld), fmt::format("{} applicants", withheld)},
                            {"未成年人，或者不能确定是成年人的，不公示姓名",
                             "a child, or not known to be an adult: no name of theirs is posted"}});
        for (const Field& field : paper_.fields) columns_of(field, fields);
        told();
        of_register();
        return std::move(out_);
    }

  private:
    // Columns that this category leaves empty.
    void columns_of(const Field& field, const print::Fields& fields) {
        const FieldSources* sources = plates_.sources.of(paper_.id, field.id);
        const auto* rows = std::get_if<std::vector<print::Row>>(&fields.at(field.id).is);
        if (sources == nullptr || rows == nullptr) return;
        for (const ShownIf& shown : sources->shown_if) {
            if (is_said_of_it(shown)) continue;
            for (const std::string& id : shown.columns) {
                const Field* column = print::find_field(field.columns, id);
                const auto has = [&](const print::Row& row) { return row.values.contains(id); };
                if (column == nullptr || std::ranges::any_of(*rows, has)) continue;
                out_.push_back(
                    {column->title, {"此类公示不列这一项", "a notice of this category does not state it"}});
            }
        }
    }

    // The category has the column: what is empty in it is merely not known yet.
    [[nodiscard]] bool is_said_of_it(const ShownIf& shown) const {
        constexpr std::string_view told = "told.";
        if (!shown.from.starts_with(told)) return false;
        const std::string word = casework::first_of(view_.state.fields, shown.from.substr(told.size()));
        return std::ranges::find(shown.is, word) != shown.is.end();
    }

    // What the case was told and no wording of the paper takes up.
    void told() {
        std::set<std::string, std::less<>> used;
        for (const Field& field : paper_.fields) {
            const FieldSources* sources = plates_.sources.of(paper_.id, field.id);
            if (sources == nullptr) continue;
            for (const Source& source : sources->any) used.insert(source.from);
        }
        for (const policy::FieldRule& rule : view_.pack->law.procedures.fields) {
            const auto value = view_.state.fields.find(rule.id);
            const bool is_told = value != view_.state.fields.end() && !value->second.empty();
            if (!is_told || used.contains("told." + rule.id) || used.contains("event." + rule.id)) continue;
            out_.push_back({rule.title, rule.sensitive
                                            ? Text{"涉及个人隐私，不得公示", "private: it may not be posted"}
                                            : not_posted});
        }
    }

    // What the register knows and a wall must not.
    void of_register() {
        for (const auto& [id, sources] : plates_.sources.fields) {
            const Field* field = print::find_field(plates_.library.book.fields, id);
            const bool is_posted = print::find_field(paper_.fields, id) != nullptr;
            if (field == nullptr || field->is_public || is_posted || sources.any.empty()) continue;
            const std::string& from = sources.any.front().from;
            if (!from.starts_with("applicant.") && !from.starts_with("household.")) continue;
            if (id == "applicant" || id == "recipient" || id == "signers") continue;  // the head's name hangs
            out_.push_back(
                {field->title,
                 {"个人信息，不在可以公示的项目之内", "personal: it is none of what may be posted"}});
        }
    }

    inline static const Text not_posted{"公示内容不包括这一项", "a notice does not state it"};
    const Press::Plates& plates_;
    const print::Paper& paper_;
    const CaseView& view_;
    std::vector<NotPosted> out_;
};

}  // namespace

Result<NoticePreview> preview_notice(const Setting& setting, Press& press, const CaseView& view, Date day) {
    const auto plates = TRY(press.of(view.head.pack));
    const Thought thought = TRY(thought_of(*plates, view, day));
    NoticePreview preview;
    preview.move = thought.move->id;
    preview.move_title = thought.move->title;
    auto papers =
        TRY(papers_of(setting, press, thought.view, [&](const CaseEvent& event, const std::string&) {
            return event.number == thought.event;
        }));
    ensure(papers.size() == 1, "the thought step has its one paper");
    preview.paper = std::move(papers.front());
    const print::Fields filled =
        TRY(fields_of(setting, press, thought.view, thought.event, thought.paper->id));
    std::size_t withheld = 0;
    if (preview.paper.state == PaperState::ready) {
        const auto checked = TRY(print::check_fields(*thought.paper, filled));
        withheld = checked.withheld;
        preview.said = said_in(thought.paper->fields, checked.fields);
        for (const Field& field : thought.paper->fields)
            if (const auto* rows = std::get_if<std::vector<print::Row>>(&checked.fields.at(field.id).is))
                for (const print::Row& row : *rows) preview.rows.push_back(said_in(field.columns, row));
    }
    preview.left_out = LeavingOut(*plates, *thought.paper, view).all(filled, withheld);
    return preview;
}

Result<MadePaper> print_notice(const Setting& setting, Press& press, const CaseView& view, Date day) {
    const auto plates = TRY(press.of(view.head.pack));
    const Thought thought = TRY(thought_of(*plates, view, day));
    return make_paper(setting, press, thought.view, thought.event, thought.paper->id);
}

}  // namespace doudi::archive
