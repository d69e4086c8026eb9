// SPDX-License-Identifier: Apache-2.0
// The register in memory while rows are laid over it: who is who, what is new, what changed. Pure; verbs.cpp
// reads and stages.
#pragma once
#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "registry/records.h"
#include "registry/verbs.h"

namespace doudi::registry {

class RegisterMerge {
  public:
    // `before` is sorted as read_register() gives it.
    explicit RegisterMerge(Register before);
    RegisterMerge(const RegisterMerge&) = delete;
    RegisterMerge& operator=(const RegisterMerge&) = delete;

    // Households before members.
    void add(const HouseholdRow& row);
    void add(const MemberRow& row);

    // What is to be staged: new and changed ones, by id. Each once, after the last row: the merge is used up
    // by it.
    [[nodiscard]] std::vector<Household> take_households_to_stage();
    [[nodiscard]] std::vector<Member> take_members_to_stage();
    [[nodiscard]] RegisterLoad& load() { return load_; }

  private:
    // Where a household or member of now_ stands with respect to the files.
    struct Mark {
        std::uint32_t file_row = 0;  // the row that spoke of it first; 0: none so far
        bool spoken_of = false;
        bool to_stage = false;
    };
    // Sets of indexes into now_, found by what they stand for.
    struct CodeHash {
        using is_transparent = void;
        const std::vector<Household>* households;
        std::size_t operator()(std::string_view code) const;
        std::size_t operator()(std::uint32_t index) const;
    };
    struct SameCode {
        using is_transparent = void;
        const std::vector<Household>* households;
        bool operator()(std::uint32_t a, std::uint32_t b) const;
        bool operator()(std::string_view code, std::uint32_t index) const;
        bool operator()(std::uint32_t index, std::string_view code) const;
    };
    struct NumberHash {
        using is_transparent = void;
        const std::vector<Member>* members;
        std::size_t operator()(IdNumber number) const;
        std::size_t operator()(std::uint32_t index) const;
    };
    struct SameNumber {
        using is_transparent = void;
        const std::vector<Member>* members;
        bool operator()(std::uint32_t a, std::uint32_t b) const;
        bool operator()(IdNumber number, std::uint32_t index) const;
        bool operator()(std::uint32_t index, IdNumber number) const;
    };

    [[nodiscard]] std::optional<IdNumber> number_of(const MemberRow& row);
    // Index of the member whom the row means, or none.
    [[nodiscard]] std::uint32_t find_member(std::uint32_t household, const MemberRow& row,
                                            std::optional<IdNumber> number) const;
    void lay_over(std::uint32_t index, const MemberRow& row, Member next);
    void index_household(std::uint32_t index);  // a new one
    void index_member(std::uint32_t index);     // a new one
    [[nodiscard]] std::uint32_t& first_member_of(HouseholdId household);
    void link_member(std::uint32_t index);  // into its household's chain
    void unlink_member(std::uint32_t index);
    void refuse(RegisterFile file, std::uint32_t row, RegisterFault fault, std::string value,
                std::uint32_t earlier = 0);

    Register now_;
    std::vector<Mark> household_marks_;
    std::vector<Mark> member_marks_;
    boost::unordered_flat_set<std::uint32_t, CodeHash, SameCode> by_code_;
    boost::unordered_flat_set<std::uint32_t, NumberHash, SameNumber> by_number_;  // members with a number
    std::vector<std::uint32_t> household_index_;                                  // by HouseholdId
    std::vector<std::uint32_t> first_member_;  // of a household: the last indexed; a chain
    std::vector<std::uint32_t> next_member_;
    std::uint32_t last_household_id_ = 0;
    std::uint32_t last_member_id_ = 0;
    RegisterLoad load_;
};

}  // namespace doudi::registry
