// SPDX-License-Identifier: Apache-2.0
#include "policy/stated_words.h"

#include <doctest/doctest.h>

#include "policy/trial_law.h"

namespace doudi::policy {

TEST_CASE("what is stated beside the compiled law is read as it was written, of the nearest pack") {
    const TrialLaw law;
    const Loaded<Policy> policy = law.load("guangdong-2021");
    REQUIRE_MESSAGE(policy, policy.error().front().message(Lang::en));
    const Law& read = policy->pack.law;
    CHECK(stated_texts(read, "moves", "referral.draft", "department_reads") ==
          std::vector<std::string>{"need", "note"});
    CHECK(stated_texts(read, "moves", "referral.draft", "title.en") == std::vector<std::string>{"Draft"});
    CHECK(stated_texts(read, "moves", "referral.send", "department_reads").empty());
    CHECK(stated_texts(read, "moves", "nobody.knows", "department_reads").empty());
    CHECK(stated_flag(read, "moves", "conference.convene", "stays"));
    CHECK_FALSE(stated_flag(read, "moves", "referral.send", "stays"));
    CHECK(stated_title(read, "dimensions", "income_drop").zh == "家庭收入骤减");
    CHECK(stated_title(read, "dimensions", "unheard_of").en == "unheard_of");
    // A pack that states the move anew by `inherit` keeps it.
    const Loaded<Policy> changsha = law.load("changsha-2025");
    REQUIRE_MESSAGE(changsha, changsha.error().front().message(Lang::en));
    CHECK(stated_texts(changsha->pack.law, "moves", "referral.finish", "department_reads") ==
          std::vector<std::string>{"note"});
}

TEST_CASE("a department reads only what the move itself is told") {
    const TrialLaw law;
    law.write("packs/guangdong-2021/procedures/referral.yaml", R"(# SPDX-License-Identifier: Apache-2.0
moves:
  - {id: referral.finish, inherit: true, department_reads: [minutes], cite: 试一}
)");
    const Loaded<Policy> policy = law.load("guangdong-2021");
    REQUIRE_FALSE(policy);
    CHECK(policy.error().front().code == "unknown_field");
}

}  // namespace doudi::policy
