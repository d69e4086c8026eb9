// SPDX-License-Identifier: Apache-2.0
// Where each array of a roster stands in its image, and how an image is made, mapped and checked. Every array
// begins on a multiple of 64 bytes; the fingerprint in the header covers everything behind the header.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>

#include "base/result.h"
#include "match/roster.h"

namespace doudi::match {

// Images are kept in data folders: the version changes with the layout, and with what names and phones are
// compared by (registry/keys.h).
struct RosterHeader {
    char magic[8] = {'D', 'O', 'U', 'D', 'I', 'R', 'O', 'S'};
    std::uint64_t version = 2;
    std::uint64_t fingerprint = 0;
    std::uint64_t bloom_words = 0;
    std::uint64_t slots = 0;
    std::uint64_t persons = 0;  // the largest PersonId and one
    std::uint64_t phone_slots = 0;
    std::uint64_t households = 0;  // the largest HouseholdId and one
};

struct Roster::Layout {
    RosterHeader header;
    std::uint64_t bloom = 0;
    std::uint64_t slot_number = 0;
    std::uint64_t slot_person = 0;
    std::uint64_t people = 0;
    std::uint64_t phone_slots = 0;
    std::uint64_t household_size = 0;
    std::uint64_t bytes = 0;

    void plan(std::uint64_t numbers, std::uint64_t phones, std::uint64_t persons, std::uint64_t households);
    [[nodiscard]] Result<void> read(const std::byte* image, std::size_t size,
                                    const std::filesystem::path& file);

  private:
    void place();
};

[[nodiscard]] std::shared_ptr<std::byte> new_image(std::size_t bytes);  // zeros
[[nodiscard]] Result<std::shared_ptr<const std::byte>> map_image(const std::filesystem::path& file,
                                                                 std::size_t& bytes);

}  // namespace doudi::match
