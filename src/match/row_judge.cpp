// SPDX-License-Identifier: Apache-2.0
#include "match/row_judge.h"

#include <algorithm>

#include "base/hash.h"
#include "base/id_number.h"
#include "base/text_fold.h"

namespace doudi::match {

namespace {

// A key's word as it is compared: in half width, without blanks around it.
std::uint64_t hash_word(std::string_view word) {
    const bool plain = std::ranges::none_of(
        word, [](char c) { return c == ' ' || c == '\xEF' || c == '\xE3' || c == '\xC2'; });
    if (plain) return hash64(word) | 1U;
    const std::string folded = half_width(word);
    return hash64(trim(folded)) | 1U;
}

}  // namespace

std::size_t HashOfConditions::operator()(const ConditionInput& input) const {
    std::uint64_t hash = input.size();
    for (const std::optional<std::string>& word : input) hash = word ? hash64(*word, hash) : mix64(hash);
    return hash;
}

RowJudge::RowJudge(const Matcher& matcher, const column::Batch& batch, MatchedRows& out)
    : matcher_(matcher),
      batch_(batch),
      out_(out),
      persons_(matcher.layout_.roles.size()),
      word_hashes_(batch.columns.size()) {}

std::string_view RowJudge::text(int index, std::size_t row) const {
    if (index < 0) return {};
    const column::Column& from = column(index);
    if (from.status_at(row) != column::Status::value) return {};
    return from.kind == column::Kind::dictionary ? from.dictionary.at(row) : from.text.at(row);
}

void RowJudge::rows(std::span<const std::uint32_t> rows) {
    find(rows);
    for (std::size_t i = 0; i < rows.size(); ++i) judge_row(rows[i], found_.data() + i * persons_.size());
}

// All numbers of a strip first, so that the reads of what is known of the persons overlap.
void RowJudge::find(std::span<const std::uint32_t> rows) {
    found_.clear();
    for (const std::uint32_t row : rows) {
        for (const intake::FeedLayout::Role& role : matcher_.layout_.roles) {
            const auto number = static_cast<std::uint64_t>(column(role.id).numbers[row]);
            const std::uint32_t person = matcher_.roster_.find(number);
            if (person != 0) matcher_.roster_.prefetch_person(person);
            found_.push_back(person);
        }
    }
}

RowJudge::Person RowJudge::judge(const intake::FeedLayout::Role& role, std::size_t row,
                                 std::uint32_t found) const {
    const Roster& roster = matcher_.roster_;
    const column::Column& ids = column(role.id);
    const std::uint64_t name = Roster::name_hash(text(role.name, row));
    if (ids.status_at(row) != column::Status::value) {
        if (matcher_.dataset_.without_number == policy::WithoutNumber::reject) return {};
        const std::uint32_t person = roster.find_by_phone(name, text(role.phone, row));
        return {person != 0 ? Verdict::probable : Verdict::off_roster, person, name};
    }
    const auto number = static_cast<std::uint64_t>(ids.numbers[row]);
    if (is_unchecked(number)) {
        const std::uint32_t person = roster.find_near(number, name);
        return {person != 0 ? Verdict::probable : Verdict::rejected, person, name, true};
    }
    if (found == 0) return {Verdict::off_roster, 0, name};
    // A dataset that has no names is believed by the number; an empty cell where a name should be is not.
    const bool same = role.name < 0 || (name != 0 && roster.name_of(found) == name);
    return {same ? Verdict::exact : Verdict::review, found, name};
}

RowJudge::Person RowJudge::heeded(Person person, const intake::FeedLayout::Role& role, std::size_t row) {
    const Verdicts* verdicts = matcher_.options_.verdicts;
    const bool is_open = person.verdict == Verdict::probable || person.verdict == Verdict::review;
    if (verdicts == nullptr || !is_open) return person;
    const column::Column& ids = column(role.id);
    const bool has_number = ids.status_at(row) == column::Status::value;
    const std::uint64_t number = has_number ? static_cast<std::uint64_t>(ids.numbers[row]) : 0;
    const auto said =
        verdicts->of(person.person, Verdicts::key_of(number, person.name, text(role.phone, row)));
    if (!said) return person;
    if (*said) {
        person.verdict = Verdict::exact;
        return person;
    }
    out_.denied.push_back(
        {static_cast<std::uint32_t>(column(matcher_.layout_.row).numbers[row]), person.person});
    person.verdict = person.wrong_check ? Verdict::rejected : Verdict::off_roster;
    return person;
}

void RowJudge::reject(std::uint32_t row_number) {
    ++out_.rejected;
    if (matcher_.options_.keep_rows) out_.rejected_rows.push_back(row_number);
    if (std::ranges::any_of(persons_, &Person::wrong_check)) out_.unmatched_rows.push_back(row_number);
}

void RowJudge::judge_row(std::size_t row, const std::uint32_t* found) {
    const Matcher& matcher = matcher_;
    const auto row_number = static_cast<std::uint32_t>(column(matcher.layout_.row).numbers[row]);
    const column::Column& dates = column(matcher.layout_.event_date);
    for (std::size_t i = 0; i < persons_.size(); ++i)
        persons_[i] = heeded(judge(matcher.layout_.roles[i], row, found[i]), matcher.layout_.roles[i], row);
    const Verdict best = std::ranges::min(persons_, {}, &Person::verdict).verdict;
    if (best == Verdict::rejected || dates.status_at(row) != column::Status::value) return reject(row_number);

    const MatchOptions& options = matcher.options_;
    const auto date = static_cast<std::int32_t>(dates.numbers[row]);
    if (date > options.arrived.date.days() && matcher.dataset_.future_dated != policy::FutureDated::count) {
        if (matcher.dataset_.future_dated == policy::FutureDated::reject) return reject(row_number);
        ++out_.held;
        if (options.keep_rows) out_.held_rows.push_back(row_number);
        const bool due = date <= options.until.date.days() &&
                         (!options.only_held_after || date > options.only_held_after->days());
        if (!due) return;
    } else if (options.only_held_after) {
        return;
    } else if (best == Verdict::off_roster) {
        ++out_.off_roster;
        return;
    }
    keep(row, row_number, date);
}

void RowJudge::keep(std::size_t row, std::uint32_t row_number, std::int32_t date) {
    const std::uint64_t key = key_of(row);
    const std::uint32_t conditions = conditions_of(row);
    const bool held = matcher_.holds() && date > matcher_.options().arrived.date.days();
    for (std::size_t i = 0; i < persons_.size(); ++i) {
        const Person& person = persons_[i];
        if (person.verdict > Verdict::review) continue;
        Hit hit;
        hit.row = row_number;
        hit.person = person.person;
        hit.household = matcher_.roster_.household_of(person.person);
        hit.event_date = date;
        hit.key = key;
        hit.conditions = conditions;
        hit.role = static_cast<std::uint8_t>(i);
        hit.grade = static_cast<Grade>(person.verdict);
        out_.hits.push_back(hit);
        if (person.verdict == Verdict::exact) continue;
        auto& looked_at = person.verdict == Verdict::review ? out_.reviews : out_.probables;
        looked_at.push_back({row_number, hit.role, person.person,
                             std::string(text(matcher_.layout_.roles[i].name, row)), held});
    }
}

std::uint64_t RowJudge::word_hash(int index, std::size_t row) {
    const column::Column& from = column(index);
    if (from.status_at(row) != column::Status::value) return 1;
    if (from.kind == column::Kind::number) return mix64(static_cast<std::uint64_t>(from.numbers[row])) | 1U;
    if (from.kind == column::Kind::text) return hash_word(from.text.at(row));
    std::vector<std::uint64_t>& known = word_hashes_[static_cast<std::size_t>(index)];
    if (known.empty()) known.resize(from.dictionary.words.size());
    std::uint64_t& hash = known[from.dictionary.codes[row]];
    if (hash == 0) hash = hash_word(from.dictionary.at(row));
    return hash;
}

std::uint64_t RowJudge::key_of(std::size_t row) {
    std::uint64_t key = 0;
    for (const int dataset_column : matcher_.dataset_.key_columns) {
        const int index = matcher_.layout_.field_of[static_cast<std::size_t>(dataset_column)];
        if (index >= 0) key = mix64(key ^ word_hash(index, row)) | 1U;
    }
    return key;
}

std::optional<std::string> RowJudge::condition_word(int dataset_column, std::size_t row) const {
    const bool is_date = dataset_column == matcher_.dataset_.event_date_column;
    const int index = is_date ? matcher_.layout_.event_date
                              : matcher_.layout_.field_of[static_cast<std::size_t>(dataset_column)];
    if (index < 0 || column(index).status_at(row) != column::Status::value) return std::nullopt;
    const column::Column& from = column(index);
    return from.kind == column::Kind::number ? std::to_string(from.numbers[row])
                                             : std::string(text(index, row));
}

// The row's dictionary codes in one word, where the columns are dictionaries and few: the usual case.
std::optional<std::uint64_t> RowJudge::packed_codes(std::size_t row) const {
    constexpr std::size_t most_columns = 4;
    constexpr std::uint32_t most_codes = 0xFFFE;
    const std::vector<int>& columns = matcher_.options_.condition_columns;
    if (columns.size() > most_columns) return std::nullopt;
    std::uint64_t packed = 0;
    for (const int dataset_column : columns) {
        const int index = matcher_.layout_.field_of[static_cast<std::size_t>(dataset_column)];
        if (index < 0 || column(index).kind != column::Kind::dictionary) return std::nullopt;
        const bool has = column(index).status_at(row) == column::Status::value;
        const std::uint32_t code = has ? column(index).dictionary.codes[row] + 1 : 0;
        if (code > most_codes) return std::nullopt;
        packed = packed << 16U | code;
    }
    return packed;
}

std::uint32_t RowJudge::conditions_of(std::size_t row) {
    if (matcher_.options_.condition_columns.empty()) return 0;
    const std::optional<std::uint64_t> packed = packed_codes(row);
    if (packed && packed == last_packed_) return last_condition_;
    const auto next = static_cast<std::uint32_t>(out_.conditions.size());
    const auto input = [&] {
        ConditionInput words;
        words.reserve(matcher_.options_.condition_columns.size());
        for (const int one : matcher_.options_.condition_columns) words.push_back(condition_word(one, row));
        return words;
    };
    bool is_new = false;
    if (packed) {  // the words of a dictionary differ: so do what the codes stand for
        const auto known = condition_of_codes_.try_emplace(*packed, next);
        last_condition_ = known.first->second;
        is_new = known.second;
        if (is_new) out_.conditions.push_back(input());
    } else {
        const auto known = condition_ids_.try_emplace(input(), next);
        last_condition_ = known.first->second;
        is_new = known.second;
        if (is_new) out_.conditions.push_back(known.first->first);
    }
    last_packed_ = packed;
    return last_condition_;
}

}  // namespace doudi::match
