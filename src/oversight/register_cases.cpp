// SPDX-License-Identifier: Apache-2.0
#include "oversight/register_cases.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <tuple>

#include "access/authorisations.h"
#include "base/id_number.h"
#include "intake/records.h"
#include "match/landed_rows.h"
#include "match/repository.h"
#include "match/roster.h"
#include "oversight/told_columns.h"
#include "registry/repository.h"

namespace doudi::oversight {
namespace {

using policy::Dataset;
using policy::DatasetFact;
using policy::Subject;

// Where persons and households stand in the columns.
struct Places {
    std::vector<std::uint32_t> of_person;     // by PersonId; -1: not on the register
    std::vector<std::uint32_t> of_household;  // by HouseholdId
    static constexpr std::uint32_t nowhere = 0xFFFFFFFF;

    explicit Places(const registry::Register& people) {
        for (std::uint32_t row = 0; row < people.households.size(); ++row)
            put(of_household, people.households[row].id.value(), row);
        for (std::uint32_t row = 0; row < people.members.size(); ++row)
            put(of_person, people.members[row].id.value(), row);
    }
    static void put(std::vector<std::uint32_t>& places, std::size_t id, std::uint32_t row) {
        if (id >= places.size()) places.resize(id + 1, nowhere);
        places[id] = row;
    }
};

// The signed papers, and the day on which facts that need one are read.
struct Permits {
    access::AuthorisationBook papers;
    Date day;
    std::vector<KeptApart>* kept = nullptr;  // where someone wants to see what no paper covers
};

using Told = std::map<int, ToldColumn>;  // by index into Law::facts

// One dataset's facts of the people, from its landed rows.
class DatasetFacts {
  public:
    DatasetFacts(const Dataset& dataset, const policy::Law& law, const Permits& permits,
                 const match::Roster& roster, const Places& places, const registry::Register& people,
                 FactCounts& counts)
        : dataset_(dataset),
          permits_(permits),
          layout_(intake::FeedLayout::of(dataset)),
          roster_(roster),
          places_(places),
          people_(people),
          counts_(counts) {
        for (const DatasetFact& told : dataset.facts) {
            const int of_person = law.fact_of(Subject::person, told.fact);
            const int fact = of_person >= 0 ? of_person : law.fact_of(Subject::household, told.fact);
            if (fact < 0 || law.facts[static_cast<std::size_t>(fact)].is) continue;  // not known to this pack
            const policy::FactDefinition& definition = law.facts[static_cast<std::size_t>(fact)];
            const bool of_persons = definition.of == Subject::person;
            wanted_.push_back({&told, &definition, fact});
            told_.try_emplace(fact, definition,
                              of_persons ? people.members.size() : people.households.size());
        }
    }

    [[nodiscard]] bool wants_any() const { return !wanted_.empty(); }

    Result<void> read(const match::LandedRows& landed, const std::string& file_name) {
        file_name_ = file_name;
        intake::FeedRows rows;
        for (std::size_t block = 0; block < landed.blocks(); ++block) {
            TRY_VOID(landed.read(block, rows));
            for (std::size_t row = 0; row < rows.batch.rows; ++row) take(rows.batch, row);
        }
        return {};
    }

    // A complete roll says something of those of whom no row told a fact.
    void tell_the_rest(Date delivered) {
        for (const Wanted& one : wanted_) {
            // Silence about somebody's means would be a fact about them that nobody agreed to.
            if (one.told->absent.empty() || one.definition->needs_authorisation) continue;
            told_.at(one.fact).tell_the_rest(value_of_fact(*one.definition, one.told->absent), delivered);
        }
    }

    void forget_stale(Date as_of) {
        for (auto& [fact, column] : told_) {
            if (const auto most = term(*definition_of(fact)); most)
                counts_.stale += column.forget_older_than(*most, as_of);
        }
    }
    // The shorter of the two terms; none: it does not grow stale.
    [[nodiscard]] std::optional<int> term(const policy::FactDefinition& fact) const {
        if (!dataset_.max_age_days || !fact.max_age_days)
            return dataset_.max_age_days ? dataset_.max_age_days : fact.max_age_days;
        return std::min(*dataset_.max_age_days, *fact.max_age_days);
    }
    [[nodiscard]] Told& told() { return told_; }

