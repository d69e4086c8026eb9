// SPDX-License-Identifier: Apache-2.0
// What a message says, in our own words: fields with their values, and the members of a household. The fields
// of an excerpt are those of registry/fields.h; of an event of a case those of the event, and case.number
// (ours), case.answers (the peer's, which ours came of), case.asked (the peer's, when it comes),
// case.household (a code), case.move, case.on, case.state; told.… is a field as the event itself tells it,
// where the others stand as the case has them by then. Of a household also fact.… where a code is parted. Of
// a request that the peer sent: case.answers (theirs), request.receipt (ours), request.state (waiting,
// opened, declined), request.reason (why it was declined), case.number (of the case that was opened).
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace doudi::exchange {

// As casework::Fields.
using Words = std::map<std::string, std::vector<std::string>, std::less<>>;

struct Content {
    Words fields;
    std::vector<Words> members;
    friend bool operator==(const Content&, const Content&) = default;
};

inline constexpr std::string_view case_number = "case.number";
inline constexpr std::string_view case_answers = "case.answers";
inline constexpr std::string_view case_asked = "case.asked";
inline constexpr std::string_view case_household = "case.household";
inline constexpr std::string_view case_move = "case.move";
inline constexpr std::string_view case_on = "case.on";
inline constexpr std::string_view case_state = "case.state";
inline constexpr std::string_view request_receipt = "request.receipt";
inline constexpr std::string_view request_state = "request.state";
inline constexpr std::string_view request_reason = "request.reason";
inline constexpr std::string_view request_prefix = "request.";
inline constexpr std::string_view case_prefix = "case.";
inline constexpr std::string_view told_prefix = "told.";
// Facts of the household by which the law decides, as their words.
inline constexpr std::string_view fact_prefix = "fact.";

// The first value; empty: it is not told.
[[nodiscard]] std::string first_word(const Words& words, std::string_view field);

}  // namespace doudi::exchange
