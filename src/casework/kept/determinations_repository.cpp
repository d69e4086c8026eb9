// SPDX-License-Identifier: Apache-2.0
#include "casework/kept/determinations_repository.h"

#include <fmt/format.h>

#include <charconv>

#include "casework/case_columns.h"
#include "casework/kept/case_contents_repository.h"

namespace doudi::casework::repository {

namespace {

constexpr CaseContents<int> contents{"casework_determination", "event", "casework_determination.content"};

std::string people_text(std::span<const PersonId> people) {
    std::string text = ",";
    for (const PersonId one : people) text += fmt::format("{},", one.value());
    return text;
}

std::vector<PersonId> people_of(std::string_view text) {
    std::vector<PersonId> people;
    while (text.size() > 1) {
        text.remove_prefix(1);
        std::uint32_t id = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
        if (error != std::errc()) break;
        people.emplace_back(id);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    }
    return people;
}

}  // namespace

Result<void> insert_determination(Shelf& shelf, const CaseHead& head, int event,
                                  std::span<const PersonId> people, std::string_view content) {
    const auto record =
        TRY(contents.write(shelf, head, event, std::as_bytes(std::span(content.data(), content.size()))));
    const std::string whose = people_text(people);
    auto insert = TRY(shelf.database.prepare(
        "insert into casework_determination (case_id, event, people, content) values ($1, $2, $3, $4)"));
    insert.bind(1, number_of(head.id)).bind(2, std::int64_t{event}).bind(3, std::string_view(whose));
    return insert.bind(4, std::span<const std::byte>(record)).run();
}

Result<std::vector<int>> list_determinations(Shelf& shelf, CaseId of) {
    auto query = TRY(
        shelf.database.prepare("select event from casework_determination where case_id = $1 order by event"));
    query.bind(1, number_of(of));
    std::vector<int> events;
    while (TRY(query.step())) events.push_back(static_cast<int>(query.integer(0)));
    return events;
}

Result<std::optional<DeterminationRow>> select_determination(Shelf& shelf, const CaseHead& head, int event) {
    auto query = TRY(shelf.database.prepare(
        "select people, content from casework_determination where case_id = $1 and event = $2"));
    query.bind(1, number_of(head.id)).bind(2, std::int64_t{event});
    if (!TRY(query.step())) return std::optional<DeterminationRow>();
    DeterminationRow row{people_of(query.text_view(0)), std::nullopt};
    const auto content = TRY(contents.read(shelf, head, event, query.blob(1)));
    if (content) row.content.emplace(reinterpret_cast<const char*>(content->data()), content->size());
    return std::optional(std::move(row));
}

Result<void> seal_determinations(Shelf& shelf, const CaseHead& head) {
    return contents.seal(shelf, head);
}

Result<void> reseal_determinations(Shelf& shelf, const CaseHead& from, const CaseHead& to) {
    return contents.reseal(shelf, from, to);
}

Result<void> delete_determinations(Shelf& shelf, CaseId of) {
    return contents.remove(shelf, of);
}

Result<void> delete_determinations_of(Shelf& shelf, PersonId person) {
    const std::string like = fmt::format("%,{},%", person.value());
    auto remove = TRY(shelf.database.prepare("delete from casework_determination where people like $1"));
    return remove.bind(1, std::string_view(like)).run();
}

}  // namespace doudi::casework::repository
