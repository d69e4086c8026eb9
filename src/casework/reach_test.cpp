// SPDX-License-Identifier: Apache-2.0
// The walk's own measure: what a pack adds, it has to reach (machines_test.cpp).
#include "casework/moves/machines_test_support.h"

namespace doudi::casework {

TEST_CASE("a move, a state that it leaves or a word that a pack adds is asked for by the walk") {
    policy::Law law = with_figures("guangdong-2021").pack.law;
    const Names before = to_reach(law);
    auto& machines = law.procedures.machines;
    policy::Machine& watch = *std::ranges::find(machines, "watch", &policy::Machine::id);
    policy::Move linger = *watch.move("look");
    linger.id = "linger";
    watch.moves.push_back(linger);
    auto& fields = law.procedures.fields;
    std::ranges::find(fields, "watch_cause", &policy::FieldRule::id)->words.emplace_back("other", Text{});
    Names added = to_reach(law);
    for (const std::string& one : before) added.erase(one);
    CHECK(Texts(added.begin(), added.end()) ==
          Texts{"watch, watch_cause: other", "watch.linger from watching"});
    // A word that the law names only to refuse it is not told.
    for (policy::Move& move : watch.moves) {
        policy::FieldIs& never = move.not_if.emplace_back();
        never.field = "watch_cause";
        never.words = {"other"};
    }
    added = to_reach(law);
    for (const std::string& one : before) added.erase(one);
    CHECK(Texts(added.begin(), added.end()) == Texts{"watch.linger from watching"});
}

}  // namespace doudi::casework
