// SPDX-License-Identifier: Apache-2.0
// What people call whoever acted: the one place where the name of an officer is read to stand beside the name
// with which they sign in. An official file names people. For the offices alone: no citizen is told one.
#pragma once
#include <boost/json.hpp>
#include <map>
#include <string>
#include <string_view>

#include "http/request/call.h"

namespace doudi::http {

// Each account is read once a call.
class PeopleNames {
  public:
    explicit PeopleNames(Call& call) : call_(call) {}
    // With what they sign in; empty: the program, or an account that is gone.
    [[nodiscard]] std::string login(access::UserId id) { return names(id).login; }
    // As people know them; the name with which they sign in where nobody told another; empty as above.
    [[nodiscard]] std::string full(access::UserId id) { return names(id).full; }
    // The same as answers have it: null where it would be empty.
    [[nodiscard]] boost::json::value told(access::UserId id);
    // By the name with which they sign in: of records that hold no other. Null: no such account (a machine's
    // token, the command line, one that is gone).
    [[nodiscard]] boost::json::value told(std::string_view login);

  private:
    struct Names {
        std::string login;
        std::string full;
    };
    const Names& names(access::UserId id);

    Call& call_;
    std::map<access::UserId, Names> by_id_;
    std::map<std::string, Names, std::less<>> by_login_;
};

}  // namespace doudi::http