  private:
    struct Wanted {
        const DatasetFact* told;
        const policy::FactDefinition* definition;
        int fact;
    };

    [[nodiscard]] const policy::FactDefinition* definition_of(int fact) const {
        return std::ranges::find(wanted_, fact, &Wanted::fact)->definition;
    }

    static std::string_view text(const column::Batch& batch, int column, std::size_t row) {
        if (column < 0) return {};
        const column::Column& from = batch.columns[static_cast<std::size_t>(column)];
        if (from.status_at(row) != column::Status::value) return {};
        return from.kind == column::Kind::dictionary ? from.dictionary.at(row) : from.text.at(row);
    }
    [[nodiscard]] std::string_view field(const column::Batch& batch, int dataset_column,
                                         std::size_t row) const {
        return dataset_column < 0
                   ? std::string_view{}
                   : text(batch, layout_.field_of[static_cast<std::size_t>(dataset_column)], row);
    }

    [[nodiscard]] bool counts(const column::Batch& batch, std::size_t row) const {
        if (dataset_.status.column < 0) return true;
        const std::string_view word = field(batch, dataset_.status.column, row);
        return std::ranges::find(dataset_.status.counts, word) != dataset_.status.counts.end();
    }

    // The registered person whom the row names, by number and name; 0: nobody for sure.
    [[nodiscard]] std::uint32_t person_of(const column::Batch& batch, int role, std::size_t row) const {
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
    [[nodiscard]] std::span<const registry::Member> about(const Wanted& one, std::uint32_t subject,
                                                          std::uint32_t person) const {
        if (one.definition->of == Subject::person)
            return std::span(people_.members).subspan(places_.of_person[person], 1);
        const auto same = std::ranges::equal_range(people_.members, people_.households[subject].id, {},
                                                   &registry::Member::household);
        return {same.begin(), same.end()};
    }

    // A fact of the household says something of everyone in it: each of them has to have agreed.
    [[nodiscard]] bool is_authorised(const Wanted& one, const column::Batch& batch, std::size_t row, Date day,
                                     std::span<const registry::Member> people) {
        const access::MeansFact fact{
            .id = one.told->fact,
            .signed_on = Date::parse_iso(field(batch, dataset_.authorised_on_column, row)),
            .sender_holds_papers = dataset_.sender_holds_papers,
            .told_on = day,
            .read_on = permits_.day};
        for (const registry::Member& member : people) {
            const auto answer = permits_.papers.lets_enter(member.id, fact);
            if (answer == access::AuthorisationAnswer::covered) continue;
            ++counts_.not_authorised;
            if (permits_.kept != nullptr) keep_apart(one, batch, row, day, member, answer);
            return false;
        }
        return true;
    }

    void keep_apart(const Wanted& one, const column::Batch& batch, std::size_t row, Date day,
                    const registry::Member& member, access::AuthorisationAnswer why) const {
        const column::Column& numbers = batch.columns[static_cast<std::size_t>(layout_.row)];
        permits_.kept->push_back(
            {.file_name = file_name_,
             .row = static_cast<std::uint32_t>(numbers.numbers[row]),
             .dataset = dataset_.id,
             .fact = one.told->fact,
             .household = member.household,
             .code = people_.households[places_.of_household[member.household.value()]].code,
             .person = member.id,
             .told_on = day,
             .why = why});
    }

    [[nodiscard]] std::string_view told_text(const DatasetFact& told, const column::Batch& batch,
                                             std::size_t row) const {
        if (told.column < 0) return told.value;
        const std::string_view written = field(batch, told.column, row);
        if (told.meanings.empty()) return written;
        for (const DatasetFact::Meaning& meaning : told.meanings) {
            if (std::ranges::find(meaning.words, written) != meaning.words.end()) return meaning.value;
        }
        return {};
    }

    [[nodiscard]] expr::Value value(const Wanted& one, const column::Batch& batch, std::size_t row) const {
        if (one.told->by_column >= 0) {
            const std::string_view kind = field(batch, one.told->by_column, row);
            if (std::ranges::find(one.told->none, kind) != one.told->none.end()) return expr::Value::none();
            if (std::ranges::find(one.told->applies, kind) == one.told->applies.end())
                return value_of_fact(*one.definition, {});
        }
        return value_of_fact(*one.definition, told_text(*one.told, batch, row));
    }

    void take(const column::Batch& batch, std::size_t row) {
        if (!counts(batch, row)) return;
        const column::Column& days = batch.columns[static_cast<std::size_t>(layout_.event_date)];
        const Date day = Date::from_days(static_cast<std::int32_t>(days.numbers[row]));
        for (const Wanted& one : wanted_) {
            const std::uint32_t person = person_of(batch, one.told->role, row);
            if (person == 0) continue;
            const std::uint32_t subject = one.definition->of == Subject::person
                                              ? places_.of_person[person]
                                              : places_.of_household[roster_.household_of(person)];
            if (subject == Places::nowhere) continue;
            const expr::Value told = value(one, batch, row);
            if (told.is_unknown()) continue;
            if (one.definition->needs_authorisation &&
                !is_authorised(one, batch, row, day, about(one, subject, person)))
                continue;
            ++counts_.told;
            if (!told_.at(one.fact).tell(subject, told, day)) ++counts_.conflicting;
        }
    }

    const Dataset& dataset_;
    const Permits& permits_;
    intake::FeedLayout layout_;
    const match::Roster& roster_;
    const Places& places_;
    const registry::Register& people_;
    FactCounts& counts_;
    std::string file_name_;  // of the rows that are read
    std::vector<Wanted> wanted_;
    Told told_;
};

class CaseReader {
  public:
    CaseReader(store::DataFolder& store, const policy::DatasetCatalogue& catalogue, const policy::Law& law,
               AsOf as_of, std::vector<KeptApart>* kept = nullptr)
        : store_(store), catalogue_(catalogue), law_(law), as_of_(as_of) {
        permits_.kept = kept;
    }

