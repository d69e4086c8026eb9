// SPDX-License-Identifier: Apache-2.0
#include "oversight/row_facts.h"

#include <algorithm>

#include "base/id_number.h"
#include "oversight/told_columns.h"

namespace doudi::oversight {

using policy::DatasetFact;
using policy::Subject;

namespace {

std::string_view text(const column::Batch& batch, int column, std::size_t row) {
    if (column < 0) return {};
    const column::Column& from = batch.columns[static_cast<std::size_t>(column)];
    if (from.status_at(row) != column::Status::value) return {};
    return from.kind == column::Kind::dictionary ? from.dictionary.at(row) : from.text.at(row);
}

}  // namespace

Places::Places(const registry::Register& people) {
    for (std::uint32_t row = 0; row < people.households.size(); ++row)
        put(of_household, people.households[row].id.value(), row);
    for (std::uint32_t row = 0; row < people.members.size(); ++row)
        put(of_person, people.members[row].id.value(), row);
}

void Places::put(std::vector<std::uint32_t>& places, std::size_t id, std::uint32_t row) {
    if (id >= places.size()) places.resize(id + 1, nowhere);
    places[id] = row;
}

RowFacts::RowFacts(const policy::Dataset& dataset, const policy::Law& law, const Permits& permits,
                   const match::Roster& roster, const Places& places, const registry::Register& people)
    : dataset_(dataset),
      permits_(permits),
      layout_(intake::FeedLayout::of(dataset)),
      roster_(roster),
      places_(places),
      people_(people) {
    for (const DatasetFact& told : dataset.facts) {
        const int of_person = law.fact_of(Subject::person, told.fact);
        const int fact = of_person >= 0 ? of_person : law.fact_of(Subject::household, told.fact);
        if (fact < 0 || law.facts[static_cast<std::size_t>(fact)].is) continue;  // not known to this pack
        wanted_.push_back({&told, &law.facts[static_cast<std::size_t>(fact)], fact});
    }
}

Result<void> RowFacts::read(const match::LandedRows& landed, const std::string& file_name,
                            FactSink& sink) const {
    intake::FeedRows rows;
    for (std::size_t block = 0; block < landed.blocks(); ++block) {
        TRY_VOID(landed.read(block, rows));
        for (std::size_t row = 0; row < rows.batch.rows; ++row) take(rows.batch, row, file_name, sink);
    }
    return {};
}

std::optional<int> RowFacts::term(int fact) const {
    const policy::FactDefinition& definition = *std::ranges::find(wanted_, fact, &Wanted::fact)->definition;
    if (!dataset_.max_age_days || !definition.max_age_days)
        return dataset_.max_age_days ? dataset_.max_age_days : definition.max_age_days;
    return std::min(*dataset_.max_age_days, *definition.max_age_days);
}

void RowFacts::take(const column::Batch& batch, std::size_t row, std::string_view file_name,
                    FactSink& sink) const {
    if (!counts(batch, row)) return;
    const auto number = [&](int column) {
        return batch.columns[static_cast<std::size_t>(column)].numbers[row];
    };
    for (const Wanted& one : wanted_) {
        const std::uint32_t person = person_of(batch, one.told->role, row);
        if (person == 0) continue;
        ToldRow told{.definition = one.definition,
                     .fact = one.fact,
                     .subject = one.definition->of == Subject::person
                                    ? places_.person(person)
                                    : places_.household(roster_.household_of(person)),
                     .value = {},
                     .day = Date::from_days(static_cast<std::int32_t>(number(layout_.event_date))),
                     .row = static_cast<std::uint32_t>(number(layout_.row)),
                     .file_name = file_name};
        if (told.subject == Places::nowhere) continue;
        told.value = value(one, batch, row);
        if (told.value.is_unknown()) continue;
        if (one.definition->needs_authorisation && !is_authorised(told, batch, row, sink)) continue;
        sink.told(told);
    }
}

bool RowFacts::counts(const column::Batch& batch, std::size_t row) const {
    if (dataset_.status.column < 0) return true;
    const std::string_view word = field(batch, dataset_.status.column, row);
    return std::ranges::find(dataset_.status.counts, word) != dataset_.status.counts.end();
}

std::string_view RowFacts::field(const column::Batch& batch, int dataset_column, std::size_t row) const {
    return dataset_column < 0 ? std::string_view{}
                              : text(batch, layout_.field_of[static_cast<std::size_t>(dataset_column)], row);
}

// The registered person whom the row names, by number and name; 0: nobody for sure.
std::uint32_t RowFacts::person_of(const column::Batch& batch, int role, std::size_t row) const {
    const intake::FeedLayout::Role& at = layout_.roles[static_cast<std::size_t>(role)];
    const column::Column& ids = batch.columns[static_cast<std::size_t>(at.id)];
    if (ids.status_at(row) != column::Status::value) return 0;
    const auto number = static_cast<std::uint64_t>(ids.numbers[row]);
    if (is_unchecked(number)) return 0;
    const std::uint32_t person = roster_.find(number);
    if (person == 0) return 0;
    return roster_.name_of(person) == match::Roster::name_hash(text(batch, at.name, row)) ? person : 0;
}

// Whom the fact is about: the person, or everybody of the household.
std::span<const registry::Member> RowFacts::about(const ToldRow& row) const {
    if (row.definition->of == Subject::person) return std::span(people_.members).subspan(row.subject, 1);
    const auto same = std::ranges::equal_range(people_.members, people_.households[row.subject].id, {},
                                               &registry::Member::household);
    return {same.begin(), same.end()};
}

// A fact of the household says something of everyone in it: each of them has to have agreed.
bool RowFacts::is_authorised(const ToldRow& told, const column::Batch& batch, std::size_t row,
                             FactSink& sink) const {
    const access::MeansFact fact{
        .id = told.definition->id,
        .signed_on = Date::parse_iso(field(batch, dataset_.authorised_on_column, row)),
        .sender_holds_papers = dataset_.sender_holds_papers,
        .told_on = told.day,
        .read_on = permits_.day};
    for (const registry::Member& member : about(told)) {
        const auto answer = permits_.papers.lets_enter(member.id, fact);
        if (answer == access::AuthorisationAnswer::covered) continue;
        sink.kept_apart(told, member, answer);
        return false;
    }
    return true;
}

std::string_view RowFacts::told_text(const DatasetFact& told, const column::Batch& batch,
                                     std::size_t row) const {
    if (told.column < 0) return told.value;
    const std::string_view written = field(batch, told.column, row);
    if (told.meanings.empty()) return written;
    for (const DatasetFact::Meaning& meaning : told.meanings) {
        if (std::ranges::find(meaning.words, written) != meaning.words.end()) return meaning.value;
    }
    return {};
}

expr::Value RowFacts::value(const Wanted& one, const column::Batch& batch, std::size_t row) const {
    if (one.told->by_column >= 0) {
        const std::string_view kind = field(batch, one.told->by_column, row);
        if (std::ranges::find(one.told->none, kind) != one.told->none.end()) return expr::Value::none();
        if (std::ranges::find(one.told->applies, kind) == one.told->applies.end())
            return value_of_fact(*one.definition, {});
    }
    return value_of_fact(*one.definition, told_text(*one.told, batch, row));
}

std::optional<expr::Value> told_by_silence(const RowFacts::Wanted& one) {
    if (one.told->absent.empty() || one.definition->needs_authorisation) return std::nullopt;
    return value_of_fact(*one.definition, one.told->absent);
}

std::vector<RowFacts::Wanted> told_by_register(const policy::Dataset& dataset, const policy::Law& law) {
    const bool of_members = dataset.kind == policy::DatasetKind::register_members;
    std::vector<RowFacts::Wanted> told;
    for (const DatasetFact& one : dataset.facts) {
        const int fact = law.fact_of(of_members ? Subject::person : Subject::household, one.fact);
        if (fact < 0 || one.value.empty()) continue;
        const policy::FactDefinition& definition = law.facts[static_cast<std::size_t>(fact)];
        if (!definition.needs_authorisation) told.push_back({&one, &definition, fact});
    }
    return told;
}

std::vector<const match::StoredArrival*> counting_arrivals(const policy::Dataset& dataset,
                                                           std::span<const match::StoredArrival> arrivals) {
    std::vector<const match::StoredArrival*> found;
    for (const match::StoredArrival& arrival : arrivals) {
        if (arrival.arrival.dataset != dataset.id || arrival.arrival.segment.empty()) continue;
        if (dataset.delivery == policy::Delivery::whole_roll && !found.empty()) {
            // A roll of before comes late where its original is read again.
            if (arrival.arrival.as_of < found.back()->arrival.as_of) continue;
            if (found.back()->arrival.as_of < arrival.arrival.as_of) found.clear();
        }
        found.push_back(&arrival);
    }
    return found;
}

}  // namespace doudi::oversight
