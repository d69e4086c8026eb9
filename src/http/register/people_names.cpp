// SPDX-License-Identifier: Apache-2.0
#include "http/register/people_names.h"

#include <utility>

#include "access/accounts.h"

namespace doudi::http {
namespace {

namespace json = boost::json;

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

std::string full_of(const access::Account& account) {
    return account.full_name.empty() ? account.name : account.full_name;
}

}  // namespace

const PeopleNames::Names& PeopleNames::names(access::UserId id) {
    const auto known = by_id_.find(id);
    if (known != by_id_.end()) return known->second;
    Names names;
    if (id != access::UserId()) {
        if (const auto account = access::Accounts(call_.desk.database, call_.services.accounts).find(id))
            names = {account->name, full_of(*account)};
    }
    return by_id_.emplace(id, std::move(names)).first->second;
}

json::value PeopleNames::told(access::UserId id) {
    return text_or_null(names(id).full);
}

json::value PeopleNames::told(std::string_view login) {
    if (login.empty()) return nullptr;
    auto known = by_login_.find(login);
    if (known == by_login_.end()) {
        Names names;
        if (const auto account = access::find_account(call_.desk.database, login))
            names = {account->name, full_of(*account)};
        known = by_login_.emplace(std::string(login), std::move(names)).first;
    }
    return text_or_null(known->second.full);
}

}  // namespace doudi::http
