// SPDX-License-Identifier: Apache-2.0
// Who is on the register, by keys alone: some sixty bytes a member. Ids are dense, so that arrays by id are
// the whole of it.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "registry/keys.h"

namespace doudi::registry {

// Ids by the hash of what they stand for.
class IdTable {
  public:
    // The id for which `is_it` holds, or 0.
    template <class IsIt>
    [[nodiscard]] std::uint32_t find(std::uint64_t hash, IsIt is_it) const {
        if (slots_.empty()) return 0;
        for (std::size_t at = hash & mask(); slots_[at] != 0; at = (at + 1) & mask()) {
            if (is_it(slots_[at])) return slots_[at];
        }
        return 0;
    }
    // Of an id that is not there yet; `hash_of` tells the hash of any id.
    template <class HashOf>
    void insert(std::uint32_t id, HashOf hash_of) {
        if ((used_ + 1) * 2 > slots_.size()) grow(slots_.size() * 2, hash_of);
        put(id, hash_of(id));
        ++used_;
    }
    template <class HashOf>
    void reserve(std::size_t ids, HashOf hash_of) {
        if (ids * 2 > slots_.size()) grow(ids * 2, hash_of);
    }
    void prefetch(std::uint64_t hash) const {
        if (!slots_.empty()) __builtin_prefetch(&slots_[hash & mask()]);
    }

  private:
    [[nodiscard]] std::size_t mask() const { return slots_.size() - 1; }
    void put(std::uint32_t id, std::uint64_t hash) {
        std::size_t at = hash & mask();
        while (slots_[at] != 0) at = (at + 1) & mask();
        slots_[at] = id;
    }
    template <class HashOf>
    void grow(std::size_t least, HashOf hash_of) {
        std::vector<std::uint32_t> old(size_for(least));
        old.swap(slots_);
        for (const std::uint32_t id : old) {
            if (id != 0) put(id, hash_of(id));
        }
    }
    [[nodiscard]] static std::size_t size_for(std::size_t least);

    std::vector<std::uint32_t> slots_;  // a power of two of them, half full at most; 0: empty
    std::size_t used_ = 0;
};

struct SilentMember {
    PersonId person;
    HouseholdId household;
    bool others_came = false;  // another member of the household was named; else the household alone
};

class RegisterIndex {
  public:
    // In the place of the content of a household that has ended: no row of a file says the same.
    static constexpr std::uint64_t ended = 0;

    // The largest ids that are in use; what is put in lies within them.
    RegisterIndex(std::uint32_t households, std::uint32_t members);

    // All that it is made of, by id; 0 is nobody. The rest follows from it.
    struct Parts {
        std::vector<MemberKeys> members;
        std::vector<std::uint64_t> contents;   // of households
        std::vector<std::uint64_t> code_ends;  // in codes
        std::string codes;
    };
    [[nodiscard]] static RegisterIndex of(Parts parts);  // ready
    // The same to look at, where it lies.
    struct Views {
        std::span<const MemberKeys> members;
        std::vector<std::uint64_t> contents;
        std::span<const std::uint64_t> code_ends;
        std::string_view codes;
    };
    [[nodiscard]] Views parts() const;

    // While the register is read: households by ascending id on one thread, members on any, each once or, if
    // a later row supersedes it, again. ready() when all are there.
    void put_household(std::uint32_t id, std::string_view code, std::uint64_t content);
    void put_member(std::uint32_t id, const MemberKeys& keys) { members_[id] = keys; }
    void ready();

    // 0 if there is none.
    [[nodiscard]] std::uint32_t find_household(std::string_view code, std::uint64_t code_hash) const;
    [[nodiscard]] std::uint32_t find_number(std::uint64_t packed) const;
    // The member of the household by that name whom a row means that has this number (0: none); of two with
    // numbers that differ neither means the other. 0 if there is none.
    [[nodiscard]] std::uint32_t find_name(std::uint32_t household, std::uint64_t name,
                                          std::uint64_t number) const;
    void prefetch_number(std::uint64_t packed) const;

    [[nodiscard]] const MemberKeys& member(std::uint32_t id) const { return members_[id]; }
    [[nodiscard]] bool household_ended(std::uint32_t id) const { return households_[id].content == ended; }
    // Ids that are in use are below these.
    [[nodiscard]] std::uint32_t household_ids() const {
        return static_cast<std::uint32_t>(households_.size());
    }
    [[nodiscard]] std::uint32_t member_ids() const { return static_cast<std::uint32_t>(members_.size()); }
    [[nodiscard]] std::uint64_t household_content(std::uint32_t id) const { return households_[id].content; }
    void set_household_content(std::uint32_t id, std::uint64_t content) { households_[id].content = content; }
    // What is added from now on gets these ids or higher ones.
    void reserve_ids(std::uint32_t households, std::uint32_t members);
    // New ones; the id that they get.
    std::uint32_t add_household(std::string_view code, std::uint64_t content);
    std::uint32_t add_member(const MemberKeys& keys);
    void change_member(std::uint32_t id, const MemberKeys& keys);

    // The row of the load that spoke of it first; 0: none so far.
    [[nodiscard]] std::uint32_t& household_row(std::uint32_t id) { return households_[id].file_row; }
    [[nodiscard]] std::uint32_t& member_row(std::uint32_t id) { return marks_[id].file_row; }
    // Standing households that the load did not speak of.
    [[nodiscard]] std::vector<HouseholdId> silent_households() const;
    // Members that it did not speak of, of households of which it spoke.
    [[nodiscard]] std::vector<SilentMember> silent_members() const;
    // Households of which it named a member.
    [[nodiscard]] std::vector<HouseholdId> households_with_members_told() const;

    // By PersonId; the index is used up by it.
    [[nodiscard]] std::vector<MemberKeys> take_members() { return std::move(members_); }

  private:
    [[nodiscard]] std::vector<bool> spoken_of() const;
    struct Household {
        std::uint64_t content = 0;
        std::uint32_t first_member = 0;  // of a chain: the one linked last
        std::uint32_t file_row = 0;
    };
    struct Mark {
        std::uint32_t next = 0;  // in the household's chain
        std::uint32_t file_row = 0;
    };
    [[nodiscard]] std::string_view code_of(std::uint32_t household) const {
        const std::size_t begin = code_ends_[household - 1];
        return std::string_view(codes_).substr(begin, code_ends_[household] - begin);
    }
    void index_code(std::uint32_t household);
    void index_number(std::uint32_t member);
    void link(std::uint32_t member);
    void unlink(std::uint32_t member);

    // All by id; 0 is nobody.
    std::vector<Household> households_;
    std::string codes_;
    std::vector<std::uint64_t> code_ends_;
    std::vector<MemberKeys> members_;
    std::vector<Mark> marks_;
    IdTable by_code_;
    IdTable by_number_;
};

}  // namespace doudi::registry
