// SPDX-License-Identifier: Apache-2.0
#include "archive/seal.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "archive/archive_test_support.h"
#include "archive/file_parts.h"
#include "archive/kept_rows.h"
#include "casework/kept/kept_rows.h"
#include "store/seal_in_place.h"

namespace doudi::archive {
namespace {

const store::SealChoice sealed = store::sealed_by(vault::Suite::sm4_hmac_sm3);
constexpr access::UserId archivist{9};

SealedFile seal(TestOffice& office, CaseId of) {
    return value(seal_case(office.setting, press(), of, archivist));
}
std::vector<std::string> checks(TestOffice& office, CaseId of) {
    std::vector<std::string> all;
    for (const ItemCheck one : value(verify(office.setting, of)).items) all.emplace_back(name_of(one));
    return all;
}
bool is_sound(TestOffice& office, CaseId of) {
    return value(verify(office.setting, of)).is_sound();
}
std::string bytes_of(const std::filesystem::path& file) {
    std::ostringstream bytes;
    bytes << std::ifstream(file, std::ios::binary).rdbuf();
    return bytes.str();
}
Result<void> zipped(TestOffice& office, CaseId of, const char* name) {
    return write_zip(office.setting, value(sealed_file(office.setting, of)), office.place / name);
}

// A person's case, so that the person can be forgotten.
CaseId death(TestOffice& office) {
    casework::OpenRequest request;
    request.machine = "death";
    request.pack = law().pack.id;
    request.household = home;
    request.person = ill;
    request.unit = town_unit;
    request.first = {
        "tell",
        day("2025-06-02"),
        {{"death_source", {"火化登记"}}, {"died_on", {"2025-06-01"}}, {"death_match", {"exact"}}},
        ""};
    const CaseId of = value(casework::open_case(office.desk, office.town, request)).of;
    (void)office.photo(of);
    office.move(of, "deny", {{"reason", {"本人健在"}}}, "2025-06-03");
    return of;
}

}  // namespace

TEST_CASE(
    "a closed case's file holds the catalogue, each paper, each attachment and the events, in order, with "
    "page numbers") {
    for (const auto& choice : {store::SealChoice{}, sealed}) {
        TestOffice office(choice);
        const CaseId of = office.withdrawn();
        const SealedFile file = seal(office, of);
        std::vector<std::string> names;
        std::size_t page = 1;
        for (const Item& item : file.manifest.items) {
            names.push_back(item.kind == ItemKind::attachment ? "attachment" : item.name);
            CHECK(item.sha256.size() == 64);
            CHECK(item.sm3.size() == 64);
            if (item.first_page == 0) continue;
            CHECK(item.first_page == page);
            page += item.pages;
        }
        CHECK(names ==
              std::vector<std::string>{"catalogue.pdf", "papers/001-application_form.pdf",
                                       "papers/001-authorisation_form.pdf", "papers/001-pledge_form.pdf",
                                       "papers/002-correction_notice.pdf", "attachment", "events.json"});
        CHECK(file.manifest.pages == page - 1);
        CHECK(file.manifest.closed_on == day("2025-03-06"));
        CHECK(is_sound(office, of));
        CHECK(seal(office, of).sha256 == file.sha256);  // again: nothing new
        for (const char* secret : {"顾娜平", "周小病", "银行流水", "样例村1号"})
            CHECK(file.text.find(secret) == std::string::npos);  // the manifest stays when the rest goes
    }
}

TEST_CASE("the file is sealed of a closed case alone") {
    TestOffice office;
    const CaseId of = office.applied();
    CHECK(code_of(seal_case(office.setting, press(), of, archivist)) == "case_open");
    CHECK(code_of(sealed_file(office.setting, of)) == "archive_unsealed");
    CHECK(code_of(seal_case(office.setting, press(), CaseId(99), archivist)) == "case_unknown");
}

TEST_CASE("where a file stands is told: open, to be sealed, sealed, and again open when the case goes on") {
    TestOffice office;
    const auto told = [&](CaseId of) { return value(file_standing(office.desk, office.view(of))); };
    const CaseId of = office.applied();
    CHECK(told(of).state == FileState::open);
    CHECK(told(of).number == 0);
    office.move(of, "withdraw", {{"reason", {"本人撤回"}}}, "2025-03-06");
    CHECK(told(of).state == FileState::unsealed);
    CHECK_FALSE(told(of).sealed_at);
    (void)seal(office, of);
    CHECK(told(of).state == FileState::sealed);
    CHECK(told(of).number == 1);
    CHECK(told(of).sealed_at == office.clock.now());
    office.change("update archive_file set released = 7");
    CHECK(told(of).state == FileState::released);
    // Its file has not all that happened since.
    office.change(
        "update archive_file set events = 1, manifest = replace(manifest, '\"events\":2', '\"events\":1')");
    CHECK(told(of).state == FileState::unsealed);
    CHECK(told(of).number == 1);
}

TEST_CASE("a paper that was not due, or must not be posted, is left out and named with the reason") {
    TestOffice office;
    const CaseId of = office.posted("minimum_living_guarantee", "2");
    office.move(of, "end_notice", {}, "2025-03-17");
    office.move(of, "refuse", {{"differs_because", {"按入户核实"}}, {"reason", {"收入超过标准"}}},
                "2025-03-18", office.county);
    office.move(of, "serve", {{"served_how", {"post"}}}, "2025-03-19");
    const SealedFile file = seal(office, of);
    REQUIRE(file.manifest.left_out.size() == 1);
    CHECK(file.manifest.left_out.front().paper == "public_notice");
    CHECK_FALSE(file.manifest.left_out.front().why.zh.empty());
}

TEST_CASE("the manifest is read back as it was written, and what is none is told") {
    TestOffice office;
    const SealedFile file = seal(office, office.withdrawn());
    CHECK(to_json(value(read_manifest(file.text))) == file.text);
    CHECK(code_of(read_manifest("{}")) == "archive_damaged");
    CHECK(code_of(read_manifest("no JSON")) == "archive_damaged");
    std::string other = file.text;
    other.replace(other.find("catalogue"), 9, "nonsensee");
    CHECK(code_of(read_manifest(other)) == "archive_damaged");
}

TEST_CASE(
    "a change of anything that was sealed is noticed: a paper, an attachment, an event, the manifest, a row "
    "that is not there") {
    for (const auto& choice : {store::SealChoice{}, sealed}) {
        TestOffice office(choice);
        const CaseId of = office.withdrawn();
        const SealedFile file = seal(office, of);
        const auto after = [&](const std::string& change, const std::string& back) {
            office.change(change);
            const Verified verified = value(verify(office.setting, of));
            if (!back.empty()) office.change(back);
            return verified;
        };
        CHECK(after("update casework_event set on_day = '2025-03-04' where number = 2",
                    "update casework_event set on_day = '2025-03-03' where number = 2")
                  .events_whole == false);
        CHECK(after("update casework_event set made_by = 5 where number = 1",
                    "update casework_event set made_by = 2 where number = 1")
                  .is_sound() == false);
        CHECK(after("update archive_file set manifest = replace(manifest, '2025-03-06', '1999-01-01')",
                    "update archive_file set manifest = replace(manifest, '1999-01-01', '2025-03-06')")
                  .manifest_whole == false);
        CHECK(is_sound(office, of));
        CHECK(after("update archive_item set content = x'00' where place = 2", "").items[1] ==
              ItemCheck::changed);
        CHECK(after("update casework_attachment set content = x'ffd8ff01'", "").items[5] ==
              ItemCheck::changed);
        CHECK(code_of(zipped(office, of, "changed.zip")) == "archive_damaged");
        CHECK(after("delete from archive_item where place = 2", "").items[1] == ItemCheck::missing);
        CHECK_FALSE(is_sound(office, of));
    }
}

TEST_CASE(
    "a case that is reopened and closed again has a second file; the first one's events are part of it") {
    TestOffice office;
    const CaseId of = office.withdrawn();
    const SealedFile first = seal(office, of);
    // Somebody takes it up again, as a pack's move from a final state may have it.
    office.change(
        "insert into casework_event select case_id, 5, 'withdraw', 'withdrawn', '2025-03-10', at, made_by, "
        "unit, "
        "'', '', '{\"reason\":[\"又来\"]}', null, null from casework_event where number = 1");
    office.change("update casework_case set events = 5");
    const Verified verified = value(verify(office.setting, of));
    CHECK(verified.is_sound());
    CHECK(verified.events_since == 1);
    const SealedFile second = seal(office, of);
    CHECK(second.manifest.number == 2);
    CHECK(second.manifest.events == 5);
    CHECK(first.manifest.events == 4);
    CHECK(value(verify(office.setting, of)).events_since == 0);
}

TEST_CASE("closed cases without a file get one, once, and an open one gets none") {
    TestOffice office;
    const CaseId of = office.withdrawn();
    (void)office.applied();
    const auto none_fails = [](CaseId, const Error& error) { FAIL(error.message(Lang::en)); };
    CHECK(value(seal_closed(office.setting, press(), none_fails)) == 1);
    CHECK(value(seal_closed(office.setting, press(), none_fails)) == 0);
    CHECK(is_sound(office, of));
    CHECK(value(sealed_file(office.setting, of)).manifest.sealed_by == access::UserId());
}

TEST_CASE("the whole leaves as a ZIP, the same each time, from a plain folder and a sealed one") {
    for (const auto& choice : {store::SealChoice{}, sealed}) {
        TestOffice office(choice);
        const CaseId of = office.withdrawn();
        (void)seal(office, of);
        done(zipped(office, of, "one.zip"));
        done(zipped(office, of, "two.zip"));
        CHECK(bytes_of(office.place / "one.zip").starts_with("PK"));
        CHECK(bytes_of(office.place / "one.zip") == bytes_of(office.place / "two.zip"));
    }
}

TEST_CASE("what lies in the file of a plain folder is sealed with it, and reads as before") {
    TestOffice office;
    const CaseId of = office.withdrawn();
    (void)seal(office, of);
    const std::vector<store::SealRows> rows{casework::seal_casework_rows, seal_archive_rows};
    done(store::seal_in_place(office.folder, sealed, rows, {}));
    office.desk.shelf.seal = office.folder.seal();
    auto query = value(office.folder.database().prepare("select content from archive_item"));
    while (value(query.step())) {
        const auto bytes = query.blob(0);
        CHECK(std::string_view(reinterpret_cast<const char*>(bytes.data()), 4) != "%PDF");
    }
    CHECK(is_sound(office, of));
}

TEST_CASE(
    "a file stays under the key of whom the case was about when it was sealed, whoever has the case later") {
    TestOffice office(sealed);
    const CaseId of = office.withdrawn();
    (void)seal(office, of);
    const casework::CaseHead before = office.view(of).head;
    done(office.folder.database().write([&]() -> Result<void> {
        return casework::hand_to_household(office.desk.shelf, before, HouseholdId(2));
    }));
    CHECK(is_sound(office, of));
    done(zipped(office, of, "handed.zip"));
}

TEST_CASE("the file of who is forgotten is gone, says so, and is not called changed") {
    for (const auto& choice : {store::SealChoice{}, sealed}) {
        TestOffice office(choice);
        const CaseId of = death(office);
        (void)seal(office, of);
        done(forget_in_archive(office.folder, PersonId(77)));
        CHECK(is_sound(office, of));
        done(forget_in_archive(office.folder, ill));
        done(casework::forget_in_casework(office.folder, ill));
        for (const std::string& one : checks(office, of)) CHECK(one == "gone");
        CHECK(is_sound(office, of));
        CHECK(code_of(zipped(office, of, "gone.zip")) == "archive_released");
    }
}

TEST_CASE("a file is released by its term: on the day after it, not before, with the number of the proof") {
    TestOffice office;
    const CaseId of = office.withdrawn();
    const CaseId open = office.applied();
    const auto classes = kept_classes();
    const auto ended = [&](std::string_view on) {
        return value(classes.front().ended(office.folder, Instant(std::chrono::days(day(on).days())))).size();
    };
    CHECK(ended("2035-01-01") == 0);  // closed, but no file of it is sealed: nothing goes
    (void)seal(office, of);
    CHECK(ended("2025-03-06") == 0);
    CHECK(ended("2025-03-07") == 1);
    const auto due =
        value(classes.front().ended(office.folder, Instant(std::chrono::days(day("2025-03-07").days()))));
    CHECK(due.front().household == home.value());
    const std::vector<std::string> keys{due.front().key};
    done(classes.front().remove(office.folder, keys, 42));
    CHECK(ended("2035-01-01") == 0);
    const CaseView view = office.view(of);
    CHECK(view.state.state == "withdrawn");
    CHECK(view.events.front().forgotten);
    CHECK(value(sealed_file(office.setting, of)).released == 42);
    for (const std::string& one : checks(office, of)) CHECK(one == "gone");
    CHECK(is_sound(office, of));
    CHECK(code_of(zipped(office, of, "gone.zip")) == "archive_released");
    CHECK_FALSE(office.view(open).events.front().forgotten);
}

}  // namespace doudi::archive
