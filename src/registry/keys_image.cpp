// SPDX-License-Identifier: Apache-2.0
#include "registry/keys_image.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/hash.h"

namespace doudi::registry {

namespace {

// The version changes with the layout and with what keys are made of (keys.h).
struct Header {
    char magic[8] = {'D', 'O', 'U', 'D', 'I', 'K', 'E', 'Y'};
    std::uint64_t version = 1;
    std::uint64_t fingerprint = 0;  // of the parts' fingerprints
    RowsMark mark;
    std::uint64_t members = 0;     // the largest PersonId and one
    std::uint64_t households = 0;  // the largest HouseholdId and one
    std::uint64_t code_bytes = 0;
};
static_assert(std::is_trivially_copyable_v<Header> && std::has_unique_object_representations_v<RowsMark>);
static_assert(sizeof(MemberKeys) == 32 && std::is_trivially_copyable_v<MemberKeys>);

template <class T>
std::string_view text_of(std::span<const T> items) {
    return {reinterpret_cast<const char*>(items.data()), items.size() * sizeof(T)};
}

std::uint64_t fingerprint_of(const RegisterIndex::Views& parts) {
    const std::array<std::uint64_t, 4> each{hash64(text_of(parts.members)),
                                            hash64(text_of(std::span<const std::uint64_t>(parts.contents))),
                                            hash64(text_of(parts.code_ends)), hash64(parts.codes)};
    return hash64({reinterpret_cast<const char*>(each.data()), sizeof each});
}

std::unexpected<Error> none(const column::ByteSource& source) {
    return fail(
        ErrorKind::unreadable, "keys_image",
        {"名册索引不可用，将从数据库重建", "the register's keys are no use; they are read from the rows"},
        source.name());
}

template <class T>
Result<void> read_items(const column::ByteSource& source, std::uint64_t& at, std::vector<T>& out,
                        std::uint64_t count) {
    out.resize(count);
    TRY_VOID(source.read(at, std::as_writable_bytes(std::span(out))));
    at += count * sizeof(T);
    return {};
}

// Whether every code and household that is pointed at is there; the fingerprint alone is against accidents.
bool is_sound(const RegisterIndex::Parts& parts) {
    const auto inside = [&](const MemberKeys& keys) { return keys.household < parts.contents.size(); };
    return std::ranges::is_sorted(parts.code_ends) && parts.code_ends.front() == 0 &&
           parts.code_ends.back() == parts.codes.size() && std::ranges::all_of(parts.members, inside);
}

}  // namespace

Result<void> save_keys(const RegisterIndex& index, const RowsMark& mark, column::ByteSink& sink) {
    const RegisterIndex::Views parts = index.parts();
    Header header;
    header.fingerprint = fingerprint_of(parts);
    header.mark = mark;
    header.members = parts.members.size();
    header.households = parts.contents.size();
    header.code_bytes = parts.codes.size();
    TRY_VOID(sink.write(std::as_bytes(std::span(&header, 1))));
    TRY_VOID(sink.write(std::as_bytes(parts.members)));
    TRY_VOID(sink.write(std::as_bytes(std::span(parts.contents))));
    TRY_VOID(sink.write(std::as_bytes(parts.code_ends)));
    return sink.write(std::as_bytes(std::span(parts.codes.data(), parts.codes.size())));
}

Result<RegisterIndex> load_keys(const column::ByteSource& source, const RowsMark& mark) {
    constexpr std::uint64_t largest = std::uint64_t{1} << 32U;
    const Header expected;
    Header header;
    if (source.size() < sizeof header) return none(source);
    TRY_VOID(source.read(0, std::as_writable_bytes(std::span(&header, 1))));
    const bool is_ours = std::memcmp(header.magic, expected.magic, sizeof header.magic) == 0 &&
                         header.version == expected.version && header.mark == mark;
    if (!is_ours || header.members == 0 || header.households == 0 || header.members > largest ||
        header.households > largest || header.code_bytes > source.size() ||
        source.size() != sizeof header + header.members * sizeof(MemberKeys) +
                             header.households * 2 * sizeof(std::uint64_t) + header.code_bytes)
        return none(source);
    RegisterIndex::Parts parts;
    std::uint64_t at = sizeof header;
    TRY_VOID(read_items(source, at, parts.members, header.members));
    TRY_VOID(read_items(source, at, parts.contents, header.households));
    TRY_VOID(read_items(source, at, parts.code_ends, header.households));
    parts.codes.resize(header.code_bytes);
    TRY_VOID(source.read(at, std::as_writable_bytes(std::span(parts.codes.data(), parts.codes.size()))));
    if (!is_sound(parts)) return none(source);
    RegisterIndex index = RegisterIndex::of(std::move(parts));
    if (fingerprint_of(index.parts()) != header.fingerprint) return none(source);
    return index;
}

}  // namespace doudi::registry
