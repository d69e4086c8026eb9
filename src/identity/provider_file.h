// SPDX-License-Identifier: Apache-2.0
// The providers of identities that an office takes the word of (docs/access.md shows a file). Every fault has
// its place; the client's secret stands in a file of its own, which nobody else may read.
#pragma once
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/text.h"

namespace doudi::identity {

struct ProviderRules {
    std::string id;  // of our own, in paths: "province"
    Text title;
    std::string issuer;  // https://…, as it stands in tokens
    std::string client;
    std::string secret;
    std::string return_to;  // the page of the web app to which the browser comes back
    std::vector<std::string> scopes;
    bool for_staff = false;
    bool for_citizens = false;
    std::string number_claim;     // the claim with the identity number; of one for citizens
    bool secret_in_body = false;  // client_secret_post instead of HTTP Basic
    std::filesystem::path ca_file;
    // Limits.
    std::chrono::seconds time{};        // of all calls that a request makes, together
    std::size_t bytes = 0;              // of an answer
    std::chrono::seconds skew{};        // how far its clock may lie from ours
    std::chrono::seconds fresh{};       // how long discovery and keys are kept
    std::chrono::seconds fresh_keys{};  // at most this often for a key that is not known
    int at_once = 0;                    // requests that call it side by side
};

[[nodiscard]] std::expected<std::vector<ProviderRules>, std::vector<Error>> load_providers(
    const std::filesystem::path& file);

}  // namespace doudi::identity
