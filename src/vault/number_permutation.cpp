// SPDX-License-Identifier: Apache-2.0
#include "vault/number_permutation.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/result.h"
#include "vault/digest.h"

namespace doudi::vault {

namespace {

// Numbers that go through a round together: the cipher's units work at all of them at once.
constexpr std::size_t strip = 64;
constexpr std::size_t cipher_block = 16;
constexpr unsigned rounds = 6;
constexpr std::uint32_t low_mask = 0x7FFFFFFF;  // the lower half has 31 bits
constexpr std::uint64_t top_bit = std::uint64_t{1} << 63U;

const EVP_CIPHER* method() {
    static const EVP_CIPHER* const aes = EVP_CIPHER_fetch(nullptr, "AES-128-ECB", nullptr);
    ensure(aes != nullptr, "AES of OpenSSL");
    return aes;
}

}  // namespace

struct NumberPermutation::State {
    explicit State(const Secret& key) : context(EVP_CIPHER_CTX_new()) {
        ensure(context != nullptr &&
                   EVP_EncryptInit_ex2(context, method(),
                                       reinterpret_cast<const unsigned char*>(key.bytes().data()), nullptr,
                                       nullptr) == 1,
               "AES of OpenSSL");
        EVP_CIPHER_CTX_set_padding(context, 0);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        EVP_CIPHER_CTX_free(context);
        wipe(std::as_writable_bytes(std::span(blocks)));
    }

    // Of the halves: `in` is what goes into the round function, `out` what it is added to.
    void round(unsigned number, const std::array<std::uint32_t, strip>& in,
               std::array<std::uint32_t, strip>& out, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            blocks[2 * i] = std::uint64_t{number} << 32U | in[i];
            blocks[2 * i + 1] = 0;
        }
        auto* bytes = reinterpret_cast<unsigned char*>(blocks.data());
        int done = 0;
        ensure(EVP_EncryptUpdate(context, bytes, &done, bytes, static_cast<int>(count * cipher_block)) == 1,
               "AES of OpenSSL");
        const std::uint32_t mask = number % 2 == 0 ? ~std::uint32_t{0} : low_mask;
        for (std::size_t i = 0; i < count; ++i) out[i] ^= static_cast<std::uint32_t>(blocks[2 * i]) & mask;
    }

    void run(std::span<std::uint64_t> numbers, bool hide) {
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            low[i] = static_cast<std::uint32_t>(numbers[i]) & low_mask;
            high[i] = static_cast<std::uint32_t>(numbers[i] >> 31U);
        }
        for (unsigned i = 0; i < rounds; ++i) {
            const unsigned number = hide ? i : rounds - 1 - i;
            if (number % 2 == 0) {
                round(number, low, high, numbers.size());
            } else {
                round(number, high, low, numbers.size());
            }
        }
        for (std::size_t i = 0; i < numbers.size(); ++i)
            numbers[i] = (numbers[i] & top_bit) | std::uint64_t{high[i]} << 31U | low[i];
    }

    EVP_CIPHER_CTX* context;
    std::array<std::uint64_t, 2 * strip> blocks{};
    std::array<std::uint32_t, strip> low{};
    std::array<std::uint32_t, strip> high{};
};

NumberPermutation::NumberPermutation(std::span<const std::byte> key, std::string_view purpose)
    : state_(std::make_unique<State>(derive(key, purpose, 16))) {}
NumberPermutation::NumberPermutation(NumberPermutation&&) noexcept = default;
NumberPermutation& NumberPermutation::operator=(NumberPermutation&&) noexcept = default;
NumberPermutation::~NumberPermutation() = default;

void NumberPermutation::hide(std::span<std::uint64_t> numbers) {
    for (std::size_t at = 0; at < numbers.size(); at += strip)
        state_->run(numbers.subspan(at, std::min(strip, numbers.size() - at)), true);
}

void NumberPermutation::show(std::span<std::uint64_t> numbers) {
    for (std::size_t at = 0; at < numbers.size(); at += strip)
        state_->run(numbers.subspan(at, std::min(strip, numbers.size() - at)), false);
}

std::uint64_t NumberPermutation::hidden(std::uint64_t number) {
    hide({&number, 1});
    return number;
}

}  // namespace doudi::vault
