// SPDX-License-Identifier: Apache-2.0
// Whom a row of a department's file tells of, as far as its reader may read it. A department reads what it
// sent itself. An office reads its own people as their other data; whoever is nobody of the register in its
// reach is masked, and left out where the list itself tells what the role sees masked (an illness, a
// marriage).
#pragma once
#include <boost/json.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <span>

#include "http/register/chain.h"
#include "match/records.h"
#include "match/told_rows.h"
#include "policy/dataset.h"

namespace doudi::http {

class RowPersons {
  public:
    // Both must outlive it.
    [[nodiscard]] static Outcome<RowPersons> of(Call& call, const policy::Dataset& dataset);
    // By role: {name, identity_number}, null where it is not shown. `hits`: those in reach.
    [[nodiscard]] Result<boost::json::array> of_row(const match::TellingRow& told,
                                                    std::span<const match::Hit> hits);

  private:
    RowPersons(Call& call, const policy::Dataset& dataset, std::vector<access::Reveal> revealed);
    [[nodiscard]] Result<boost::json::object> of_hit(const match::ToldPerson& told, const match::Hit& hit);
    [[nodiscard]] boost::json::object of_nobody(const match::ToldPerson& told) const;

    Call& call_;
    const policy::Dataset& dataset_;
    bool is_office_;
    Shower shower_;
    ChainReader reader_;
    std::map<std::uint32_t, PlacedHousehold> places_;  // of households that were asked for
};

}  // namespace doudi::http
