// SPDX-License-Identifier: Apache-2.0
// The law of each case: a case is handled to its end by the pack in force when it was opened, so many days'
// law is wanted at once. What was read is kept, one copy of each version.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "archive/press.h"
#include "policy/pack.h"
#include "ruledesk/law_in_force.h"

namespace doudi::http {

class CaseLaw {
  public:
    explicit CaseLaw(ruledesk::ProgramLaw program) : program_(std::move(program)), press_(program_.root) {}
    // Null: there is no such pack, or it has faults.
    [[nodiscard]] std::shared_ptr<const policy::Pack> of(store::Database& database, std::string_view pack,
                                                         Date opened_on);
    // Something was put into force.
    void changed();
    // The papers of each pack.
    [[nodiscard]] archive::Press& press() { return press_; }

  private:
    using Held = std::shared_ptr<const policy::Policy>;
    [[nodiscard]] Held shared_copy(Held fresh, const std::string& figures);

    ruledesk::ProgramLaw program_;
    archive::Press press_;
    std::mutex mutex_;
    std::map<std::pair<std::string, Date>, Held> by_day_;
    std::map<std::pair<std::string, std::string>, Held>
        by_content_;  // of the pack and of the figures over it
};

}  // namespace doudi::http
