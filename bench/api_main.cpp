// SPDX-License-Identifier: Apache-2.0
// bench_api VERB …, of which bench/api makes use; each prints a line of JSON.
//   citizens FOLDER DATABASE PERSON…           sessions of these persons; DATABASE "-": the folder's own
//   compare  FOLDER DATABASE PLAN PORT QUESTIONS
//   store    FOLDER DATABASE PLAN SECONDS CLIENTS SEED
//   server   PORT PLAN SECONDS CLIENTS SEED
//   crowd    PORT PLAN IDLE SLOW
//   probe    PORT PLAN QUESTIONS
//   recovery PORT PLAN MILLISECONDS
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <optional>

#include "access/accounts.h"
#include "access/vault_sealer.h"
#include "base/clock.h"
#include "bench/api_bench.h"
#include "store/layout.h"

namespace doudi::bench {

Result<void> enter_citizens(const store::Place& place, const std::filesystem::path& root,
                            const std::vector<std::uint32_t>& persons) {
    auto database = TRY(place.database ? store::Database::open(*place.database)
                                       : store::Database::open(place.folder / store::database_name));
    const auto roles = access::Roles::load(root / "access" / "roles.yaml");
    if (!roles) return std::unexpected(roles.error().front());
    const auto rules = access::SecurityRules::load(root / "access");
    if (!rules) return std::unexpected(rules.error().front());
    access::PasswordHasher hasher(*rules);
    const access::NoSealer sealer;
    const SystemClock clock;
    const access::AccountServices services{*roles, *rules, clock, hasher, sealer};
    access::Accounts accounts(database, services);
    for (const std::uint32_t person : persons) {
        const access::Accounts::OutsideSubject subject{"bench", std::to_string(person)};
        TRY_VOID(accounts.link(subject, PersonId(person)));
        fmt::print("{} {}\n", TRY(accounts.sign_in(subject, "127.0.0.1")).token, person);
    }
    return {};
}

namespace {

using Words = std::vector<std::string>;

std::uint64_t number(const std::string& word) {
    return std::strtoull(word.c_str(), nullptr, 10);
}

Result<store::Place> place_of(const Words& words) {
    std::optional<store::PostgresUrl> database;
    if (words.at(1) != "-") database = TRY(store::PostgresUrl::parse(words.at(1)));
    return store::Place(std::filesystem::path(words.at(0)), std::move(database));
}

Result<void> citizens(const Words& words) {
    std::vector<std::uint32_t> persons;
    for (std::size_t at = 2; at < words.size(); ++at)
        persons.push_back(static_cast<std::uint32_t>(number(words[at])));
    return enter_citizens(TRY(place_of(words)), DOUDI_SOURCE_DIR, persons);
}

ApiRun run_of(const Words& words, std::size_t at) {
    return {.seconds = std::strtod(words.at(at).c_str(), nullptr),
            .clients = static_cast<unsigned>(number(words.at(at + 1))),
            .seed = number(words.at(at + 2))};
}

Result<void> on_store(const Words& words) {
    auto plan = TRY(read_plan(words.at(2)));
    return ask_store(TRY(place_of(words)), plan, run_of(words, 3));
}

Result<void> on_server(const Words& words) {
    auto plan = TRY(read_plan(words.at(1)));
    return ask_server(static_cast<std::uint16_t>(number(words.at(0))), plan, run_of(words, 2));
}

Result<void> both(const Words& words) {
    auto plan = TRY(read_plan(words.at(2)));
    return compare(TRY(place_of(words)), static_cast<std::uint16_t>(number(words.at(3))), plan,
                   static_cast<unsigned>(number(words.at(4))));
}

Result<void> crowd(const Words& words) {
    const auto plan = TRY(read_plan(words.at(1)));
    return stand_in_the_way(static_cast<std::uint16_t>(number(words.at(0))), plan,
                            static_cast<unsigned>(number(words.at(2))),
                            static_cast<unsigned>(number(words.at(3))));
}

Result<void> probed(const Words& words) {
    return probe(static_cast<std::uint16_t>(number(words.at(0))), TRY(read_plan(words.at(1))),
                 static_cast<unsigned>(number(words.at(2))));
}

Result<void> recovery(const Words& words) {
    const auto plan = TRY(read_plan(words.at(1)));
    return wait_for_recovery(static_cast<std::uint16_t>(number(words.at(0))), plan,
                             std::strtod(words.at(2).c_str(), nullptr));
}

}  // namespace

}  // namespace doudi::bench

int main(int count, char** arguments) {
    using namespace doudi;
    const std::map<std::string, std::pair<std::size_t, std::function<Result<void>(const bench::Words&)>>>
        verbs{{"citizens", {3, bench::citizens}}, {"compare", {5, bench::both}},
              {"store", {6, bench::on_store}},    {"server", {5, bench::on_server}},
              {"crowd", {4, bench::crowd}},       {"probe", {3, bench::probed}},
              {"recovery", {3, bench::recovery}}};
    const bench::Words words(arguments + std::min(count, 2), arguments + count);
    const auto verb = count < 2 ? verbs.end() : verbs.find(arguments[1]);
    if (verb == verbs.end() || words.size() < verb->second.first) {
        fmt::print(stderr,
                   "bench_api citizens|compare|store|server|crowd|probe|recovery …: bench/api calls it\n");
        return 2;
    }
    const auto done = verb->second.second(words);
    if (done) return 0;
    fmt::print(stderr, "bench_api: {}\n", done.error().message(Lang::en));
    return 1;
}
