// SPDX-License-Identifier: Apache-2.0
// Any sequence of changes, held against a model that is made of the cases alone.
#include <rapidcheck.h>

#include <map>
#include <tuple>

#include "access/units_repository.h"
#include "registry/fields.h"
#include "registry/proposals.h"
#include "upkeep/upkeep_test_support.h"

namespace doudi::upkeep {

namespace {

const Date first_day = day("2025-05-01");
constexpr int span_days = 70;  // up to the clock's day

// What each field of each subject is from a day on, told by cases in the order in which they came to hold.
class Model {
  public:
    using Field = std::tuple<Subject, std::int64_t, std::string>;

    void told(Subject subject, std::int64_t id, const std::string& field, Date from,
              const std::string& value) {
        said_[{subject, id, field}].emplace_back(from, value);
    }
    void take(TestOffice& office, const Case& change) {
        std::map<std::pair<Subject, std::int64_t>, std::int64_t> known;
        for (const auto& one : value(repository::brought_by(office.folder.database(), change.id)))
            known[{one.subject, one.stand_in}] = one.id;
        for (const Change& one : change.changes) {
            if (one.field == "unit" || one.field == "code") continue;
            const std::int64_t id =
                one.subject_id > 0 ? one.subject_id : known.at({one.subject, one.subject_id});
            std::string after = one.after;
            if (!after.empty() && after[0] == '-' && (one.field == "household" || one.field == "successor"))
                after = std::to_string(known.at({Subject::household, std::stoll(after)}));
            told(one.subject, id, one.field, change.effective_on, after);
        }
    }
    // Of those that hold from the day or before, the one of the latest day; of one day the last told.
    [[nodiscard]] std::string on(Subject subject, std::int64_t id, const std::string& field,
                                 Date on_day) const {
        const auto at = said_.find({subject, id, field});
        std::string found;
        Date from = ever;
        if (at == said_.end()) return found;
        for (const auto& [begin, told] : at->second) {
            if (begin <= on_day && begin >= from) {
                from = begin;
                found = told;
            }
        }
        return found;
    }

  private:
    std::map<Field, std::vector<std::pair<Date, std::string>>> said_;
};

class History {
  public:
    History() {
        office.first_register();
        for (std::uint32_t id = 1; id <= 3; ++id) base(Subject::person, id, office.member(id));
        for (const char* code : {"A", "B"}) {
            const auto household = office.household(code);
            base(Subject::household, household.id.value(), household);
            codes.emplace_back(code);
        }
    }

    void one_more() {
        switch (*rc::gen::inRange(0, 8)) {
            case 0:
                return tried(birth(a_code(), "新", a_day()));
            case 1:
                return tried(death(a_person(), a_day()));
            case 2:
                return tried(moving("marriage", a_person(), a_code(), a_day()));
            case 3:
                codes.push_back("N" + std::to_string(codes.size()));
                return tried(split(a_person(), codes.back(), a_day()));
            case 4:
                return tried(everyone_merges(a_code(), a_code(), a_day()));
            case 5:
                return tried(
                    correction(a_person(), "phone", std::to_string(*rc::gen::inRange(1000, 1005)), a_day()));
            case 6:
                return tried(office_move(a_code(), *rc::gen::element("town-1", "town-2"),
                                         *rc::gen::element("2025-06-01", "2025-07-01", "2025-08-01")));
            default:
                return one_taken_back();
        }
    }

    void check() {
        check_projection();
        for (int i = 0; i <= span_days; i += 5) check_day(first_day + i);
        check_offices();
    }

  private:
    template <class Row>
    void base(Subject subject, std::int64_t id, const Row& row) {
        for (const auto& one : registry::differences(std::optional<Row>(), row))
            model.told(subject, id, one.field, ever, one.after);
    }
    std::string a_code() { return codes[*rc::gen::inRange<std::size_t>(0, codes.size())]; }
    std::uint32_t persons() { return value(registry::next_ids(office.folder.database())).person.value() - 1; }
    std::uint32_t a_person() { return *rc::gen::inRange<std::uint32_t>(1, persons() + 1); }
    const char* a_day() {
        text = (first_day + *rc::gen::inRange(0, span_days)).iso();
        return text.c_str();
    }
    Wish everyone_merges(const std::string& code, const std::string& into, const char* from) {
        std::vector<std::uint32_t> members;
        const HouseholdId id = value(registry::find_by_code(office.folder, office.folder.current(), code));
        if (id != HouseholdId()) {
            for (const auto& member : value(registry::members_of(office.folder, office.folder.current(), id)))
                members.push_back(member.id.value());
        }
        return merge(code, into, members, from);
    }

