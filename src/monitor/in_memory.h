// SPDX-License-Identifier: Apache-2.0
// A cycle without a store: files are matched as they are read, nothing is landed. For a what-if, a benchmark,
// a test. The law is the same code: EventReader and fold().
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "match/counting.h"
#include "monitor/events.h"
#include "monitor/fold.h"
#include "monitor/read.h"
#include "registry/records.h"

namespace doudi::monitor {

class InMemoryCycle {
  public:
    // policy and roster must outlive it. All files come with one import, as of the day of the cycle.
    InMemoryCycle(const policy::Policy& policy, const match::Roster& roster, AsOf as_of, Date baseline,
                  ImportRank rank = 1)
        : policy_(policy), roster_(roster), as_of_(as_of), baseline_(baseline), rank_(rank) {}

    // One more file: a sink for its rows, valid until finish_file().
    [[nodiscard]] intake::FeedSink& add_file(int dataset);
    // The file with that number, in the order of add_file(), has been read. Any order; the outcome does not
    // depend on it.
    match::Buckets finish_file(std::size_t file, std::uint64_t refused_by_form);
    [[nodiscard]] CycleResult run(Memory before);

  private:
    struct File {
        EventReader reader;
        std::unique_ptr<match::ArrivalCounter> counter;
    };
    const policy::Policy& policy_;
    const match::Roster& roster_;
    AsOf as_of_;
    Date baseline_;
    ImportRank rank_;
    std::vector<File> files_;
    std::vector<Occurrence> occurrences_;
    std::vector<DoubtfulEvent> doubtful_;
};

// As list_warnings() would give them, by the household's number.
[[nodiscard]] std::vector<WarningRow> warning_rows(std::span<const Warning> open, const policy::Pack& pack,
                                                   std::span<const registry::Household> households);

}  // namespace doudi::monitor
