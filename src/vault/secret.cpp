// SPDX-License-Identifier: Apache-2.0
#include "vault/secret.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <new>
#include <utility>

#include "base/result.h"

namespace doudi::vault {

namespace {

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

Secret::Secret(std::size_t size) : size_(size) {
    if (size == 0) return;
    void* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    data_ = static_cast<std::byte*>(memory);
    (void)::mlock(memory, size);  // best effort: an unprivileged process may lock only so much
#ifdef MADV_DONTDUMP
    (void)::madvise(memory, size, MADV_DONTDUMP);
#endif
}

Secret Secret::random(std::size_t size) {
    Secret made(size);
    fill_random(made.bytes());
    return made;
}

Secret Secret::copy_of(std::span<const std::byte> bytes) {
    Secret made(bytes.size());
    std::ranges::copy(bytes, made.data_);
    return made;
}

Secret::Secret(Secret&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
}

Secret::~Secret() {
    if (data_ == nullptr) return;
    wipe(bytes());
    ::munmap(data_, size_);
}

void wipe(std::span<std::byte> bytes) {
    OPENSSL_cleanse(bytes.data(), bytes.size());
}

void fill_random(std::span<std::byte> out) {
    ensure(out.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()), "a few random bytes");
    ensure(RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(out.size())) == 1,
           "random bytes from the system");
}

bool equal_in_constant_time(std::span<const std::byte> left, std::span<const std::byte> right) {
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string hex_of(std::span<const std::byte> bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::byte byte : bytes) {
        text += digits[std::to_integer<unsigned>(byte >> 4U)];
        text += digits[std::to_integer<unsigned>(byte & std::byte{15})];
    }
    return text;
}

std::optional<std::vector<std::byte>> bytes_of_hex(std::string_view hex) {
    if (hex.size() % 2 != 0) return std::nullopt;
    std::vector<std::byte> bytes(hex.size() / 2);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const int high = digit_of(hex[2 * i]);
        const int low = digit_of(hex[2 * i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes[i] = static_cast<std::byte>(high * 16 + low);
    }
    return bytes;
}

}  // namespace doudi::vault
