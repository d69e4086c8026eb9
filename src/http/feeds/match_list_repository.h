// SPDX-License-Identifier: Apache-2.0
// Rows of departments that wait for a person: whose number stands on the register under another name, or who
// was found without an exact number. Cut by the household of the person that they may be about.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "http/register/repository.h"

namespace doudi::http {

struct WaitingRow {
    std::uint32_t arrival = 0;
    std::uint32_t row = 0;
    PersonId person;  // who it may be
    std::string role;
    std::string grade;  // review | probable
    std::string dataset;
    std::string file_name;
    Date as_of;
    std::string segment;
    PlacedHousehold household;  // of that person
};
struct WaitingFilter {
    std::string dataset;
    std::string grade;
    PlaceFilter place = {};
};
// Where a page ends, and how a row is named: "arrival.row.person.role".
struct WaitingPlace {
    std::uint32_t arrival = 0;
    std::uint32_t row = 0;
    std::uint32_t person = 0;
    std::string role;

    [[nodiscard]] static WaitingPlace of(const WaitingRow& row);
    [[nodiscard]] static std::optional<WaitingPlace> parse(std::string_view text);
    [[nodiscard]] std::string text() const;
};
// Those of which nobody has said anything yet, in the order of the files and their rows.
[[nodiscard]] Result<std::vector<WaitingRow>> list_waiting(store::DataFolder& data,
                                                           const access::Scope& scope,
                                                           const WaitingFilter& filter,
                                                           const WaitingPlace& after, std::size_t limit);
[[nodiscard]] Result<std::optional<WaitingRow>> find_waiting(store::DataFolder& data,
                                                             const access::Scope& scope,
                                                             const WaitingPlace& place);

}  // namespace doudi::http
