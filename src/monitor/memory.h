// SPDX-License-Identifier: Apache-2.0
// What a cycle remembers for the next one, as a segment: every event that matters, with what was told of it
// and whether it scored. Indicators stand by their id, imports by their publish id: neither a pack's order
// nor a run's ranks are kept.
#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "column/segment.h"
#include "monitor/import_ranks.h"
#include "monitor/records.h"
#include "policy/pack.h"

namespace doudi::monitor {

[[nodiscard]] Result<void> write_memory(std::span<const Event> events, const policy::Pack& pack,
                                        const ImportRanks& ranks, column::ByteSink& sink);
// Events of an indicator that the pack does not have (any more) are left out.
[[nodiscard]] Result<std::vector<Event>> read_memory(std::shared_ptr<const column::ByteSource> source,
                                                     const policy::Pack& pack, const ImportRanks& ranks);

// How many of its events are this person's.
[[nodiscard]] Result<std::size_t> events_remembered(std::shared_ptr<const column::ByteSource> source,
                                                    PersonId person);
// The same memory without them; nothing else of it changes, whatever pack it was written by.
[[nodiscard]] Result<void> write_memory_without(std::shared_ptr<const column::ByteSource> source,
                                                PersonId person, column::ByteSink& sink);

}  // namespace doudi::monitor
