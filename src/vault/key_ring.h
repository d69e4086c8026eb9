// SPDX-License-Identifier: Apache-2.0
// The keys of one data folder while it is open. Envelope: a data key (32 random bytes) is wrapped by a master
// key of the key file and lies, wrapped, with the data; what is sealed is sealed by keys derived from a data
// key, one for each purpose (purpose.h). So the master key is changed by wrapping a few data keys anew
// (rotation), and no purpose's key tells anything of another's.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "vault/key_file.h"
#include "vault/sealer.h"
#include "vault/secret.h"

namespace doudi::vault {

// A data key as it lies with the data. Its id, as people see it: <ring>/<number>.
struct WrappedKey {
    std::uint32_t number = 0;  // from 1
    Date created_on;
    bool active = false;  // one is: new things are sealed with it; the others open what was sealed with them
    std::string master;   // id of the master key that wraps it
    std::string wrapped;  // "1:" or "2:" (the suite), then hexadecimal digits
};

class KeyRing {
  public:
    // keys_other_ring, master_key_missing, data_key_damaged name the ids.
    [[nodiscard]] static Result<KeyRing> open(const KeyFile& file, Suite suite, std::uint64_t ring,
                                              std::span<const WrappedKey> wrapped);
    // A fresh data key under the file's active master key.
    [[nodiscard]] static WrappedKey new_key(const KeyFile& file, Suite suite, std::uint32_t number,
                                            Date created_on);
    // The same data key under the file's active master key.
    [[nodiscard]] static Result<WrappedKey> wrap_anew(const KeyFile& file, Suite suite,
                                                      const WrappedKey& key);

    [[nodiscard]] std::uint64_t ring() const { return ring_; }
    [[nodiscard]] Suite suite() const { return suite_; }
    [[nodiscard]] std::uint32_t active() const { return active_; }
    // The data key whose blind indexes and permutations the folder uses: those must not change.
    [[nodiscard]] std::uint32_t first() const { return keys_.front().number; }

    // data_key_missing names the id.
    [[nodiscard]] Result<std::shared_ptr<const SealKey>> seal_key(std::uint32_t number, Suite suite,
                                                                  std::string_view purpose) const;
    // A key for something of its own: a hash chain, a blind index. The number must be first() or active().
    [[nodiscard]] Secret derived(std::uint32_t number, std::string_view purpose, std::size_t size) const;
    [[nodiscard]] std::string name_of(std::uint32_t number) const;  // "5f0c8d2a91b3e764/1"

  private:
    struct Key {
        std::uint32_t number;
        Secret key;
    };
    // Keys that were derived, so that each is derived once: for all threads.
    struct Derived;
    [[nodiscard]] const Key* find(std::uint32_t number) const;
    std::uint64_t ring_ = 0;
    Suite suite_ = Suite::aes_256_gcm;
    std::uint32_t active_ = 0;
    std::vector<Key> keys_;  // by number
    std::shared_ptr<Derived> derived_;
};

}  // namespace doudi::vault
