// SPDX-License-Identifier: Apache-2.0
// A case as far as its reader reaches whom it is about (docs/decisions/0114). A case of nobody is tied to a
// household afterwards, which may live beyond the reach of the office where it happened, and of every office
// that it was handed to. Every answer that tells something of a case takes it from here; lists are cut by the
// same reach in their query (casework/lists).
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <vector>

#include "casework/lists/lists_repository.h"
#include "casework/verbs.h"
#include "http/request/call.h"

namespace doudi::http {

struct ReachedCase {
    // Beyond the reach it is of nobody: no household, no case below it, of the steps those made by the
    // reader's own offices or handing it to them, and those of before it was tied. What follows from its
    // state (clocks, what is open) is whole; the head is not: nothing is read from the store by it, nor
    // written.
    casework::CaseView view;
    // Something of it is not the reader's to read, now or of a household that it was tied to before.
    bool is_cut = false;
};

// Departments, providers and citizens are told what is addressed to them or about them, and nothing is cut.
[[nodiscard]] Result<ReachedCase> reached_case(Call& call, const casework::repository::ListedCase& found,
                                               casework::CaseView whole);

// Faults of a move of a case as its mover is told them. Beyond the reach they say that something else of the
// household stands against it, not in which case, how much or when.
[[nodiscard]] std::vector<casework::MoveFault> faults_told(bool is_beyond,
                                                           std::vector<casework::MoveFault> faults);

// The office that has the household now, as people call it; null: none.
[[nodiscard]] Result<boost::json::value> home_office_of(Call& call, const casework::CaseHead& head);

// 403 "household_out_of_reach", with that office.
[[nodiscard]] Result<Failure> household_out_of_reach(Call& call, const casework::CaseHead& head);

}  // namespace doudi::http
