// SPDX-License-Identifier: Apache-2.0
// Two offices for tests, a city and its county, each with a data folder of its own, and a line between them
// that a test may spoil.
#pragma once
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "access/staff_test_support.h"
#include "base/fake_clock.h"
#include "base/test_values.h"
#include "casework/verbs.h"
#include "exchange/outbox.h"
#include "exchange/taking.h"
#include "exchange/talk.h"
#include "policy/load.h"
#include "registry/fields.h"
#include "registry/proposals.h"
#include "registry/repository.h"
#include "registry/verbs.h"
#include "store/test_engines.h"
#include "store/test_sealed.h"

namespace doudi::exchange {

// The unassigned county code 441699: nobody has these numbers.
inline const std::string number_a = "441699197406129795";

inline const policy::Policy& law() {
    static const policy::Policy loaded = policy::load_policy(DOUDI_SOURCE_DIR, "guangdong-2021").value();
    return loaded;
}

inline const std::vector<Channel>& channels() {
    static const std::vector<Channel> loaded = [] {
        auto all = load_channels(std::filesystem::path(DOUDI_SOURCE_DIR) / "exchange");
        if (!all) FAIL(all.error().front().message(Lang::en));
        return std::move(*all);
    }();
    return loaded;
}
inline const Channel& channel(std::string_view id) {
    const auto found = std::ranges::find(channels(), id, &Channel::id);
    REQUIRE(found != channels().end());
    return *found;
}

inline Peer peer_of(std::string id, const Channel& of, std::string stands_for, std::string arrives_at) {
    constexpr std::size_t key_size = 32;
    Peer peer;
    peer.id = std::move(id);
    peer.channel = of;
    peer.url = "https://peer.example/frames";
    peer.keys.emplace_back(key_size);  // zeros: the same on both sides
    peer.stands_for = std::move(stands_for);
    peer.arrives_at = std::move(arrives_at);
    peer.time = std::chrono::seconds(1);
    peer.bytes = std::size_t{1} << 20U;
    peer.at_once = 3;
    peer.skew = std::chrono::seconds(300);
    return peer;
}

// A dataset of one household, with one member.
struct House {
    std::string code, address, head, number = number_a;
};

template <class Engine>
struct Office {
    // The peer is an office of ours, or none; of a county that knows the city above it, that city.
    Office(std::string own, std::string other, bool is_city, const store::SealChoice& seal = {},
           bool knows_city = false)
        : folder(value(store::DataFolder::create(engine.place(), {}, seal))) {
        std::vector<access::UnitRow> rows;
        const auto add = [&](const char* code, const char* kind, const char* parent, const char* region) {
            access::UnitRow row;
            row.place = code;
            row.code = code;
            row.title = code;
            row.kind = kind;
            row.parent = parent;
            row.region = region;
            row.from = "2020-01-01";
            rows.push_back(row);
        };
        const bool has_city = is_city || knows_city;
        if (has_city) add("city", "city", "", "4416");
        add("county", "county", has_city ? "city" : "", "441699");
        (void)value(access::load_units(folder.database(), rows));
        units = value(access::read_units(folder.database()));
        const unsigned county = units.find("county")->id.value();
        const auto added = access::add_staff(folder.database(), clock.now(),
                                             {{county, ""}, {county, ""}, {county, ""}, {county, ""}});
        REQUIRE(added.has_value());
        peers.own = std::move(own);
        const char* stands_for = is_city ? "county" : knows_city ? "city" : "";
        peers.all.push_back(
            peer_of(std::move(other), channel("doudi"), stands_for, is_city ? "city" : "county"));
    }

    casework::Desk cases() {
        return {{folder.database(), folder.seal()},
                [](std::string_view, Date) {
                    return std::shared_ptr<const policy::Pack>(std::shared_ptr<const policy::Pack>(),
                                                               &law().pack);
                },
                units,
                law().calendar,
                clock};
    }
    repository::Shelf shelf() { return {folder.database(), folder.seal()}; }
    Peer& peer() { return peers.all.front(); }
    access::UnitId unit(std::string_view code) { return units.find(code)->id; }
    [[nodiscard]] Date today() const { return civil_day(clock.now()); }

    // The rows are on the register at once.
    void put(const std::vector<House>& houses) {
        const auto publish = value(folder.begin_publish("register", AsOf{today()}, "{}"));
        auto loader = value(registry::RegisterLoader::begin(folder, publish));
        std::uint32_t row = 0;
        for (const House& house : houses) {
            registry::HouseholdRow out;
            out.row = ++row;
            out.code = house.code;
            out.region = "441699101001";
            out.address = house.address;
            out.head_name = house.head;
            out.category = "extreme_poverty";
            done(loader.add(out));
        }
        for (const House& house : houses)
            done(loader.add(
                registry::MemberRow{++row, house.code, house.head, house.number, "户主", "男", ""}));
        (void)value(loader.finish());
        done(folder.publish(publish));
        (void)value(access::place_new_households(folder.database(), unit("county"), today()));
    }
    std::string address(std::string_view code) {
        const auto id = value(registry::find_by_code(folder, folder.current(), code));
        if (id == HouseholdId()) return "none";
        return value(registry::read_household(folder, folder.current(), id)).address;
    }

