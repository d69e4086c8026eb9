// SPDX-License-Identifier: Apache-2.0
// Purpose: everybody of the county by formula: residents are numbered, the first ones stand on the register,
// in households. Invariant: numbers and telephones are unique but for the few namesakes, pairs of registered
// people who share a name and a telephone and whose numbers differ in two characters only: what stands
// between them can be neither's (must be rejected).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "synth/names.h"
#include "synth/numbers.h"

namespace doudi::synth {

using Person = std::uint32_t;
using Household = std::uint32_t;
inline constexpr Person nobody = 0xFFFFFFFFu;

class People {
  public:
    People(std::uint64_t residents, std::uint64_t seed);

    [[nodiscard]] Person residents() const { return residents_; }
    [[nodiscard]] Person registered() const { return registered_; }
    [[nodiscard]] bool is_registered(Person person) const { return person < registered_; }
    [[nodiscard]] Household households() const { return static_cast<Household>(first_.size() - 1); }
    [[nodiscard]] Household household_of(Person person) const { return household_[person]; }
    [[nodiscard]] Person first_member(Household household) const { return first_[household]; }
    [[nodiscard]] Person size_of(Household household) const {
        return first_[household + 1] - first_[household];
    }
    [[nodiscard]] std::string household_id(Household household) const;

    // 0 head, 1 spouse, then children.
    [[nodiscard]] Person place_of(Person person) const { return person - first_[household_[person]]; }
    [[nodiscard]] bool is_child(Person person) const {
        return is_registered(person) && place_of(person) >= 2;
    }
    [[nodiscard]] Number number(Person person) const;
    [[nodiscard]] std::uint64_t name_hash(Person person) const;
    [[nodiscard]] std::string name(Person person) const;
    // The eleven digits; `shift` gives telephones that no resident has.
    [[nodiscard]] std::uint64_t telephone(Person person, bool nobodys = false) const;
    [[nodiscard]] bool is_male(Person person) const { return (number(person)[16] - '0') % 2 == 1; }

    // Registered people of the same name whose number differs from this one in exactly one character.
    [[nodiscard]] int lookalikes(const Number& number, std::uint64_t name_hash) const;
    struct Namesakes {
        Person one, other;
    };
    [[nodiscard]] const std::vector<Namesakes>& namesakes() const { return namesakes_; }
    [[nodiscard]] bool has_namesake(Person person) const;

  private:
    // A permutation of a block of numbers: index -> county, birth, sequence, and back.
    struct Block {
        std::int32_t first_day = 0;
        std::uint32_t days = 0;
        std::uint64_t size = 0, factor = 0, back = 0, shift = 0;
        [[nodiscard]] Number at(std::uint64_t index) const;
    };
    [[nodiscard]] Block make_block(int first_year, int last_year, std::uint64_t tag) const;
    [[nodiscard]] std::optional<Person> find(const Number& number) const;
    void make_households();
    void make_namesakes();

    Person residents_;
    Person registered_;
    std::uint64_t seed_;
    std::uint32_t counties_;
    Block adults_, children_;
    std::vector<Household> household_;
    std::vector<Person> first_;
    std::vector<Namesakes> namesakes_;
    std::unordered_map<Person, Person> original_;      // other -> one
    std::unordered_map<std::string, Person> special_;  // number of an `other` -> that person
};

}  // namespace doudi::synth
