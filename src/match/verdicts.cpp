// SPDX-License-Identifier: Apache-2.0
#include "match/verdicts.h"

#include "base/hash.h"
#include "match/roster.h"

namespace doudi::match {

namespace {

std::uint64_t of_both(std::uint32_t person, std::uint64_t key) {
    return mix64(key ^ mix64(person));
}

}  // namespace

std::uint64_t Verdicts::key_of(std::uint64_t number, std::uint64_t name, std::string_view phone) {
    return mix64(mix64(mix64(number) ^ name) ^ hash64(phone));
}

std::uint64_t Verdicts::key_of(const ToldPerson& told) {
    return key_of(told.number, Roster::name_hash(told.name), told.phone);
}

void Verdicts::add(std::uint32_t person, std::uint64_t key, bool is_same) {
    said_.emplace(of_both(person, key), is_same);
}

std::optional<bool> Verdicts::of(std::uint32_t person, std::uint64_t key) const {
    const auto found = said_.find(of_both(person, key));
    return found == said_.end() ? std::nullopt : std::optional(found->second);
}

const Verdicts* VerdictBook::find(std::string_view dataset) const {
    const auto found = of_dataset.find(dataset);
    return found == of_dataset.end() ? nullptr : &found->second;
}

}  // namespace doudi::match
