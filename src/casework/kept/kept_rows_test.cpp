// SPDX-License-Identifier: Apache-2.0
#include "casework/kept/kept_rows.h"

#include <doctest/doctest.h>

#include <array>

#include "base/fake_clock.h"
#include "base/test_values.h"
#include "casework/kept/attachments.h"
#include "casework/kept/determinations_repository.h"
#include "casework/payments/accounts_repository.h"
#include "casework/returned/returned_due.h"
#include "casework/verbs.h"
#include "policy/load.h"
#include "store/seal_in_place.h"
#include "store/test_sealed.h"

namespace doudi::casework {
namespace {

constexpr PersonId someone{7};
const Actor township{UserId(2), {"township_officer"}, UnitId(2), "township", "441699101", ""};
const Actor county{UserId(1), {"county_caseworker"}, UnitId(1), "county", "441699", ""};

const policy::Policy& law() {
    static const policy::Policy loaded = policy::load_policy(DOUDI_SOURCE_DIR, "guangdong-2021").value();
    return loaded;
}

std::vector<std::byte> photo() {
    const std::string_view bytes = "\xff\xd8\xff photograph of a paper";
    const auto all = std::as_bytes(std::span(bytes.data(), bytes.size()));
    return {all.begin(), all.end()};
}

// A folder with one case about a person: told of, confirmed, with a paper beside it.
struct Office {
    explicit Office(const store::SealChoice& seal = {})
        : folder(value(store::DataFolder::create(place / "data", {}, seal))) {
        OpenRequest request;
        request.machine = "death";
        request.pack = "guangdong-2021";
        request.household = HouseholdId(5);
        request.person = someone;
        request.unit = UnitId(2);
        request.first = {
            "tell",
            on,
            {{"death_source", {"火化登记"}}, {"died_on", {"2025-06-01"}}, {"death_match", {"exact"}}},
            ""};
        Desk at = desk();
        of = value(open_case(at, township, request)).of;
        paper = value(keep_attachment(at, township, of, photo()));
        const MoveRequest confirm{
            "confirm", on, {{"death_proof", {"certificate"}}, {"note", {"见到死亡证明"}}}, ""};
        REQUIRE(value(move_case(at, county, of, std::nullopt, confirm)).kind == Moved::Kind::made);
        MoveRequest late = confirm;
        late.client_key = "phone-1";
        REQUIRE(value(move_case(at, county, of, std::nullopt, late)).kind == Moved::Kind::kept_late);
        ReturnedRow row;
        row.number = 1;
        row.of = of;
        row.seen = 2;
        row.request = confirm;
        workbook = value(keep_workbook(at, township, {"death", "名单.xlsx", "hash", 0}, {row}));
    }

    access::UnitTree units;
    Desk desk() {
        return {{folder.database(), folder.seal()},
                [](std::string_view, Date) {
                    return std::shared_ptr<const policy::Pack>(std::shared_ptr<const policy::Pack>(),
                                                               &law().pack);
                },
                units,
                law().calendar,
                clock};
    }
    CaseView view() {
        Desk at = desk();
        return value(read_case(at, of, on));
    }
    bool tells_in_the_clear() {
        auto query =
            value(folder.database().prepare("select 1 from casework_event where body like '%死亡证明%' union "
                                            "select 1 from casework_late where body like"
                                            " '%死亡证明%' union select 1 from casework_returned_row where"
                                            " body like '%死亡证明%'"));
        return value(query.step());
    }

    store::TestFolder place;
    Date on = Date::from_days(20270);
    FakeClock clock{Instant(std::chrono::days(20270)) + std::chrono::hours(2)};
    store::DataFolder folder;
    CaseId of;
    std::string paper;
    WorkbookId workbook;

