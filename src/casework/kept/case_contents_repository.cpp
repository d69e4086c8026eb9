// SPDX-License-Identifier: Apache-2.0
#include "casework/kept/case_contents_repository.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "casework/case_columns.h"
#include "casework/kept/case_bytes.h"

namespace doudi::casework::repository {

namespace {

// The row's key in the seal, behind its case: the event, or the first digits of the hash.
std::int64_t number_of_key(int event) {
    return event;
}
std::int64_t number_of_key(const std::string& hash) {
    constexpr std::size_t digits = 15;
    constexpr int base = 16;
    return std::stoll(hash.substr(0, digits), nullptr, base);
}

void read_key(const store::Statement& row, int& event) {
    event = static_cast<int>(row.integer(0));
}
void read_key(const store::Statement& row, std::string& hash) {
    hash = row.text(0);
}

void bind_key(store::Statement& update, int at, int event) {
    update.bind(at, std::int64_t{event});
}
void bind_key(store::Statement& update, int at, const std::string& hash) {
    update.bind(at, std::string_view(hash));
}

// As they lie there.
template <class Key>
Result<std::vector<std::pair<Key, std::vector<std::byte>>>> select_all(Shelf& shelf,
                                                                       const CaseContents<Key>& contents,
                                                                       CaseId of) {
    auto query = TRY(shelf.database.prepare(
        fmt::format("select {}, content from {} where case_id = $1", contents.key, contents.table)));
    query.bind(1, number_of(of));
    std::vector<std::pair<Key, std::vector<std::byte>>> all;
    while (TRY(query.step())) {
        auto& [key, record] = all.emplace_back();
        read_key(query, key);
        const auto content = query.blob(1);
        record.assign(content.begin(), content.end());
    }
    return all;
}

template <class Key>
Result<void> put(Shelf& shelf, const CaseContents<Key>& contents, const CaseHead& head, const Key& key,
                 std::span<const std::byte> content) {
    const auto record = TRY(contents.write(shelf, head, key, content));
    auto update = TRY(shelf.database.prepare(fmt::format(
        "update {} set content = $1 where case_id = $2 and {} = $3", contents.table, contents.key)));
    update.bind(1, std::span<const std::byte>(record)).bind(2, number_of(head.id));
    bind_key(update, 3, key);
    return update.run();
}

}  // namespace

template <class Key>
Result<std::vector<std::byte>> CaseContents<Key>::write(const Shelf& shelf, const CaseHead& head,
                                                        const Key& of,
                                                        std::span<const std::byte> content) const {
    const std::array row{number_of(head.id), number_of_key(of)};
    return write_bytes(shelf.seal, {column, row, subject_of(head)}, content);
}

template <class Key>
Result<std::optional<std::vector<std::byte>>> CaseContents<Key>::read(
    const Shelf& shelf, const CaseHead& head, const Key& of, std::span<const std::byte> record) const {
    const std::array row{number_of(head.id), number_of_key(of)};
    return read_bytes(shelf.seal, {column, row, subject_of(head)}, record);
}

template <class Key>
Result<void> CaseContents<Key>::seal(Shelf& shelf, const CaseHead& head) const {
    for (const auto& [one, content] : TRY(select_all(shelf, *this, head.id)))
        TRY_VOID(put(shelf, *this, head, one, content));
    return {};
}

template <class Key>
Result<void> CaseContents<Key>::reseal(Shelf& shelf, const CaseHead& from, const CaseHead& to) const {
    for (const auto& [one, record] : TRY(select_all(shelf, *this, from.id))) {
        if (const auto content = TRY(read(shelf, from, one, record)))
            TRY_VOID(put(shelf, *this, to, one, *content));
    }
    return {};
}

template <class Key>
Result<void> CaseContents<Key>::remove(Shelf& shelf, CaseId of) const {
    auto gone = TRY(shelf.database.prepare(fmt::format("delete from {} where case_id = $1", table)));
    return gone.bind(1, number_of(of)).run();
}

template struct CaseContents<int>;
template struct CaseContents<std::string>;

}  // namespace doudi::casework::repository
