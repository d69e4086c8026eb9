// SPDX-License-Identifier: Apache-2.0
// What papers of cases are made with: the cases, the register, the offices, and how much of a person is
// shown.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "access/roles.h"
#include "access/session.h"
#include "access/units.h"
#include "casework/desk.h"
#include "store/data_folder.h"

namespace doudi::archive {

// A value as whoever the paper is for may see it; nothing: it is left out.
using Cut = std::function<std::optional<std::string>(access::FieldClass field, std::string_view value)>;

// As offices keep papers: name and address whole, numbers masked; where somebody of the household is under
// protection no address and no telephone.
[[nodiscard]] Cut cut_of_file(bool is_guarded);

struct Setting {
    casework::Desk& desk;
    store::DataFolder& data;  // the register
    const access::UnitTree& units;
    std::function<std::string(access::UserId)>
        user_name;  // full, as an officer stands on a paper; empty: nobody
    std::function<Result<Cut>(const casework::CaseHead& head)> cut_of;
    int adult_years = 0;  // of access/security.yaml; who is younger, or of no known birth, is not posted
    std::string
        kept_for;  // the term of a file, as its catalogue bears it: "10年"; empty: to be written by hand
};

}  // namespace doudi::archive
