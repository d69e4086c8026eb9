// SPDX-License-Identifier: Apache-2.0
#include "casework/determinations_repository.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "casework/case_bytes.h"

namespace doudi::casework::repository {

namespace {

constexpr std::string_view column = "casework_determination.content";

std::int64_t number_of(CaseId id) {
    return static_cast<std::int64_t>(id.value());
}

std::array<std::int64_t, 2> key_of(CaseId of, int event) {
    return {number_of(of), std::int64_t{event}};
}

Result<std::vector<std::byte>> sealed(const Shelf& shelf, const CaseHead& head, int event,
                                      std::span<const std::byte> content) {
    const auto key = key_of(head.id, event);
    return write_bytes(shelf.seal, {column, key, subject_of(head)}, content);
}

Result<std::optional<std::vector<std::byte>>> opened(const Shelf& shelf, const CaseHead& head, int event,
                                                     std::span<const std::byte> record) {
    const auto key = key_of(head.id, event);
    return read_bytes(shelf.seal, {column, key, subject_of(head)}, record);
}

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

// As they lie there, by event.
using Contents = std::vector<std::pair<int, std::vector<std::byte>>>;
Result<Contents> select_contents(Shelf& shelf, CaseId of) {
    auto query =
        TRY(shelf.database.prepare("select event, content from casework_determination where case_id = $1"));
    query.bind(1, number_of(of));
    Contents all;
    while (TRY(query.step())) {
        const auto content = query.blob(1);
        all.emplace_back(static_cast<int>(query.integer(0)),
                         std::vector<std::byte>(content.begin(), content.end()));
    }
    return all;
}

Result<void> put_content(Shelf& shelf, const CaseHead& head, int event, std::span<const std::byte> content) {
    const auto record = TRY(sealed(shelf, head, event, content));
    auto update = TRY(shelf.database.prepare(
        "update casework_determination set content = $1 where case_id = $2 and event = $3"));
    update.bind(1, std::span<const std::byte>(record)).bind(2, number_of(head.id));
    return update.bind(3, std::int64_t{event}).run();
}

}  // namespace

Result<void> insert_determination(Shelf& shelf, const CaseHead& head, int event,
                                  std::span<const PersonId> people, std::string_view content) {
    const auto record =
        TRY(sealed(shelf, head, event, std::as_bytes(std::span(content.data(), content.size()))));
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
    const auto content = TRY(opened(shelf, head, event, query.blob(1)));
    if (content) row.content.emplace(reinterpret_cast<const char*>(content->data()), content->size());
    return std::optional(std::move(row));
}

Result<void> seal_determinations(Shelf& shelf, const CaseHead& head) {
    for (const auto& [event, content] : TRY(select_contents(shelf, head.id)))
        TRY_VOID(put_content(shelf, head, event, content));
    return {};
}

Result<void> reseal_determinations(Shelf& shelf, const CaseHead& from, const CaseHead& to) {
    for (const auto& [event, record] : TRY(select_contents(shelf, from.id))) {
        if (const auto content = TRY(opened(shelf, from, event, record)))
            TRY_VOID(put_content(shelf, to, event, *content));
    }
    return {};
}

Result<void> delete_determinations(Shelf& shelf, CaseId of) {
    auto remove = TRY(shelf.database.prepare("delete from casework_determination where case_id = $1"));
    return remove.bind(1, number_of(of)).run();
}

Result<void> delete_determinations_of(Shelf& shelf, PersonId person) {
    const std::string like = fmt::format("%,{},%", person.value());
    auto remove = TRY(shelf.database.prepare("delete from casework_determination where people like $1"));
    return remove.bind(1, std::string_view(like)).run();
}

}  // namespace doudi::casework::repository
