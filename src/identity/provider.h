// SPDX-License-Identifier: Apache-2.0
// One provider of identities at work: where a browser is sent, and whom the provider vouches for when it
// comes back. What it tells of itself (discovery) and its keys are kept for a while. For all threads; calls
// block, for so long as its file says at most.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "identity/id_token.h"
#include "identity/provider_file.h"

namespace doudi::identity {

class Provider {
  public:
    Provider(ProviderRules rules, const Clock& clock);
    Provider(const Provider&) = delete;
    Provider& operator=(const Provider&) = delete;
    ~Provider();
    [[nodiscard]] const ProviderRules& rules() const;

    // The address for the browser. `verifier`: of PKCE; its SHA-256 goes along.
    [[nodiscard]] Result<std::string> way_there(std::string_view state, std::string_view nonce,
                                                std::string_view verifier) const;
    // Errors: "busy" (limit), "outside_unreachable" (cancelled), "outside_answer", "outside_token" (invalid;
    // `where` says which check), "outside_code" (invalid): the provider does not take the code.
    [[nodiscard]] Result<Vouched> come_back(std::string_view code, std::string_view nonce,
                                            std::string_view verifier) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

using Providers = std::vector<std::unique_ptr<Provider>>;
// Null: there is none of that id.
[[nodiscard]] const Provider* find_provider(const Providers& providers, std::string_view id);

}  // namespace doudi::identity
