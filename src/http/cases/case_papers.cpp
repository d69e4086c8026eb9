// SPDX-License-Identifier: Apache-2.0
#include "http/cases/case_papers.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "access/authorisations.h"
#include "determine/facts.h"
#include "determine/price.h"
#include "determine/words.h"
#include "registry/repository.h"

namespace doudi::http {
namespace {

using access::AuthorisationAnswer;
using determine::FactKey;
using determine::Paper;
using policy::Subject;
namespace json = boost::json;

constexpr const char* members_at = "/register/members";

template <class List, class Value>
bool holds(const List& list, const Value& value) {
    return std::ranges::find(list, value) != list.end();
}

std::optional<PersonId> person_written(const json::value& item) {
    std::uint32_t id = 0;
    const auto* text = item.if_string();
    if (text == nullptr) return std::nullopt;
    const auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), id);
    if (failure != std::errc() || end != text->data() + text->size() || id == 0) return std::nullopt;
    return PersonId(id);
}

// Reads "register", keeping faults by their place.
class PeopleReading {
  public:
    PeopleReading(Call& call, FieldFaults& faults)
        : call_(call), faults_(faults), scope_(call.scope(access::Verb::read, access::Thing::household)) {}

    Result<void> household(const std::string& code) {
        auto placed = TRY(find_household(call_.desk.data, scope_, code));
        if (!placed) {
            faults_.add("body", "/register/household", "no_such_household",
                        {"没有这一户，或不在您的辖区内", "there is no such household within your reach"});
            return {};
        }
        for (const auto& member :
             TRY(registry::members_of(call_.desk.data, call_.desk.data.current(), placed->id)))
            in_household(member);
        people_.households.push_back(std::move(*placed));
        return {};
    }

    Result<void> member(const json::value& item, std::size_t place, const std::string& name) {
        const std::string at = fmt::format("{}/{}", members_at, place);
        const auto person = person_written(item);
        if (item.is_null()) {
            nobody(at, name);
            return {};
        }
        auto placed = person ? TRY(find_household_of(call_.desk.data, scope_, *person))
                             : std::optional<PlacedHousehold>();
        if (!placed) {
            faults_.add("body", at, "no_such_member",
                        {"名册中没有此人，或不在您的辖区内；不在名册的写 null",
                         "there is no such person within your reach; null for who is not on the register"});
            return {};
        }
        if (holds(people_.members, person)) {
            faults_.add("body", at, "named_twice", {"同一人写了两次", "the same person stands there twice"});
            return {};
        }
        people_.members.push_back(person);
        if (!holds(people_.everyone, *person)) people_.everyone.push_back(*person);
        const bool known = std::ranges::find(people_.households, placed->id, &PlacedHousehold::id) !=
                           people_.households.end();
        if (!known) people_.households.push_back(std::move(*placed));
        return {};
    }

    CasePeople take() { return std::move(people_); }

  private:
    void in_household(const registry::Member& member) {
        people_.everyone.push_back(member.id);
        names_.insert(member.name);
    }
    // That somebody is not on the register is believed, unless the household has one of that name.
    void nobody(const std::string& at, const std::string& name) {
        people_.members.emplace_back();
        if (!names_.contains(name)) return;
        faults_.add(
            "body", at, "is_on_register",
            {"该户名册中有同名成员：请写明其编号", "the household has a member of that name: name their id"});
    }

    Call& call_;
    FieldFaults& faults_;
    access::Scope scope_;
    CasePeople people_;
    std::set<std::string, std::less<>> names_;  // of the named household
};

// The papers of a case's people, and what the case says of those who have none here.
class Papers {
  public:
    Papers(const CasePeople& people, const determine::Case& told, access::AuthorisationBook book)
        : people_(people), case_(told), book_(std::move(book)) {}

