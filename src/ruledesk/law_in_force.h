// SPDX-License-Identifier: Apache-2.0
// Which law an office works by on a day: the pack that was put into force (or the program's own, where none
// was), the office's figures laid over it. As known after one enactment, so that an old answer can be given
// again.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "policy/load.h"
#include "ruledesk/records.h"
#include "store/database.h"

namespace doudi::ruledesk {

struct LawAsked {
    std::optional<Date> day;             // of the question; none: as policy::LoadOptions
    std::optional<std::uint64_t> known;  // the last enactment that counts; none: all there are
    std::string pack;                    // another than the office's; empty: the office's
    // What the answer is for. A pack that only determines is never the law of warnings: the office goes on
    // monitoring by the pack before it. Conditions of warnings know no figures: of those only targets of
    // levels are laid over, so that no other figure makes a new pack.
    enum class Purpose : std::uint8_t { questions, warnings };
    Purpose purpose = Purpose::questions;
};

struct LawInForce {
    policy::Policy policy;
    std::uint64_t known = 0;   // what counted; 0: nothing was ever put into force
    std::string figures_hash;  // of the figures that were laid over; empty: none
};

// The program's law: root holds datasets/, packs/ and calendar/; `pack` is the data folder's setting.
struct ProgramLaw {
    std::filesystem::path root;
    std::string pack;
};

[[nodiscard]] policy::Loaded<LawInForce> law_in_force(store::Database& database, const ProgramLaw& program,
                                                      const LawAsked& asked);
[[nodiscard]] Result<std::vector<Enactment>> list_enactments(store::Database& database);
// The office's own figures as they hold, the later enactment's for the same place and first day.
[[nodiscard]] Result<std::vector<Figure>> list_figures(store::Database& database,
                                                       std::optional<std::uint64_t> known);

// Lays figures over a pack; those of parameters that the pack does not know are passed over. Gives the hash
// of what was laid over, empty for nothing.
[[nodiscard]] policy::Loaded<std::string> lay_over(std::span<const Figure> figures, policy::Pack& pack);

}  // namespace doudi::ruledesk
