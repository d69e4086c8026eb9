// SPDX-License-Identifier: Apache-2.0
// What a determination says of help that is being paid (review, change, exit): whether its category still
// holds, what its benefits come to in whole fen, and why. What hangs on an unknown fact proposes nothing.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "determine/records.h"

namespace doudi::determine {

struct PaidNow {
    std::string category;         // as which it is paid, or the household is kept; empty: not known
    std::optional<Money> amount;  // a month; none: nothing is paid, or it is not known
};

struct ReviewAnswer {
    enum class Kind : std::uint8_t {
        keep,     // the same category and, where it is paid, the same amount
        change,   // another amount, or another of the categories that are paid
        exit,     // none of them holds
        grant,    // of an application: a category holds, with what its benefits come to
        refuse,   // of an application: none holds
        unknown,  // `missing` says what settles it; nothing is proposed
    };
    Kind kind = Kind::unknown;
    std::string category;         // of keep, change and grant
    std::optional<Money> amount;  // of those that are paid: a month
    std::string next;             // of exit and refuse: the category that the household now has; empty: none
    // A head and month, as the conditions found it; of parts of a fen the nearest fen, for it is told to
    // people and compared with nothing. None: it is not known, or no condition asked after it.
    std::optional<Money> income;
    std::vector<Text> why;      // conditions with their figures, amounts with their clauses
    std::vector<Text> missing;  // each with how to get it
    bool sample = false;        // an invented figure decided something
};
[[nodiscard]] const char* word_of(ReviewAnswer::Kind kind);  // as packs write it (procedures, found_kind)

// With which benefits a category is paid a month, and by the cases of which machine (procedures,
// `allowances`).
struct Allowance {
    std::string category;
    std::string paid_by;
    std::vector<std::string> benefits;
    std::string income = {};  // the fact that a household's means are told by; empty: none is stated
};
[[nodiscard]] std::vector<Allowance> allowances_of(const policy::Law& law);  // the nearest first

// `answer` is the determination of `told` by `law`. The category that is paid stays while it holds; else the
// first of the allowances.
[[nodiscard]] ReviewAnswer review_of(const policy::Law& law, const Case& told, const Determination& answer,
                                     const std::vector<Allowance>& allowances, const PaidNow& paid);

// The same of what is applied for: the category that it is handled as, where it holds; else the first that
// does in the pack's order of the exclusive group, so that nobody files anew. `category` empty: not settled.
[[nodiscard]] ReviewAnswer application_of(const policy::Law& law, const Case& told,
                                          const Determination& answer,
                                          const std::vector<Allowance>& allowances,
                                          const std::string& category);

}  // namespace doudi::determine
