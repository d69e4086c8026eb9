// SPDX-License-Identifier: Apache-2.0
#include "access/subject_text.h"

#include <array>

#include "access/papers_repository.h"

namespace doudi::access {

namespace {

store::SealedSubject subject_of(const SubjectPlace& place) {
    return {store::SubjectKind::person, place.person.value()};
}

}  // namespace

Result<SubjectText> write_words(const FolderKeys& keys, const SubjectPlace& place, std::string_view words) {
    SubjectText text;
    if (words.empty()) return text;
    if (keys == nullptr) {
        text.plain = std::string(words);
        return text;
    }
    auto sealer = TRY(store::RowSeal::create(keys, place.column));
    const std::array row{place.row};
    const auto content = std::as_bytes(std::span(words.data(), words.size()));
    const auto record = sealer.seal(subject_of(place), row, content);
    text.sealed.assign(record.begin(), record.end());
    return text;
}

Result<std::string> read_words(const FolderKeys& keys, const SubjectPlace& place, std::string_view plain,
                               std::span<const std::byte> sealed) {
    if (keys == nullptr || sealed.empty()) return std::string(plain);
    auto sealer = TRY(store::RowSeal::create(keys, place.column));
    const std::array row{place.row};
    const auto content = TRY(sealer.open(subject_of(place), row, sealed));
    if (!content) return std::string();
    return std::string(reinterpret_cast<const char*>(content->data()), content->size());
}

Result<void> seal_words(store::DataFolder& folder) {
    if (folder.seal() == nullptr) return {};
    return repository::seal_plain_words(folder.database(), folder.seal());
}

Result<void> forget_words(store::Database& database, PersonId person) {
    return repository::blank_words(database, person);
}

}  // namespace doudi::access