    // Most are refused for some good reason; what holds goes into the model.
    void tried(const Wish& wish) {
        const auto id = office.proposed(wish);
        if (!id) return;
        done(office.confirmed(*id));
        took_effect();
    }
    void one_taken_back() {
        if (cases.empty()) return;
        Desk desk = office.desk(office.worker);
        const auto id = propose_counter(desk, cases[*rc::gen::inRange<std::size_t>(0, cases.size())], "");
        if (!id) return;
        done(office.confirmed(*id));
        took_effect();
    }
    void took_effect() {
        const auto taken = value(take_due(office.folder, office.warnings, civil_day(office.clock.now())));
        RC_ASSERT(taken.hindered.empty());
        for (const CaseId id : taken.cases) {
            model.take(office, office.found(id));
            cases.push_back(id);
        }
    }

    void check_projection() {
        const Date far = day("2030-01-01");
        for (std::uint32_t id = 1; id <= persons(); ++id) {
            const registry::Member now = office.member(id);
            for (const auto field : registry::member_fields())
                RC_ASSERT(registry::text_of(now, field) ==
                          model.on(Subject::person, id, std::string(field), far));
        }
        for (const std::string& code : codes) {
            const HouseholdId id =
                value(registry::find_by_code(office.folder, office.folder.current(), code));
            if (id == HouseholdId()) continue;
            const registry::Household now = office.household(code);
            for (const auto field : registry::household_fields())
                RC_ASSERT(registry::text_of(now, field) ==
                          model.on(Subject::household, id.value(), std::string(field), far));
        }
    }

    // Each person of that day is in exactly one household, which stands then; and as the model says.
    void check_day(Date on_day) {
        std::map<PersonId, int> seen;
        for (const std::string& code : codes) {
            const HouseholdId id =
                value(registry::find_by_code(office.folder, office.folder.current(), code));
            if (id == HouseholdId()) continue;
            const auto members = value(members_on(office.folder, office.folder.current(), id, on_day));
            for (const auto& member : members) ++seen[member.id];
            if (!members.empty())
                RC_ASSERT(
                    value(household_on(office.folder, office.folder.current(), id, on_day)).has_value());
        }
        for (std::uint32_t id = 1; id <= persons(); ++id) {
            const auto member =
                value(member_on(office.folder, office.folder.current(), PersonId(id), on_day));
            RC_ASSERT(seen[PersonId(id)] == (member ? 1 : 0));
            const std::string household = model.on(Subject::person, id, "household", on_day);
            RC_ASSERT((member ? registry::text_of(*member, "household") : std::string()) == household);
            if (member) RC_ASSERT(member->phone == model.on(Subject::person, id, "phone", on_day));
        }
    }

    void check_offices() {
        for (const std::string& code : codes) {
            const HouseholdId id =
                value(registry::find_by_code(office.folder, office.folder.current(), code));
            if (id == HouseholdId()) continue;
            const auto places =
                value(access::repository::select_household_places(office.folder.database(), id));
            RC_ASSERT(!places.empty());
            for (std::size_t i = 0; i < places.size(); ++i) {
                RC_ASSERT(places[i].from < places[i].until);
                RC_ASSERT(places[i].until == (i + 1 < places.size() ? places[i + 1].from : access::forever));
            }
        }
    }

  public:
    TestOffice office;
    Model model;
    std::vector<std::string> codes;
    std::vector<CaseId> cases;
    std::string text;
};

}  // namespace

TEST_CASE(
    "whatever is changed and undone, each person is in one household a day, and replay gives what stands") {
    std::size_t held = 0;
    const bool fine = rc::check([&] {
        History history;
        const int changes = *rc::gen::inRange(1, 14);
        for (int i = 0; i < changes; ++i) history.one_more();
        history.check();
        held += history.cases.size();
    });
    CHECK(fine);
    CHECK(held > 20);  // not all were refused
}

}  // namespace doudi::upkeep