    // What keeps a fact out, and whose paper it is; nobody: of those who are not on the register.
    struct Barrier {
        AuthorisationAnswer answer = AuthorisationAnswer::none;
        std::optional<PersonId> whose;
        Paper paper = Paper::missing;
    };
    [[nodiscard]] std::optional<Barrier> barrier(const FactKey& key, const determine::ToldFact& fact) const {
        const Date day = told_on(fact);
        const bool of_person = key.of == Subject::person;
        const auto whose = of_person ? people_.members[static_cast<std::size_t>(key.member)] : std::nullopt;
        if (whose) return of_registered(*whose, key.id, day);
        if (!of_person) {
            for (const PersonId person : people_.everyone) {
                if (auto found = of_registered(person, key.id, day)) return found;
            }
            if (!holds(people_.members, std::optional<PersonId>())) return std::nullopt;
        }
        return by_case(day);
    }

    [[nodiscard]] AuthorisationAnswer answer(PersonId person) const {
        return book_.covers(person, access::whole_check, case_.as_of);
    }
    // The last day of signing where everybody of the register signed; none: somebody did not.
    [[nodiscard]] std::optional<Date> all_signed_on() const {
        std::optional<Date> last;
        for (const PersonId person : people_.everyone) {
            const auto day = book_.signed_on(person, access::whole_check, case_.as_of);
            if (!day) return std::nullopt;
            last = std::max(last.value_or(*day), *day);
        }
        return last;
    }

  private:
    // Of several sources the oldest day counts.
    [[nodiscard]] Date told_on(const determine::ToldFact& fact) const {
        Date day = fact.as_of.value_or(case_.as_of);
        for (const auto& one : fact.conflicting) day = std::min(day, one.as_of.value_or(case_.as_of));
        return day;
    }

    [[nodiscard]] std::optional<Barrier> of_registered(PersonId person, const std::string& fact,
                                                       Date day) const {
        const auto answer = book_.lets_enter(person, {.id = fact,
                                                      .signed_on = {},
                                                      .sender_holds_papers = false,
                                                      .told_on = day,
                                                      .read_on = case_.as_of});
        if (answer == AuthorisationAnswer::covered) return std::nullopt;
        const bool signed_now = book_.covers(person, fact, case_.as_of) == AuthorisationAnswer::covered;
        return Barrier{answer, person, signed_now ? Paper::of_before : Paper::missing};
    }

    [[nodiscard]] std::optional<Barrier> by_case(Date day) const {
        const Paper paper = determine::paper_by_case(case_, day);
        if (paper == Paper::recorded) return std::nullopt;
        const bool before = paper == Paper::of_before;
        return Barrier{before ? AuthorisationAnswer::not_begun : AuthorisationAnswer::none, std::nullopt,
                       paper};
    }

    const CasePeople& people_;
    const determine::Case& case_;
    access::AuthorisationBook book_;
};

Text how_to_let_in(const Papers::Barrier& barrier) {
    if (barrier.paper == Paper::of_before)
        return {"授权前取得的信息不能采用：请在授权之后重新核对",
                "found out before the paper was signed: have it checked anew"};
    if (!barrier.whose)
        return {"请签署授权书，并在案卷中写明签署日（authorised_on）",
                "have the authorisation signed, and state its day in the case (authorised_on)"};
    return {"请该成员（未成年人由监护人）签署授权书，并录入其户的授权书",
            "have that person, a guardian for a minor, sign, and record the paper with the household"};
}

json::value person_or_null(const std::optional<PersonId>& person) {
    return person ? json::value(std::to_string(person->value())) : json::value(nullptr);
}

// Goes through the case's asset facts and takes out what may not enter.
class CaseCut {
  public:
    CaseCut(const policy::Law& law, const Papers& papers, determine::Case& told)
        : law_(law), papers_(papers), case_(told) {}

    json::array run() {
        // Whose word decides is asked of the case as it came: the cut is laid over it afterwards.
        look(case_.household, Subject::household, -1);
        look(case_.application.facts, Subject::application, -1);
        for (std::size_t n = 0; n < case_.members.size(); ++n)
            look(case_.members[n].facts, Subject::person, static_cast<int>(n));
        return std::move(left_out_);
    }

