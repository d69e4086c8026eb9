// SPDX-License-Identifier: Apache-2.0
// Landed segments through the roster: what they tell, as occurrences. Blocks are matched on all threads and
// taken in order, so that memory holds a few blocks and the hits, never the feeds.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "match/counting.h"
#include "match/held_rows.h"
#include "match/landed_rows.h"
#include "monitor/events.h"
#include "monitor/fold.h"
#include "monitor/repository.h"
#include "monitor/verbs.h"

namespace doudi::monitor {

class Streams {
  public:
    // policy, roster and verdicts must outlive it.
    Streams(const policy::Policy& policy, const match::Roster& roster, const match::VerdictBook& verdicts,
            AsOf as_of)
        : policy_(policy), roster_(roster), verdicts_(verdicts), as_of_(as_of) {}

    // held_after: only the rows that were held and are dated after that day. False if nothing of it needs
    // reading.
    [[nodiscard]] Result<bool> add(const CycleArrival& arrival,
                                   std::shared_ptr<const column::ByteSource> source,
                                   std::optional<Date> held_after);
    [[nodiscard]] std::uint64_t rows() const { return rows_; }
    [[nodiscard]] Result<void> run(const CycleOptions& options);

    [[nodiscard]] std::vector<Occurrence>& occurrences() { return occurrences_; }
    [[nodiscard]] std::vector<DoubtfulEvent>& doubtful() { return doubtful_; }
    // Of which somebody said that they are about another person; in no order.
    [[nodiscard]] std::vector<DeniedRow>& denied() { return denied_; }
    // Held rows that are counted now and of which a person decides, file by file.
    [[nodiscard]] std::vector<match::CountedRows>& for_people() { return for_people_; }

  private:
    struct Stream {
        std::uint32_t arrival = 0;
        const policy::Dataset* dataset = nullptr;
        EventReader reader;
        match::LandedRows landed;
        std::unique_ptr<match::ArrivalCounter> counter;
        std::size_t blocks_left = 0;
    };
    struct Task {
        std::size_t stream = 0;
        std::size_t block = 0;
    };
    struct Part {
        std::unique_ptr<intake::FeedSink::Part> matched;
        std::uint64_t rows = 0;
    };
    [[nodiscard]] Result<Part> match_block(const Task& task, intake::FeedRows& rows);
    void take(const Task& task, Part part);
    void keep_for_people(const Stream& stream, std::vector<match::ReviewItem> reviews);

    const policy::Policy& policy_;
    const match::Roster& roster_;
    const match::VerdictBook& verdicts_;
    AsOf as_of_;
    std::vector<Stream> streams_;
    std::vector<Task> tasks_;
    std::uint64_t rows_ = 0;
    std::vector<Occurrence> occurrences_;
    std::vector<DoubtfulEvent> doubtful_;
    std::vector<DeniedRow> denied_;
    std::vector<match::CountedRows> for_people_;
};

}  // namespace doudi::monitor
