// SPDX-License-Identifier: Apache-2.0
// "What can I get?", asked by somebody whom nobody asks who they are: the answers so far as a case, the next
// question, and what may follow. Nothing of it is kept or logged; it names no person.
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "determine/records.h"
#include "http/request/fields.h"
#include "http/request/route.h"
#include "policy/law.h"

namespace doudi::http {

inline constexpr int most_people_at_home = 12;

struct SelfCheck {
    std::string region;  // empty: not told yet
    int people = 0;      // who live and eat together; 0: not told yet
    boost::json::object household, application;
    boost::json::array members;  // one object of answers for each of them, in the teller's own order
};
// Members may be left out as long as nothing is told of them.
[[nodiscard]] SelfCheck read_self_check(const boost::json::value& body, FieldFaults& faults);

// The answers as a case of that day. {"unknown": true} is an answer: the person does not know. What names no
// fact of the law that can be asked for, or is no short value, is a fault: no free words come in.
[[nodiscard]] std::optional<determine::Case> case_of(const SelfCheck& check, const policy::Law& law, Date day,
                                                     FieldFaults& faults);

// What is asked next: the facts that settle a category at the least cost, one after the other; a fact of
// persons at once of all of whom it is needed. What was answered is not asked again, be it with "not known".
struct NextQuestion {
    const policy::FactDefinition* fact = nullptr;  // null: nothing is left to ask
    std::vector<int> members;                      // of whom; empty: of no person
    int left = 0;                                  // questions that may still come, this one counted
};
[[nodiscard]] NextQuestion next_question(const policy::Law& law, const determine::Case& told,
                                         const determine::Determination& answer);

[[nodiscard]] boost::json::value question_json(const policy::Law& law, const NextQuestion& next);
// Each category and benefit as "may", "no" or "unknown": a check without papers decides nothing.
[[nodiscard]] boost::json::array categories_json(const policy::Law& law,
                                                 const determine::Determination& answer);
[[nodiscard]] boost::json::array benefits_json(const policy::Law& law,
                                               const determine::Determination& answer);

// routes_self_check.cpp
[[nodiscard]] Route self_check_route();

}  // namespace doudi::http