    Result<RegisterCases> read() {
        out_.people = TRY(registry::read_register(store_, store_.current()));
        arrange();
        const Places places(out_.people);
        const match::Roster roster = TRY(match::read_roster(store_, store_.current()));
        arrivals_ = TRY(match::list_arrivals(store_, as_of_));
        permits_.papers = TRY(access::AuthorisationBook::read(store_.database()));
        permits_.day = as_of_.date;
        for (const Dataset& dataset : catalogue_.datasets) {
            if (dataset.facts.empty()) continue;
            if (dataset.kind == policy::DatasetKind::feed) {
                TRY_VOID(read_feed(dataset, roster, places));
            } else {
                read_register_facts(dataset);
            }
        }
        tell_birth_dates();
        hand_over();
        return std::move(out_);
    }

  private:
    // Households in their order, their members behind each other, each household's place by its region code.
    void arrange() {
        auto& cases = out_.cases;
        cases.as_of = as_of_.date;
        std::map<std::string, std::uint32_t, std::less<>> places;
        std::size_t member = 0;
        for (const registry::Household& household : out_.people.households) {
            while (member < out_.people.members.size() &&
                   out_.people.members[member].household == household.id)
                ++member;
            cases.member_ends.push_back(member);
            const auto [place, is_new] =
                places.emplace(household.region, static_cast<std::uint32_t>(cases.places.size()));
            if (is_new) cases.places.push_back(household.region);
            cases.place.push_back(place->second);
        }
        ensure(member == out_.people.members.size(), "every member has a household");
    }

    // Of a whole roll the newest delivery, which may be several files of one day.
    [[nodiscard]] std::vector<const match::StoredArrival*> arrivals_of(const Dataset& dataset) const {
        std::vector<const match::StoredArrival*> found;
        for (const match::StoredArrival& arrival : arrivals_) {
            if (arrival.arrival.dataset != dataset.id || arrival.arrival.segment.empty()) continue;
            if (dataset.delivery == policy::Delivery::whole_roll && !found.empty() &&
                found.back()->arrival.as_of < arrival.arrival.as_of)
                found.clear();
            found.push_back(&arrival);
        }
        return found;
    }

