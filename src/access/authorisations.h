// SPDX-License-Identifier: Apache-2.0
// The signed papers by which people let their means be checked: who, for whom, what, from when until when.
// Each adult signs for themselves, a guardian for a minor or a ward; whoever owes someone support signs for
// their own means, and lets in none of that person's. No asset fact of a person enters, and none is read, on
// a day that no paper covers.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/security_rules.h"
#include "access/session.h"
#include "access/subject_text.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::access {

enum class SignedAs : std::uint8_t { self, supporter, guardian };

// The scope that covers every kind of asset fact.
inline constexpr std::string_view whole_check = "means";

struct Authorisation {
    std::uint64_t id = 0;
    PersonId person;                 // whose means; of a supporter's paper: whom they owe support
    std::optional<PersonId> signer;  // none: someone who is not on the register (a guardian, a supporter)
    SignedAs signed_as = SignedAs::self;
    std::string scope;  // "means": the whole check; or one kind of fact
    Date signed_on;
    Date from;
    Date until;                      // not on
    std::optional<Date> revoked_on;  // from that day on it covers nothing
    std::string paper;               // hash or shelf mark of the signed form
    std::string ward_paper = {};     // of a guardian of an adult: what shows that the adult is a ward
    std::string signer_name = {};    // of a signer who is not on the register; read by signer_name_of() alone
};

enum class AuthorisationAnswer : std::uint8_t { covered, none, not_begun, ended, revoked };
[[nodiscard]] Text describe(AuthorisationAnswer answer);

// The day of birth of whom a paper is about.
struct Birthday {
    std::optional<Date> on = std::nullopt;  // none: nobody knows it
    bool by_paper = false;  // as a paper shows it that lies by the form, not by the register's number
    std::optional<Date> of_signer = std::nullopt;  // of another than the person, where it is known
};

// Refused: a period without days or beyond the longest term, signed after it begins, by nobody who is named,
// by one who is not of age, by a minor for themselves, by a guardian without a paper, by a guardian of an
// adult without what shows the adult to be a ward; and by the person, if nobody knows whether they are of age
// (authorisation_birthday_unknown, which says how to get to know it).
[[nodiscard]] Result<std::uint64_t> record_authorisation(store::Database& database, const FolderKeys& keys,
                                                         const SecurityRules& rules, const Session& session,
                                                         const Clock& clock, const Authorisation& paper,
                                                         const Birthday& born);
// The name of a signer who is not on the register; empty: the register has them, or the person was forgotten.
[[nodiscard]] Result<std::string> signer_name_of(store::Database& database, const FolderKeys& keys,
                                                 const Authorisation& paper);
[[nodiscard]] Result<void> revoke_authorisation(store::Database& database, std::uint64_t id, Date on);
[[nodiscard]] Result<std::vector<Authorisation>> authorisations_of(store::Database& database,
                                                                   PersonId person);
// Those about this person, and those that they signed for another.
[[nodiscard]] Result<std::vector<Authorisation>> own_authorisations(store::Database& database,
                                                                    PersonId person);
// May they revoke it? Who signed it, while it covers a day from this one on.
[[nodiscard]] bool may_revoke(const Authorisation& paper, PersonId who, Date day);

// A fact about someone's means, as a row tells it.
struct MeansFact {
    std::string_view id;            // "income_month"
    std::optional<Date> signed_on;  // as the row says; none: it does not
    bool sender_holds_papers = false;
    Date told_on;  // the day of the fact
    Date read_on;  // the day of the question
};

// Every paper, for asking about many people.
class AuthorisationBook {
  public:
    [[nodiscard]] static Result<AuthorisationBook> read(store::Database& database);
    AuthorisationBook() = default;
    explicit AuthorisationBook(std::vector<Authorisation> papers);
    // May asset facts of this person be entered or read on this day?
    [[nodiscard]] AuthorisationAnswer covers(PersonId person, std::string_view scope, Date day) const;
    // The day on which the paper that covers it was signed, of several the last; none: nothing covers it.
    [[nodiscard]] std::optional<Date> signed_on(PersonId person, std::string_view scope, Date day) const;
    // May this fact be used? A recorded paper must cover both the day of the fact and the day on which it is
    // read. Where the sender holds the papers (policy::Dataset), a row that names a day of signing on or
    // before that of the fact will do, unless the person revoked that paper by the day of reading.
    [[nodiscard]] AuthorisationAnswer lets_enter(PersonId person, const MeansFact& fact) const;

  private:
    [[nodiscard]] AuthorisationAnswer by_row(PersonId person, const MeansFact& fact) const;
    std::map<PersonId, std::vector<Authorisation>> papers_;
};

// Someone who lives in a household.
struct HouseholdPerson {
    PersonId person;
    std::optional<Date> born_on;  // none: not known
};
// Where each of them stands on a day: every adult signs for themselves, a guardian for a minor.
struct SigningState {
    PersonId person;
    std::optional<SignedAs> signs_as;  // self or guardian; none: not known, for want of the birthday
    AuthorisationAnswer answer = AuthorisationAnswer::none;
};
[[nodiscard]] std::vector<SigningState> signing_states(const AuthorisationBook& book,
                                                       const SecurityRules& rules,
                                                       std::span<const HouseholdPerson> people,
                                                       std::string_view scope, Date day);
// How an office gets to know the birthday of someone without a number, and so who signs.
[[nodiscard]] Text how_to_know_birthday();
[[nodiscard]] std::string_view name_of(SignedAs signed_as);
[[nodiscard]] std::string_view name_of(AuthorisationAnswer answer);

// The same of one person, as an error that says what is missing: code "not_authorised".
[[nodiscard]] Result<void> require_authorisation(store::Database& database, PersonId person,
                                                 std::string_view scope, Date day);

}  // namespace doudi::access
