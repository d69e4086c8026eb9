// SPDX-License-Identifier: Apache-2.0
#include "match/roster_image.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/hash.h"

namespace doudi::match {

namespace {

constexpr std::uint64_t largest = std::uint64_t{1} << 32U;

std::unexpected<Error> damaged(const std::filesystem::path& file) {
    return fail(
        ErrorKind::unreadable, "roster_damaged",
        {"名册文件已损坏或不是本程序的名册", "the roster file is damaged, or not a roster of this program"},
        file.string());
}

}  // namespace

void Roster::Layout::plan(std::uint64_t numbers, std::uint64_t phones, std::uint64_t persons,
                          std::uint64_t households) {
    header.bloom_words = std::max<std::uint64_t>(1, numbers * 16 / 64 + 1);
    header.slots = numbers + numbers / 2 + 2;  // two thirds full at most: a miss ends soon
    header.persons = persons;
    header.phone_slots = phones + phones / 2 + 2;
    header.households = households;
    place();
}

void Roster::Layout::place() {
    bytes = sizeof(RosterHeader);
    const auto reserve = [this](std::uint64_t count, std::uint64_t width) {
        const std::uint64_t at = (bytes + 63) / 64 * 64;
        bytes = at + count * width;
        return at;
    };
    bloom = reserve(header.bloom_words, 8);
    slot_number = reserve(header.slots, 8);
    slot_person = reserve(header.slots, 4);
    people = reserve(header.persons, sizeof(Person));
    phone_slots = reserve(header.phone_slots, 4);
    household_size = reserve(header.households, 4);
}

Result<void> Roster::Layout::read(const std::byte* image, std::size_t size,
                                  const std::filesystem::path& file) {
    const RosterHeader expected;
    if (size < sizeof header) return damaged(file);
    std::memcpy(&header, image, sizeof header);
    if (std::memcmp(header.magic, expected.magic, sizeof header.magic) != 0 ||
        header.version != expected.version) {
        return damaged(file);
    }
    for (const std::uint64_t count :
         {header.bloom_words, header.slots, header.persons, header.phone_slots, header.households}) {
        if (count == 0 || count > largest) return damaged(file);
    }
    place();
    if (bytes != size) return damaged(file);
    const std::uint64_t seen =
        hash64({reinterpret_cast<const char*>(image) + sizeof header, size - sizeof header});
    if (seen != header.fingerprint) return damaged(file);
    return {};
}

std::shared_ptr<std::byte> new_image(std::size_t bytes) {
    void* memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    ::madvise(memory, bytes, MADV_HUGEPAGE);  // best effort: probes are random
    return {static_cast<std::byte*>(memory), [bytes](std::byte* at) { ::munmap(at, bytes); }};
}

Result<std::shared_ptr<const std::byte>> map_image(const std::filesystem::path& file, std::size_t& bytes) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return fail(ErrorKind::io, "roster_open", {"无法打开名册文件", "cannot open the roster file"},
                    file.string());
    }
    struct stat status{};
    const bool known = ::fstat(descriptor, &status) == 0 && status.st_size > 0;
    bytes = known ? static_cast<std::size_t>(status.st_size) : 0;
    void* memory = known ? ::mmap(nullptr, bytes, PROT_READ, MAP_PRIVATE, descriptor, 0) : MAP_FAILED;
    ::close(descriptor);
    if (memory == MAP_FAILED) return damaged(file);
    return std::shared_ptr<const std::byte>(
        static_cast<const std::byte*>(memory),
        [size = bytes](const std::byte* at) { ::munmap(const_cast<std::byte*>(at), size); });
}

}  // namespace doudi::match
