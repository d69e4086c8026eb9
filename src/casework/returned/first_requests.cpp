// SPDX-License-Identifier: Apache-2.0
#include "casework/returned/first_requests.h"

#include <algorithm>

namespace doudi::casework {

namespace {

constexpr std::string_view application_thing = "application";  // access/roles.yaml

}  // namespace

bool is_open_to_citizens(const policy::Law& law, std::string_view machine) {
    const policy::Machine* kind = law.procedures.machine(machine);
    return kind != nullptr && std::ranges::any_of(kind->moves, [](const policy::Move& move) {
               return move.from.empty() && std::ranges::find(move.by, "citizen") != move.by.end();
           });
}

bool is_open_to_filing(const policy::Law& law, std::string_view machine) {
    const policy::Machine* kind = law.procedures.machine(machine);
    const bool is_help_to_anyone = kind != nullptr && kind->subject == policy::Machine::Subject::anyone &&
                                   kind->thing == application_thing;
    return is_help_to_anyone || is_open_to_citizens(law, machine);
}

Result<OpenedFirst> open_first_within(Desk& desk, const Actor& actor, OpenRequest request,
                                      FirstRequestId id) {
    TRY_VOID(repository::hold_openings(desk.shelf));
    if (!TRY(hold_first_request(desk, id))) return OpenedFirst{true, {}};
    const auto asked = TRY(find_first_request(desk, id));
    ensure(asked.has_value(), "it is held");
    if (asked->client_key.starts_with(sent_prefix)) request.source = asked->client_key;
    OpenedFirst opened{false, TRY(open_within(desk, actor, request))};
    if (opened.moved.kind == Moved::Kind::made) {
        const bool is_ours = TRY(open_first_request(desk, id, opened.moved.of, actor.user));
        ensure(is_ours, "nobody else settles what is held");
    }
    return opened;
}

}  // namespace doudi::casework
