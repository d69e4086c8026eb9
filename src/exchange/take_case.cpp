// SPDX-License-Identifier: Apache-2.0
#include "exchange/take_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "casework/verbs.h"
#include "exchange/outbox.h"
#include "exchange/taker.h"
#include "registry/repository.h"

namespace doudi::exchange {

using casework::CaseId;
using casework::Moved;

namespace {

bool names(const std::vector<std::string>& ids, std::string_view id) {
    return std::ranges::find(ids, id) != ids.end();
}

class CaseTaker : Taker {
  public:
    using Taker::Taker;

    Result<void> take() {
        const std::string move = word(case_move);
        if (!rule_.opens.empty() && move == rule_.opens) return open(move, row_.message);
        if (names(rule_.moves, move)) return go_on(move);
        return refuse(case_move,
                      {"通道不允许对方办理这一步", "the channel does not let the peer make this move"});
    }

  private:
    // Of a day for which no law is there: the message is refused, and what comes behind it goes on.
    Result<void> refuse_missing(const Error& error) {
        if (error.kind == ErrorKind::not_found) return refuse(case_on, error.text);
        return std::unexpected(error);
    }

    [[nodiscard]] casework::Actor actor() const {
        casework::Actor actor;
        actor.roles = {std::string(peer_role)};
        const access::Unit* unit =
            desk_.units.find(peer_.stands_for.empty() ? peer_.arrives_at : peer_.stands_for);
        if (unit != nullptr) {
            actor.unit = unit->id;
            actor.region = desk_.units.region_of(unit->id, desk_.today());
        }
        return actor;
    }

    // A day that lies ahead of ours is ours: their clock may be ahead.
    [[nodiscard]] Date day() const {
        const auto told = Date::parse_iso(word(case_on));
        return std::min(told.value_or(desk_.today()), desk_.today());
    }

    // What the move takes; what else the message says stays in the message.
    [[nodiscard]] casework::MoveRequest request_of(const policy::Machine& machine, const std::string& move,
                                                   const std::string& key) const {
        casework::MoveRequest request{move, day(), {}, key};
        const policy::Move* stated = machine.move(move);
        if (stated == nullptr) return request;
        for (const auto& [field, values] : content_.fields) {
            if (names(stated->needs, field) || names(stated->may, field)) request.fields[field] = values;
        }
        return request;
    }

    Result<void> came_of(const Moved& moved) {
        const std::string id = std::to_string(moved.of.value());
        if (moved.kind == Moved::Kind::kept_late) return taken("late/" + id);
        if (moved.kind != Moved::Kind::refused) return taken("case/" + id);
        ensure(!moved.faults.empty(), "a refusal says why");
        return refuse(moved.faults.front().field, moved.faults.front().text);
    }

    // One that is closed here is not opened by being told of once more: a person looks at it.
    Result<void> open(const std::string& move, const std::string& key) {
        const std::string source = source_prefix(peer_) + word(case_asked);
        if (const auto known = TRY(casework::repository::select_by_source(desk_.cases.shelf, source))) {
            if (!names(rule_.machines, known->head.machine))
                return refuse(case_asked, {"这个编号已用于另一类办件",
                                           "this number was used for a case of another kind"});
            if (known->now.is_closed) return go_on(move);
            row_.household = known->head.household.value_or(HouseholdId());
            return taken("case/" + std::to_string(known->head.id.value()));
        }
        const std::string code = word(case_household);
        row_.household = TRY(registry::find_by_code(desk_.data, desk_.data.current(), code));
        // Of another place's people the message itself says who they are.
        if (row_.household == HouseholdId() && word(rule_.members_into).empty())
            return refuse(case_household, {"名册上没有这一户", "the register has no such household"});
        const access::Unit* unit = desk_.units.find(peer_.arrives_at);
        if (unit == nullptr) return refuse("", {"没有接收单位", "there is no office where it arrives"});
        const auto pack = casework::need_pack(desk_.cases, taking_.pack, day());
        if (!pack) return refuse_missing(pack.error());
        const auto machine = casework::need_machine(**pack, rule_.machines.front());
        if (!machine) return refuse_missing(machine.error());
        casework::OpenRequest request;
        request.machine = (*machine)->id;
        request.pack = taking_.pack;
        if (row_.household != HouseholdId()) request.household = row_.household;
        request.unit = unit->id;
        request.source = source;
        request.first = request_of(**machine, move, key);
        return came_of(TRY(casework::open_within(desk_.cases, actor(), request)));
    }

    // Only of cases of which the peer was told, or that it asked for: no others are its own to move.
    Result<std::optional<casework::repository::CaseRow>> case_of() {
        using Found = std::optional<casework::repository::CaseRow>;
        const std::string asked = word(case_asked);
        if (!asked.empty()) {
            auto opened =
                TRY(casework::repository::select_by_source(desk_.cases.shelf, source_prefix(peer_) + asked));
            return opened && names(rule_.machines, opened->head.machine) ? std::move(opened) : Found();
        }
        const std::string number = word(case_number);
        std::uint64_t id = 0;
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), id);
        if (error != std::errc() || end != number.data() + number.size()) return Found();
        auto found = TRY(casework::repository::select_case(desk_.cases.shelf, CaseId(id)));
        if (!found || !names(rule_.machines, found->head.machine)) return Found();
        if (!TRY(was_told_of(desk_, peer_, found->head.id, found->now.events))) return Found();
        return found;
    }

    Result<void> go_on(const std::string& move) {
        auto found = TRY(case_of());
        // The step itself has the message's key.
        if (!found && rule_.opens_late) {
            TRY_VOID(open(rule_.opens, ""));
            if (row_.state != in::taken) return {};
            found = TRY(case_of());
        }
        if (!found)
            return refuse(
                word(case_asked).empty() ? case_number : case_asked,
                {"没有这样一件告知过对方的办件", "there is no such case that the peer was told of"});
        row_.household = found->head.household.value_or(HouseholdId());
        const auto pack = TRY(casework::need_pack(desk_.cases, found->head.pack, found->head.opened_on));
        const auto request =
            request_of(*TRY(casework::need_machine(*pack, found->head.machine)), move, row_.message);
        return came_of(TRY(casework::move_within(desk_.cases, actor(), found->head.id, request)));
    }
};

}  // namespace

Result<void> take_case(TakingDesk& taking, const Peer& peer, const MessageRule& rule, const Content& content,
                       InRow& row) {
    return CaseTaker(taking, peer, rule, content, row).take();
}

}  // namespace doudi::exchange