    Told tell() {
        auto desk_cases = cases();
        Desk desk{folder, desk_cases, units, peers, clock};
        return value(exchange::tell(desk, peer()));
    }
    Taken take() {
        auto desk_cases = cases();
        Desk desk{folder, desk_cases, units, peers, clock};
        TakingDesk taking{desk, "guangdong-2021", 1};
        return value(exchange::take(taking, peer()));
    }
    Result<Answered> hear(const std::string& body) {
        auto rows = shelf();
        return answer(peers, peer(), rows, clock.now(), body, nobody);
    }
    Round call(const Post& post) {
        auto rows = shelf();
        return value(exchange::call(peers, peer(), rows, clock, nobody, post));
    }
    std::uint64_t out_in(std::string_view state) {
        auto rows = shelf();
        for (const auto& one : value(repository::count_out(rows, peer().id)))
            if (one.state == state) return one.count;
        return 0;
    }
    std::uint64_t in_in(std::string_view state) {
        auto rows = shelf();
        for (const auto& one : value(repository::count_in(rows, peer().id)))
            if (one.state == state) return one.count;
        return 0;
    }
    std::vector<Difference> differences() {
        auto rows = shelf();
        return value(repository::list_differences(rows, peer().id, 100));
    }
    std::vector<OutRow> outs() {
        auto rows = shelf();
        return value(repository::list_out(rows, peer().id, "", 0, 1000));
    }
    std::vector<InRow> ins() {
        auto rows = shelf();
        return value(repository::list_in(rows, peer().id, "", 0, 1000));
    }
    // A person accepts all that a proposal says.
    void accept(PublishId proposal) {
        const auto found = value(registry::find_proposal(folder, proposal));
        REQUIRE(found);
        const auto publish = value(folder.begin_publish("register", AsOf{today()}, "{}"));
        const registry::Decision decision{
            true, registry::ProposalPart::What::all, {1, "person"}, "", clock.now()};
        (void)value(registry::decide_rows(folder, publish, *found, {}, decision));
        done(folder.publish(publish));
        (void)value(access::place_new_households(folder.database(), unit("county"), today()));
    }

    // --- cases
    casework::CaseId raise(std::string_view code) {
        casework::OpenRequest request;
        request.machine = "warning";
        request.pack = "guangdong-2021";
        request.household = value(registry::find_by_code(folder, folder.current(), code));
        request.unit = unit("city");
        request.first = {"raise", today(), {{"event", {"1"}}, {"level", {"red"}}}, ""};
        auto desk = cases();
        const casework::Actor program{access::UserId(), {"monitoring"}, access::UnitId(), "", "", ""};
        return value(casework::open_case(desk, program, request)).of;
    }
    casework::Moved move(const casework::Actor& who, casework::CaseId of, std::string_view name,
                         casework::Fields fields = {}) {
        auto desk = cases();
        return value(casework::move_case(desk, who, of, std::nullopt,
                                         {std::string(name), today(), std::move(fields), ""}));
    }
    std::string state(casework::CaseId of) {
        auto desk = cases();
        return value(casework::read_case(desk, of, today())).state.state;
    }
    // Of a case that a message of the peer opened.
    std::optional<casework::repository::CaseRow> opened(casework::CaseId theirs) {
        casework::repository::Shelf rows{folder.database(), folder.seal()};
        return value(casework::repository::select_by_source(
            rows, source_prefix(peer()) + std::to_string(theirs.value())));
    }

    static Result<void> nobody(const Peer&, std::span<const HouseholdId>) { return {}; }

    Engine engine;
    FakeClock clock{Instant(std::chrono::days(day("2025-06-30").days())) + std::chrono::hours(2)};
    store::DataFolder folder;
    access::UnitTree units;
    Peers peers;
};

inline const casework::Actor officer{
    access::UserId(1), {"city_monitor_officer"}, access::UnitId(1), "city", "", ""};
inline const casework::Actor worker{
    access::UserId(2), {"county_caseworker"}, access::UnitId(1), "county", "", ""};
inline const casework::Actor town{
    access::UserId(3), {"township_officer"}, access::UnitId(1), "county", "", ""};

template <class Engine>
struct Pair {
    explicit Pair(const store::SealChoice& seal = {})
        : city("city", "county", true, seal), county("county", "city", false, seal) {}

    // What the city's call becomes at the county.
    Post line() {
        return [this](const Peer&, const std::string& body) -> Result<std::string> {
            return TRY(county.hear(body)).body;
        };
    }
    casework::CaseId dispatched(std::string_view code) {
        const auto of = city.raise(code);
        REQUIRE(
            city.move(officer, of, "dispatch", {{"to_unit", {std::to_string(city.unit("county").value())}}})
                .kind == casework::Moved::Kind::made);
        return of;
    }
    // Until nothing is left to say.
    void settle() { settle(line()); }
    void settle(const Post& post) {
        for (int round = 0; round < 6; ++round) {
            city.tell();
            county.tell();
            city.clock.advance(std::chrono::hours(3));
            county.clock.advance(std::chrono::hours(3));
            (void)city.call(post);
            city.take();
            county.take();
        }
    }

    Office<Engine> city, county;
};

}  // namespace doudi::exchange
