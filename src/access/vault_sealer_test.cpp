// SPDX-License-Identifier: Apache-2.0
#include "access/vault_sealer.h"

#include <doctest/doctest.h>

#include "access/access_test_support.h"

namespace doudi::access {

TEST_CASE("a sealed secret opens at its place, with its key, unedited, and not otherwise") {
    const store::TestFolder folder;
    const auto file = value(vault::KeyFile::create(folder / "keys", day_of(2026, 1, 1)));
    for (const auto suite : {vault::Suite::aes_256_gcm, vault::Suite::sm4_hmac_sm3}) {
        const std::vector keys{vault::KeyRing::new_key(file, suite, 1, day_of(2026, 1, 1))};
        auto ring = value(vault::KeyRing::open(file, suite, file.ring(), keys));
        const VaultSealer sealer(ring);
        const std::string secret("a secret\0with a zero", 20);
        const std::string sealed = value(sealer.seal(secret, "account/totp_secret/1"));
        CHECK(sealed.find("secret") == std::string::npos);
        CHECK(value(sealer.open(sealed, "account/totp_secret/1")) == secret);
        CHECK(code_of(sealer.open(sealed, "account/totp_secret/2")) == "sealed_damaged");
        for (std::size_t at = 2; at < sealed.size(); ++at) {
            std::string edited = sealed;
            edited[at] = edited[at] == '0' ? '1' : '0';
            CHECK(code_of(sealer.open(edited, "account/totp_secret/1")) == "sealed_damaged");
        }
        for (const char* nonsense : {"", "1", "1:", "x:00", "1:zz", "1:00"})
            CHECK(code_of(sealer.open(nonsense, "account/totp_secret/1")) == "sealed_damaged");
        CHECK(value(sealer.open(value(sealer.seal("", "p")), "p")).empty());
    }
}

TEST_CASE("an office without keys keeps no secret that must be sealed") {
    const NoSealer sealer;
    CHECK(code_of(sealer.seal("x", "p")) == "keys_missing");
    CHECK(code_of(sealer.open("1:00", "p")) == "keys_missing");
}

}  // namespace doudi::access
