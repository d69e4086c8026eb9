// SPDX-License-Identifier: Apache-2.0
#include "http/office/desk.h"

namespace doudi::http {

Result<Desks::Taken> Desks::take() {
    constexpr std::size_t most_kept = 64;
    const std::uint64_t version = version_;
    std::unique_ptr<Desk> desk;
    {
        const std::lock_guard lock(mutex_);
        if (!free_.empty()) {
            desk = std::move(free_.back());
            free_.pop_back();
        }
    }
    if (desk && desk->laid != version) {
        Desk fresh{TRY(doors_.open_reader()), std::move(desk->database), version};
        desk = std::make_unique<Desk>(std::move(fresh));
    }
    if (!desk)
        desk = std::make_unique<Desk>(Desk{TRY(doors_.open_reader()), TRY(doors_.open_database()), version});
    return Taken(desk.release(), [this](Desk* used) {
        std::unique_ptr<Desk> back(used);
        const std::lock_guard lock(mutex_);
        if (free_.size() < most_kept) free_.push_back(std::move(back));
    });
}

}  // namespace doudi::http
