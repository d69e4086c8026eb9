// SPDX-License-Identifier: Apache-2.0
#include "match/retention_repository.h"

#include <fmt/format.h>

#include <array>

namespace doudi::match {
namespace {

struct Part {
    const char* has;      // the arrival still has it
    const char* removal;  // the column of the proof
    const char* empties;  // what else the row forgets
};

const Part& part_of(ArrivalPart part) {
    static constexpr std::array<Part, 4> parts = {{
        {"original_removal is null", "original_removal", ""},
        {"segment <> ''", "segment_removal", ", segment = ''"},
        {"findings <> ''", "findings_removal", ", findings = ''"},
        {"segment <> '' and off_register_removal is null", "off_register_removal", ""},
    }};
    return parts[static_cast<std::size_t>(part)];
}

std::int64_t current_of(store::DataFolder& folder) {
    return static_cast<std::int64_t>(folder.current().value());
}

ArrivalFiles files_of(const store::Statement& row) {
    return {row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4)};
}

}  // namespace

Result<std::vector<store::Ended>> arrivals_before(store::DataFolder& folder, ArrivalPart part, Date before) {
    auto query = TRY(folder.database().prepare(fmt::format(
        "select id from arrival where publish <= $1 and as_of < $2 and {} order by id", part_of(part).has)));
    query.bind(1, current_of(folder)).bind(2, before);
    std::vector<store::Ended> ended;
    while (TRY(query.step()))
        ended.push_back({.key = std::to_string(query.integer(0)), .household = 0, .of_many = true});
    return ended;
}

Result<std::optional<ArrivalFiles>> arrival_files(store::Database& database, std::int64_t id) {
    auto query =
        TRY(database.prepare("select id, dataset, sha256, segment, findings from arrival where id = $1"));
    if (!TRY(query.bind(1, id).step())) return std::optional<ArrivalFiles>();
    return std::optional(files_of(query));
}

Result<std::vector<ArrivalFiles>> arrivals_with_segment(store::DataFolder& folder) {
    auto query = TRY(folder.database().prepare(
        "select id, dataset, sha256, segment, findings from arrival where publish <= $1 and segment <> '' "
        "order by id"));
    query.bind(1, current_of(folder));
    std::vector<ArrivalFiles> found;
    while (TRY(query.step())) found.push_back(files_of(query));
    return found;
}

Result<void> mark_removed(store::Database& database, std::int64_t id, ArrivalPart part, std::int64_t proof) {
    auto update = TRY(database.prepare(fmt::format("update arrival set {} = $1{} where id = $2",
                                                   part_of(part).removal, part_of(part).empties)));
    return update.bind(1, proof).bind(2, id).run();
}

Result<void> put_segment(store::Database& database, std::int64_t id, std::string_view segment) {
    auto update = TRY(database.prepare("update arrival set segment = $1 where id = $2"));
    return update.bind(1, segment).bind(2, id).run();
}

Result<std::optional<Date>> last_kept_original(store::DataFolder& folder) {
    auto query = TRY(folder.database().prepare(
        "select max(as_of) from arrival where publish <= $1 and original_removal is null"));
    if (!TRY(query.bind(1, current_of(folder)).step())) return std::optional<Date>();
    return query.date(0);
}

Result<std::vector<store::Ended>> reviews_before(store::DataFolder& folder, Date before) {
    auto query = TRY(folder.database().prepare(
        "select r.arrival, r.row, r.role, r.member, coalesce((select m.household from member m where m.id = "
        "r.member order by m.publish desc limit 1), 0) from review_item r join arrival a on a.id = r.arrival "
        "where r.publish <= $1 and a.as_of < $2 order by r.arrival, r.row, r.role, r.member"));
    query.bind(1, current_of(folder)).bind(2, before);
    std::vector<store::Ended> ended;
    while (TRY(query.step())) {
        ended.push_back({.key = fmt::format("{}/{}/{}/{}", query.integer(0), query.integer(1), query.text(2),
                                            query.integer(3)),
                         .household = static_cast<std::uint32_t>(query.integer(4))});
    }
    return ended;
}

Result<void> delete_review(store::Database& database, std::string_view key) {
    const std::size_t first = key.find('/');
    const std::size_t second = key.find('/', first + 1);
    const std::size_t third = key.rfind('/');
    const auto number = [](std::string_view text) { return std::int64_t{std::stoll(std::string(text))}; };
    auto remove = TRY(database.prepare(
        "delete from review_item where arrival = $1 and row = $2 and role = $3 and member = $4"));
    remove.bind(1, number(key.substr(0, first)));
    remove.bind(2, number(key.substr(first + 1, second - first - 1)));
    remove.bind(3, key.substr(second + 1, third - second - 1));
    return remove.bind(4, number(key.substr(third + 1))).run();
}

Result<void> delete_reviews_of(store::Database& database, PersonId person) {
    auto remove = TRY(database.prepare("delete from review_item where member = $1"));
    return remove.bind(1, std::int64_t{person.value()}).run();
}

Result<std::vector<std::string>> delete_rosters(store::Database& database) {
    std::vector<std::string> files;
    {
        auto query = TRY(database.prepare("select segment from roster"));
        while (TRY(query.step())) files.push_back(query.text(0));
    }
    auto remove = TRY(database.prepare("delete from roster"));
    TRY_VOID(remove.run());
    return files;
}

}  // namespace doudi::match
