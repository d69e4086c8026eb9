// SPDX-License-Identifier: Apache-2.0
// The records behind the keys while a load goes on: what is new or other is staged a transaction at a time,
// and what is there is read one by one, which few rows need. Staged on the register, or beside it.
#pragma once
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <vector>

#include "base/result.h"
#include "registry/records.h"
#include "registry/repository.h"
#include "registry/verbs.h"
#include "store/data_folder.h"

namespace doudi::registry {

class StagedRegister {
  public:
    // The folder must outlive it. Ids from `first_new` on are not on the register yet.
    StagedRegister(store::DataFolder& folder, PublishId publish, Laying laying, NextIds first_new)
        : folder_(&folder), publish_(publish), laying_(laying), first_new_(first_new) {}

    // As it stands now, staged or not; it must be there.
    [[nodiscard]] Result<Household> household(HouseholdId id);
    [[nodiscard]] Result<Member> member(PersonId id);
    // Each id once.
    [[nodiscard]] Result<void> stage(Household household);
    [[nodiscard]] Result<void> stage(Member member);
    // Stages what is still held.
    [[nodiscard]] Result<void> flush();
    // Takes back all of the load.
    [[nodiscard]] Result<void> withdraw();

  private:
    template <class Row>
    struct Held {
        std::vector<Row> rows;
        boost::unordered_flat_map<std::uint32_t, std::uint32_t> place;  // by id
        boost::unordered_flat_set<std::uint32_t> proposed;              // ids that lie beside the register
        void clear(Laying laying) {
            if (laying == Laying::propose) {
                for (const Row& row : rows) proposed.insert(row.id.value());
            }
            rows.clear();
            place.clear();
        }
        void put(Row row) {
            place.emplace(row.id.value(), static_cast<std::uint32_t>(rows.size()));
            rows.push_back(std::move(row));
        }
    };
    store::DataFolder* folder_;
    PublishId publish_;
    Laying laying_;
    NextIds first_new_;
    Held<Household> households_;
    Held<Member> members_;
};

}  // namespace doudi::registry
