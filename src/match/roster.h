// SPDX-License-Identifier: Apache-2.0
// The register made ready for probing: packed identity number -> person -> household, and what a name or a
// phone is compared by. One flat image, the same bytes in memory and in a file that is mapped (design §5): a
// blocked Bloom filter (one 64-bit word, four bits, sixteen bits a person) in front of an open-addressing
// table (perf.md §5.3), then arrays by PersonId. Immutable; safe to read from any thread. The same register
// gives the same image.
#pragma once
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/id.h"
#include "base/id_number.h"
#include "base/result.h"
#include "column/segment.h"
#include "registry/keys.h"
#include "registry/records.h"
#include "store/data_folder.h"

namespace doudi::match {

class Roster {
  public:
    // A number that two members carry belongs to the one with the smaller PersonId.
    [[nodiscard]] static Roster build(const registry::Register& register_);
    // By PersonId; household 0 is nobody.
    [[nodiscard]] static Roster build_from_keys(std::span<const registry::MemberKeys> members);
    // The image as a file, for a later run to map; open() checks its checksum and shape.
    [[nodiscard]] Result<void> save(column::ByteSink& sink) const;
    [[nodiscard]] static Result<Roster> open(const std::filesystem::path& file);
    // The same of one that lies sealed: read into memory.
    [[nodiscard]] static Result<Roster> open(const column::ByteSource& source);

    [[nodiscard]] bool may_hold(std::uint64_t number_hash) const {
        const std::uint64_t bits = bloom_bits(number_hash);
        return (bloom_[range(number_hash, bloom_.size())] & bits) == bits;
    }
    void prefetch_filter(std::uint64_t number_hash) const {
        __builtin_prefetch(&bloom_[range(number_hash, bloom_.size())]);
    }
    void prefetch(std::uint64_t number_hash) const {
        const std::size_t at = range(number_hash, slot_number_.size());
        __builtin_prefetch(&slot_number_[at]);
        __builtin_prefetch(&slot_person_[at]);
    }
    void prefetch_person(std::uint32_t person) const { __builtin_prefetch(&people_[person]); }
    // PersonId, 0 if the packed number is nobody's.
    [[nodiscard]] std::uint32_t find(std::uint64_t packed) const;
    // The one person whose number differs in exactly one character from this one with a wrong check
    // character, and whose name is the same; 0 if there is none or more than one.
    [[nodiscard]] std::uint32_t find_near(std::uint64_t unchecked, std::uint64_t folded_name_hash) const;
    // The one person with this name and phone; 0 if there is none or more than one.
    [[nodiscard]] std::uint32_t find_by_phone(std::uint64_t folded_name_hash,
                                              std::string_view phone_digits) const;

    [[nodiscard]] std::uint64_t name_of(std::uint32_t person) const { return people_[person].name; }
    [[nodiscard]] std::uint32_t household_of(std::uint32_t person) const {
        return person < people_.size() ? people_[person].household : 0;
    }
    // Members by HouseholdId, 0 for a number that is no household.
    [[nodiscard]] std::span<const std::uint32_t> household_sizes() const { return household_size_; }
    // Nobody is on the register yet.
    [[nodiscard]] bool empty() const {
        return std::ranges::all_of(household_size_, [](std::uint32_t members) { return members == 0; });
    }
    // Of everything that matching asks: two registers that match alike have the same one.
    [[nodiscard]] std::uint64_t fingerprint() const { return fingerprint_; }

    [[nodiscard]] static std::uint64_t number_hash(std::uint64_t packed) { return mix64(packed); }
    [[nodiscard]] static std::uint64_t name_hash(
        std::string_view name);  // of the folded name; 0 for an empty one

  private:
    friend class RosterBuilder;
    struct Layout;
    // What is compared of a person stands together: one line of the cache.
    struct Person {
        std::uint64_t name = 0;  // hash; 0: none
        std::uint32_t household = 0;
        std::uint32_t phone = 0;  // hash; 0: none
    };
    Roster() = default;
    // `members(visit)` calls visit(person, keys) for each member by ascending id; it is gone through three
    // times, twice of them at once.
    template <class Members>
    [[nodiscard]] static Roster assemble(const Members& members);
    [[nodiscard]] static Result<Roster> of_image(std::shared_ptr<const std::byte> image, std::size_t bytes,
                                                 const std::filesystem::path& file);
    void point_into(const std::byte* image, const Layout& layout);
    template <class Members>
    void insert_numbers(const Members& members);
    template <class Members>
    void insert_people(const Members& members);
    void insert_number(std::uint64_t packed, std::uint32_t person);
    void insert_phone(std::uint32_t person);

    static std::size_t range(std::uint64_t hash, std::size_t size) {
        __extension__ using Wide = unsigned __int128;
        return static_cast<std::size_t>(static_cast<Wide>(hash) * size >> 64U);
    }
    static std::uint64_t bloom_bits(std::uint64_t hash) {
        return std::uint64_t{1} << (hash & 63U) | std::uint64_t{1} << (hash >> 6U & 63U) |
               std::uint64_t{1} << (hash >> 12U & 63U) | std::uint64_t{1} << (hash >> 18U & 63U);
    }
    [[nodiscard]] std::size_t phone_slot(std::uint64_t name, std::uint32_t phone) const;

    std::shared_ptr<const std::byte> image_;  // owns the memory or the mapping
    std::size_t image_bytes_ = 0;
    std::uint64_t fingerprint_ = 0;
    std::span<const std::uint64_t> bloom_;
    std::span<const std::uint64_t> slot_number_;  // 0: empty
    std::span<const std::uint32_t> slot_person_;
    std::span<const Person> people_;              // by PersonId
    std::span<const std::uint32_t> phone_slots_;  // PersonId; 0: empty
    std::span<const std::uint32_t> household_size_;
};

// Takes members one by one, so that nobody need hold the whole register to make a roster of it.
class RosterBuilder {
  public:
    // What is looked for of a member. Folding and hashing it is the costly part, and may be done on any
    // thread.
    struct Keys {
        std::uint64_t number = 0;  // 0: none
        std::uint64_t name = 0;
        std::uint32_t phone = 0;
        std::uint32_t household = 0;  // 0: nobody
    };
    [[nodiscard]] static Keys keys_of(std::optional<IdNumber> number, std::string_view name,
                                      std::string_view phone);

    // In any order.
    void add(PersonId person, HouseholdId household, Keys keys);
    [[nodiscard]] Roster build() &&;

  private:
    // By PersonId, in pieces: one vector would hold them twice while it grows.
    std::vector<std::vector<Keys>> pieces_;
};

// The members that are on the register as of a publish id: the image that was kept of it, or made anew.
[[nodiscard]] Result<Roster> read_roster(store::DataFolder& store, PublishId publish, unsigned threads = 1);

}  // namespace doudi::match
