// SPDX-License-Identifier: Apache-2.0
#include "oversight/fact_words.h"

namespace doudi::oversight {

Result<void> FactWords::read(Date day) {
    const PublishId now = store_.current();
    if (known_ && known_->at == now && known_->day == day) return {};
    Known known{
        now, day, TRY(read_register_cases(store_, policy_.catalogue, policy_.pack.law, AsOf{day})), {}};
    const auto& households = known.cases.people.households;
    for (std::size_t row = 0; row < households.size(); ++row) known.rows.emplace(households[row].id, row);
    known_.emplace(std::move(known));
    return {};
}

Result<std::string> FactWords::of(HouseholdId household, std::string_view fact, Date day) {
    const int index = policy_.pack.law.fact_of(policy::Subject::household, fact);
    if (index < 0) return std::string();
    TRY_VOID(read(day));
    const auto row = known_->rows.find(household);
    const auto* column = known_->cases.cases.facts[static_cast<std::size_t>(index)];
    if (row == known_->rows.end() || column == nullptr) return std::string();
    const expr::Value value = determine::value_at(*column, row->second);
    return value.is(expr::TypeKind::string) ? std::string(value.as_text()) : std::string();
}

}  // namespace doudi::oversight
