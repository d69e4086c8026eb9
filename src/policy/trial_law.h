// SPDX-License-Identifier: Apache-2.0
// For tests: a copy of the law with the invented notice of testdata/law as packs/trial.
#pragma once
#include "policy/load.h"
#include "policy/test_law.h"

namespace doudi::policy {

class TrialLaw : public TestLaw {
  public:
    TrialLaw() {
        std::filesystem::copy(std::filesystem::path(DOUDI_SOURCE_DIR) / "src/policy/testdata/law",
                              root() / "packs/trial", std::filesystem::copy_options::recursive);
    }

    [[nodiscard]] Loaded<Policy> load(std::string_view id = "trial", const LoadOptions& options = {}) const {
        return load_policy(root(), id, options);
    }
    [[nodiscard]] std::vector<std::string> fault_codes(std::string_view id = "trial",
                                                       const LoadOptions& options = {}) const {
        const Loaded<Policy> policy = load(id, options);
        return policy ? std::vector<std::string>{} : codes_of(policy.error());
    }
};

}  // namespace doudi::policy
