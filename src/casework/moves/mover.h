// SPDX-License-Identifier: Apache-2.0
// One step within a transaction of the caller's: a case opened or moved, and what the law joins to it — the
// cases that it starts, those that go on with it, those that it draws.
#pragma once
#include <optional>
#include <string_view>

#include "casework/ties/tying.h"
#include "casework/verbs.h"

namespace doudi::casework {

[[nodiscard]] std::unexpected<Error> case_unknown(CaseId of);

// A case as the law sees it before a move.
struct StandingCase {
    std::shared_ptr<const policy::Pack> pack;
    const policy::Machine* machine = nullptr;
    CaseHead head;
    CaseState state;
    std::vector<ClockReading> clocks;
    Date today;
    bool by_law = false;
    CaseAbove above;
    std::string region = {};  // home_region()

    [[nodiscard]] MoveQuestion question() const {
        return {pack->law, *machine, state, today, clocks, by_law, &above, region, is_of_nobody(head)};
    }
};

class Mover {
  public:
    Mover(Desk& desk, const Actor& actor);

    [[nodiscard]] Result<Moved> open(const OpenRequest& request);
    [[nodiscard]] Result<Moved> move(CaseId of, std::optional<int> seen, const MoveRequest& request);
    // What the program found, for the move that is made of it; it must outlive the move.
    void tell(const Fields& found) { found_ = &found; }
    // The household to which the case is tied by the move; none: it is untied (tying.h).
    void tie_to(std::optional<HouseholdId> household) { tied_to_ = TiedTo{household}; }

  private:
    [[nodiscard]] Result<StandingCase> standing_of(CaseHead head, CaseState state) const;
    [[nodiscard]] Result<CaseHead> head_of(const OpenRequest& request) const;
    [[nodiscard]] Result<void> check(const StandingCase& standing, const MoveRequest& request, Moved& moved);
    [[nodiscard]] Result<const policy::RouteElement*> list_below(const StandingCase& standing,
                                                                 const OpenRequest& request,
                                                                 MoveRequest& first);
    using Rows = std::vector<repository::CaseRow>;
    // The other open cases of the machine that share what the move says (alone.cpp).
    [[nodiscard]] Result<Rows> open_alike(const StandingCase& standing, const policy::Move& opens,
                                          const Fields& asked);
    // Whether it may stand beside what is open.
    [[nodiscard]] Result<void> check_alone(const StandingCase& standing, const MoveRequest& request,
                                           Moved& moved);
    // What begins again after its end stands beside what is open as if it were opened now.
    [[nodiscard]] Result<void> check_alone_again(const StandingCase& standing, const policy::Move& move,
                                                 Moved& moved);
    // Of a move that is made once: in none of the open cases that share what it says either.
    [[nodiscard]] Result<void> check_once_alone(const StandingCase& standing, const policy::Move& move,
                                                Moved& moved);
    // Of what may be asked for once at a time: whether another case of the household is pending for it.
    [[nodiscard]] Result<void> check_pending(const StandingCase& standing, const policy::Move& move,
                                             const MoveRequest& request, Moved& moved);
    struct Alike {
        const Text& title;  // of the move that is made
        const Fields& fields;
    };
    [[nodiscard]] Result<void> check_alone_as(const StandingCase& standing, const policy::Move& opens,
                                              const Alike& asked, Moved& moved);
    // Whether a form of its key was taken already, or may be none of this move: then it is answered.
    [[nodiscard]] Result<bool> was_sent(const StandingCase& standing, const std::vector<CaseEvent>& events,
                                        const MoveRequest& asked, Moved& moved);
    [[nodiscard]] Result<bool> was_opened(const OpenRequest& request, Moved& moved);
    [[nodiscard]] Result<void> check_parent(CaseId parent, std::string_view machine, Moved& moved);
    [[nodiscard]] Result<void> check_under(const policy::Move& move, std::optional<CaseId> parent,
                                           Moved& moved);
    [[nodiscard]] Result<void> put(const StandingCase& standing, const MoveRequest& request, Moved& moved);
    [[nodiscard]] Result<void> drop_account(const StandingCase& standing, bool is_closed);
    [[nodiscard]] Result<void> hand_over(const StandingCase& standing, CaseId of, const CaseEvent& event);
    [[nodiscard]] Result<void> keep_late(const StandingCase& standing, const MoveRequest& request,
                                         Moved& moved);

    // What follows of it (consequences.cpp).
    [[nodiscard]] Result<Rows> beside(const StandingCase& standing, const policy::AlsoRule& rule,
                                      const Fields& told, Date on);
    // Those of the rule's machine that are open, before it is asked which of them is meant.
    struct Beside {
        Rows rows;
        Rows of_others;  // of a rule about a decision: the household's that hang on another, and are meant
        std::optional<CaseHead> decided;  // the case above
    };
    [[nodiscard]] Result<Beside> open_beside(const StandingCase& standing, const policy::AlsoRule& rule,
                                             const Fields& told, Date on);
    [[nodiscard]] Result<void> keep_hanging(const CaseHead& head, const Fields& told, Beside& beside);
    [[nodiscard]] Result<MoveFault> none_beside(const StandingCase& standing, const policy::AlsoRule& rule,
                                                const policy::Move& move, const MoveRequest& request);
    [[nodiscard]] MoveRequest goes_on(const StandingCase& standing, const policy::AlsoRule& rule,
                                      const CaseEvent& event, const policy::Law& law,
                                      std::span<const CaseEvent> others) const;
    [[nodiscard]] Result<void> check_beside(const StandingCase& standing, const policy::Move& move,
                                            const MoveRequest& request, Moved& moved);
    // The step with which one of them goes on; made, it stands behind its events for the next.
    [[nodiscard]] Result<void> check_going_on(const StandingCase& other, const MoveRequest& follows,
                                              std::vector<CaseEvent>& events, Moved& moved);
    [[nodiscard]] Result<void> go_on_beside(const StandingCase& standing, const policy::Move& move,
                                            const CaseEvent& event, Moved& moved);
    [[nodiscard]] Result<void> check_below(const StandingCase& standing, const policy::Move& move,
                                           const MoveRequest& request, Moved& moved);
    [[nodiscard]] Result<OpenRequest> begun_by(const StandingCase& standing, const policy::StartRule& rule,
                                               const std::string& value, const CaseEvent& event);
    // The case that it goes into (merging.cpp).
    [[nodiscard]] Result<void> check_into(const StandingCase& standing, const policy::Move& move,
                                          const MoveRequest& request, Moved& moved);
    [[nodiscard]] Result<void> go_into(const StandingCase& standing, const policy::Move& move,
                                       const CaseEvent& event, Moved& moved);
    [[nodiscard]] Result<void> start_below(const StandingCase& standing, const policy::Move& move,
                                           const CaseEvent& event, Moved& moved);
    [[nodiscard]] Result<void> start_one(const StandingCase& standing, const policy::StartRule& rule,
                                         const std::string& value, const CaseEvent& event, Moved& moved);
    [[nodiscard]] Result<Mover> follower() const;
    [[nodiscard]] Result<void> move_by_law(CaseId of, const MoveRequest& request, Moved& moved);
    [[nodiscard]] Result<Fields> drawn(const StandingCase& standing, const policy::DrawRule& rule,
                                       const MoveRequest& request);

    Desk& desk_;
    repository::Shelf& shelf_;
    const Actor& actor_;
    Instant now_;
    bool by_law_ = false;  // of a step that follows of another
    int depth_ = 0;        // how many steps it follows of
    const Fields* found_ = nullptr;
    std::optional<TiedTo> tied_to_;
};

}  // namespace doudi::casework
