// SPDX-License-Identifier: Apache-2.0
// The register's own files arrive: read whole, compared with what is kept, staged. Households before members.
// The first register becomes the register; one that comes while one stands is a proposal beside it, unless it
// is accepted in the same breath.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "intake/read.h"
#include "match/import.h"

namespace doudi::match {

struct RegisterImported {
    std::vector<FileReport> files;
    std::optional<RegisterProposed> proposed;
};

// All files of one call are one publication: households never stand without the members that came with them.
[[nodiscard]] Result<RegisterImported> import_register_files(store::DataFolder& store,
                                                             const policy::Policy& policy,
                                                             std::span<const intake::FeedFile> files,
                                                             AsOf as_of, const intake::ReadSettings& reading,
                                                             const RegisterTerms& terms);

// Accepts or refuses rows of a proposal, under a publication of its own. Conflict "proposal_settled": none of
// them is open.
[[nodiscard]] Result<registry::Decided> decide_proposal(store::DataFolder& store, PublishId proposal,
                                                        const registry::ProposalPart& part,
                                                        const registry::Decision& decision, unsigned threads);

}  // namespace doudi::match
