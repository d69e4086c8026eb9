// SPDX-License-Identifier: Apache-2.0
// What an office and those below it did in a time: the moves that their people made, kind by kind. What the
// program did by itself is nobody's work; what another office did of the same case is counted there.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "casework/lists/lists_repository.h"

namespace doudi::casework::repository {

struct WorkSpan {
    UnitId office;
    Date day;          // on which offices stand below it
    Date from, until;  // by the day of the event, both included
};

struct MovesMade {
    std::string machine;
    std::string move;
    bool opens = false;  // it was the first of its case
    std::uint64_t events = 0;
    std::uint64_t cases = 0;
    std::uint64_t households = 0;
};
// By machine and move; of cases that the reader reaches.
[[nodiscard]] Result<std::vector<MovesMade>> moves_made(store::Database& database,
                                                        std::span<const Readable> readable,
                                                        const WorkSpan& span);

struct EventPlace {
    CaseId of;
    int number = 0;
};
// Each event of one of these moves, by case.
[[nodiscard]] Result<std::vector<EventPlace>> events_made(store::Database& database,
                                                          std::span<const Readable> readable,
                                                          std::span<const MachineMove> moves,
                                                          const WorkSpan& span);

}  // namespace doudi::casework::repository
