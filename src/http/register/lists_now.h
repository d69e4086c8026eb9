// SPDX-License-Identifier: Apache-2.0
// Households and open warnings in reach of an office, kept while nothing changes: their pages and counts are
// a walk through memory. Rows are cut by the same condition in the same SQL as any list; what is kept is what
// it gave.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "http/feeds/arrival_rows.h"
#include "http/register/register_rows.h"
#include "http/register/repository.h"
#include "http/request/call.h"
#include "registry/name_finder.h"

namespace doudi::http {

// Rows as a list has them in order; null: not kept, ask the store.
template <class Row>
using KeptRows = std::shared_ptr<const std::vector<Row>>;

// The rows of one kind of list, for each scope that asked of late.
template <class Row>
class KeptLists {
  public:
    using Read = Result<std::vector<Row>> (*)(store::DataFolder&, const access::Scope&, std::size_t most);
    explicit KeptLists(Read read) : read_(read) {}

    // Anything that was published, and any change of the offices, makes the rows anew; what another program
    // changes of them is seen when the offices are read again (UnitsNow).
    [[nodiscard]] Result<KeptRows<Row>> get(Call& call, const access::Scope& scope);

  private:
    struct Entry {
        std::mutex mutex;  // while the rows are read, whoever wants the same ones waits for them
        std::uint64_t laid = 0;
        PublishId publish;
        std::shared_ptr<const access::UnitTree> units;
        KeptRows<Row> rows;
        std::size_t weight = 0;  // under the mutex of all, as the next
        std::uint64_t used = 0;
    };
    std::shared_ptr<Entry> entry_of(const std::string& key);
    void make_room(const std::shared_ptr<Entry>& fresh, std::size_t rows);

    Read read_;
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<Entry>> entries_;  // by what the scope's condition says
    std::uint64_t uses_ = 0;
};

class ListsNow {
  public:
    ListsNow();
    // Open warnings, by the day that they are due.
    [[nodiscard]] Result<std::vector<ListedWarning>> warnings(Call& call, const access::Scope& scope,
                                                              const WarningFilter& filter,
                                                              const WarningPlace& after, std::size_t limit);
    [[nodiscard]] Result<std::vector<LevelCount>> warning_counts(Call& call, const access::Scope& scope,
                                                                 const WarningFilter& filter);
    // Those that stand, by code.
    [[nodiscard]] Result<std::vector<PlacedHousehold>> households(Call& call, const access::Scope& scope,
                                                                  const HouseholdFilter& filter,
                                                                  std::string_view after, std::size_t limit);

    // Rows of departments' files by their buckets.
    [[nodiscard]] JudgedFiles& judged() { return judged_; }
    // Who has a name.
    [[nodiscard]] registry::NameFinder& names() { return names_; }

  private:
    JudgedFiles judged_;
    registry::NameFinder names_;
    KeptLists<ListedWarning> warnings_;
    KeptLists<StandingHousehold> households_;
};

}  // namespace doudi::http
