// SPDX-License-Identifier: Apache-2.0
// What to ask, step by step: each step adds the cheapest facts after which another category is settled,
// whatever they turn out to be. Figures and rules that an authority has still to set are no questions to an
// applicant and stand apart.
#pragma once
#include <vector>

#include "determine/records.h"

namespace doudi::determine {

struct QuestionStep {
    std::vector<FactKey> ask;    // the cheapest first
    std::vector<int> settles;    // categories, in test order: of every member of whom they are unknown
    std::vector<FactKey> unset;  // figures and rules that these categories need besides
};
struct Unset {
    FactKey what;
    std::vector<int> categories;  // that hang on it, by what would settle them
};
struct NextQuestions {
    std::vector<QuestionStep> steps;
    std::vector<Unset> unset;
};

[[nodiscard]] NextQuestions next_questions(const policy::Law& law, const Case& told,
                                           const Determination& answer);

}  // namespace doudi::determine
