// SPDX-License-Identifier: Apache-2.0
#include "archive/papers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "archive/fill.h"
#include "archive/suppliers.h"
#include "print/fields_check.h"

namespace doudi::archive {
namespace {

using casework::CaseEvent;
using casework::CaseView;

const Text forgotten{"该办件的内容已随当事人信息删除，不能再印制",
                     "what the case was told is gone: it is printed no more"};

// One event's papers, told and filled.
class PaperDesk {
  public:
    PaperDesk(const Setting& setting, Press& press, const CaseView& view, const Press::Plates& plates)
        : setting_(setting), press_(press), view_(view), plates_(plates) {}

    Result<CaseFacts> facts_at(const CaseEvent& event) const {
        CaseFacts facts = TRY(CaseFacts::at(setting_, view_, event));
        if (tells_served(event)) facts.put_served(TRY(served_by(event)));
        return facts;
    }

    CasePaper look_at(const CaseEvent& event, const std::string& id, const CaseFacts* facts) const {
        CasePaper one;
        one.event = event.number;
        one.on = event.on;
        one.paper = id;
        const print::Paper* paper = plates_.library.find(id);
        const policy::PaperRule* rule = view_.pack->law.procedures.paper(id);
        const auto number = event.numbers.find(id);
        if (number != event.numbers.end()) one.number = number->second;
        one.title = paper != nullptr ? paper->title : rule != nullptr ? rule->title : Text{id, id};
        if (facts == nullptr || paper == nullptr) {
            one.state = PaperState::gone;
            one.why = forgotten;
            return one;
        }
        if (auto why = why_not(plates_.sources, id, *facts)) {
            one.state = paper->is_public ? PaperState::withheld : PaperState::not_due;
            one.why = *std::move(why);
            return one;
        }
        const print::Fields fields = fill(plates_.sources, *paper, *facts);
        for (const print::Field& field : paper->fields) {
            if (fields.values.contains(field.id))
                one.filled.push_back(field.id);
            else
                one.blanks.push_back(
                    {field.id, field.title, supplier_of(plates_.sources.of(id, field.id), view_.pack->law)});
        }
        if (const auto checked = print::check_fields(*paper, fields); !checked) {
            one.state = PaperState::withheld;
            one.why = checked.error().text;
        }
        return one;
    }

    Result<MadePaper> make(const CaseEvent& event, std::string_view id, const CaseFacts& facts) const {
        const print::Paper* paper = TRY(plates_.library.need(id));
        const print::Fields fields = fill(plates_.sources, *paper, facts);
        MadePaper made;
        made.printed = TRY(press_.print(view_.head.pack, id, fields, event.on));
        for (const auto& member : facts.home().members) made.shown.push_back(member.id);
        return made;
    }

  private:
    // Whether a paper of the event names what it serves: to know that is to look at every event before.
    [[nodiscard]] bool tells_served(const CaseEvent& event) const {
        return std::ranges::any_of(event.papers, [&](const std::string& id) {
            const print::Paper* paper = plates_.library.find(id);
            return paper != nullptr && std::ranges::any_of(paper->fields, [&](const print::Field& field) {
                       const FieldSources* sources = plates_.sources.of(id, field.id);
                       return sources != nullptr && std::ranges::find(sources->any, served_papers,
                                                                      &Source::from) != sources->any.end();
                   });
        });
    }

    // The papers of the nearest event before that had any to be served: what was due, and is not posted.
    Result<Fact> served_by(const CaseEvent& event) const {
        Fact served;
        for (const CaseEvent& before : view_.events) {
            if (before.number >= event.number) break;
            if (before.papers.empty() || before.forgotten) continue;
            const CaseFacts facts = TRY(CaseFacts::at(setting_, view_, before));
            Fact of_event;
            for (const std::string& id : before.papers) {
                const print::Paper* paper = plates_.library.find(id);
                if (paper == nullptr || paper->is_public || why_not(plates_.sources, id, facts)) continue;
                of_event.values.push_back(id);
                of_event.words.push_back(fmt::format("《{}》", paper->title.zh));
            }
            if (!of_event.values.empty()) served = std::move(of_event);
        }
        return served;
    }

    const Setting& setting_;
    Press& press_;
    const CaseView& view_;
    const Press::Plates& plates_;
};

std::unexpected<Error> refusal(const CasePaper& one) {
    static constexpr std::array<const char*, 4> codes{"", "paper_not_due", "paper_withheld", "paper_gone"};
    const auto kind = one.state == PaperState::gone ? ErrorKind::not_found : ErrorKind::conflict;
    return fail(kind, codes[static_cast<std::size_t>(one.state)], one.why);
}

}  // namespace

std::string_view name_of(PaperState state) {
    static constexpr std::array<std::string_view, 4> names{"ready", "not_due", "withheld", "gone"};
    return names[static_cast<std::size_t>(state)];
}

Result<std::vector<CasePaper>> papers_of(const Setting& setting, Press& press, const CaseView& view,
                                         const PaperWish& wish) {
    const auto plates = TRY(press.of(view.head.pack));
    const PaperDesk desk(setting, press, view, *plates);
    std::vector<CasePaper> all;
    for (const CaseEvent& event : view.events) {
        std::vector<std::string> wanted = event.papers;
        if (wish) std::erase_if(wanted, [&](const std::string& paper) { return !wish(event, paper); });
        if (wanted.empty()) continue;
        std::optional<CaseFacts> facts;
        if (!event.forgotten) facts = TRY(desk.facts_at(event));
        for (const std::string& paper : wanted)
            all.push_back(desk.look_at(event, paper, facts ? &*facts : nullptr));
    }
    return all;
}

namespace {

Result<const CaseEvent*> event_with(const CaseView& view, int event, std::string_view paper) {
    const auto found = std::ranges::find(view.events, event, &CaseEvent::number);
    if (found == view.events.end() || std::ranges::find(found->papers, paper) == found->papers.end())
        return fail(ErrorKind::not_found, "paper_unknown",
                    {"该办件的这一步没有这种文书", "this step of the case names no such paper"});
    return &*found;
}

}  // namespace

Result<print::Fields> fields_of(const Setting& setting, Press& press, const CaseView& view, int event,
                                std::string_view paper) {
    const CaseEvent* const found = TRY(event_with(view, event, paper));
    if (found->forgotten) return fail(ErrorKind::not_found, "paper_gone", forgotten);
    const auto plates = TRY(press.of(view.head.pack));
    const PaperDesk desk(setting, press, view, *plates);
    return fill(plates->sources, *TRY(plates->library.need(paper)), TRY(desk.facts_at(*found)));
}

Result<MadePaper> make_paper(const Setting& setting, Press& press, const CaseView& view, int event,
                             std::string_view paper) {
    const CaseEvent* const found = TRY(event_with(view, event, paper));
    const auto plates = TRY(press.of(view.head.pack));
    const PaperDesk desk(setting, press, view, *plates);
    std::optional<CaseFacts> facts;
    if (!found->forgotten) facts = TRY(desk.facts_at(*found));
    const CasePaper one = desk.look_at(*found, std::string(paper), facts ? &*facts : nullptr);
    if (one.state != PaperState::ready) return refusal(one);
    return desk.make(*found, paper, *facts);
}

}  // namespace doudi::archive
