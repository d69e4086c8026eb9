// SPDX-License-Identifier: Apache-2.0
// What exactly a proposal would do, as the text that is approved: always the same text for the same thing.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "access/masking.h"
#include "base/id.h"
#include "http/request/failure.h"
#include "ruledesk/verbs.h"

namespace doudi::http {

struct FiguresPayload {
    std::string pack;  // whose parameters they are
    std::vector<ruledesk::Figure> figures;
};
// Whole numbers of the people of a list, for a purpose. Those that are named here and no others leave.
struct RevealPayload {
    struct Household {
        HouseholdId id;
        std::string code;
        std::vector<PersonId> persons;
    };
    access::FieldClass field{};
    std::string purpose;  // id of access/roles.yaml
    std::string case_ref;
    std::vector<Household> households;
};
// A person, or a whole household, is forgotten (forget.h): these people and no others.
struct ForgetPayload {
    HouseholdId household;
    std::string code;
    bool whole = false;  // the household too
    std::vector<PersonId> persons;
};
// Headings that an office keeps for files to come, or does so no longer.
struct HeadingsPayload {
    struct Column {
        std::string heading;
        std::string field;
    };
    std::uint32_t unit = 0;  // that keeps them
    bool keeps = true;
    std::string dataset;
    std::vector<Column> columns;
};
using ProposalPayload =
    std::variant<FiguresPayload, ruledesk::PackProposal, RevealPayload, ForgetPayload, HeadingsPayload>;

[[nodiscard]] access::Thing thing_of(const ProposalPayload& payload);
[[nodiscard]] std::string_view kind_of(const ProposalPayload& payload);
[[nodiscard]] std::string text_of(const ProposalPayload& payload);
// A text that this program did not write is a conflict (proposal_damaged).
[[nodiscard]] Outcome<ProposalPayload> read_payload(const std::string& text);

}  // namespace doudi::http
