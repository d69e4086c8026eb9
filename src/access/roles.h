// SPDX-License-Identifier: Apache-2.0
// What a role may do, as data (access/roles.yaml): verbs on kinds of things, with which classes of fields,
// within which reach. A name that the program does not know is a fault with file:line:column: a misspelt
// right must not silently be no right, nor one too many.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/session.h"
#include "base/result.h"
#include "base/text.h"

namespace doudi::access {

enum class Verb : std::uint8_t {
    read,
    query,  // yes or no, and the category; for one person by number
    create,
    change,
    decide,
    assign,
    propose,  // what needs a second person
    approve,  // as that second person
    reveal,   // see a masked field whole, for a case and a reason
    export_,  // "export": take a list away as a file
    issue,    // codes of a window, tokens
    administer,
    determine,  // have a household judged by fields that one is not shown (docs/decisions/0092)
};
inline constexpr int verb_count = 13;

enum class Thing : std::uint8_t {
    household,
    person,
    category,
    fact,
    warning,
    task,
    visit,
    application,
    verification,
    authorisation,
    objection,
    referral,
    conference,
    award,
    payment,
    order,  // of a service provider
    feed,
    list,
    statistics,
    rule_hit,
    pack,
    parameter,
    unit,
    account,
    audit,
    job,
    retention,
    session,  // entering and leaving: only the log knows it
};
inline constexpr int thing_count = 28;

// What a field of a person's data is. Which of them are masked for whom stands with the right.
enum class FieldClass : std::uint8_t {
    plain,  // code, category, dates, unit
    name,
    address,
    identity_number,
    phone,
    account,  // of a bank
    illness,  // and the grade of a disability
    means,    // income and property
    marriage,
    shelter,  // where a protected person lives
    score,
    lead,  // petitions and other hints
};
inline constexpr int field_class_count = 12;

[[nodiscard]] std::string_view name_of(Verb verb);
[[nodiscard]] std::string_view name_of(Thing thing);
[[nodiscard]] std::string_view name_of(FieldClass field);

// Which rows a right reaches.
enum class Reach : std::uint8_t {
    self,        // the citizen's own
    household,   // of the citizen's household
    assigned,    // households that were assigned to the account, within its units
    department,  // rows addressed to the account's department, within its units
    units,       // the account's unit and all below it
};

struct Right {
    std::uint32_t verbs = 0;   // bits by enum
    std::uint32_t things = 0;  // bits
    std::uint32_t whole = 0;   // classes of fields that are shown as they are
    std::uint32_t masked = 0;  // shown masked; whole after a reveal
    Reach reach = Reach::units;
};

struct Role {
    std::string id;
    Text title;
    SessionKind kind = SessionKind::staff;  // who can hold it
    bool second_factor = false;             // an account with it must have one
    std::vector<Right> rights;
    std::vector<std::string> grants;  // the roles that who administers accounts with it may give
    std::vector<std::string> seats;   // kinds of units it sits at, the fittest first
    std::string department;           // whose rows it works on, where the unit does not say it
    std::string purpose;              // of its looks, whatever they are at; empty: the thing says it
};

// What an audit record's purpose may be, or what a right names; as a person reads it.
struct PurposeWord {
    std::string id;
    Text title;
};

class Roles {
  public:
    // Every fault of the file, in its order.
    [[nodiscard]] static std::expected<Roles, std::vector<Error>> load(const std::filesystem::path& file);
    [[nodiscard]] static std::expected<Roles, std::vector<Error>> read(const std::string& yaml,
                                                                       std::string shown);

    [[nodiscard]] const Role* find(std::string_view id) const;
    [[nodiscard]] const std::vector<Role>& all() const { return roles_; }
    [[nodiscard]] const PurposeWord* purpose(std::string_view id) const;
    [[nodiscard]] const std::vector<PurposeWord>& purposes() const { return purposes_; }
    // Of a look for which the reader stated none: that of the session's first role that has one, else of the
    // thing. Empty: the file says none.
    [[nodiscard]] std::string_view purpose_of(const Session& session, Thing thing) const;
    // By the thing alone, as a record has its name.
    [[nodiscard]] std::string_view purpose_of(std::string_view thing) const;

    // What a verb or a thing is called; the file may leave it out: its id.
    [[nodiscard]] Text word(std::string_view id) const;

    // Whether any of the session's roles has the right at all; which rows it reaches is Scope's answer.
    // Always no for a session that is not full.
    [[nodiscard]] bool may(const Session& session, Verb verb, Thing thing) const;
    // The same as an error that says what is missing: kind usage, code "not_allowed".
    [[nodiscard]] Result<void> require(const Session& session, Verb verb, Thing thing) const;
    // Those that give it, of all the session's roles.
    [[nodiscard]] std::vector<const Right*> rights(const Session& session, Verb verb, Thing thing) const;
    // Whether the session's roles let it give this role, and so change an account that has it.
    [[nodiscard]] bool may_grant(const Session& session, std::string_view role) const;
    // Whether one of these roles asks for a second factor.
    [[nodiscard]] bool needs_second_factor(const std::vector<std::string>& roles) const;

  private:
    friend class RolesReader;
    std::vector<Role> roles_;
    std::vector<PurposeWord> purposes_;
    std::map<std::string, std::string, std::less<>> purpose_of_;  // by name of a thing
    std::vector<PurposeWord> words_;
};

}  // namespace doudi::access
