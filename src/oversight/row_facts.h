// SPDX-License-Identifier: Apache-2.0
// What single landed rows of a dataset tell of people on the register (datasets/*.yaml, `facts`): only an
// exact match tells, and an asset fact enters only under an authorisation of everybody whom it is about. This
// is the one place where asset facts are cut.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/authorisations.h"
#include "column/batch.h"
#include "expr/value.h"
#include "intake/records.h"
#include "match/landed_rows.h"
#include "match/repository.h"
#include "match/roster.h"
#include "policy/dataset.h"
#include "policy/law.h"
#include "registry/records.h"

namespace doudi::oversight {

// Where persons and households stand in a register.
struct Places {
    std::vector<std::uint32_t> of_person;     // by PersonId; nowhere: not in it
    std::vector<std::uint32_t> of_household;  // by HouseholdId
    static constexpr std::uint32_t nowhere = 0xFFFFFFFF;

    explicit Places(const registry::Register& people);
    [[nodiscard]] std::uint32_t person(std::uint32_t id) const { return at(of_person, id); }
    [[nodiscard]] std::uint32_t household(std::uint32_t id) const { return at(of_household, id); }

  private:
    static void put(std::vector<std::uint32_t>& places, std::size_t id, std::uint32_t row);
    static std::uint32_t at(const std::vector<std::uint32_t>& places, std::size_t id) {
        return id < places.size() ? places[id] : nowhere;
    }
};

// The signed papers, and the day on which facts that need one are read.
struct Permits {
    access::AuthorisationBook papers;
    Date day;
};

// One fact of one subject, as a row tells it.
struct ToldRow {
    const policy::FactDefinition* definition = nullptr;
    int fact = 0;               // index into Law::facts
    std::uint32_t subject = 0;  // row of the member, or of the household, in the register
    expr::Value value;
    Date day;  // of the row
    std::uint32_t row = 0;
    std::string_view file_name;
};

class FactSink {
  public:
    virtual ~FactSink() = default;
    virtual void told(const ToldRow& row) = 0;
    // An asset fact that no paper of this member lets in.
    virtual void kept_apart(const ToldRow& row, const registry::Member& member,
                            access::AuthorisationAnswer why) = 0;
};

// Of one dataset and one law; all that it is made with must outlive it.
class RowFacts {
  public:
    // A fact that rows may tell and that this law knows.
    struct Wanted {
        const policy::DatasetFact* told;
        const policy::FactDefinition* definition;
        int fact;
    };

    RowFacts(const policy::Dataset& dataset, const policy::Law& law, const Permits& permits,
             const match::Roster& roster, const Places& places, const registry::Register& people);
    [[nodiscard]] const policy::Dataset& dataset() const { return dataset_; }
    [[nodiscard]] const std::vector<Wanted>& wanted() const { return wanted_; }
    [[nodiscard]] Result<void> read(const match::LandedRows& landed, const std::string& file_name,
                                    FactSink& sink) const;
    // After how many days what this dataset told of a fact is unknown: the shorter of the two terms; none: it
    // does not grow stale.
    [[nodiscard]] std::optional<int> term(int fact) const;

  private:
    void take(const column::Batch& batch, std::size_t row, std::string_view file_name, FactSink& sink) const;
    [[nodiscard]] bool counts(const column::Batch& batch, std::size_t row) const;
    [[nodiscard]] std::string_view field(const column::Batch& batch, int dataset_column,
                                         std::size_t row) const;
    [[nodiscard]] std::uint32_t person_of(const column::Batch& batch, int role, std::size_t row) const;
    [[nodiscard]] std::span<const registry::Member> about(const ToldRow& row) const;
    [[nodiscard]] bool is_authorised(const ToldRow& told, const column::Batch& batch, std::size_t row,
                                     FactSink& sink) const;
    [[nodiscard]] std::string_view told_text(const policy::DatasetFact& told, const column::Batch& batch,
                                             std::size_t row) const;
    [[nodiscard]] expr::Value value(const Wanted& one, const column::Batch& batch, std::size_t row) const;

    const policy::Dataset& dataset_;
    const Permits& permits_;
    intake::FeedLayout layout_;
    const match::Roster& roster_;
    const Places& places_;
    const registry::Register& people_;
    std::vector<Wanted> wanted_;
};

// What a complete roll says of those of whom none of its rows told the fact; none: nothing. Silence about
// somebody's means would be a fact about them that nobody agreed to.
[[nodiscard]] std::optional<expr::Value> told_by_silence(const RowFacts::Wanted& one);
// What being on the register tells of everybody on it (datasets/register.*.yaml).
[[nodiscard]] std::vector<RowFacts::Wanted> told_by_register(const policy::Dataset& dataset,
                                                             const policy::Law& law);
// The files that count: of a whole roll its newest delivery, which may be several files of one day.
[[nodiscard]] std::vector<const match::StoredArrival*> counting_arrivals(
    const policy::Dataset& dataset, std::span<const match::StoredArrival> arrivals);

}  // namespace doudi::oversight