    Result<void> read_feed(const Dataset& dataset, const match::Roster& roster, const Places& places) {
        DatasetFacts facts(dataset, law_, permits_, roster, places, out_.people, out_.counts);
        const auto arrivals = arrivals_of(dataset);
        if (!facts.wants_any() || arrivals.empty()) return {};
        for (const match::StoredArrival* arrival : arrivals) {
            auto source = TRY(store_.open_blob(store::Shelf::segments, arrival->arrival.segment));
            TRY_VOID(facts.read(TRY(match::LandedRows::open(std::move(source), dataset)),
                                arrival->arrival.file_name));
        }
        const Date delivered = arrivals.back()->arrival.as_of.date;
        // A whole roll speaks as of its delivery, whatever the days on its rows.
        if (dataset.delivery == policy::Delivery::whole_roll) {
            if (!dataset.complete_scope.empty()) facts.tell_the_rest(delivered);
            for (auto& [fact, column] : facts.told()) column.as_of(delivered);
        }
        facts.forget_stale(as_of_.date);
        for (auto& [fact, column] : facts.told()) {
            const auto [mine, is_new] = told_.try_emplace(fact, std::move(column));
            if (!is_new) out_.counts.conflicting += mine->second.take_over(column);
        }
        return {};
    }

    // Being on the register tells something of everybody on it.
    void read_register_facts(const Dataset& dataset) {
        for (const DatasetFact& told : dataset.facts) {
            const bool of_members = dataset.kind == policy::DatasetKind::register_members;
            const int fact = law_.fact_of(of_members ? Subject::person : Subject::household, told.fact);
            if (fact < 0 || told.value.empty()) continue;
            if (law_.facts[static_cast<std::size_t>(fact)].needs_authorisation) continue;
            column(fact).tell_the_rest(value_of_fact(law_.facts[static_cast<std::size_t>(fact)], told.value),
                                       as_of_.date);
        }
    }

    void tell_birth_dates() {
        const int fact = law_.fact_of(Subject::person, policy::birth_fact);
        if (fact < 0 || law_.facts[static_cast<std::size_t>(fact)].is) return;
        ToldColumn& births = column(fact);
        for (std::size_t row = 0; row < out_.people.members.size(); ++row) {
            const auto& number = out_.people.members[row].id_number;
            if (number) births.tell(row, expr::Value::date(number->birth_date()), as_of_.date);
        }
    }

    ToldColumn& column(int fact) {
        const policy::FactDefinition& definition = law_.facts[static_cast<std::size_t>(fact)];
        const std::size_t subjects =
            definition.of == Subject::person ? out_.people.members.size() : out_.people.households.size();
        return told_.try_emplace(fact, definition, subjects).first->second;
    }

    void hand_over() {
        out_.cases.facts.assign(law_.facts.size(), nullptr);
        for (auto& [fact, told] : told_) {
            out_.columns.push_back(told.take());
            out_.cases.facts[static_cast<std::size_t>(fact)] = &out_.columns.back()->column();
        }
    }

    store::DataFolder& store_;
    const policy::DatasetCatalogue& catalogue_;
    const policy::Law& law_;
    AsOf as_of_;
    RegisterCases out_;
    std::vector<match::StoredArrival> arrivals_;
    Permits permits_;
    Told told_;
};

}  // namespace

Result<Date> last_told_day(store::DataFolder& store) {
    const AsOf ever{*Date::from_ymd(9999, 12, 31)};
    const auto arrivals = TRY(match::list_arrivals(store, ever));
    if (arrivals.empty()) {
        return fail(ErrorKind::not_found, "nothing_imported",
                    {"还没有导入过任何文件", "nothing was imported yet"});
    }
    return std::ranges::max(arrivals, {}, [](const match::StoredArrival& one) { return one.arrival.as_of; })
        .arrival.as_of.date;
}

Result<RegisterCases> read_register_cases(store::DataFolder& store, const policy::DatasetCatalogue& catalogue,
                                          const policy::Law& law, AsOf as_of) {
    return CaseReader(store, catalogue, law, as_of).read();
}

Result<std::vector<KeptApart>> read_kept_apart(store::DataFolder& store,
                                               const policy::DatasetCatalogue& catalogue,
                                               const policy::Law& law, AsOf as_of) {
    std::vector<KeptApart> kept;
    (void)TRY(CaseReader(store, catalogue, law, as_of, &kept).read());
    std::ranges::sort(
        kept, {}, [](const KeptApart& one) { return std::tie(one.file_name, one.row, one.fact, one.code); });
    return kept;
}

}  // namespace doudi::oversight
