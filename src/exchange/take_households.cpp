// SPDX-License-Identifier: Apache-2.0
#include "exchange/take_households.h"

#include <fmt/format.h>

#include <algorithm>

#include "registry/proposals.h"
#include "registry/repository.h"
#include "registry/verbs.h"

namespace doudi::exchange {

using repository::Shelf;

namespace {

enum class Verdict : std::uint8_t { same, fresh, changed, conflict, ended };

std::string_view name_of(Verdict verdict) {
    constexpr std::string_view names[] = {"same", "new", "changed", "conflict", "ended"};
    return names[static_cast<std::size_t>(verdict)];
}

struct Judged {
    HouseholdMessage message;
    Verdict verdict{};
};
using Laid = std::vector<Judged*>;

class HouseholdTaker {
  public:
    HouseholdTaker(TakingDesk& taking, const Peer& peer, Taken& taken)
        : taking_(taking), desk_(taking.desk), peer_(peer), shelf_(taking.desk.shelf()), taken_(taken) {}

    Result<void> take(std::vector<HouseholdMessage> messages) {
        std::vector<Judged> all;
        for (HouseholdMessage& message : messages) all.push_back(TRY(judge(std::move(message))));
        Laid plain;
        for (Judged& one : all) {
            if (one.verdict == Verdict::fresh || one.verdict == Verdict::changed) plain.push_back(&one);
        }
        if (!plain.empty()) TRY_VOID(propose(plain));
        for (Judged& one : all) {
            if (one.verdict == Verdict::conflict) TRY_VOID(propose({&one}));
        }
        return shelf_.database.write([&]() -> Result<void> {
            for (Judged& one : all) {
                if (one.verdict == Verdict::same) TRY_VOID(settle(one, "same"));
                if (one.verdict == Verdict::ended) TRY_VOID(settle_difference(one, PublishId()));
            }
            return {};
        });
    }

  private:
    Result<Judged> judge(HouseholdMessage message) {
        Judged judged{std::move(message), Verdict::fresh};
        const Content& theirs = judged.message.content;
        const std::string code = first_word(theirs.fields, "code");
        const HouseholdId id = TRY(registry::find_by_code(desk_.data, desk_.data.current(), code));
        judged.message.row.household = id;
        const bool ended = !first_word(theirs.fields, "ended_on").empty();
        if (id == HouseholdId()) {
            judged.verdict = ended ? Verdict::same : Verdict::fresh;
            return judged;
        }
        taken_.households.push_back(id);
        const Content ours = TRY(excerpt_of(desk_.data, id));
        if (ended) {
            judged.verdict = first_word(ours.fields, "ended_on").empty() ? Verdict::ended : Verdict::same;
        } else if (says_the_same(ours, theirs)) {
            judged.verdict = Verdict::same;
        } else {
            const auto known = TRY(repository::known_household(shelf_, peer_.id, code));
            judged.verdict = judged.message.row.basis >= known.sent ? Verdict::changed : Verdict::conflict;
        }
        return judged;
    }

    // Within a transaction: how the message stands, and that the peer's word about this household is known.
    Result<void> settle(Judged& one, std::string outcome) {
        InRow& row = one.message.row;
        row.state = in::taken;
        row.outcome = std::move(outcome);
        return write(one);
    }

    Result<void> write(const Judged& one) {
        const InRow& row = one.message.row;
        ++(row.state == in::taken ? taken_.taken : taken_.refused);
        TRY_VOID(repository::settle(shelf_, row, desk_.clock.now()));
        const std::string& code = one.message.rows.household.code;
        auto known = TRY(repository::known_household(shelf_, peer_.id, code));
        known.taken = std::max(known.taken, row.number);
        return repository::put_known(shelf_, peer_.id, code, known);
    }

    Result<void> settle_difference(Judged& one, PublishId proposal) {
        const InRow& row = one.message.row;
        TRY_VOID(repository::insert_difference(shelf_, {peer_.id,
                                                        row.number,
                                                        one.message.rows.household.code,
                                                        row.household,
                                                        std::string(name_of(one.verdict)),
                                                        proposal,
                                                        desk_.clock.now(),
                                                        std::nullopt,
                                                        {}}));
        return settle(one, proposal == PublishId() ? "ended" : fmt::format("proposal/{}", proposal.value()));
    }

