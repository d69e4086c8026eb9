// SPDX-License-Identifier: Apache-2.0
#include "exchange/take_request.h"

#include <fmt/format.h>

#include "base/id_number.h"
#include "casework/repository.h"
#include "casework/returned/first_requests.h"
#include "exchange/taker.h"
#include "store/sha256.h"

namespace doudi::exchange {

namespace {

// By what the office and the one who asked call it; of one filing always the same.
std::string receipt_of(const std::string& key) {
    constexpr std::size_t digits = 10;
    const std::string text = "first request " + key;
    store::Sha256 digest;
    digest.add(std::as_bytes(std::span(text.data(), text.size())));
    return digest.hex().substr(0, digits);
}

class RequestTaker : Taker {
  public:
    using Taker::Taker;

    Result<void> take() {
        casework::FirstRequest request;
        request.machine = word("machine");
        const auto pack = casework::need_pack(desk_.cases, taking_.pack, desk_.today());
        if (!pack) return std::unexpected(pack.error());
        if (!casework::is_open_to_filing((*pack)->law, request.machine))
            return refuse("machine", {"这件事不能网上提出", "this is not asked for online"});
        const IdText number = read_id_text(word("identity_number"));
        if (number.kind != IdTextKind::valid)
            return refuse("identity_number", {"不是有效的公民身份号码", "it is no identity number"});
        const access::Unit* own = desk_.units.find(peer_.arrives_at);
        const access::Unit* unit = desk_.units.of_region(word("region"), desk_.today());
        if (own == nullptr || unit == nullptr || !desk_.units.within(unit->id, own->id, desk_.today()))
            return refuse("region", {"不是接收单位辖区内的地方",
                                     "it is no place within the reach of the office where it arrives"});
        request.client_key = source_prefix(peer_) + word(case_asked);
        // The request itself goes by its term; the case that came of it stays.
        if (const auto opened =
                TRY(casework::repository::select_by_source(desk_.cases.shelf, request.client_key))) {
            row_.household = opened->head.household.value_or(HouseholdId());
            return taken(fmt::format("case/{}", opened->head.id.value()));
        }
        request.receipt = receipt_of(request.client_key);
        request.unit = unit->id;
        request.at = desk_.clock.now();
        put(request, casework::first_name, word("name"));
        put(request, casework::first_number, std::string(number.view()));
        put(request, casework::first_phone, word("phone"));
        put(request, casework::first_need, word("need"));
        auto kept = casework::keep_first_request_within(desk_.cases, request);
        if (!kept && kept.error().kind == ErrorKind::conflict) return refuse("", kept.error().text);
        if (!kept) return std::unexpected(std::move(kept).error());
        return taken(fmt::format("request/{}", kept->id.value()));
    }

  private:
    static void put(casework::FirstRequest& request, std::string_view field, std::string value) {
        if (!value.empty()) request.told[std::string(field)] = {std::move(value)};
    }
};

}  // namespace

Result<void> take_request(TakingDesk& taking, const Peer& peer, const MessageRule& rule,
                          const Content& content, InRow& row) {
    return RequestTaker(taking, peer, rule, content, row).take();
}

}  // namespace doudi::exchange
