// SPDX-License-Identifier: Apache-2.0
#include "match/roster.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <thread>
#include <utility>

#include "base/hash.h"
#include "base/id_scan.h"
#include "match/roster_image.h"

namespace doudi::match {

namespace {

constexpr std::size_t piece_entries = std::size_t{1} << 15U;

// By weight: weight * inverse is 1 modulo 11.
constexpr unsigned inverse_modulo_11[] = {0, 1, 6, 4, 3, 9, 2, 8, 7, 5, 10};

template <class T>
std::span<const T> part(const std::byte* image, std::uint64_t offset, std::uint64_t count) {
    return {reinterpret_cast<const T*>(image + offset), static_cast<std::size_t>(count)};
}

// The image is written once, by build(); afterwards nobody holds it but as const.
template <class T>
T& writable(std::span<const T> array, std::size_t index) {
    return const_cast<T&>(array[index]);
}

// Who is put in a little later, in order: a place is asked for before it is written.
template <class Item>
class Waiting {
  public:
    // The one whose turn it is; at first nobody.
    [[nodiscard]] Item exchange(Item next) {
        at_ = (at_ + 1) % ahead;
        return std::exchange(items_[at_], next);
    }
    template <class Take>
    void drain(Take take) {
        for (std::size_t i = 0; i < ahead; ++i) take(exchange({}));
    }

  private:
    static constexpr std::size_t ahead = 8;
    std::array<Item, ahead> items_{};
    std::size_t at_ = 0;
};

}  // namespace

std::uint64_t Roster::name_hash(std::string_view name) {
    return registry::name_key(name);
}

void Roster::point_into(const std::byte* image, const Layout& layout) {
    bloom_ = part<std::uint64_t>(image, layout.bloom, layout.header.bloom_words);
    slot_number_ = part<std::uint64_t>(image, layout.slot_number, layout.header.slots);
    slot_person_ = part<std::uint32_t>(image, layout.slot_person, layout.header.slots);
    people_ = part<Person>(image, layout.people, layout.header.persons);
    phone_slots_ = part<std::uint32_t>(image, layout.phone_slots, layout.header.phone_slots);
    household_size_ = part<std::uint32_t>(image, layout.household_size, layout.header.households);
    image_bytes_ = layout.bytes;
    fingerprint_ = layout.header.fingerprint;
}

void Roster::insert_number(std::uint64_t packed, std::uint32_t person) {
    const std::uint64_t hash = number_hash(packed);
    writable(bloom_, range(hash, bloom_.size())) |= bloom_bits(hash);
    std::size_t at = range(hash, slot_number_.size());
    while (slot_number_[at] != 0) {
        if (slot_number_[at] == packed) {
            writable(slot_person_, at) = std::min(slot_person_[at], person);
            return;
        }
        if (++at == slot_number_.size()) at = 0;
    }
    writable(slot_number_, at) = packed;
    writable(slot_person_, at) = person;
}

std::size_t Roster::phone_slot(std::uint64_t name, std::uint32_t phone) const {
    return range(mix64(name ^ phone), phone_slots_.size());
}

void Roster::insert_phone(std::uint32_t person) {
    std::size_t at = phone_slot(people_[person].name, people_[person].phone);
    while (phone_slots_[at] != 0) {
        if (++at == phone_slots_.size()) at = 0;
    }
    writable(phone_slots_, at) = person;
}

Roster Roster::build(const registry::Register& register_) {
    RosterBuilder builder;
    for (const registry::Member& member : register_.members) {
        builder.add(member.id, member.household,
                    RosterBuilder::keys_of(member.id_number, member.name, member.phone));
    }
    return std::move(builder).build();
}

RosterBuilder::Keys RosterBuilder::keys_of(std::optional<IdNumber> number, std::string_view name,
                                           std::string_view phone) {
    return {.number = number ? number->packed() : 0,
            .name = Roster::name_hash(name),
            .phone = registry::phone_key(phone),
            .household = 0};
}

void RosterBuilder::add(PersonId person, HouseholdId household, Keys keys) {
    const std::size_t piece = person.value() / piece_entries;
    while (pieces_.size() <= piece) pieces_.emplace_back(piece_entries);
    keys.household = household.value();
    pieces_[piece][person.value() % piece_entries] = keys;
}

template <class Members>
Roster Roster::assemble(const Members& members) {
    Layout layout;
    std::uint64_t numbers = 0;
    std::uint64_t phones = 0;
    std::uint32_t last_person = 0;
    std::uint32_t last_household = 0;
    members([&](std::uint32_t person, const auto& keys) {
        last_person = std::max(last_person, person);
        last_household = std::max(last_household, keys.household);
        numbers += keys.number != 0 ? 1 : 0;
        phones += keys.phone != 0 ? 1 : 0;
    });
    layout.plan(numbers, phones, last_person + std::uint64_t{1}, last_household + std::uint64_t{1});
    std::shared_ptr<std::byte> image = new_image(layout.bytes);
    Roster roster;
    roster.point_into(image.get(), layout);
    {
        // The numbers' filter and table are no business of the rest, and each takes as long.
        const std::jthread numbers_of_all([&] { roster.insert_numbers(members); });
        roster.insert_people(members);
    }
    layout.header.fingerprint = hash64({reinterpret_cast<const char*>(image.get()) + sizeof(RosterHeader),
                                        layout.bytes - sizeof(RosterHeader)});
    std::memcpy(image.get(), &layout.header, sizeof(RosterHeader));
    roster.fingerprint_ = layout.header.fingerprint;
    roster.image_ = std::move(image);
    return roster;
}

template <class Members>
void Roster::insert_numbers(const Members& members) {
    struct Numbered {
        std::uint64_t number = 0;
        std::uint32_t person = 0;
    };
    Waiting<Numbered> waiting;
    const auto insert = [this](const Numbered& due) {
        if (due.person != 0) insert_number(due.number, due.person);
    };
    members([&](std::uint32_t person, const auto& keys) {
        if (keys.number == 0) return;
        prefetch(number_hash(keys.number));
        insert(waiting.exchange({keys.number, person}));
    });
    waiting.drain(insert);
}

// What is compared of everybody, and by whom a phone is found.
template <class Members>
void Roster::insert_people(const Members& members) {
    Waiting<std::uint32_t> waiting;
    const auto insert = [this](std::uint32_t due) {
        if (due != 0) insert_phone(due);
    };
    members([&](std::uint32_t person, const auto& keys) {
        writable(people_, person) = {keys.name, keys.household, keys.phone};
        ++writable(household_size_, keys.household);
        if (keys.phone == 0) return;
        __builtin_prefetch(&phone_slots_[phone_slot(keys.name, keys.phone)], 1);
        insert(waiting.exchange(person));
    });
    waiting.drain(insert);
}

Roster RosterBuilder::build() && {
    return Roster::assemble([this](const auto& visit) {
        for (std::size_t piece = 0; piece < pieces_.size(); ++piece) {
            for (std::size_t i = 0; i < pieces_[piece].size(); ++i) {
                if (pieces_[piece][i].household == 0) continue;
                visit(static_cast<std::uint32_t>(piece * piece_entries + i), pieces_[piece][i]);
            }
        }
    });
}

Roster Roster::build_from_keys(std::span<const registry::MemberKeys> members) {
    return assemble([members](const auto& visit) {
        for (std::size_t person = 0; person < members.size(); ++person) {
            if (members[person].household != 0) visit(static_cast<std::uint32_t>(person), members[person]);
        }
    });
}

std::uint32_t Roster::find(std::uint64_t packed) const {
    const std::uint64_t hash = number_hash(packed);
    if (!may_hold(hash)) return 0;
    std::size_t at = range(hash, slot_number_.size());
    while (slot_number_[at] != 0) {
        if (slot_number_[at] == packed) return slot_person_[at];
        if (++at == slot_number_.size()) at = 0;
    }
    return 0;
}

std::uint32_t Roster::find_near(std::uint64_t unchecked, std::uint64_t folded_name_hash) const {
    if (folded_name_hash == 0) return 0;
    const std::uint64_t body = unchecked & ~(std::uint64_t{1} << 63U);
    const std::uint64_t digits = body / 16;
    // All that may be meant first, so that the filter's words are asked for together; hardly one passes.
    std::array<std::uint64_t, 18> candidates{digits};  // only the check character differs
    std::size_t count = 1;
    // A digit that makes this check character right moves the weighted sum by what is missing modulo 11: at
    // each place there is one such step at most that leaves a digit.
    const unsigned missing = (id_check_value(digits) + 11U - static_cast<unsigned>(body % 16)) % 11U;
    std::uint64_t unit = 1;
    std::uint64_t rest = digits;
    for (std::size_t place = 17; place-- > 0; unit *= 10, rest /= 10) {
        const auto written = static_cast<unsigned>(rest % 10);
        const unsigned raised = written + missing * inverse_modulo_11[id_detail::weights[place]] % 11U;
        if (raised == 10) continue;
        candidates[count++] = digits - written * unit + raised % 11U * unit;
    }
    for (std::size_t i = 0; i < count; ++i) prefetch_filter(number_hash(candidates[i]));
    std::uint32_t found = 0;
    bool several = false;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t person = find(candidates[i]);
        if (person == 0 || people_[person].name != folded_name_hash) continue;
        several = several || found != 0;
        found = person;
    }
    return several ? 0 : found;
}

