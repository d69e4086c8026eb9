// SPDX-License-Identifier: Apache-2.0
#include "casework/accounts_repository.h"

#include <array>
#include <utility>
#include <vector>

#include "casework/case_bytes.h"
#include "casework/case_columns.h"

namespace doudi::casework::repository {

namespace {

constexpr std::string_view column = "casework_account.content";

std::array<std::int64_t, 2> key_of(CaseId of, int event) {
    return {number_of(of), std::int64_t{event}};
}

Result<std::vector<std::byte>> sealed(const Shelf& shelf, const CaseHead& head, int event,
                                      std::span<const std::byte> digits) {
    const auto key = key_of(head.id, event);
    return write_bytes(shelf.seal, {column, key, subject_of(head)}, digits);
}

Result<std::optional<std::vector<std::byte>>> opened(const Shelf& shelf, const CaseHead& head, int event,
                                                     std::span<const std::byte> record) {
    const auto key = key_of(head.id, event);
    return read_bytes(shelf.seal, {column, key, subject_of(head)}, record);
}

// As they lie there, by event.
using Contents = std::vector<std::pair<int, std::vector<std::byte>>>;
Result<Contents> select_contents(Shelf& shelf, CaseId of) {
    auto query =
        TRY(shelf.database.prepare("select event, content from casework_account where case_id = $1"));
    query.bind(1, number_of(of));
    Contents all;
    while (TRY(query.step())) {
        const auto content = query.blob(1);
        all.emplace_back(static_cast<int>(query.integer(0)),
                         std::vector<std::byte>(content.begin(), content.end()));
    }
    return all;
}

Result<void> put_content(Shelf& shelf, const CaseHead& head, int event, std::span<const std::byte> digits) {
    const auto record = TRY(sealed(shelf, head, event, digits));
    auto update = TRY(
        shelf.database.prepare("update casework_account set content = $1 where case_id = $2 and event = $3"));
    update.bind(1, std::span<const std::byte>(record)).bind(2, number_of(head.id));
    return update.bind(3, std::int64_t{event}).run();
}

}  // namespace

Result<void> insert_account(Shelf& shelf, const CaseHead& head, int event, std::string_view digits) {
    const auto record =
        TRY(sealed(shelf, head, event, std::as_bytes(std::span(digits.data(), digits.size()))));
    auto insert = TRY(
        shelf.database.prepare("insert into casework_account (case_id, event, content) values ($1, $2, $3)"));
    insert.bind(1, number_of(head.id)).bind(2, std::int64_t{event});
    return insert.bind(3, std::span<const std::byte>(record)).run();
}

Result<std::optional<std::string>> select_account(Shelf& shelf, const CaseHead& head, int event) {
    auto query =
        TRY(shelf.database.prepare("select content from casework_account where case_id = $1 and event = $2"));
    query.bind(1, number_of(head.id)).bind(2, std::int64_t{event});
    if (!TRY(query.step())) return std::optional<std::string>();
    const auto digits = TRY(opened(shelf, head, event, query.blob(0)));
    if (!digits) return std::optional<std::string>();
    return std::optional(std::string(reinterpret_cast<const char*>(digits->data()), digits->size()));
}

Result<void> seal_accounts(Shelf& shelf, const CaseHead& head) {
    for (const auto& [event, digits] : TRY(select_contents(shelf, head.id)))
        TRY_VOID(put_content(shelf, head, event, digits));
    return {};
}

Result<void> reseal_accounts(Shelf& shelf, const CaseHead& from, const CaseHead& to) {
    for (const auto& [event, record] : TRY(select_contents(shelf, from.id))) {
        if (const auto digits = TRY(opened(shelf, from, event, record)))
            TRY_VOID(put_content(shelf, to, event, *digits));
    }
    return {};
}

Result<void> delete_account(Shelf& shelf, CaseId of, int event) {
    auto remove =
        TRY(shelf.database.prepare("delete from casework_account where case_id = $1 and event = $2"));
    return remove.bind(1, number_of(of)).bind(2, std::int64_t{event}).run();
}

Result<void> delete_accounts(Shelf& shelf, CaseId of) {
    auto remove = TRY(shelf.database.prepare("delete from casework_account where case_id = $1"));
    return remove.bind(1, number_of(of)).run();
}

}  // namespace doudi::casework::repository
