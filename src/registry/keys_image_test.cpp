// SPDX-License-Identifier: Apache-2.0
// The file of keys says what the rows say, and nothing where it would say something else.
#include "registry/keys_image.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "base/hash.h"
#include "registry/repository.h"
#include "registry/verbs.h"
#include "store/test_sealed.h"

namespace doudi::registry {
namespace {

const AsOf day{*Date::from_ymd(2025, 3, 31)};

HouseholdRow household(std::uint32_t row, std::string code, std::string category = "低保对象") {
    HouseholdRow made;
    made.row = row;
    made.code = std::move(code);
    made.region = "441699101201";
    made.category = std::move(category);
    return made;
}

MemberRow member(std::uint32_t row, std::string code, std::string name, std::string number) {
    MemberRow made;
    made.row = row;
    made.household_code = std::move(code);
    made.name = std::move(name);
    made.id_text = std::move(number);
    return made;
}

struct Loads {
    store::TestFolder place;
    store::DataFolder data;

    explicit Loads(std::optional<vault::Suite> suite) : data(make(place, suite)) {}
    static store::DataFolder make(const store::TestFolder& place, std::optional<vault::Suite> suite) {
        auto made = store::DataFolder::create(place / "data", {}, {suite, {}, Date::from_days(20000)});
        REQUIRE(made);
        return std::move(*made);
    }
    void load(const std::vector<HouseholdRow>& households, const std::vector<MemberRow>& members) {
        const auto publish = data.begin_publish("register", day, "{}");
        REQUIRE(publish);
        auto loader = RegisterLoader::begin(data, *publish);
        REQUIRE(loader);
        for (const auto& row : households) REQUIRE(loader->add(row));
        for (const auto& row : members) REQUIRE(loader->add(row));
        REQUIRE(loader->finish());
        REQUIRE(loader->keep_keys());
        REQUIRE(data.publish(*publish));
    }
    void load_first() {
        load({household(1, "LC1"), household(2, "LC2"), household(3, "LC10")},
             {member(4, "LC1", "顾娜平", "441699197406129795"), member(5, "LC2", "欧阳无此", ""),
              member(6, "LC10", "丁有", "441699196202063566")});
    }
    std::optional<RegisterIndex> kept() {
        auto index = read_kept_index(data);
        REQUIRE(index);
        return std::move(*index);
    }
    RegisterIndex of_rows() {
        auto index = read_index(data, data.current(), 1);
        REQUIRE(index);
        return std::move(*index);
    }
    std::filesystem::path file() {
        auto find = data.database().prepare("select segment from register_keys order by publish desc");
        REQUIRE(find);
        REQUIRE(*find->step());
        const std::string name = find->text(0);
        return data.blob_path(store::Shelf::segments, name);
    }
    void change(const std::string& sql) {
        REQUIRE(data.database().write([&] { return data.database().execute(sql); }));
    }
};

bool same(const RegisterIndex& left, const RegisterIndex& right) {
    const auto a = left.parts();
    const auto b = right.parts();
    const auto keys = [](const MemberKeys& x, const MemberKeys& y) {
        return x.number == y.number && x.name == y.name && x.content == y.content &&
               x.household == y.household && x.phone == y.phone;
    };
    return std::ranges::equal(a.members, b.members, keys) && a.contents == b.contents &&
           std::ranges::equal(a.code_ends, b.code_ends) && a.codes == b.codes;
}

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void put_bytes(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}

constexpr std::optional<vault::Suite> every_suite[] = {std::nullopt, vault::Suite::aes_256_gcm,
                                                       vault::Suite::sm4_hmac_sm3};

}  // namespace

TEST_CASE("what is kept is what the rows say, after the first load and after one that changes it") {
    for (const auto& suite : every_suite) {
        Loads office(suite);
        CHECK_FALSE(office.kept());
        office.load_first();
        REQUIRE(office.kept());
        CHECK(same(*office.kept(), office.of_rows()));
        office.load({household(1, "LC1", "特困人员"), household(2, "LC77")},
                    {member(3, "LC77", "丁有", "441699196202063566"), member(4, "LC1", "顾又", "")});
        REQUIRE(office.kept());
        CHECK(same(*office.kept(), office.of_rows()));
        const auto found = office.kept();
        const RegisterIndex& index = *found;
        const auto number = IdNumber::parse("441699197406129795")->packed();
        CHECK(index.find_number(number) == 1);
        CHECK(index.find_household("LC77", hash64("LC77")) == 4);
        CHECK(index.find_household("LC7", hash64("LC7")) == 0);
    }
}

TEST_CASE("a load that says nothing new keeps the file that is there") {
    Loads office(vault::Suite::aes_256_gcm);
    office.load_first();
    const auto before = office.file();
    office.load_first();
    CHECK(office.file() == before);
    CHECK(office.kept());
}

TEST_CASE("rows that came or went by another way make the file useless, and the rows are read") {
    for (const auto& suite : every_suite) {
        Loads office(suite);
        office.load_first();
        const std::string removed = "delete from member where id = 2";
        office.change(removed);
        CHECK_FALSE(office.kept());
        office.load_first();  // the removed member is there again, by another id
        REQUIRE(office.kept());
        CHECK(same(*office.kept(), office.of_rows()));
    }
}

TEST_CASE("one row that went and another that came are told from none") {
    Loads office(std::nullopt);
    office.load_first();
    office.change("delete from member where id = 2");
    office.change(
        "insert into publication (id, kind, as_of, manifest, done) values (2, 'move', '2025-04-01', '{}', "
        "1)");
    office.change("insert into member (publish, id, household, name) values (2, 4, 2, '新人')");
    office.change("update current_publication set id = 2");
    CHECK_FALSE(office.kept());
}

TEST_CASE("a file that is gone, cut or changed in any byte is passed over") {
    for (const auto& suite : every_suite) {
        Loads office(suite);
        office.load_first();
        const auto file = office.file();
        const std::string whole = bytes_of(file);
        for (std::size_t at = 0; at < whole.size(); at += 7) {
            std::string changed = whole;
            changed[at] = static_cast<char>(changed[at] ^ 0x10);
            put_bytes(file, changed);
            CHECK_FALSE(office.kept());
        }
        put_bytes(file, whole.substr(0, whole.size() - 1));
        CHECK_FALSE(office.kept());
        put_bytes(file, "");
        CHECK_FALSE(office.kept());
        std::filesystem::remove(file);
        CHECK_FALSE(office.kept());
        put_bytes(file, whole);
        CHECK(office.kept());
    }
}

TEST_CASE("in a sealed folder the file holds no number") {
    const std::uint64_t packed = IdNumber::parse("441699197406129795")->packed();
    const std::string number(reinterpret_cast<const char*>(&packed), sizeof packed);
    Loads plain(std::nullopt);
    plain.load_first();
    CHECK(bytes_of(plain.file()).find(number) != std::string::npos);
    Loads sealed(vault::Suite::aes_256_gcm);
    sealed.load_first();
    CHECK(bytes_of(sealed.file()).find(number) == std::string::npos);
    CHECK(bytes_of(sealed.file()).find("LC10") == std::string::npos);
}

}  // namespace doudi::registry