  private:
    void look(determine::ToldFacts& facts, Subject of, int member) {
        for (auto& [id, fact] : facts) {
            const int index = law_.fact_of(of, id);
            if (index < 0 || !law_.facts[static_cast<std::size_t>(index)].needs_authorisation) continue;
            if (fact.paper == Paper::recorded) continue;  // asked where its row was read
            const FactKey key{FactKey::Kind::fact, of, member, id};
            const auto barrier = papers_.barrier(key, fact);
            if (!barrier) {
                fact.paper = Paper::recorded;
                continue;
            }
            left_out_.push_back(json::object{{"fact", determine::key_text(case_, key)},
                                             {"title", words(determine::title_of(law_, case_, key))},
                                             {"person", person_or_null(barrier->whose)},
                                             {"by", barrier->whose ? "register" : "case"},
                                             {"answer", access::name_of(barrier->answer)},
                                             {"said", words(access::describe(barrier->answer))},
                                             {"how", words(how_to_let_in(*barrier))}});
            fact = left_out(barrier->paper);
        }
    }

    const policy::Law& law_;
    const Papers& papers_;
    determine::Case& case_;
    json::array left_out_;
};

json::object member_json(const Papers& papers, const determine::Case& told, std::size_t place,
                         const std::optional<PersonId>& person) {
    const Text by_case{"不在名册：以案卷所述为准", "not on the register: as the case says"};
    json::object body{{"member", told.members[place].name},
                      {"person", person_or_null(person)},
                      {"by", person ? "register" : "case"},
                      {"answer", nullptr},
                      {"said", words(by_case)}};
    if (person) {
        const AuthorisationAnswer answer = papers.answer(*person);
        body["answer"] = json::value(access::name_of(answer));
        body["said"] = words(access::describe(answer));
    }
    return body;
}

}  // namespace

Outcome<CasePeople> case_people(Call& call, const json::value* asked, const determine::Case& told,
                                FieldFaults& faults) {
    const std::size_t members = told.members.size();
    PeopleReading reading(call, faults);
    if (asked == nullptr || asked->is_null()) {
        CasePeople nobody;
        nobody.members.resize(members);
        return nobody;
    }
    BodyFields fields(*asked, faults, "/register");
    if (const auto code = fields.optional_text("household")) TRY_VOID(reading.household(*code));
    const auto* list = fields.value("members");
    fields.finish();
    const auto* items = list == nullptr ? nullptr : list->if_array();
    if (list != nullptr && (items == nullptr || items->size() != members)) {
        faults.add(
            "body", members_at, "not_one_each",
            {fmt::format("应与案卷的 {} 名成员一一对应，不在名册的写 null", members),
             fmt::format("takes one for each of the case's {} members, null for who is not on the register",
                         members)});
        items = nullptr;
    }
    for (std::size_t n = 0; items != nullptr && n < items->size(); ++n)
        TRY_VOID(reading.member((*items)[n], n, told.members[n].name));
    return reading.take();
}

determine::ToldFact left_out(Paper paper) {
    return {.value = expr::Value::unknown(std::vector<expr::FactId>{}),
            .source = {},
            .as_of = {},
            .why_unknown = {},
            .conflicting = {},
            .paper = paper};
}

Outcome<json::object> lay_papers(Call& call, const policy::Law& law, const CasePeople& people,
                                 determine::Case& told) {
    std::vector<access::Authorisation> recorded;
    for (const PersonId person : people.everyone) {
        const auto papers = TRY(access::authorisations_of(call.desk.database, person));
        recorded.insert(recorded.end(), papers.begin(), papers.end());
    }
    const Papers papers(people, told, access::AuthorisationBook(std::move(recorded)));
    json::array members;
    for (std::size_t n = 0; n < people.members.size(); ++n)
        members.push_back(member_json(papers, told, n, people.members[n]));
    json::array left_out = CaseCut(law, papers, told).run();
    const bool by_register = !people.everyone.empty();
    if (by_register) told.application.authorised_on = papers.all_signed_on();
    const auto& day = told.application.authorised_on;
    return json::object{{"authorised_on", day ? json::value(day->iso()) : json::value(nullptr)},
                        {"by", by_register ? "register" : "case"},
                        {"members", std::move(members)},
                        {"left_out", std::move(left_out)}};
}

}  // namespace doudi::http
