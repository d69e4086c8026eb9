// SPDX-License-Identifier: Apache-2.0
// The register in a sealed folder: the same for who reads it, and nothing of a person in the database's
// bytes.
#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "registry/register_seal.h"
#include "registry/repository.h"
#include "registry/retention.h"
#include "registry/shredding.h"
#include "store/key_rotation.h"
#include "store/seal_in_place.h"
#include "store/test_sealed.h"

namespace doudi::registry {
namespace {

// The unassigned county code 441699: nobody has these numbers.
const IdNumber number_a = *IdNumber::parse("441699197406129795");
const IdNumber number_b = *IdNumber::parse("441699196202063566");

struct Office {
    store::TestFolder place;
    store::DataFolder data;
    PublishId publish;

    explicit Office(std::optional<vault::Suite> suite) : data(make(place, suite)) {
        const auto begun = data.begin_publish("register", AsOf{*Date::from_ymd(2025, 3, 31)}, "{}");
        REQUIRE(begun);
        publish = *begun;
    }
    static store::DataFolder make(const store::TestFolder& place, std::optional<vault::Suite> suite) {
        auto made = store::DataFolder::create(place / "data", {}, {suite, {}, Date::from_days(20000)});
        REQUIRE(made);
        return std::move(*made);
    }
    void stage() {
        Household household;
        household.id = HouseholdId(1);
        household.code = "LC1";
        household.region = "441622102201";
        household.address = "龙川县义都镇1组33号";
        household.head_name = "顾娜平";
        household.category = "低保对象";
        household.income_per_head_month = Money::fen(63'271);
        REQUIRE(stage_households(data, publish, {&household, 1}));
        const std::vector<Member> members{
            {PersonId(1), HouseholdId(1), "顾娜平", number_a, "户主", "女", "13800000000"},
            {PersonId(2), HouseholdId(1), "欧阳无此", std::nullopt, "子", "男", ""}};
        REQUIRE(stage_members(data, publish, members));
    }
    void change(const std::string& sql) {
        REQUIRE(data.database().write([&] { return data.database().execute(sql); }));
    }
};

constexpr std::optional<vault::Suite> every_suite[] = {std::nullopt, vault::Suite::aes_256_gcm,
                                                       vault::Suite::sm4_hmac_sm3};

}  // namespace

TEST_CASE("sealed or not, the register reads back as it was staged, whole, by one and by keys") {
    for (const auto& suite : every_suite) {
        Office office(suite);
        office.stage();
        const auto all = read_register(office.data, office.publish);
        REQUIRE(all);
        REQUIRE(all->households.size() == 1);
        CHECK(all->households[0].address == "龙川县义都镇1组33号");
        CHECK(all->households[0].head_name == "顾娜平");
        CHECK(all->households[0].code == "LC1");
        CHECK(all->households[0].income_per_head_month == Money::fen(63'271));
        REQUIRE(all->members.size() == 2);
        CHECK(all->members[0].name == "顾娜平");
        CHECK(all->members[0].id_number == number_a);
        CHECK(all->members[0].phone == "13800000000");
        CHECK(all->members[0].sex == "女");
        CHECK(all->members[1].name == "欧阳无此");
        CHECK(!all->members[1].id_number);
        CHECK(all->members[1].phone.empty());
        CHECK(read_member(office.data, office.publish, PersonId(1))->name == "顾娜平");
        CHECK(read_household(office.data, office.publish, HouseholdId(1))->head_name == "顾娜平");
        REQUIRE(office.data.publish(office.publish));  // other connections see it
        const auto keys = read_member_keys(office.data, office.publish, 2);
        REQUIRE(keys);
        CHECK((*keys)[1].number == number_a.packed());
        CHECK((*keys)[1].name == name_key("顾娜平"));
        CHECK((*keys)[1].phone == phone_key("13800000000"));
        CHECK((*keys)[1].content == content_key("顾娜平", "户主", "女", "13800000000"));
        CHECK((*keys)[2].number == 0);
        CHECK(read_index(office.data, office.publish, 2));
    }
}

TEST_CASE("an income lies in the sealed record alone, and is read from where an older program left it") {
    for (const auto& suite : every_suite) {
        Office office(suite);
        office.stage();
        auto query =
            office.data.database().prepare("select count(*) from household where income_fen is not null");
        REQUIRE(query);
        REQUIRE(query->step());
        CHECK(query->integer(0) == (suite ? 0 : 1));
        query->reset();
        if (!suite) continue;
        // A record without an income, the income beside it.
        auto seal = RegisterSeal::of(office.data);
        REQUIRE((seal && *seal));
        std::vector<std::byte> old;
        const std::string_view address = "义都镇";
        const auto size = static_cast<std::uint32_t>(address.size());
        const auto length = std::as_bytes(std::span(&size, 1));
        old.insert(old.end(), length.begin(), length.end());
        for (const std::string_view text : {address, std::string_view("顾娜平")}) {
            const auto bytes = std::as_bytes(std::span(text.data(), text.size()));
            old.insert(old.end(), bytes.begin(), bytes.end());
        }
        auto rows = store::RowSeal::create(office.data.seal(), "household.sealed");
        REQUIRE(rows);
        const std::array<std::int64_t, 2> row{1, static_cast<std::int64_t>(office.publish.value())};
        const auto record = rows->seal({store::SubjectKind::household, 1}, row, old);
        REQUIRE(office.data.database().write([&]() -> Result<void> {
            auto update =
                TRY(office.data.database().prepare("update household set sealed = $1, income_fen = 5"));
            return update.bind(1, record).run();
        }));
        const auto read = read_household(office.data, office.publish, HouseholdId(1));
        REQUIRE(read);
        CHECK(read->address == "义都镇");
        CHECK(read->head_name == "顾娜平");
        CHECK(read->income_per_head_month == Money::fen(5));
    }
}

TEST_CASE("sealed or not, a person is found by the number, and nobody by another's") {
    for (const auto& suite : every_suite) {
        Office office(suite);
        office.stage();
        CHECK(find_by_number(office.data, office.publish, number_a) == PersonId(1));
        CHECK(find_by_number(office.data, office.publish, number_b) == PersonId());
        CHECK(find_by_number(office.data, PublishId(0), number_a) == PersonId());
    }
}

TEST_CASE("a number that was corrected is found as it is now, and no longer as it was") {
    for (const auto& suite : every_suite) {
        Office office(suite);
        office.stage();
        REQUIRE(office.data.publish(office.publish));
        const auto later = office.data.begin_publish("register", AsOf{*Date::from_ymd(2025, 6, 30)}, "{}");
        REQUIRE(later);
        const Member corrected{PersonId(1), HouseholdId(1), "顾娜平", number_b, "户主", "女", ""};
        REQUIRE(stage_members(office.data, *later, {&corrected, 1}));
        CHECK(find_by_number(office.data, *later, number_b) == PersonId(1));
        CHECK(find_by_number(office.data, *later, number_a) == PersonId());
        CHECK(find_by_number(office.data, office.publish, number_a) == PersonId(1));
    }
}

TEST_CASE("no name, number, phone or address stands in the bytes of a sealed folder") {
    Office office(vault::Suite::aes_256_gcm);
    office.stage();
    Office plain(std::nullopt);
    plain.stage();
    const std::uint64_t packed = number_a.packed();
    std::string big_endian;
    for (int shift = 48; shift >= 0; shift -= 8)
        big_endian += static_cast<char>(packed >> static_cast<unsigned>(shift));
    for (const std::string_view trace :
         {std::string_view("顾娜平"), std::string_view("欧阳无此"), std::string_view("13800000000"),
          std::string_view("义都镇"), std::string_view(big_endian)}) {
        const auto found = [&](const Office& where) {
            for (const auto& entry :
                 std::filesystem::recursive_directory_iterator(where.place.path() / "data")) {
                if (entry.is_regular_file() && store::holds(store::bytes_of_file(entry.path()), trace))
                    return true;
            }
            return false;
        };
        CHECK(found(plain));
        CHECK(!found(office));
    }
}

TEST_CASE("a record moved to another member, edited, or put in plain is refused with table and row") {
    Office office(vault::Suite::sm4_hmac_sm3);
    office.stage();
    office.change("update member set sealed = (select m.sealed from member m where m.id = 2) where id = 1");
    const auto moved = read_member(office.data, office.publish, PersonId(1));
    REQUIRE(!moved);
    CHECK(moved.error().code == "row_seal");
    CHECK(moved.error().text.en.find("member.sealed") != std::string::npos);
    CHECK(!read_register(office.data, office.publish));
    office.change("update member set sealed = null, name = '顾娜平' where id = 1");
    CHECK(read_member(office.data, office.publish, PersonId(1)).error().code == "row_not_sealed");
    office.change("update household set sealed = zeroblob(40)");
    CHECK(read_household(office.data, office.publish, HouseholdId(1)).error().code == "row_seal");
    office.change("update household set sealed = null");
    CHECK(read_household(office.data, office.publish, HouseholdId(1)).error().code == "row_not_sealed");
}

namespace {

// Every byte of the folder's files.
std::vector<std::byte> all_bytes(const store::TestFolder& place) {
    std::vector<std::byte> all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(place.path())) {
        if (!entry.is_regular_file()) continue;
        const auto bytes = store::bytes_of_file(entry.path());
        all.insert(all.end(), bytes.begin(), bytes.end());
    }
    return all;
}

}  // namespace

TEST_CASE(
    "a person who is forgotten is nowhere in the register, sealed or not; the others stay as they are") {
    for (const auto& suite : every_suite) {
        Office office(suite);
        office.stage();
        REQUIRE(office.data.publish(office.publish));
        REQUIRE(shred_person(office.data, PersonId(1)));
        const auto all = read_register(office.data, office.publish);
        REQUIRE(all);
        REQUIRE(all->members.size() == 2);
        CHECK(all->members[0].name.empty());
        CHECK(all->members[0].phone.empty());
        CHECK_FALSE(all->members[0].id_number);
        CHECK(all->members[0].household == HouseholdId(1));
        CHECK(all->members[1].name == "欧阳无此");
        CHECK(all->households[0].head_name.empty());
        CHECK(all->households[0].address == "龙川县义都镇1组33号");
        CHECK(find_by_number(office.data, office.publish, number_a)->value() == 0);
        REQUIRE(shred_person(office.data, PersonId(1)));  // again: nothing to do
        REQUIRE(shred_household(office.data, HouseholdId(1)));
        CHECK(read_household(office.data, office.publish, HouseholdId(1))->address.empty());
        CHECK(read_member(office.data, office.publish, PersonId(2))->name == "欧阳无此");
        REQUIRE(office.data.settle_deletions());
        const auto bytes = all_bytes(office.place);
        for (const char* trace : {"顾娜平", "13800000000", "义都镇"}) CHECK_FALSE(store::holds(bytes, trace));
    }
}

TEST_CASE("the record of a person whose key is destroyed opens with no key of the office") {
    for (const vault::Suite suite : store::both_suites) {
        Office office(suite);
        office.stage();
        REQUIRE(office.data.publish(office.publish));
        auto seal = RegisterSeal::of(office.data).value().value();
        const auto record_of = [&](const char* id) {
            auto query = office.data.database()
                             .prepare(std::string("select sealed from member where id = ") + id)
                             .value();
            REQUIRE(query.step().value());
            const auto blob = query.blob(0);
            return std::vector<std::byte>(blob.begin(), blob.end());
        };
        const auto first = record_of("1");
        const auto second = record_of("2");
        const auto publish = static_cast<std::int64_t>(office.publish.value());
        CHECK(seal.open_member(publish, 1, first)->name == "顾娜平");
        // Another person's key does not open it: the record alone was moved.
        CHECK_FALSE(seal.open_member(publish, 2, first));
        REQUIRE(office.data.destroy_subject_key(store::SubjectKind::person, 1, [] { return Result<void>{}; })
                    .value());
        auto after = RegisterSeal::of(office.data).value().value();
        CHECK(after.is_gone(PersonId(1)));
        CHECK(after.open_member(publish, 1, first)->name.empty());
        CHECK(after.open_member(publish, 2, second)->name == "欧阳无此");
        // Nor in a folder that is opened anew, nor after the keys were rotated.
        auto file = office.data.key_file({}).value();
        REQUIRE(store::rotate_master_key(office.data.database(), file, Date::from_days(20001)));
        {
            const store::DataFolder closing = std::move(office.data);
        }
        auto data = store::DataFolder::open(office.place / "data", store::Access::write).value();
        auto reopened = RegisterSeal::of(data).value().value();
        CHECK(reopened.is_gone(PersonId(1)));
        CHECK(reopened.open_member(publish, 1, first)->name.empty());
        CHECK(reopened.open_member(publish, 2, second)->name == "欧阳无此");
        // What is staged of them later says nothing.
        const auto later = data.begin_publish("register", AsOf{*Date::from_ymd(2025, 4, 30)}, "{}").value();
        const std::vector<Member> again{
            {PersonId(1), HouseholdId(1), "顾娜平", number_a, "户主", "女", "13800000000"}};
        REQUIRE(stage_members(data, later, again));
        CHECK(read_member(data, later, PersonId(1))->name.empty());
    }
}

TEST_CASE("superseded rows go by their term, the newest never; a plain register is sealed where it lies") {
    Office office(std::nullopt);
    office.stage();
    REQUIRE(office.data.publish(office.publish));
    const auto later =
        office.data.begin_publish("register", AsOf{*Date::from_ymd(2025, 6, 30)}, "{}").value();
    const std::vector<Member> moved{
        {PersonId(2), HouseholdId(1), "欧阳无此", number_b, "子", "男", "13900000000"}};
    REQUIRE(stage_members(office.data, later, moved));
    REQUIRE(office.data.publish(later));
    const auto history = kept_classes();
    REQUIRE(history.size() == 1);
    const auto at = [](int month, int day) {
        return Instant(std::chrono::days(Date::from_ymd(2025, month, day)->days())) + std::chrono::hours(4);
    };
    CHECK(history[0].ended(office.data, at(6, 30))->empty());
    const auto ended = history[0].ended(office.data, at(7, 1)).value();
    REQUIRE(ended.size() == 1);
    CHECK(ended[0].key == "member/2/1");
    CHECK(ended[0].household == 1);
    const std::vector<std::string> keys{ended[0].key};
    REQUIRE(history[0].remove(office.data, keys, 1));
    CHECK(history[0].ended(office.data, at(7, 1))->empty());
    CHECK(read_member(office.data, later, PersonId(2))->phone == "13900000000");
    CHECK(household_of_code(office.data, "LC1").value() == HouseholdId(1));
    CHECK(household_of_code(office.data, "LC2").error().code == "no_such_household");
    CHECK(code_of_household(office.data, HouseholdId(1)).value() == "LC1");

    const std::vector<store::SealRows> rows{seal_register_rows};
    REQUIRE(store::seal_in_place(office.data, store::sealed_by(vault::Suite::sm4_hmac_sm3), rows, {}));
    REQUIRE(office.data.seal() != nullptr);
    const auto all = read_register(office.data, later).value();
    CHECK(all.members[0].name == "顾娜平");
    CHECK(all.members[0].id_number == number_a);
    CHECK(all.members[1].phone == "13900000000");
    CHECK(all.households[0].address == "龙川县义都镇1组33号");
    CHECK(find_by_number(office.data, later, number_b).value() == PersonId(2));
    const auto bytes = all_bytes(office.place);
    for (const char* trace : {"顾娜平", "13800000000", "13900000000", "义都镇"})
        CHECK_FALSE(store::holds(bytes, trace));
    CHECK(store::seal_in_place(office.data, store::sealed_by(vault::Suite::sm4_hmac_sm3), rows, {})
              .error()
              .code == "sealed_already");
}

}  // namespace doudi::registry
