// SPDX-License-Identifier: Apache-2.0
// A desk on a store that is open, with one warning: for tests that open the same store more than once.
#pragma once
#include <string>
#include <string_view>
#include <utility>

#include "casework/office_test_support.h"
#include "store/test_engines.h"

namespace doudi::casework {

struct Bench {
    // As Office: whoever is named in a move has an account there.
    explicit Bench(store::Database open) : database(std::move(open)) {
        if (!value(access::repository::select_accounts(database)).empty()) return;
        done(access::add_staff(database, clock.now(),
                               {{1, ""}, {2, ""}, {2, ""}, {4, "hr"}, {1, ""}, {3, ""}, {2, ""}, {3, ""}}));
    }

    store::Database database;
    FakeClock clock{Instant(std::chrono::days(day("2025-06-30").days())) + std::chrono::hours(2)};
    access::UnitTree units = offices();
    Desk desk{{database, nullptr},
              [](std::string_view id, Date) {
                  std::shared_ptr<const policy::Pack> none;
                  return id == "guangdong-2021"
                             ? std::shared_ptr<const policy::Pack>(none, &shipped("guangdong-2021").pack)
                             : none;
              },
              units,
              shipped("guangdong-2021").calendar,
              clock};

    [[nodiscard]] Date today() const { return civil_day(clock.now()); }
    Moved open(std::string_view level = "red") {
        OpenRequest request;
        request.machine = "warning";
        request.pack = "guangdong-2021";
        request.household = HouseholdId(5);
        request.unit = UnitId(1);
        request.first = {"raise", today(), {{"event", {"1"}}, {"level", {std::string(level)}}}, ""};
        return value(open_case(desk, program, request));
    }
    Moved move(const Actor& who, CaseId of, std::string_view move, Fields fields = {}, std::string key = "") {
        return value(move_case(desk, who, of, std::nullopt,
                               {std::string(move), today(), std::move(fields), std::move(key)}));
    }
    CaseId accepted() {
        const CaseId of = open().of;
        move(county, of, "dispatch", {{"to_unit", {"2"}}});
        REQUIRE(move(township, of, "accept").kind == Moved::Kind::made);
        return of;
    }
};

}  // namespace doudi::casework