    ReturnedRow returned() {
        Desk at = desk();
        return value(read_rows(at, workbook, 0, 1)).front();
    }
};

const store::SealChoice sealed = store::sealed_by(vault::Suite::sm4_hmac_sm3);

}  // namespace

TEST_CASE("cases of a plain folder are sealed with it, and read as before") {
    Office office;
    REQUIRE(office.tells_in_the_clear());
    const std::vector<store::SealRows> rows{seal_casework_rows};
    done(store::seal_in_place(office.folder, sealed, rows, {}));
    CHECK_FALSE(office.tells_in_the_clear());
    const CaseView view = office.view();
    CHECK(view.state.fields.at("note") == std::vector<std::string>{"见到死亡证明"});
    CHECK(view.late.front().fields.at("note") == std::vector<std::string>{"见到死亡证明"});
    CHECK(office.returned().request.fields.at("note") == std::vector<std::string>{"见到死亡证明"});
    Desk at = office.desk();
    CHECK(value(read_attachment(at, office.of, office.paper)).content == photo());
}

TEST_CASE("who is forgotten is told by no case about them; that there was one, when and by whom, stays") {
    for (const auto& seal : {store::SealChoice{}, sealed}) {
        Office office(seal);
        done(forget_in_casework(office.folder, PersonId(8)));
        CHECK(office.view().state.fields.contains("note"));
        done(forget_in_casework(office.folder, someone));
        const CaseView view = office.view();
        CHECK(view.state.fields.empty());
        CHECK(view.events.back().forgotten);
        CHECK(view.state.state == "confirmed");
        CHECK(view.events.size() == 2);
        CHECK_FALSE(office.tells_in_the_clear());
        Desk at = office.desk();
        CHECK_FALSE(read_attachment(at, office.of, office.paper));
        CHECK(office.returned().forgotten);
        CHECK(office.returned().request.fields.empty());
        const TakenRow taken = value(take_row(at, township, office.workbook, 1));
        CHECK(taken.outcome == RowOutcome::waiting);
        CHECK(taken.faults.front().code == "row_forgotten");
    }
}

TEST_CASE("a household that is forgotten is told by no case about it as a whole") {
    Office office;
    done(forget_in_casework(office.folder, HouseholdId(5)));
    CHECK(office.view().state.fields.contains("note"));  // that case is about one of its people
    done(office.folder.database().write(
        [&] { return office.folder.database().execute("update casework_case set person = 0"); }));
    done(forget_in_casework(office.folder, HouseholdId(6)));
    CHECK(office.view().state.fields.contains("note"));
    done(forget_in_casework(office.folder, HouseholdId(5)));
    CHECK(office.view().state.fields.empty());
    CHECK_FALSE(office.tells_in_the_clear());
}

TEST_CASE("why a household's review is not opened yet lies sealed, and goes with the household") {
    for (const auto& seal : {store::SealChoice{}, sealed}) {
        Office office(seal);
        Desk at = office.desk();
        ReturnedDue row;
        row.number = 1;
        row.of = DueKey{HouseholdId(5), "extreme_poverty", "review"};
        row.opens = false;
        row.reason = "住院";
        const NewWorkbook file{std::string(due_workbook), "到期.xlsx", "hash of the list", 2};
        const WorkbookId id = value(keep_due_workbook(at, township, file, {row}));
        CHECK(value(keep_due_workbook(at, township, file, {row})) == id);
        const auto counts = value(find_workbook(at, id))->rows;
        CHECK(counts.waiting == 1);
        CHECK(value(waiting_due_rows(at, id, 0, 10)) == std::vector<int>{1});
        const auto told_in_the_clear = [&] {
            auto query = value(office.folder.database().prepare(
                "select 1 from casework_returned_due where body like '%住院%'"));
            return value(query.step());
        };
        CHECK(told_in_the_clear() == (office.folder.seal() == nullptr));
        CHECK(value(read_due_rows(at, id, 0, 10)).front().reason == "住院");
        if (office.folder.seal() == nullptr) {
            const std::vector<store::SealRows> rows{seal_casework_rows};
            done(store::seal_in_place(office.folder, sealed, rows, {}));
            CHECK_FALSE(told_in_the_clear());
            Desk after = office.desk();
            CHECK(value(read_due_rows(after, id, 0, 10)).front().reason == "住院");
        }
        done(forget_in_casework(office.folder, HouseholdId(6)));
        Desk now = office.desk();
        CHECK_FALSE(value(read_due_rows(now, id, 0, 10)).front().forgotten);
        done(forget_in_casework(office.folder, HouseholdId(5)));
        const ReturnedDue gone = value(read_due_rows(now, id, 0, 10)).front();
        CHECK(gone.forgotten);
        CHECK(gone.reason.empty());
        CHECK(value(leave_due_row(now, township, id, 1)).outcome == RowOutcome::left);
        CHECK(value(waiting_due_rows(now, id, 0, 10)).empty());
    }
}

TEST_CASE(
    "what a determination was told lies sealed, goes with the case, and with anybody whom it tells of") {
    const std::string kept = "{\"case\": \"月收入\"}";
    constexpr PersonId sister{12};
    for (const auto& seal : {store::SealChoice{}, sealed}) {
        Office office(seal);
        const CaseHead head = office.view().head;
        const auto keep = [&] {
            repository::Shelf shelf{office.folder.database(), office.folder.seal()};
            done(office.folder.database().write([&] {
                return repository::insert_determination(shelf, head, 2, std::array{someone, sister}, kept);
            }));
        };
        const auto row = [&] {
            repository::Shelf shelf{office.folder.database(), office.folder.seal()};
            return value(repository::select_determination(shelf, head, 2));
        };
        const auto lies_in_the_clear = [&] {
            auto query =
                value(office.folder.database().prepare("select content from casework_determination"));
            REQUIRE(value(query.step()));
            const auto content = query.blob(0);
            return std::string_view(reinterpret_cast<const char*>(content.data()), content.size()) == kept;
        };
        keep();
        CHECK(lies_in_the_clear() == !seal.suite.has_value());
        CHECK(row()->content == kept);
        CHECK(row()->people == std::vector{someone, sister});
        // Number 1 and number 2 are within 12, and nobody's here.
        for (const PersonId other : {PersonId(1), PersonId(2), PersonId(8)})
            done(forget_in_casework(office.folder, other));
        CHECK(row());
        done(forget_in_casework(office.folder, sister));
        CHECK_FALSE(row());
        CHECK(office.view().state.fields.contains("note"));
        keep();
        done(office.folder.database().write([&] { return release_case(office.folder, office.of); }));
        CHECK_FALSE(row());
    }
}

TEST_CASE("what a determination was told is sealed when its folder is, and comes under its household's key") {
    Office office;
    done(office.folder.database().write(
        [&] { return office.folder.database().execute("update casework_case set person = 0"); }));
    const CaseHead head = office.view().head;
    const std::string kept = "{\"case\": \"月收入\"}";
    repository::Shelf plain{office.folder.database(), office.folder.seal()};
    done(office.folder.database().write(
        [&] { return repository::insert_determination(plain, head, 2, std::array{someone}, kept); }));
    const std::vector<store::SealRows> rows{seal_casework_rows};
    done(store::seal_in_place(office.folder, sealed, rows, {}));
    repository::Shelf shelf{office.folder.database(), office.folder.seal()};
    REQUIRE(shelf.seal != nullptr);
    CHECK(value(repository::select_determination(shelf, head, 2))->content == kept);
    CHECK(value(repository::list_determinations(shelf, head.id)) == std::vector{2});
    done(office.folder.database().write([&] { return hand_to_household(shelf, head, HouseholdId(6)); }));
    CHECK(value(repository::select_determination(shelf, office.view().head, 2))->content == kept);
    // Of no household any more, it lies under the folder's own key, and that one's going takes nothing of it.
    const CaseHead theirs = office.view().head;
    done(office.folder.database().write([&] { return hand_to_household(shelf, theirs, std::nullopt); }));
    CHECK_FALSE(office.view().head.household);
    done(forget_in_casework(office.folder, HouseholdId(6)));
    CHECK(value(repository::select_determination(shelf, office.view().head, 2))->content == kept);
    CHECK(office.view().state.fields.contains("note"));
}

TEST_CASE("the number of an account lies sealed, and goes with the case and with whom it is about") {
    const std::string digits = "6228480000000000018";
    for (const auto& seal : {store::SealChoice{}, sealed}) {
        for (const bool is_forgotten : {false, true}) {
            Office office(seal);
            const CaseHead head = office.view().head;
            repository::Shelf shelf{office.folder.database(), office.folder.seal()};
            done(office.folder.database().write(
                [&] { return repository::insert_account(shelf, head, 2, digits); }));
            const auto lies_in_the_clear = [&] {
                auto query = value(office.folder.database().prepare("select content from casework_account"));
                REQUIRE(value(query.step()));
                const auto content = query.blob(0);
                return std::string_view(reinterpret_cast<const char*>(content.data()), content.size()) ==
                       digits;
            };
            const auto rows = [&] {
                auto query = value(office.folder.database().prepare("select count(*) from casework_account"));
                REQUIRE(value(query.step()));
                return query.integer(0);
            };
            CHECK(lies_in_the_clear() == !seal.suite.has_value());
            CHECK(value(repository::select_account(shelf, head, 2)) == digits);
            done(forget_in_casework(office.folder, PersonId(8)));  // somebody else
            CHECK(rows() == 1);
            if (is_forgotten) {
                done(forget_in_casework(office.folder, someone));
            } else {
                done(office.folder.database().write([&] { return release_case(office.folder, office.of); }));
            }
            CHECK(rows() == 0);
        }
    }
}

TEST_CASE("the number of an account is sealed when its folder is, and comes under its household's key") {
    Office office;
    done(office.folder.database().write(
        [&] { return office.folder.database().execute("update casework_case set person = 0"); }));
    const CaseHead head = office.view().head;
    const std::string digits = "6228480000000000018";
    repository::Shelf plain{office.folder.database(), office.folder.seal()};
    done(office.folder.database().write([&] { return repository::insert_account(plain, head, 2, digits); }));
    const std::vector<store::SealRows> rows{seal_casework_rows};
    done(store::seal_in_place(office.folder, sealed, rows, {}));
    repository::Shelf shelf{office.folder.database(), office.folder.seal()};
    REQUIRE(shelf.seal != nullptr);
    CHECK(value(repository::select_account(shelf, head, 2)) == digits);
    done(office.folder.database().write([&] { return hand_to_household(shelf, head, HouseholdId(6)); }));
    CHECK(value(repository::select_account(shelf, office.view().head, 2)) == digits);
}

TEST_CASE("an attachment is what its bytes are: a picture, a scan, nothing else, and not too large") {
    Office office;
    Desk at = office.desk();
    const auto kept = [&](std::string_view bytes) {
        const auto result =
            keep_attachment(at, township, office.of, std::as_bytes(std::span(bytes.data(), bytes.size())));
        return result ? std::string("kept") : result.error().code;
    };
    CHECK(kept("%PDF-1.7") == "kept");
    CHECK(kept("\x89PNG\r\n\x1a\n") == "kept");
    CHECK(kept("MZ") == "attachment_type");
    CHECK(kept("") == "attachment_type");
    std::string large = "%PDF-" + std::string(most_attachment_bytes - 5, 'x');
    CHECK(kept(large) == "kept");
    CHECK(kept(large + "x") == "attachment_large");
}

}  // namespace doudi::casework
