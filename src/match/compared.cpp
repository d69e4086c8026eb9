// SPDX-License-Identifier: Apache-2.0
#include "match/compared.h"

#include <cstddef>

#include "base/id_number.h"
#include "registry/keys.h"

namespace doudi::match {
namespace {

std::vector<int> differing_places(std::uint64_t left, std::uint64_t right) {
    constexpr std::size_t characters = 18;
    char a[characters];
    char b[characters];
    unpack_characters(left, a);
    unpack_characters(right, b);
    std::vector<int> places;
    for (std::size_t at = 0; at < characters; ++at)
        if (a[at] != b[at]) places.push_back(static_cast<int>(at) + 1);
    return places;
}

// Of what is folded; 0: there is none.
template <class Key>
std::optional<bool> is_same(Key told, Key known) {
    if (told == 0 || known == 0) return std::nullopt;
    return told == known;
}

}  // namespace

Compared compare(const ToldPerson& told, const registry::Member& known) {
    Compared found;
    found.name = is_same(registry::name_key(told.name), registry::name_key(known.name));
    found.phone = is_same(registry::phone_key(told.phone), registry::phone_key(known.phone));
    if (told.number != 0 && known.id_number)
        found.number_at = differing_places(told.number, known.id_number->packed());
    return found;
}

}  // namespace doudi::match
