// SPDX-License-Identifier: Apache-2.0
// What short texts were found to mean, by their very bytes: a file has few such texts and many rows to each.
// Forgets some.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/hash.h"

namespace doudi::intake {

template <class Meaning, unsigned place_bits>
class KnownTexts {
  public:
    static constexpr std::size_t longest = 16;

    // Null if it is not known; a text that is longer never is.
    [[nodiscard]] const Meaning* find(std::string_view text) const {
        if (text.size() > longest) return nullptr;
        const Entry wanted = entry_of(text);
        const Entry& entry = entries_[place_of(wanted)];
        const bool same = entry.low == wanted.low && entry.high == wanted.high && entry.size == wanted.size;
        return same ? &entry.meaning : nullptr;
    }
    void add(std::string_view text, Meaning meaning) {
        if (text.size() > longest) return;
        Entry entry = entry_of(text);
        entry.meaning = meaning;
        entries_[place_of(entry)] = entry;
    }

  private:
    // All bytes of a text: two words that overlap, and its length.
    struct Entry {
        std::uint64_t low = 0;
        std::uint64_t high = 0;
        std::uint32_t size = longest + 1;  // no text's
        Meaning meaning{};
    };
    [[nodiscard]] static Entry entry_of(std::string_view text) {
        Entry entry;
        hash_detail::load_short(text.data(), text.size(), entry.low, entry.high);
        entry.size = static_cast<std::uint32_t>(text.size());
        return entry;
    }
    [[nodiscard]] static std::size_t place_of(const Entry& entry) {
        return (entry.low ^ entry.high ^ entry.size) * hash_detail::key1 >> (64U - place_bits);
    }
    std::array<Entry, std::size_t{1} << place_bits> entries_{};
};

}  // namespace doudi::intake
