// SPDX-License-Identifier: Apache-2.0
// The register in memory while rows are laid over it: who is who, what is new, what changed. Pure; verbs.cpp
// reads and stages.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "registry/records.h"
#include "registry/verbs.h"

namespace doudi::registry {

class RegisterMerge {
  public:
    // `before` is sorted as read_register() gives it.
    explicit RegisterMerge(Register before);

    void add_households(const std::vector<HouseholdRow>& rows);
    void add_members(const std::vector<MemberRow>& rows);

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
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const;
    };
    struct NumberHash {
        std::size_t operator()(std::uint64_t packed) const;
    };

    void add_household(const HouseholdRow& row);
    void add_member(const MemberRow& row);
    [[nodiscard]] std::optional<IdNumber> number_of(const MemberRow& row);
    // Index of the member whom the row means, or none.
    [[nodiscard]] std::uint32_t find_member(std::uint32_t household, const MemberRow& row,
                                            std::optional<IdNumber> number) const;
    void lay_over(std::uint32_t index, const MemberRow& row, Member next);
    void index_member(std::uint32_t index);  // a new one
    void link_member(std::uint32_t index);   // into its household's chain
    void unlink_member(std::uint32_t index);
    void refuse(RegisterFile file, std::uint32_t row, RegisterFault fault, std::string value,
                std::uint32_t earlier = 0);

    Register now_;
    std::vector<Mark> household_marks_;
    std::vector<Mark> member_marks_;
    std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> by_code_;
    std::unordered_map<std::uint64_t, std::uint32_t, NumberHash> by_number_;
    std::unordered_map<std::uint32_t, std::uint32_t> household_index_;  // HouseholdId -> index into now_
    std::vector<std::uint32_t> first_member_;  // of a household: the last indexed; a chain
    std::vector<std::uint32_t> next_member_;
    std::uint32_t last_household_id_ = 0;
    std::uint32_t last_member_id_ = 0;
    RegisterLoad load_;
};

}  // namespace doudi::registry
