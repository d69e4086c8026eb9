// SPDX-License-Identifier: Apache-2.0
#include "casework/payments/accounts_repository.h"

#include "casework/case_columns.h"
#include "casework/kept/case_contents_repository.h"

namespace doudi::casework::repository {

namespace {

constexpr CaseContents<int> contents{"casework_account", "event", "casework_account.content"};

}  // namespace

Result<void> insert_account(Shelf& shelf, const CaseHead& head, int event, std::string_view digits) {
    const auto record =
        TRY(contents.write(shelf, head, event, std::as_bytes(std::span(digits.data(), digits.size()))));
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
    const auto digits = TRY(contents.read(shelf, head, event, query.blob(0)));
    if (!digits) return std::optional<std::string>();
    return std::optional(std::string(reinterpret_cast<const char*>(digits->data()), digits->size()));
}

Result<void> seal_accounts(Shelf& shelf, const CaseHead& head) {
    return contents.seal(shelf, head);
}

Result<void> reseal_accounts(Shelf& shelf, const CaseHead& from, const CaseHead& to) {
    return contents.reseal(shelf, from, to);
}

Result<void> delete_account(Shelf& shelf, CaseId of, int event) {
    auto remove =
        TRY(shelf.database.prepare("delete from casework_account where case_id = $1 and event = $2"));
    return remove.bind(1, number_of(of)).bind(2, std::int64_t{event}).run();
}

Result<void> delete_accounts(Shelf& shelf, CaseId of) {
    return contents.remove(shelf, of);
}

}  // namespace doudi::casework::repository
