// SPDX-License-Identifier: Apache-2.0
#include "http/lists/workbook_secret.h"

#include "access/vault_sealer.h"
#include "http/register/repository.h"
#include "http/request/page.h"
#include "vault/digest.h"
#include "vault/purpose.h"

namespace doudi::http {

Result<std::string> workbook_secret(const store::DataFolder& folder, store::Database& database) {
    constexpr std::size_t key_bytes = 32;
    std::string secret = access::folder_key(folder, vault::purpose_workbook);
    if (!secret.empty()) return secret;
    const std::string signing = TRY(signing_key(database, random_hex(key_bytes)));
    const vault::Secret key = vault::derive(vault::bytes_of(signing), vault::purpose_workbook, key_bytes);
    return std::string(reinterpret_cast<const char*>(key.bytes().data()), key.bytes().size());
}

}  // namespace doudi::http
