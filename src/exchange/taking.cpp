// SPDX-License-Identifier: Apache-2.0
#include "exchange/taking.h"

#include <algorithm>

#include "exchange/outbox.h"
#include "exchange/take_case.h"
#include "exchange/take_households.h"
#include "exchange/take_request.h"

namespace doudi::exchange {

namespace json = boost::json;
using repository::Shelf;

namespace {

// Households that are compared together: so many, and each once.
constexpr std::size_t most_together = 500;

class Taker {
  public:
    Taker(TakingDesk& taking, const Peer& peer) : taking_(taking), peer_(peer), shelf_(taking.desk.shelf()) {}

    Result<Taken> run() {
        std::int64_t next = 0;
        std::int64_t last = 0;
        {
            const Standing standing = TRY(repository::standing(shelf_, peer_.id));
            next = standing.settled + 1;
            last = standing.arrived;
        }
        for (; next <= last; ++next) {
            auto row = TRY(repository::select_in(shelf_, peer_.id, next));
            ensure(row.has_value(), "it came");
            if (row->state == in::kept) TRY_VOID(take(std::move(*row)));
        }
        TRY_VOID(take_waiting());
        return std::move(taken_);
    }

  private:
    Result<void> take(InRow row) {
        const MessageRule* rule = peer_.channel.taken_up(row.kind);
        if (row.forgotten) {
            row.state = in::taken;
            row.outcome = "forgotten";
            return settle_in_turn(row);
        }
        if (rule == nullptr)
            return refuse(row, {"kind", {"通道没有这类消息", "the channel takes no such message"}});
        boost::system::error_code failure;
        const json::value body = json::parse(row.body, failure);
        ensure(!failure && body.is_object(), "we wrote it");
        auto content = to_ours(peer_.channel, *rule, body.get_object());
        if (!content) return refuse(row, std::move(content).error());
        if (rule->about == MessageRule::About::household) return wait(std::move(row), std::move(*content));
        TRY_VOID(take_waiting());
        return shelf_.database.write_beside([&]() -> Result<void> {
            const auto take = rule->about == MessageRule::About::request ? take_request : take_case;
            TRY_VOID(take(taking_, peer_, *rule, *content, row));
            return settle(row);
        });
    }

    Result<void> wait(InRow row, Content content) {
        auto rows = rows_of(content);
        if (!rows) return refuse(row, std::move(rows).error());
        const auto same = [&](const HouseholdMessage& one) {
            return one.rows.household.code == rows->household.code;
        };
        if (waiting_.size() == most_together || std::ranges::any_of(waiting_, same)) TRY_VOID(take_waiting());
        waiting_.push_back({std::move(row), std::move(content), std::move(*rows)});
        return {};
    }

    // What we changed meanwhile is told first: only then is it known who knew of what.
    Result<void> take_waiting() {
        if (waiting_.empty()) return {};
        (void)TRY(tell(taking_.desk, peer_));
        return take_households(taking_, peer_, std::exchange(waiting_, {}), taken_);
    }

    Result<void> refuse(InRow& row, Refusal why) {
        row.state = in::refused;
        row.why = std::move(why);
        return settle_in_turn(row);
    }

    // After those that wait: a number is settled when all before it are.
    Result<void> settle_in_turn(const InRow& row) {
        TRY_VOID(take_waiting());
        return shelf_.database.write_beside([&] { return settle(row); });
    }

    Result<void> settle(const InRow& row) {
        ++(row.state == in::taken ? taken_.taken : taken_.refused);
        if (row.household != HouseholdId()) taken_.households.push_back(row.household);
        return repository::settle(shelf_, row, taking_.desk.clock.now());
    }

    TakingDesk& taking_;
    const Peer& peer_;
    Shelf shelf_;
    std::vector<HouseholdMessage> waiting_;
    Taken taken_;
};

}  // namespace

Result<Taken> take(TakingDesk& taking, const Peer& peer) {
    return Taker(taking, peer).run();
}

}  // namespace doudi::exchange