std::uint32_t Roster::find_by_phone(std::uint64_t folded_name_hash, std::string_view phone_digits) const {
    const std::uint32_t phone = registry::phone_key(phone_digits);
    if (folded_name_hash == 0 || phone == 0) return 0;
    std::uint32_t found = 0;
    std::size_t at = phone_slot(folded_name_hash, phone);
    while (phone_slots_[at] != 0) {
        const std::uint32_t person = phone_slots_[at];
        if (people_[person].name == folded_name_hash && people_[person].phone == phone) {
            if (found != 0) return 0;
            found = person;
        }
        if (++at == phone_slots_.size()) at = 0;
    }
    return found;
}

Result<void> Roster::save(column::ByteSink& sink) const {
    return sink.write({image_.get(), image_bytes_});
}

Result<Roster> Roster::open(const std::filesystem::path& file) {
    std::size_t bytes = 0;
    std::shared_ptr<const std::byte> image = TRY(map_image(file, bytes));
    return of_image(std::move(image), bytes, file);
}

Result<Roster> Roster::open(const column::ByteSource& source) {
    const std::size_t bytes = source.size();
    std::shared_ptr<std::byte> image = new_image(std::max<std::size_t>(bytes, 1));
    TRY_VOID(source.read(0, {image.get(), bytes}));
    return of_image(std::move(image), bytes, source.name());
}

Result<Roster> Roster::of_image(std::shared_ptr<const std::byte> image, std::size_t bytes,
                                const std::filesystem::path& file) {
    Layout layout;
    TRY_VOID(layout.read(image.get(), bytes, file));
    Roster roster;
    roster.point_into(image.get(), layout);
    roster.image_ = std::move(image);
    return roster;
}

}  // namespace doudi::match
