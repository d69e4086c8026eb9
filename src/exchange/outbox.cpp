// SPDX-License-Identifier: Apache-2.0
#include "exchange/outbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "casework/returned/first_requests.h"
#include "exchange/excerpt.h"
#include "registry/changed_repository.h"
#include "registry/repository.h"
#include "vault/secret.h"

namespace doudi::exchange {

namespace json = boost::json;
using casework::CaseEvent;
using casework::CaseHead;
using casework::CaseState;
using repository::Shelf;

namespace {

constexpr std::size_t portion = 200;

bool names(const std::vector<std::string>& ids, std::string_view id) {
    return std::ranges::find(ids, id) != ids.end();
}

std::string source_of(casework::CaseId of, int event, const MessageRule& rule) {
    return fmt::format("case/{}/{}/{}", of.value(), event, rule.id);
}

std::string new_message_id() {
    std::array<std::byte, 16> bytes{};
    vault::fill_random(bytes);
    return vault::hex_of(bytes);
}

bool is_above(const Desk& desk, const access::Unit& theirs, const access::Unit& ours) {
    return theirs.id != ours.id && desk.units.within(ours.id, theirs.id, desk.today());
}

// To the peer's office, or one below it; of an office above ours to it and to those beside us, not to our
// own.
bool is_handed_to(const Desk& desk, const Peer& peer, const CaseState& state) {
    const access::Unit* theirs = peer.stands_for.empty() ? nullptr : desk.units.find(peer.stands_for);
    const access::Unit* ours = desk.units.find(peer.arrives_at);
    const std::string to = casework::first_of(state.fields, casework::unit_field);
    std::uint32_t unit = 0;
    std::from_chars(to.data(), to.data() + to.size(), unit);
    if (theirs == nullptr || unit == 0) return false;
    const auto is_within = [&](access::UnitId above) {
        return desk.units.within(access::UnitId(unit), above, desk.today());
    };
    if (ours != nullptr && is_above(desk, *theirs, *ours) && is_within(ours->id)) return false;
    return is_within(theirs->id);
}

// Writes one message as the channel asks; what it cannot say is held with the reason.
class Writer {
  public:
    Writer(Desk& desk, const Peer& peer) : desk_(desk), peer_(peer), shelf_(desk.shelf()) {}

    Result<OutRow> put(const MessageRule& rule, const Content& content, std::string source,
                       HouseholdId household, std::int64_t basis) {
        OutRow row;
        row.peer = peer_.id;
        row.message = new_message_id();
        row.kind = rule.id;
        row.source = std::move(source);
        row.household = household;
        row.made_at = desk_.clock.now();
        row.basis = basis;
        row.state = out::queued;
        auto body = to_theirs(peer_.channel, rule, content);
        if (body) {
            row.body = json::serialize(*body);
            ++told.queued;
        } else {
            row.state = out::held;
            row.why = std::move(body).error();
            ++told.held;
        }
        TRY_VOID(repository::insert_out(shelf_, row));
        return row;
    }

    Told told;

  private:
    Desk& desk_;
    const Peer& peer_;
    Shelf shelf_;
};

// --- cases ---

class CaseTeller {
  public:
    CaseTeller(Desk& desk, const Peer& peer, Writer& writer)
        : desk_(desk), peer_(peer), writer_(writer), shelf_(desk.shelf()) {}

    // A portion of the cases of one machine; false: there are no more.
    Result<bool> some(const std::string& machine) {
        bool more = false;
        TRY_VOID(shelf_.database.write_beside([&]() -> Result<void> {
            const auto cases = TRY(repository::select_untold(shelf_, peer_.id, machine, portion));
            more = cases.size() == portion;
            for (const auto& one : cases) TRY_VOID(tell(casework::CaseId(one.id), one.told));
            return {};
        }));
        return more;
    }

    // One event once more, by its rule.
    Result<void> again(casework::CaseId of, int number, const MessageRule& rule, const std::string& source) {
        const auto row = TRY(casework::repository::select_case(desk_.cases.shelf, of));
        if (!row) return {};
        CaseState state;
        for (const CaseEvent& event :
             TRY(casework::repository::select_events(desk_.cases.shelf, row->head))) {
            casework::fold(state, event);
            if (event.number == number) return put(row->head, event, state, rule, source);
        }
        return {};
    }

