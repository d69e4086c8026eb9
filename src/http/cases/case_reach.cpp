// SPDX-License-Identifier: Apache-2.0
#include "http/cases/case_reach.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "casework/offices.h"
#include "casework/ties/tying.h"
#include "http/cases/case_desk.h"

namespace doudi::http {

namespace json = boost::json;
namespace repository = casework::repository;

using casework::CaseEvent;
using casework::CaseView;

namespace {

access::Scope households_of(const Call& call) {
    return call.scope(access::Verb::read, access::Thing::household);
}

// Whoever opens households at all, as an office: others are told of a case because it is addressed to them.
bool is_asked_for_reach(const Call& call) {
    return require_office(call).has_value() && !households_of(call).is_empty();
}

// Goes through the steps with the household whose the case was at each.
class Reaching {
  public:
    // `is_beyond`: whether the household that it has now is.
    Reaching(Call& call, bool is_beyond)
        : call_(call), scope_(households_of(call)), is_beyond_now_(is_beyond) {}

    // Leaves out what was done while the case was of a household beyond the reach, save by the reader's own
    // offices.
    Result<void> cut(CaseView& view) {
        std::vector<CaseEvent> seen;
        for (CaseEvent& event : view.events) {
            const policy::Move* move = view.machine->move(event.move);
            const bool was_beyond = is_beyond_;
            if (move != nullptr && casework::is_tying(*move)) TRY_VOID(tie(*move, event));
            // That it came to a household within the reach is that one's; that it left one beyond is not.
            const bool is_untied = was_beyond && move != nullptr && casework::is_untying(*move);
            if ((is_beyond_ || is_untied) && !is_own(event.unit) && !is_handed_over(event)) {
                is_cut_ = true;
                continue;
            }
            seen.push_back(std::move(event));
        }
        view.events = std::move(seen);
        if (is_beyond_) std::erase_if(view.late, [this](const auto& form) { return !is_own(form.unit); });
        return {};
    }

    [[nodiscard]] bool is_cut() const { return is_cut_; }

  private:
    // A household beyond the reach is not named, neither where the case went nor whence. What was told may be
    // forgotten: then it was the one that the case has.
    Result<void> tie(const policy::Move& move, CaseEvent& event) {
        is_beyond_ = is_beyond_now_;
        if (casework::is_untying(move)) {
            is_beyond_ = false;
        } else if (event.fields.contains(casework::tied_to_field)) {
            is_beyond_ = !TRY(reaches(event, casework::tied_to_field));
        }
        for (const std::string_view field : {casework::tied_to_field, casework::tied_from_field}) {
            if (!event.fields.contains(field) || TRY(reaches(event, field))) continue;
            event.fields.erase(event.fields.find(field));
            is_cut_ = true;
        }
        return {};
    }

    // Then or now: whose household moved away reads of it what they did.
    Result<bool> reaches(const CaseEvent& event, std::string_view field) {
        const std::string code = casework::first_of(event.fields, field);
        for (const Date day : {event.on, call_.today()}) {
            auto [known, is_new] = reached_.try_emplace({code, day});
            if (is_new)
                known->second = TRY(repository::reaches_household(call_.desk.database, scope_, code, day));
            if (known->second) return true;
        }
        return false;
    }

    [[nodiscard]] bool is_own(access::UnitId unit) const {
        return call_.units->within(unit, call_.who().unit, call_.today());
    }

    // By which the case came to the reader's office, with why.
    [[nodiscard]] bool is_handed_over(const CaseEvent& event) const {
        const auto to = casework::unit_told(event.fields);
        return to && is_own(*to);
    }

    Call& call_;
    access::Scope scope_;
    bool is_beyond_now_;
    std::map<std::pair<std::string, Date>, bool> reached_;
    bool is_beyond_ = false;
    bool is_cut_ = false;
};

}  // namespace

Result<ReachedCase> reached_case(Call& call, const repository::ListedCase& found, CaseView whole) {
    ReachedCase reached{std::move(whole), found.is_beyond};
    if (!is_asked_for_reach(call)) return reached;
    Reaching reaching(call, found.is_beyond);
    TRY_VOID(reaching.cut(reached.view));
    reached.is_cut = reached.is_cut || reaching.is_cut();
    if (!found.is_beyond) return reached;
    reached.view.head.household.reset();
    reached.view.head.person.reset();
    reached.view.children.clear();
    return reached;
}

std::vector<casework::MoveFault> faults_told(bool is_beyond, std::vector<casework::MoveFault> faults) {
    static const std::map<std::string_view, Text> untold{
        {"together_too_much",
         {"与该家庭此前已发的合计超过限额：请减少金额，超过的提出后由另一人核准",
          "with what the household was given before it is too much: pay less, or propose it to another "
          "person"}},
        {"helped_before",
         {"该家庭此前已因同一事由获得救助，再次救助请填写理由",
          "the household was given help for the same cause before: say why again"}},
        {"helped_too_often",
         {"该家庭的救助次数已达规定次数", "the household was given help as often as it may be"}},
        {"pending_beside",
         {"该家庭已有在办的同类申请；须与之并行办理的，请填写理由",
          "such an application of the household is under way: if both have to go on, say why"}}};
    if (!is_beyond) return faults;
    for (casework::MoveFault& fault : faults) {
        const auto text = untold.find(fault.code);
        if (text != untold.end()) fault.text = text->second;
    }
    return faults;
}

Result<json::value> home_office_of(Call& call, const casework::CaseHead& head) {
    if (!head.household) return json::value(nullptr);
    const auto home = TRY(repository::home_of_household(call.desk.database, *head.household, call.today()));
    const access::Unit* unit = home ? call.units->find(*home) : nullptr;
    return unit == nullptr ? json::value(nullptr) : json::value(unit->title);
}

Result<Failure> household_out_of_reach(Call& call, const casework::CaseHead& head) {
    constexpr int forbidden = 403;
    const json::value office = TRY(home_office_of(call, head));
    const std::string home = office.is_string() ? std::string(office.get_string()) : std::string("—");
    return Failure(forbidden, "household_out_of_reach",
                   {fmt::format("该家庭由“{}”管理，不在您的管辖内：请由该单位或其上级办理", home),
                    fmt::format("the household is at '{}', beyond your reach: that office or one above it "
                                "does this",
                                home)});
}

}  // namespace doudi::http