    // A row that the register's loader refuses is the message's refusal. By the number of the row.
    static void note_findings(const registry::RegisterLoad& load, const std::vector<Judged*>& of_row) {
        for (const registry::RegisterFinding& finding : load.findings) {
            if (!finding.refused()) continue;
            InRow& row = of_row[finding.row - 1]->message.row;
            const bool member = finding.file == registry::RegisterFile::members;
            row.state = in::refused;
            row.why = {member ? "members" : "code",
                       registry::describe(finding, {"该行", "the row"}, {"先前的登记", "an earlier one"})};
        }
    }

    Result<registry::RegisterLoad> lay(registry::RegisterLoader& loader, const Laid& laid,
                                       std::vector<Judged*>& of_row) {
        for (Judged* one : laid) {
            registry::HouseholdRow row = one->message.rows.household;
            of_row.push_back(one);
            row.row = static_cast<std::uint32_t>(of_row.size());
            TRY_VOID(loader.add(row));
        }
        for (Judged* one : laid) {
            for (registry::MemberRow row : one->message.rows.members) {
                of_row.push_back(one);
                row.row = static_cast<std::uint32_t>(of_row.size());
                TRY_VOID(loader.add(row));
            }
        }
        return loader.finish();
    }

    registry::Proposal proposal_of(PublishId publish, const registry::NextIds& first,
                                   const registry::RegisterLoad& load) const {
        const access::Unit* unit = desk_.units.find(peer_.arrives_at);
        const auto last = [](std::uint32_t first_new, std::uint64_t many) {
            return first_new + static_cast<std::uint32_t>(many) - 1;
        };
        return {.id = publish,
                .base = desk_.data.current(),
                .as_of = desk_.today(),
                .unit = unit == nullptr ? 0 : unit->id.value(),
                .first_household = first.household,
                .first_member = first.person,
                .last_household = HouseholdId(last(first.household.value(), load.households.added)),
                .last_member = PersonId(last(first.person.value(), load.members.added))};
    }

    // One publication of kind proposal, with the messages settled in the transaction that makes it one.
    Result<void> propose(const Laid& laid) {
        store::DataFolder& folder = desk_.data;
        const PublishId publish =
            TRY(folder.begin_publish("proposal", AsOf{desk_.today()},
                                     fmt::format(R"({{"kind":"proposal","as_of":"{}","exchange":"{}"}})",
                                                 desk_.today().iso(), peer_.id)));
        auto loader =
            TRY(registry::RegisterLoader::begin(folder, publish, taking_.threads, registry::Laying::propose));
        std::vector<Judged*> of_row;
        const registry::RegisterLoad load = TRY(lay(loader, laid, of_row));
        note_findings(load, of_row);
        if (!load.changes_anything()) {
            TRY_VOID(folder.withdraw(publish));
            return shelf_.database.write([&] { return settle_all(laid, PublishId()); });
        }
        TRY_VOID(registry::stage_proposal(folder, proposal_of(publish, loader.first_new(), load)));
        TRY_VOID(folder.publish(publish, [&] { return settle_all(laid, publish); }));
        ++taken_.proposals;
        return {};
    }

    // 0: what was laid says nothing that the register does not say.
    Result<void> settle_all(const Laid& laid, PublishId proposal) {
        for (Judged* one : laid) {
            if (one->message.row.state == in::refused) {
                TRY_VOID(write(*one));
            } else if (proposal == PublishId()) {
                TRY_VOID(settle(*one, "same"));
            } else {
                TRY_VOID(settle_difference(*one, proposal));
            }
        }
        return {};
    }

    TakingDesk& taking_;
    Desk& desk_;
    const Peer& peer_;
    Shelf shelf_;
    Taken& taken_;
};

}  // namespace

Result<void> take_households(TakingDesk& taking, const Peer& peer, std::vector<HouseholdMessage> messages,
                             Taken& taken) {
    return HouseholdTaker(taking, peer, taken).take(std::move(messages));
}

}  // namespace doudi::exchange