  private:
    Result<void> tell(casework::CaseId of, int told) {
        const auto row = TRY(casework::repository::select_case(desk_.cases.shelf, of));
        ensure(row.has_value(), "the case is there");
        CaseState state;
        const auto events = TRY(casework::repository::select_events(desk_.cases.shelf, row->head));
        for (const CaseEvent& event : events) {
            casework::fold(state, event);
            if (event.number > told) TRY_VOID(tell_event(row->head, event, state));
        }
        return repository::put_told(shelf_, peer_.id, of.value(), static_cast<int>(events.size()));
    }

    Result<void> tell_event(const CaseHead& head, const CaseEvent& event, const CaseState& state) {
        for (const MessageRule& rule : peer_.channel.sends) {
            if (rule.about != MessageRule::About::case_ || !names(rule.machines, head.machine)) continue;
            if (!names(rule.moves, event.move) || !concerns(rule, head, state)) continue;
            TRY_VOID(put(head, event, state, rule, source_of(head.id, event.number, rule)));
        }
        return {};
    }

    bool concerns(const MessageRule& rule, const CaseHead& head, const CaseState& state) const {
        using enum MessageRule::Whose;
        const bool is_asked = head.source.starts_with(source_prefix(peer_));
        if (rule.whose == asked) return is_asked;
        if (rule.whose == theirs) return is_handed_to(desk_, peer_, state);
        const access::Unit* own = desk_.units.find(peer_.arrives_at);
        if (own == nullptr) return false;
        const bool is_own = desk_.units.within(head.unit, own->id, desk_.today());
        if (rule.whose == ours) return is_own;
        const access::Unit* above = peer_.stands_for.empty() ? nullptr : desk_.units.find(peer_.stands_for);
        if (is_asked || above == nullptr || !is_above(desk_, *above, *own)) return false;
        // Some packs have a warning raised at an office above ours: here its people are ours all the same.
        return is_own || desk_.units.within(own->id, head.unit, desk_.today());
    }

    Result<void> put(const CaseHead& head, const CaseEvent& event, const CaseState& state,
                     const MessageRule& rule, const std::string& source) {
        Content content{state.fields, {}};
        const auto say = [&](std::string_view field, std::string value) {
            content.fields[std::string(field)] = {std::move(value)};
        };
        for (const auto& [field, values] : event.fields)
            content.fields[std::string(told_prefix) + field] = values;
        say(case_number, std::to_string(head.id.value()));
        say(case_move, event.move);
        say(case_on, event.on.iso());
        say(case_state, event.to);
        if (head.source.starts_with(source_prefix(peer_)))
            say(case_answers, head.source.substr(source_prefix(peer_).size()));
        const HouseholdId household = head.household.value_or(HouseholdId());
        if (head.household)
            say(case_household,
                TRY(registry::read_household(desk_.data, desk_.data.current(), household)).code);
        if (head.household && !rule.members_as.empty())
            content.members = TRY(excerpt_of(desk_.data, household)).members;
        (void)TRY(writer_.put(rule, content, source, household, 0));
        return {};
    }

    Desk& desk_;
    const Peer& peer_;
    Writer& writer_;
    Shelf shelf_;
};

// --- requests that the peer sent ---

class RequestTeller {
  public:
    RequestTeller(Desk& desk, const Peer& peer, Writer& writer)
        : desk_(desk), peer_(peer), writer_(writer), shelf_(desk.shelf()) {}

    // How each stands, where that was not told yet.
    Result<void> all(const MessageRule& rule) {
        for (bool more = true; more;) {
            TRY_VOID(shelf_.database.write_beside([&]() -> Result<void> {
                const auto ids = TRY(repository::select_untold_requests(shelf_, peer_.id, rule.id, portion));
                more = ids.size() == portion;
                for (const std::int64_t id : ids) TRY_VOID(put(id, rule));
                return {};
            }));
        }
        return {};
    }

