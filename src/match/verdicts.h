// SPDX-License-Identifier: Apache-2.0
// What a person said of a row that could not be matched by itself: that it is about this person of the
// register, or about somebody else. It holds for every row of the dataset that tells its person in the same
// words (number, name, phone), in this file and in those to come: from the next import and the next cycle on.
// Said once; it is not taken back.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "match/records.h"
#include "store/data_folder.h"

namespace doudi::match {

// Who a row says that it is about.
struct ToldPerson {
    std::uint64_t number = 0;  // as rows land (base/id_number.h); 0: none
    std::string name;
    std::string phone;  // digits
    friend bool operator==(const ToldPerson&, const ToldPerson&) = default;
};

// Of one dataset. Safe to read from any thread.
class Verdicts {
  public:
    // Two that are told in the same words have the same key; `name` as Roster::name_hash has it.
    [[nodiscard]] static std::uint64_t key_of(std::uint64_t number, std::uint64_t name,
                                              std::string_view phone);
    [[nodiscard]] static std::uint64_t key_of(const ToldPerson& told);

    void add(std::uint32_t person, std::uint64_t key, bool is_same);
    // Whether such a row is about that person; nothing: nobody has said.
    [[nodiscard]] std::optional<bool> of(std::uint32_t person, std::uint64_t key) const;

  private:
    std::unordered_map<std::uint64_t, bool> said_;  // by both
};

// All that were said so far.
struct VerdictBook {
    std::map<std::string, Verdicts, std::less<>> of_dataset;
    std::int64_t last = 0;  // number of the last one; 0: there is none

    [[nodiscard]] const Verdicts* find(std::string_view dataset) const;  // null: nothing of it was said
};
[[nodiscard]] Result<VerdictBook> read_verdicts(store::DataFolder& folder);

// One that is said now.
struct NewVerdict {
    std::string dataset;
    std::uint32_t arrival = 0;
    std::uint32_t row = 0;
    std::string role;
    PersonId person;
    ToldPerson told;
    bool is_same = false;
    std::string reason;
    std::int64_t decided_by = 0;  // the account
    Instant at;
};
// "already_decided" if somebody said it before. Within write().
[[nodiscard]] Result<std::int64_t> record_verdict(store::DataFolder& folder, store::Database& database,
                                                  const NewVerdict& verdict);

// Of a person who is forgotten. Within write().
[[nodiscard]] Result<void> delete_verdicts_of(store::Database& database, PersonId person);
// What lies in the clear in a folder that is sealed now.
[[nodiscard]] Result<void> seal_verdicts(store::DataFolder& folder);

}  // namespace doudi::match
