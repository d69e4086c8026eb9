// SPDX-License-Identifier: Apache-2.0
#include "access/authorisations.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/papers_repository.h"
#include "base/text_fold.h"

namespace doudi::access {

Text describe(AuthorisationAnswer answer) {
    switch (answer) {
        case AuthorisationAnswer::covered:
            return {"已授权", "authorised"};
        case AuthorisationAnswer::none:
            return {"没有签署授权书", "no authorisation was signed"};
        case AuthorisationAnswer::not_begun:
            return {"授权尚未开始", "the authorisation has not begun"};
        case AuthorisationAnswer::ended:
            return {"授权已到期", "the authorisation has ended"};
        case AuthorisationAnswer::revoked:
            return {"授权已撤销", "the authorisation was revoked"};
    }
    ensure(false, "an answer about an authorisation");
    return {};
}

Text how_to_know_birthday() {
    return {
        "请核对户口簿、出生医学证明或身份证，以更正登记身份证号；没有号码的，录入授权书时填写出生日期并写明材"
        "料",
        "look at the household book, the birth certificate or the identity card, and have the number entered "
        "by "
        "a correction; without a number state the birthday when the paper is recorded, and what shows it"};
}

std::string_view name_of(SignedAs signed_as) {
    constexpr std::string_view words[] = {"self", "supporter", "guardian"};
    return words[static_cast<std::size_t>(signed_as)];
}

std::string_view name_of(AuthorisationAnswer answer) {
    constexpr std::string_view words[] = {"covered", "none", "not_begun", "ended", "revoked"};
    return words[static_cast<std::size_t>(answer)];
}

namespace {

std::unexpected<Error> refuse(std::string code, Text text) {
    return fail(ErrorKind::invalid, std::move(code), std::move(text));
}

Result<void> check_days(const Authorisation& paper, const SecurityRules& rules) {
    if (paper.from >= paper.until)
        return refuse("authorisation_days",
                      {"授权期限须晚于开始日", "the authorisation must end after it begins"});
    if (paper.signed_on > paper.from) {
        return refuse("authorisation_signed_later",
                      {"授权不能早于签署日生效", "an authorisation cannot begin before it was signed"});
    }
    const int most = rules.authorisation_longest_months;
    if (paper.until > paper.signed_on.plus_months(most)) {
        return refuse(
            "authorisation_term",
            {fmt::format("授权期限自签署之日起最长 {} 个月：{}", most, rules.authorisation_basis.zh),
             fmt::format("an authorisation holds for {} months from its signing at most: {}", most,
                         rules.authorisation_basis.en)});
    }
    return {};
}

bool is_minor(Date born_on, Date day, int adult_years) {
    constexpr int months = 12;
    return day < born_on.plus_months(months * adult_years);
}

Result<void> check_guardian(const Authorisation& paper, const Birthday& born, int adult_years) {
    if (paper.paper.empty()) {
        return refuse("authorisation_guardian_paper",
                      {"监护人签署须附监护材料", "a guardian's signature needs the paper that shows it"});
    }
    const bool of_age = born.on && !is_minor(*born.on, paper.signed_on, adult_years);
    if (of_age && paper.ward_paper.empty()) {
        return refuse(
            "authorisation_ward_paper",
            {"成年人由监护人签署的，须附其无民事行为能力或者限制民事行为能力的认定材料",
             "a guardian signs for an adult with the paper alone that shows the adult to be a ward"});
    }
    return {};
}

// Whether someone signs for themselves is not known where the birthday is not.
Result<void> check_age(const Authorisation& paper, const Birthday& born, int adult_years) {
    if (born.by_paper && paper.paper.empty()) {
        return refuse("authorisation_birthday_paper",
                      {"出生日期须附证明材料",
                       "a birthday needs the paper that shows it, where the register has no number"});
    }
    if (paper.signed_as == SignedAs::guardian) return check_guardian(paper, born, adult_years);
    if (!born.on) {
        const Text how = how_to_know_birthday();
        return refuse(
            "authorisation_birthday_unknown",
            {fmt::format("不知道该成员是否成年：{}；监护人可以签署", how.zh),
             fmt::format("it is not known whether this person is of age: {}; a guardian may sign", how.en)});
    }
    if (is_minor(*born.on, paper.signed_on, adult_years))
        return refuse("authorisation_minor", {"未成年人须由监护人签署", "a guardian signs for a minor"});
    return {};
}

Result<void> check_signer(const Authorisation& paper, const Birthday& born, int adult_years) {
    const bool signs_own = paper.signer == paper.person;
    if ((paper.signed_as == SignedAs::self) != signs_own) {
        return refuse("authorisation_signer",
                      {"本人签署时签署人须为本人，监护人等签署时须为他人",
                       "who signs as the person is the person, and who signs as another is not"});
    }
    if (!paper.signer && trim(paper.signer_name).empty()) {
        return refuse("authorisation_signer_name",
                      {"须写明签署人姓名", "who signs is named: a member, or somebody else by their name"});
    }
    if (!signs_own && born.of_signer && is_minor(*born.of_signer, paper.signed_on, adult_years)) {
        return refuse("authorisation_signer_minor",
                      {"未成年人不能为他人签署", "who is not of age signs for nobody"});
    }
    // A supporter signs for their own means: how old the other is does not matter.
    if (paper.signed_as == SignedAs::supporter) return {};
    return check_age(paper, born, adult_years);
}

}  // namespace

Result<std::uint64_t> record_authorisation(store::Database& database, const FolderKeys& keys,
                                           const SecurityRules& rules, const Session& session,
                                           const Clock& clock, const Authorisation& paper,
                                           const Birthday& born) {
    TRY_VOID(check_days(paper, rules));
    TRY_VOID(check_signer(paper, born, rules.adult_years));
    if (paper.scope.empty())
        return refuse("authorisation_scope", {"须写明授权范围", "an authorisation says for what"});
    return repository::insert_authorisation(database, keys, paper, session.user, clock.now());
}

Result<std::string> signer_name_of(store::Database& database, const FolderKeys& keys,
                                   const Authorisation& paper) {
    if (paper.signer) return std::string();
    return repository::select_signer_name(database, keys, paper);
}

Result<void> revoke_authorisation(store::Database& database, std::uint64_t id, Date on) {
    if (TRY(repository::revoke(database, id, on))) return {};
    return fail(
        ErrorKind::not_found, "authorisation_unknown",
        {"没有这份授权书，或已在此前撤销", "there is no such authorisation, or it was revoked before"});
}

Result<std::vector<Authorisation>> authorisations_of(store::Database& database, PersonId person) {
    return repository::select_authorisations(database, person);
}

Result<AuthorisationBook> AuthorisationBook::read(store::Database& database) {
    return AuthorisationBook(TRY(repository::select_authorisations(database, std::nullopt)));
}

Result<std::vector<Authorisation>> own_authorisations(store::Database& database, PersonId person) {
    return repository::select_own_authorisations(database, person);
}

bool may_revoke(const Authorisation& paper, PersonId who, Date day) {
    return paper.signer == who && paper.until > day && (!paper.revoked_on || *paper.revoked_on > day);
}

AuthorisationBook::AuthorisationBook(std::vector<Authorisation> papers) {
    for (Authorisation& paper : papers) {
        if (paper.signed_as == SignedAs::supporter) continue;  // of nobody's means but the signer's
        papers_[paper.person].push_back(std::move(paper));
    }
}

namespace {

AuthorisationAnswer answer_of(const Authorisation& paper, Date day) {
    if (paper.revoked_on && *paper.revoked_on <= day) return AuthorisationAnswer::revoked;
    if (day < paper.from) return AuthorisationAnswer::not_begun;
    return day < paper.until ? AuthorisationAnswer::covered : AuthorisationAnswer::ended;
}

}  // namespace

AuthorisationAnswer AuthorisationBook::covers(PersonId person, std::string_view scope, Date day) const {
    AuthorisationAnswer best = AuthorisationAnswer::none;
    const auto found = papers_.find(person);
    if (found == papers_.end()) return best;
    for (const Authorisation& paper : found->second) {
        if (paper.scope != whole_check && paper.scope != scope) continue;
        const AuthorisationAnswer one = answer_of(paper, day);
        if (one == AuthorisationAnswer::covered) return one;
        best = one;  // of several that do not cover it, what the last one says
    }
    return best;
}

std::optional<Date> AuthorisationBook::signed_on(PersonId person, std::string_view scope, Date day) const {
    std::optional<Date> last;
    const auto found = papers_.find(person);
    if (found == papers_.end()) return last;
    for (const Authorisation& paper : found->second) {
        if (paper.scope != whole_check && paper.scope != scope) continue;
        if (answer_of(paper, day) != AuthorisationAnswer::covered) continue;
        last = std::max(last.value_or(paper.signed_on), paper.signed_on);
    }
    return last;
}

AuthorisationAnswer AuthorisationBook::by_row(PersonId person, const MeansFact& fact) const {
    if (!fact.sender_holds_papers || !fact.signed_on) return AuthorisationAnswer::none;
    if (*fact.signed_on > fact.told_on) return AuthorisationAnswer::not_begun;
    const auto found = papers_.find(person);
    if (found == papers_.end()) return AuthorisationAnswer::covered;
    const bool revoked = std::ranges::any_of(found->second, [&](const Authorisation& paper) {
        return paper.revoked_on && *paper.revoked_on <= fact.read_on && *fact.signed_on < *paper.revoked_on;
    });
    return revoked ? AuthorisationAnswer::revoked : AuthorisationAnswer::covered;
}

AuthorisationAnswer AuthorisationBook::lets_enter(PersonId person, const MeansFact& fact) const {
    const AuthorisationAnswer row = by_row(person, fact);
    if (row == AuthorisationAnswer::covered) return row;
    const AuthorisationAnswer now = covers(person, fact.id, fact.read_on);
    if (now != AuthorisationAnswer::covered)
        return row == AuthorisationAnswer::none || now == AuthorisationAnswer::revoked ? now : row;
    // What was found out on a day that nobody had agreed to stays out.
    return covers(person, fact.id, fact.told_on);
}

std::vector<SigningState> signing_states(const AuthorisationBook& book, const SecurityRules& rules,
                                         std::span<const HouseholdPerson> people, std::string_view scope,
                                         Date day) {
    std::vector<SigningState> states;
    for (const HouseholdPerson& one : people) {
        SigningState state{one.person, std::nullopt, book.covers(one.person, scope, day)};
        if (one.born_on)
            state.signs_as =
                is_minor(*one.born_on, day, rules.adult_years) ? SignedAs::guardian : SignedAs::self;
        states.push_back(state);
    }
    return states;
}

Result<void> require_authorisation(store::Database& database, PersonId person, std::string_view scope,
                                   Date day) {
    const AuthorisationBook book(TRY(repository::select_authorisations(database, person)));
    const AuthorisationAnswer answer = book.covers(person, scope, day);
    if (answer == AuthorisationAnswer::covered) return {};
    const Text why = describe(answer);
    return fail(ErrorKind::invalid, "not_authorised",
                {fmt::format("{} 不能录入或查看该成员的财产收入信息：{}", day.iso(), why.zh),
                 fmt::format("no facts about this person's means on {}: {}", day.iso(), why.en)});
}

}  // namespace doudi::access
