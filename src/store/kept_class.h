// SPDX-License-Identifier: Apache-2.0
// A class of what is kept for a term, as the room that owns its tables carries it out: what has ended, and
// how it goes. access/retention.yaml says how long; access/retention.h runs them, with holds and proofs.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/text.h"
#include "store/data_folder.h"

namespace doudi::store {

struct Ended {
    std::string key;              // names it within its class; the proof is a hash of these
    std::uint32_t household = 0;  // whose it is; 0: nobody's
    bool of_many = false;         // a file of many people's rows: a hold on any household keeps it
};

struct KeptClass {
    std::string id;
    Text counted_from;  // what its days are counted from
    // In a fixed order; what is still in use is never among them.
    std::function<Result<std::vector<Ended>>(DataFolder&, Instant before)> ended;
    // Exactly these, in short transactions, rows before files: what a row no longer names is no loss if the
    // program is killed, and goes at the next opening for writing. `proof` is the number of the removal.
    std::function<Result<void>(DataFolder&, std::span<const std::string> keys, std::int64_t proof)> remove;
};

// Calls take() with some of the keys at a time, each time in a transaction.
[[nodiscard]] Result<void> remove_in_parts(
    Database& database, std::span<const std::string> keys,
    const std::function<Result<void>(std::span<const std::string>)>& take);

}  // namespace doudi::store