    // As it stands by now.
    Result<void> put(std::int64_t id, const MessageRule& rule) {
        const auto found = TRY(casework::find_first_request(
            desk_.cases, casework::FirstRequestId(static_cast<std::uint64_t>(id))));
        if (!found) return {};  // its term is over
        const std::string prefix = source_prefix(peer_);
        ensure(found->client_key.starts_with(prefix), "the peer sent it");
        Content content;
        const auto say = [&](std::string_view field, std::string value) {
            if (!value.empty()) content.fields[std::string(field)] = {std::move(value)};
        };
        say(case_answers, found->client_key.substr(prefix.size()));
        say(request_receipt, found->receipt);
        say(request_state, found->state);
        say(request_reason, found->reason);
        if (found->opened) say(case_number, std::to_string(found->opened->value()));
        say(case_on, desk_.today().iso());
        std::string source = repository::request_source(id, found->state, rule.id);
        if (TRY(repository::is_told(shelf_, peer_.id, source))) return {};
        (void)TRY(writer_.put(rule, content, std::move(source), HouseholdId(), 0));
        return {};
    }

  private:
    Desk& desk_;
    const Peer& peer_;
    Writer& writer_;
    Shelf shelf_;
};

// --- the register ---

class RegisterTeller {
  public:
    RegisterTeller(Desk& desk, const Peer& peer, Writer& writer)
        : desk_(desk), peer_(peer), writer_(writer), shelf_(desk.shelf()), current_(desk.data.current()) {}

    Result<void> all(const MessageRule& rule) {
        const PublishId after(TRY(repository::standing(shelf_, peer_.id)).register_at);
        if (after >= current_) return {};
        const auto changed = TRY(registry::changed_between(desk_.data, after, current_));
        if (!changed.empty()) TRY_VOID(read_facts(rule, changed.front()));
        for (std::size_t from = 0; from < changed.size(); from += portion) {
            const auto some = std::span(changed).subspan(from, std::min(portion, changed.size() - from));
            TRY_VOID(shelf_.database.write_beside([&]() -> Result<void> {
                for (const HouseholdId household : some) TRY_VOID(tell(household, rule));
                return {};
            }));
        }
        TRY_VOID(again(rule));
        return shelf_.database.write_beside(
            [&] { return repository::put_register_at(shelf_, peer_.id, current_); });
    }

    Result<void> put(HouseholdId household, const MessageRule& rule, std::string source) {
        const Content content = TRY(content_of(household, rule));
        const std::string code = first_word(content.fields, "code");
        auto known = TRY(repository::known_household(shelf_, peer_.id, code));
        const OutRow row = TRY(writer_.put(rule, content, std::move(source), household, known.taken));
        if (row.number == 0) return {};
        known.sent = row.number;
        return repository::put_known(shelf_, peer_.id, code, known);
    }

    // Once more after a publication: what could not be said for want of a fact may be known by now.
    Result<void> again(const MessageRule& rule) {
        if (std::ranges::all_of(rule.fields, [](const FieldRule& field) { return field.with.empty(); }))
            return {};
        std::int64_t before = 0;
        for (;;) {
            const auto held = TRY(repository::list_out(shelf_, peer_.id, out::held, before, portion));
            if (!held.empty()) TRY_VOID(read_facts(rule, held.front().household));
            TRY_VOID(shelf_.database.write_beside([&]() -> Result<void> {
                for (const OutRow& row : held) {
                    if (row.kind == rule.id) TRY_VOID(again(row, rule));
                }
                return {};
            }));
            if (held.size() < portion) return {};
            before = held.back().id;
        }
    }

  private:
    // Facts are read of the whole register when the first is asked: not while a transaction keeps others
    // waiting.
    Result<void> read_facts(const MessageRule& rule, HouseholdId household) {
        for (const FieldRule& field : rule.fields)
            if (!field.with.empty() && desk_.fact_of) (void)TRY(desk_.fact_of(household, field.with));
        return {};
    }

    Result<void> again(const OutRow& row, const MessageRule& rule) {
        if (!to_theirs(peer_.channel, rule, TRY(content_of(row.household, rule)))) return {};
        TRY_VOID(repository::delete_out(shelf_, peer_.id, row.id));
        return put(row.household, rule, row.source);
    }

    // The register's excerpt, with the facts that its codes are parted by.
    Result<Content> content_of(HouseholdId household, const MessageRule& rule) {
        Content content = TRY(excerpt_of(desk_.data, household));
        for (const FieldRule& field : rule.fields) {
            const std::string word = first_word(content.fields, field.ours);
            if (!desk_.fact_of || !is_parted(peer_.channel, field, word)) continue;
            std::string told = TRY(desk_.fact_of(household, field.with));
            if (!told.empty()) content.fields[std::string(fact_prefix) + field.with] = {std::move(told)};
        }
        return content;
    }

