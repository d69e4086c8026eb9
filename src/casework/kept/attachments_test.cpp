// SPDX-License-Identifier: Apache-2.0
// Attachments that are named before they come: the case says which is missing and who was to send it, and
// takes each exactly once.
#include "casework/kept/attachments.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "casework/kept/attachments_repository.h"
#include "casework/office_test_support.h"
#include "store/test_engines.h"
#include "store/test_sealed.h"

namespace doudi::casework {
namespace {

const Actor worker{UserId(9), {"village_worker"}, UnitId(2), "village", "441699101001", ""};

std::vector<std::byte> photo(std::string_view of) {
    const std::string text = fmt::format("\xff\xd8\xff photograph of {}", of);
    const auto bytes = std::as_bytes(std::span(text.data(), text.size()));
    return {bytes.begin(), bytes.end()};
}

// Help in an emergency, reported from a phone that had no net for its photographs.
template <class Engine>
CaseId reported(Office<Engine>& office, std::vector<std::string> names) {
    Fields told{{"need", {"突发急病"}}, {"found_by", {"discovered"}}};
    if (!names.empty()) told["attachments"] = std::move(names);
    const Moved moved = office.open(worker, "emergency", "report", std::move(told));
    REQUIRE(moved.kind == Moved::Kind::made);
    return moved.of;
}

template <class Engine>
std::vector<std::string> awaited(Office<Engine>& office, CaseId of) {
    std::vector<std::string> names;
    for (const auto& one : value(awaited_attachments(office.desk, office.view(of))))
        names.push_back(one.hash);
    return names;
}

template <class Engine>
std::int64_t kept(Office<Engine>& office, CaseId of) {
    return value(repository::count_attachments(office.desk.shelf, of));
}

}  // namespace

TEST_CASE_TEMPLATE("what an opening names and does not bring is awaited, from whoever named it", Engine,
                   ENGINES) {
    Office<Engine> office;
    const std::string door = attachment_name(photo("the door"));
    const std::string room = attachment_name(photo("the room"));
    const CaseId of = reported(office, {door, room});
    const auto all = value(awaited_attachments(office.desk, office.view(of)));
    REQUIRE(all.size() == 2);
    CHECK(all[0].hash == door);
    CHECK(all[0].event == 1);
    CHECK(all[0].field == "attachments");
    CHECK(all[0].by == worker.user);
    CHECK(all[0].unit == worker.unit);
    CHECK(all[0].since == office.clock.now());
    CHECK(value(keep_attachment(office.desk, worker, of, photo("the door"))) == door);
    CHECK(awaited(office, of) == std::vector<std::string>{room});
    CHECK(value(keep_attachment(office.desk, worker, of, photo("the room"))) == room);
    CHECK(awaited(office, of).empty());
}

TEST_CASE_TEMPLATE("who names none waits for none, and what comes unnamed answers no name", Engine, ENGINES) {
    Office<Engine> office;
    const CaseId nothing = reported(office, {});
    CHECK(awaited(office, nothing).empty());
    const std::string door = attachment_name(photo("the door"));
    const CaseId of = reported(office, {door});
    (void)value(keep_attachment(office.desk, worker, of, photo("another door")));
    CHECK(awaited(office, of) == std::vector<std::string>{door});
    // It came, but to another case.
    (void)value(keep_attachment(office.desk, worker, nothing, photo("the door")));
    CHECK(awaited(office, of) == std::vector<std::string>{door});
}

TEST_CASE_TEMPLATE("a late attachment is taken exactly once, also where the case is full", Engine, ENGINES) {
    Office<Engine> office;
    const std::string late = attachment_name(photo("late"));
    const CaseId of = reported(office, {late});
    for (int n = 1; n < most_attachments; ++n)
        (void)value(keep_attachment(office.desk, worker, of, photo(std::to_string(n))));
    CHECK(kept(office, of) == most_attachments - 1);
    CHECK(value(keep_attachment(office.desk, worker, of, photo("late"))) == late);
    CHECK(kept(office, of) == most_attachments);
    // Its sender did not hear that it was taken.
    CHECK(value(keep_attachment(office.desk, worker, of, photo("late"))) == late);
    CHECK(kept(office, of) == most_attachments);
    CHECK(code_of(keep_attachment(office.desk, worker, of, photo("one too many"))) == "attachment_many");
    CHECK(kept(office, of) == most_attachments);
}

}  // namespace doudi::casework
