// SPDX-License-Identifier: Apache-2.0
// First requests: kept once, settled once, sealed with their folder, gone by their term.
#include "casework/first_requests.h"

#include <fmt/format.h>

#include "casework/kept_rows.h"
#include "casework/office_test_support.h"
#include "store/seal_in_place.h"
#include "store/test_engines.h"
#include "store/test_kept.h"
#include "store/test_sealed.h"

namespace doudi::casework {
namespace {

FirstRequest request(const std::string& key, Instant at) {
    FirstRequest asked;
    asked.client_key = key;
    asked.receipt = "r-" + key;
    asked.unit = UnitId(2);
    asked.machine = "application";
    asked.at = at;
    asked.told = {{std::string(first_name), {"周样例"}}, {std::string(first_phone), {"13800000000"}}};
    return asked;
}

// Of a folder of its own, for what needs one.
Desk desk_of(store::DataFolder& folder, const access::UnitTree& units, const Clock& clock) {
    return {{folder.database(), folder.seal()},
            [](std::string_view, Date) { return std::shared_ptr<const policy::Pack>(); },
            units,
            shipped("guangdong-2021").calendar,
            clock};
}

}  // namespace

TEST_CASE_TEMPLATE("of one key it is kept once, and it is settled once", Engine, ENGINES) {
    Office<Engine> office;
    const FirstRequest first = value(keep_first_request(office.desk, request("a", office.clock.now())));
    FirstRequest again = request("a", office.clock.now());
    again.told[std::string(first_name)] = {"另一人"};
    const FirstRequest same = value(keep_first_request(office.desk, again));
    CHECK(same.id == first.id);
    CHECK(first_of(same.told, first_name) == "周样例");
    const FirstRequest other = value(keep_first_request(office.desk, request("b", office.clock.now())));
    REQUIRE(value(list_first_requests(office.desk, true)).size() == 2);

    CHECK(value(decline_first_request(office.desk, other.id, "重复", UserId(2))));
    CHECK(!value(decline_first_request(office.desk, other.id, "又一次", UserId(3))));
    CHECK(value(find_first_request(office.desk, other.id))->reason == "重复");
    done(office.database.write([&]() -> Result<void> {
        CHECK(TRY(open_first_request(office.desk, first.id, CaseId(7), UserId(2))));
        CHECK(!TRY(open_first_request(office.desk, first.id, CaseId(8), UserId(2))));
        return {};
    }));
    CHECK(value(find_first_request(office.desk, first.id))->opened == CaseId(7));
    CHECK(value(list_first_requests(office.desk, true)).empty());
    CHECK(value(list_first_requests(office.desk, false)).size() == 2);
    CHECK(!value(find_first_request(office.desk, FirstRequestId(99))));
}

TEST_CASE_TEMPLATE("what was settled goes by its term, what waits stays", Engine, ENGINES) {
    Engine engine;
    store::KeptFolder kept(engine.place(), first_request_classes());
    FakeClock clock{Instant(std::chrono::days(day("2025-06-30").days()))};
    const access::UnitTree units = offices();
    Desk desk = desk_of(kept.data, units, clock);
    const FirstRequest settled = value(keep_first_request(desk, request("a", clock.now())));
    const FirstRequest waiting = value(keep_first_request(desk, request("b", clock.now())));
    REQUIRE(value(decline_first_request(desk, settled.id, "重复", UserId(2))));
    CHECK(kept.remove("first_request", clock.now()).empty());
    clock.advance(std::chrono::days(1));
    CHECK(kept.remove("first_request", clock.now()) ==
          std::vector<std::string>{std::to_string(settled.id.value())});
    CHECK(!value(find_first_request(desk, settled.id)));
    CHECK(value(find_first_request(desk, waiting.id)));
}

TEST_CASE("those of a plain folder are sealed with it, and read as before") {
    const store::TestFolder place;
    store::DataFolder folder = value(store::DataFolder::create(place / "data"));
    const FakeClock clock{Instant(std::chrono::days(day("2025-06-30").days()))};
    const access::UnitTree units = offices();
    const auto body = [&] {
        auto query = value(folder.database().prepare("select body from casework_first_request"));
        REQUIRE(value(query.step()));
        return query.text(0);
    };
    Desk before = desk_of(folder, units, clock);
    const FirstRequest kept = value(keep_first_request(before, request("a", clock.now())));
    CHECK(body().find("周样例") != std::string::npos);
    const std::vector<store::SealRows> rows{seal_casework_rows};
    done(store::seal_in_place(folder, store::sealed_by(vault::Suite::sm4_hmac_sm3), rows, {}));
    CHECK(body().empty());
    Desk after = desk_of(folder, units, clock);
    CHECK(first_of(value(find_first_request(after, kept.id))->told, first_name) == "周样例");
}

}  // namespace doudi::casework
