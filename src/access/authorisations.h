// SPDX-License-Identifier: Apache-2.0
// The signed papers by which people let their means be checked: who, for whom, what, from when until when.
// Each adult signs for themselves, statutory supporters for theirs, a guardian for a minor or a ward. No
// asset fact of a person enters, and none is read, on a day that no paper covers.
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
    PersonId person;                 // whose means
    std::optional<PersonId> signer;  // none: someone who is not on the register (a guardian, a supporter)
    SignedAs signed_as = SignedAs::self;
    std::string scope;  // "means": the whole check; or one kind of fact
    Date signed_on;
    Date from;
    Date until;                      // not on
    std::optional<Date> revoked_on;  // from that day on it covers nothing
    std::string paper;               // hash or shelf mark of the signed form
};

enum class AuthorisationAnswer : std::uint8_t { covered, none, not_begun, ended, revoked };
[[nodiscard]] Text describe(AuthorisationAnswer answer);

// Refused: a period without days, signed after it begins, for a minor by another than a guardian, by a
// guardian without a paper.
[[nodiscard]] Result<std::uint64_t> record_authorisation(store::Database& database,
                                                         const SecurityRules& rules, const Session& session,
                                                         const Clock& clock, const Authorisation& paper,
                                                         std::optional<Date> born_on);
[[nodiscard]] Result<void> revoke_authorisation(store::Database& database, std::uint64_t id, Date on);
[[nodiscard]] Result<std::vector<Authorisation>> authorisations_of(store::Database& database,
                                                                   PersonId person);

// Every paper, for asking about many people.
class AuthorisationBook {
  public:
    [[nodiscard]] static Result<AuthorisationBook> read(store::Database& database);
    AuthorisationBook() = default;
    explicit AuthorisationBook(std::vector<Authorisation> papers);
    // May asset facts of this person be entered or read on this day?
    [[nodiscard]] AuthorisationAnswer covers(PersonId person, std::string_view scope, Date day) const;
    // Of a fact told on `day` by a row that names the day on which its paper was signed: the row's word
    // stands, unless the person revoked that paper by then and no other one covers the day.
    [[nodiscard]] bool lets_enter(PersonId person, Date signed_on, Date day) const;

  private:
    std::map<PersonId, std::vector<Authorisation>> papers_;
};

// The same of one person, as an error that says what is missing: code "not_authorised".
[[nodiscard]] Result<void> require_authorisation(store::Database& database, PersonId person,
                                                 std::string_view scope, Date day);

}  // namespace doudi::access
