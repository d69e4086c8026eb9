// SPDX-License-Identifier: Apache-2.0
// An office with its people and one warning, on either store: for tests of this room.
#pragma once
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "base/fake_clock.h"
#include "casework/verbs.h"
#include "policy/load.h"
#include "store/test_engines.h"

namespace doudi::casework {

inline Date day(std::string_view iso) {
    return Date::parse_iso(iso).value();
}

inline const policy::Policy& guangdong() {
    static const policy::Policy loaded = policy::load_policy(DOUDI_SOURCE_DIR, "guangdong-2021").value();
    return loaded;
}

inline std::shared_ptr<const policy::Pack> on_the_shelf(std::string_view id, Date) {
    if (id != "guangdong-2021") return nullptr;
    return {std::shared_ptr<const policy::Pack>(), &guangdong().pack};
}

template <class T>
T value(Result<T> result) {
    if (!result) FAIL(result.error().code << ": " << result.error().message(Lang::en));
    return std::move(*result);
}
template <class T>
std::string code_of(const Result<T>& result) {
    return result ? "done" : result.error().code;
}

inline const Actor county{UserId(1), {"county_caseworker"}, UnitId(1), "county", "", ""};
inline const Actor township{UserId(2), {"township_officer"}, UnitId(2), "township", "", ""};
inline const Actor colleague{UserId(3), {"township_officer"}, UnitId(2), "township", "", ""};
inline const Actor program{UserId(), {"monitoring"}, UnitId(), "", "", ""};
inline const Fields seen{{"outcome", {"true_"}}, {"officers", {"2", "3"}}, {"note", {"病重"}}};

// A desk on a store that is open.
struct Bench {
    explicit Bench(store::Database open) : database(std::move(open)) {}

    store::Database database;
    FakeClock clock{Instant(std::chrono::days(day("2025-06-30").days())) + std::chrono::hours(2)};
    Desk desk{{database, nullptr},
              on_the_shelf,
              [](UnitId) { return std::string("441699"); },
              guangdong().calendar,
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
    void go_on(int days) { clock.advance(std::chrono::days(days)); }
};

template <class Engine>
struct HasEngine {
    Engine engine;
};
// The same on a store of its own.
template <class Engine>
struct Office : HasEngine<Engine>, Bench {
    Office() : Bench(value(this->engine.open())) {}
};

}  // namespace doudi::casework