    Result<void> tell(HouseholdId household, const MessageRule& rule) {
        std::string source = fmt::format("household/{}/{}/{}", household.value(), current_.value(), rule.id);
        if (TRY(repository::is_told(shelf_, peer_.id, source))) return {};
        if (!TRY(in_reach(desk_, peer_, household))) return {};
        return put(household, rule, std::move(source));
    }

    Desk& desk_;
    const Peer& peer_;
    Writer& writer_;
    Shelf shelf_;
    PublishId current_;
};

std::int64_t part_of(std::string_view source, int part) {
    for (int i = 0; i < part; ++i) source.remove_prefix(std::min(source.find('/') + 1, source.size()));
    std::int64_t value = 0;
    std::from_chars(source.data(), source.data() + source.size(), value);
    return value;
}

// Within a transaction: the row goes, and what it told is told anew.
Result<void> replace(Desk& desk, const Peer& peer, const OutRow& row, const MessageRule& rule) {
    Shelf shelf = desk.shelf();
    TRY_VOID(repository::delete_out(shelf, peer.id, row.id));
    Writer writer(desk, peer);
    if (rule.about == MessageRule::About::household) {
        RegisterTeller teller(desk, peer, writer);
        return teller.put(HouseholdId(static_cast<std::uint32_t>(part_of(row.source, 1))), rule, row.source);
    }
    if (rule.about == MessageRule::About::request)
        return RequestTeller(desk, peer, writer).put(part_of(row.source, 1), rule);
    CaseTeller teller(desk, peer, writer);
    return teller.again(casework::CaseId(static_cast<std::uint64_t>(part_of(row.source, 1))),
                        static_cast<int>(part_of(row.source, 2)), rule, row.source);
}

}  // namespace

std::string source_prefix(const Peer& peer) {
    return fmt::format("exchange/{}/", peer.id);
}

Result<bool> was_told_of(Desk& desk, const Peer& peer, casework::CaseId of, int events) {
    Shelf shelf = desk.shelf();
    for (const MessageRule& rule : peer.channel.sends) {
        if (rule.whose == MessageRule::Whose::upwards)
            continue;  // it is told how it stands, and handed nothing
        for (int event = 1; rule.about == MessageRule::About::case_ && event <= events; ++event) {
            if (TRY(repository::is_told(shelf, peer.id, source_of(of, event, rule)))) return true;
        }
    }
    return false;
}

Result<Told> tell(Desk& desk, const Peer& peer) {
    Shelf shelf = desk.shelf();
    TRY_VOID(shelf.database.write_beside([&] { return repository::make_peer(shelf, peer.id); }));
    Writer writer(desk, peer);
    CaseTeller cases(desk, peer, writer);
    RegisterTeller households(desk, peer, writer);
    std::set<std::string> machines;
    for (const MessageRule& rule : peer.channel.sends) {
        if (rule.about == MessageRule::About::household) {
            TRY_VOID(households.all(rule));
            continue;
        }
        if (rule.about == MessageRule::About::request) {
            TRY_VOID(RequestTeller(desk, peer, writer).all(rule));
            continue;
        }
        for (const std::string& machine : rule.machines) {
            if (!machines.insert(machine).second) continue;
            while (TRY(cases.some(machine))) {
            }
        }
    }
    return writer.told;
}

Result<void> tell_again(Desk& desk, const Peer& peer, std::int64_t id) {
    Shelf shelf = desk.shelf();
    return shelf.database.write_beside([&]() -> Result<void> {
        const auto row = TRY(repository::select_out(shelf, peer.id, id));
        if (!row)
            return fail(ErrorKind::not_found, "message_unknown",
                        {"没有这条消息", "there is no such message"});
        if (TRY(repository::queue_given_up(shelf, peer.id, id)) == 1) return {};
        const MessageRule* rule = peer.channel.sent(row->kind);
        if (rule == nullptr || (row->state != out::refused && row->state != out::held))
            return fail(ErrorKind::conflict, "message_settled",
                        {"这条消息不需要重发", "this message need not be sent again"});
        return replace(desk, peer, *row, *rule);
    });
}

}  // namespace doudi::exchange
