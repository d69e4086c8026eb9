// SPDX-License-Identifier: Apache-2.0
// What happened to a household, event by event, and the one place where that is cut to who reads it
// (access/visibility.yaml): pages of staff, the household's own page and the preview ask here.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/visibility.h"
#include "casework/records.h"
#include "http/register/reach.h"
#include "monitor/read.h"

namespace doudi::http {

// The step of a case that an event was: what it is called, of what, by which office.
struct ChainStep {
    casework::CaseId of;
    Text machine;
    Text move;
    access::UnitId unit;
};

struct ChainItem {
    access::ChainEvent event;
    std::optional<PersonId> person;  // whom it is about; none: the household
    Date on;
    std::string source;                  // the dataset that told it; empty: the office's own record
    std::optional<ChainStep> step = {};  // none: no step of a case
    std::string level = {};              // of a warning, as it was then; empty: it has none
};

// A household's events as the office has them: what feeds told of its people behind its warnings, their
// authorisations, its category. By day.
[[nodiscard]] Outcome<std::vector<ChainItem>> chain_of(Call& call, const PlacedHousehold& placed,
                                                       const monitor::Explanation& told);

// Who asks, as the rules know readers. Of an event about someone a citizen is that person, or an adult or a
// minor of the household, or another citizen. Made once for a request.
class ChainReader {
  public:
    explicit ChainReader(Call& call, const std::vector<access::Reveal>& revealed = {});
    // Masked: of a class of fields that staff see after a reveal only. That there is one may be said.
    [[nodiscard]] access::Shown shown(const PlacedHousehold& placed, const access::ChainEvent& event,
                                      std::optional<PersonId> person) const;
    [[nodiscard]] bool sees(const PlacedHousehold& placed, const access::ChainEvent& event,
                            std::optional<PersonId> person) const {
        return shown(placed, event, person) == access::Shown::whole;
    }
    // The same of what a row of that dataset tells; and of an indicator, of all datasets that it stands on.
    [[nodiscard]] access::Shown shown_told(const PlacedHousehold& placed, std::string_view dataset,
                                           std::optional<PersonId> person) const;
    [[nodiscard]] bool sees_told(const PlacedHousehold& placed, std::string_view dataset,
                                 std::optional<PersonId> person) const {
        return shown_told(placed, dataset, person) == access::Shown::whole;
    }
    [[nodiscard]] access::Shown shown_indicator(const PlacedHousehold& placed, const policy::Policy& law,
                                                std::string_view indicator) const;
    // Of which class of fields what such a row tells is.
    [[nodiscard]] std::optional<access::FieldClass> class_told(std::string_view dataset) const;

  private:
    [[nodiscard]] access::Reader reader_of(const PlacedHousehold& placed,
                                           std::optional<PersonId> person) const;

    const Call& call_;
    Shower of_warning_;
    Shower of_person_;
    bool is_adult_ = false;
};

}  // namespace doudi::http
