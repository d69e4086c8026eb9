// SPDX-License-Identifier: Apache-2.0
#include "http/register/person_category.h"

#include <algorithm>

namespace doudi::http {

namespace {

using casework::PaidTo;

// The pack's; null: it has none of that name or word.
const policy::Category* category_named(const policy::Law& law, const std::string& name) {
    const auto found = std::ranges::find_if(law.categories, [&](const policy::Category& one) {
        return one.id == name || std::ranges::find(one.register_words, name) != one.register_words.end();
    });
    return found == law.categories.end() ? nullptr : &*found;
}

bool is_of_persons(const policy::Category* category) {
    return category != nullptr && category->subject == policy::Subject::person;
}

// It takes one member out of a household that has another category.
bool is_apart(const policy::Category* category) {
    return is_of_persons(category) && !category->becomes.empty();
}

}  // namespace

PersonCategory category_of_person(const policy::Law& law, const std::string& household, std::size_t members,
                                  std::span<const PaidTo> decided, PersonId person) {
    const policy::Category* own = category_named(law, household);
    const bool alone = members == 1;
    bool names_another = false;  // of the household's own category
    bool may_be_apart = false;   // somebody of the household is, and nothing says who
    for (const PaidTo& one : decided) {
        const policy::Category* category = category_named(law, one.category);
        if (!is_of_persons(category)) continue;
        if (one.person == person || (!one.person && alone)) return {true, one.category};
        if (!one.person) may_be_apart = may_be_apart || is_apart(category);
        if (one.person && category == own) names_another = true;
    }
    if (!is_of_persons(own)) return {true, may_be_apart ? std::string() : household};
    if (alone) return {true, household};
    if (names_another || is_apart(own)) return {};
    return {true, household};
}

}  // namespace doudi::http
