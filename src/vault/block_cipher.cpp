// SPDX-License-Identifier: Apache-2.0
#include "vault/block_cipher.h"

#include <openssl/evp.h>

#include "base/result.h"

namespace doudi::vault {

namespace {

const EVP_CIPHER* sm4() {
    static const EVP_CIPHER* const method = EVP_CIPHER_fetch(nullptr, "SM4-ECB", nullptr);
    ensure(method != nullptr, "SM4 of OpenSSL");
    return method;
}

}  // namespace

struct BlockCipher::State {
    State() : context(EVP_CIPHER_CTX_new()) {
        ensure(context != nullptr && EVP_EncryptInit_ex2(context, sm4(), nullptr, nullptr, nullptr) == 1 &&
                   EVP_CIPHER_CTX_set_padding(context, 0) == 1,
               "a cipher of OpenSSL");
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { EVP_CIPHER_CTX_free(context); }
    EVP_CIPHER_CTX* context;
};

BlockCipher::BlockCipher() : state_(std::make_unique<State>()) {}
BlockCipher::BlockCipher(BlockCipher&&) noexcept = default;
BlockCipher& BlockCipher::operator=(BlockCipher&&) noexcept = default;
BlockCipher::~BlockCipher() = default;

void BlockCipher::set_key(std::span<const std::byte, bytes> key) {
    ensure(EVP_EncryptInit_ex2(state_->context, nullptr, reinterpret_cast<const unsigned char*>(key.data()),
                               nullptr, nullptr) == 1,
           "a cipher of OpenSSL");
}

void BlockCipher::encrypt(std::span<std::byte> blocks) {
    ensure(blocks.size() % bytes == 0, "whole blocks");
    int done = 0;
    auto* at = reinterpret_cast<unsigned char*>(blocks.data());
    ensure(EVP_EncryptUpdate(state_->context, at, &done, at, static_cast<int>(blocks.size())) == 1,
           "a cipher of OpenSSL");
}

}  // namespace doudi::vault
