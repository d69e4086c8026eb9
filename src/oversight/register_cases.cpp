// SPDX-License-Identifier: Apache-2.0
#include "oversight/register_cases.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "match/landed_rows.h"
#include "match/repository.h"
#include "match/roster.h"
#include "oversight/row_facts.h"
#include "oversight/told_columns.h"
#include "registry/repository.h"

namespace doudi::oversight {
namespace {

using policy::Dataset;
using policy::Subject;

using Told = std::map<int, ToldColumn>;  // by index into Law::facts

// One dataset's facts of the people, from its landed rows.
class DatasetFacts : public FactSink {
  public:
    DatasetFacts(const RowFacts& rows, const registry::Register& people, FactCounts& counts,
                 std::vector<KeptApart>* kept)
        : rows_(rows), people_(people), counts_(counts), kept_(kept) {
        for (const RowFacts::Wanted& one : rows.wanted())
            told_.try_emplace(
                one.fact, *one.definition,
                one.definition->of == Subject::person ? people.members.size() : people.households.size());
    }

    void told(const ToldRow& row) override {
        ++counts_.told;
        if (!told_.at(row.fact).tell(row.subject, row.value, row.day)) ++counts_.conflicting;
    }

    void kept_apart(const ToldRow& row, const registry::Member& member,
                    access::AuthorisationAnswer why) override {
        ++counts_.not_authorised;
        if (kept_ == nullptr) return;
        const auto household =
            std::ranges::lower_bound(people_.households, member.household, {}, &registry::Household::id);
        kept_->push_back({.file_name = std::string(row.file_name),
                          .row = row.row,
                          .dataset = rows_.dataset().id,
                          .fact = row.definition->id,
                          .household = member.household,
                          .code = household->code,
                          .person = member.id,
                          .told_on = row.day,
                          .why = why});
    }

    // A complete roll says something of those of whom no row told a fact.
    void tell_the_rest(Date delivered) {
        for (const RowFacts::Wanted& one : rows_.wanted()) {
            if (const auto value = told_by_silence(one)) told_.at(one.fact).tell_the_rest(*value, delivered);
        }
    }

    void forget_stale(Date as_of) {
        for (auto& [fact, column] : told_) {
            if (const auto most = rows_.term(fact)) counts_.stale += column.forget_older_than(*most, as_of);
        }
    }
    [[nodiscard]] Told& told_columns() { return told_; }

  private:
    const RowFacts& rows_;
    const registry::Register& people_;
    FactCounts& counts_;
    std::vector<KeptApart>* kept_;  // where someone wants to see what no paper covers
    Told told_;
};

class CaseReader {
  public:
    CaseReader(store::DataFolder& store, const policy::DatasetCatalogue& catalogue, const policy::Law& law,
               AsOf as_of, std::vector<KeptApart>* kept = nullptr)
        : store_(store), catalogue_(catalogue), law_(law), as_of_(as_of), kept_(kept) {}

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

    Result<void> read_feed(const Dataset& dataset, const match::Roster& roster, const Places& places) {
        const RowFacts rows(dataset, law_, permits_, roster, places, out_.people);
        const auto arrivals = counting_arrivals(dataset, arrivals_);
        if (rows.wanted().empty() || arrivals.empty()) return {};
        DatasetFacts facts(rows, out_.people, out_.counts, kept_);
        for (const match::StoredArrival* arrival : arrivals) {
            auto source = TRY(store_.open_blob(store::Shelf::segments, arrival->arrival.segment));
            TRY_VOID(rows.read(TRY(match::LandedRows::open(std::move(source), dataset)),
                               arrival->arrival.file_name, facts));
        }
        const Date delivered = arrivals.back()->arrival.as_of.date;
        // A whole roll speaks as of its delivery, whatever the days on its rows.
        if (dataset.delivery == policy::Delivery::whole_roll) {
            if (!dataset.complete_scope.empty()) facts.tell_the_rest(delivered);
            for (auto& [fact, column] : facts.told_columns()) column.as_of(delivered);
        }
        facts.forget_stale(as_of_.date);
        for (auto& [fact, column] : facts.told_columns()) {
            const auto [mine, is_new] = told_.try_emplace(fact, std::move(column));
            if (!is_new) out_.counts.conflicting += mine->second.take_over(column);
        }
        return {};
    }

    // Being on the register tells something of everybody on it.
    void read_register_facts(const Dataset& dataset) {
        for (const RowFacts::Wanted& one : told_by_register(dataset, law_))
            column(one.fact).tell_the_rest(value_of_fact(*one.definition, one.told->value), as_of_.date);
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
    std::vector<KeptApart>* kept_ = nullptr;
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
