// SPDX-License-Identifier: Apache-2.0
#include "http/office/office.h"

#include <fmt/format.h>

#include "access/cockpit.h"
#include "access/subject_text.h"
#include "access/tiles.h"
#include "access/vault_sealer.h"
#include "access/windows.h"
#include "http/cases/case_files.h"
#include "http/cases/case_law.h"
#include "http/lists/rhythm_sums.h"
#include "http/office/daily.h"
#include "http/office/exchange_rounds.h"
#include "http/office/kept_classes.h"
#include "http/office/work.h"
#include "http/register/lists_now.h"
#include "http/register/repository.h"
#include "http/request/routes.h"
#include "http/rules/pack_shelf.h"
#include "http/server/rate_limiter.h"
#include "store/durable_file.h"
#include "workbook/bank_returns.h"

namespace doudi::http {

namespace fs = std::filesystem;

struct Office::State {
    explicit State(const OfficeOptions& the_options)
        : options(the_options), telemetry(the_options.quiet), desks(the_options.doors) {}

    // In the order in which they come to life; they end the other way round.
    OfficeOptions options;
    SystemClock clock;
    Telemetry telemetry;
    std::optional<store::DataFolder> writer;
    Desks desks;
    UnitsNow units;
    std::optional<LawNow> law;
    std::optional<CaseLaw> case_law;
    std::optional<PackShelf> packs;
    ListsNow lists;
    std::optional<access::VisibilityRules> visibility;
    std::optional<access::Roles> roles;
    std::optional<access::SecurityRules> rules;
    std::optional<RateLimiter> strangers;
    std::optional<upkeep::ChangeRules> changes;
    std::unique_ptr<access::PasswordHasher> hasher;
    std::unique_ptr<access::Sealer> sealer;
    access::SessionCache sessions;
    std::string audit_key;
    std::unique_ptr<access::AuditLog> audit;
    std::optional<access::AccountServices> accounts;
    std::optional<access::RetentionTable> retention;
    identity::Providers outside;
    exchange::Peers peers;
    std::unique_ptr<ExchangeRounds> exchange;  // before the board and the server, which wake it
    std::optional<WorkPlace> place;
    std::unique_ptr<jobs::Board> board;
    std::optional<jobs::Uploads> uploads;
    std::optional<Cursors> cursors;
    std::optional<Services> services;
    std::unique_ptr<App> app;
    std::optional<Server> server;
    std::unique_ptr<jobs::DailyRounds> daily;
    std::string first_password;
    bool has_accounts = false;
};

namespace {

// Faults of a file of ours are all worth reading, but one must do here.
template <class T>
Result<T> loaded(std::expected<T, std::vector<Error>> from) {
    if (from) return std::move(*from);
    return std::unexpected(std::move(from.error().front()));
}

// Files that a killed server was about to send.
void clear_answers(const fs::path& folder) {
    std::error_code failure;
    std::vector<fs::path> left;
    for (const auto& entry : fs::directory_iterator(folder, failure)) left.push_back(entry.path());
    for (const auto& path : left) fs::remove_all(path, failure);
}

// The office itself, where no offices were loaded yet.
Result<access::UnitId> some_root(store::Database& database, const policy::Policy& policy, Date today) {
    auto tree = TRY(access::read_units(database));
    if (tree.units().empty()) {
        access::UnitRow row;
        row.place = "serve";
        row.code = "office";
        row.title = policy.pack.title.zh;
        row.kind = "county";
        row.region = policy.pack.region_scope;
        row.from = Date::from_days(0).iso();
        (void)TRY(access::load_units(database, std::span(&row, 1)));
        tree = TRY(access::read_units(database));
    }
    for (const auto& unit : tree.units()) {
        const auto* place = tree.place(unit.id, today);
        if (place != nullptr && place->parent == access::UnitId()) return unit.id;
    }
    return fail(ErrorKind::invalid, "no_root_unit", {"单位树没有根", "the units have no root"});
}

}  // namespace

Office::Office(std::unique_ptr<State> state) : state_(std::move(state)) {}

Office::~Office() {
    if (state_) stop();
}

namespace {

Result<void> open_people(Office::State& all);
Result<void> open_outside(Office::State& all, const fs::path& usual);
Result<void> open_board(Office::State& all);
Result<void> make_first(Office::State& all);
Result<void> open_daily(Office::State& all);
Result<void> open_exchange(Office::State& all);
void tell_of_peer(Office::State& all, const std::string& peer, const std::string& code);

}  // namespace

Result<std::unique_ptr<Office>> Office::open(const OfficeOptions& options) {
    auto state = std::make_unique<State>(options);
    State& all = *state;
    all.writer.emplace(TRY(options.open_writer()));
    // What an older program wrote in the clear.
    TRY_VOID(all.writer->database().write([&] { return access::seal_words(*all.writer); }));
    all.law.emplace(ruledesk::ProgramLaw{options.policy_root, options.policy->pack.id}, *options.policy);
    all.case_law.emplace(ruledesk::ProgramLaw{options.policy_root, options.policy->pack.id});
    all.packs.emplace(options.policy_root / "packs", options.policy->catalogue);
    TRY_VOID(open_people(all));
    TRY_VOID(open_exchange(all));
    TRY_VOID(open_board(all));
    TRY_VOID(make_first(all));
    all.services.emplace(Services{.policy = *options.policy,
                                  .policy_root = options.policy_root,
                                  .temporary = all.place->temporary,
                                  .clock = all.clock,
                                  .roles = *all.roles,
                                  .rules = *all.rules,
                                  .changes = *all.changes,
                                  .accounts = *all.accounts,
                                  .audit = *all.audit,
                                  .desks = all.desks,
                                  .units = all.units,
                                  .law = *all.law,
                                  .case_law = *all.case_law,
                                  .packs = *all.packs,
                                  .visibility = *all.visibility,
                                  .board = *all.board,
                                  .uploads = *all.uploads,
                                  .cursors = *all.cursors,
                                  .outside = all.outside,
                                  .retention = *all.retention,
                                  .exchange = *all.exchange,
                                  .lists = all.lists,
                                  .strangers = *all.strangers,
                                  .threads = options.threads});
    all.place->services = &*all.services;
    all.app = std::make_unique<App>(*all.services, RouteTable(all_routes()), all.telemetry, options.app);
    all.board->start();
    all.server.emplace(TRY(Server::start(*all.app, options.server)));
    TRY_VOID(open_daily(all));
    all.exchange->start(*all.board, [&all](const std::string& peer, const std::string& code) {
        tell_of_peer(all, peer, code);
    });
    return std::unique_ptr<Office>(new Office(std::move(state)));
}

namespace {

// A misspelt dataset would make its rows internal, where the household should see them.
Result<void> check_visibility(const access::VisibilityRules& rules,
                              const policy::DatasetCatalogue& catalogue) {
    for (const auto& id : rules.datasets()) {
        if (catalogue.index_of(id) >= 0) continue;
        return fail(ErrorKind::invalid, "unknown_dataset",
                    {fmt::format("没有数据集“{}”", id), fmt::format("there is no dataset '{}'", id)},
                    "access/visibility.yaml");
    }
    return {};
}

Result<void> open_people(Office::State& all) {
    const fs::path folder = all.options.policy_root / "access";
    all.roles = TRY(loaded(access::Roles::load(folder / "roles.yaml")));
    all.rules = TRY(loaded(access::SecurityRules::load(folder)));
    constexpr double seconds = 60;
    all.strangers.emplace(RateLimiter::Rate{.a_second = all.rules->strangers_a_minute / seconds,
                                            .in_a_row = 1.0 * all.rules->strangers_in_a_row});
    all.visibility = TRY(loaded(access::VisibilityRules::load(folder / "visibility.yaml")));
    TRY_VOID(check_visibility(*all.visibility, all.options.policy->catalogue));
    all.changes = TRY(loaded(upkeep::ChangeRules::load(folder / "changes.yaml", *all.roles)));
    all.hasher = std::make_unique<access::PasswordHasher>(*all.rules);
    all.sealer = access::sealer_of(*all.writer);
    all.audit_key = access::audit_key_of(*all.writer);
    all.audit =
        TRY(access::AuditLog::start(TRY(all.options.doors.open_database()), all.clock, all.audit_key));
    all.accounts.emplace(access::AccountServices{*all.roles, *all.rules, all.clock, *all.hasher, *all.sealer,
                                                 all.audit.get(), &all.sessions});
    // Read again where they are told (routes_self_check.cpp, routes_overview.cpp, routes_payroll.cpp); a slip
    // stops the start.
    (void)TRY(loaded(access::Windows::load(folder / "windows.yaml")));
    (void)TRY(loaded(access::Cockpit::load(folder / "cockpit.yaml")));
    (void)TRY(loaded(workbook::BankForm::load(folder / "bank_returns.yaml")));
    all.retention = TRY(loaded(load_retention(all.options.policy_root, *all.options.policy)));
    return open_outside(all, folder / "oidc.yaml");
}

}  // namespace

namespace {

// Nobody is asked yet: a provider that is down must not keep the office shut.
Result<void> open_outside(Office::State& all, const fs::path& usual) {
    std::error_code failure;
    fs::path file = all.options.outside;
    if (file.empty() && fs::exists(usual, failure)) file = usual;
    if (file.empty()) return {};
    for (auto& rules : TRY(loaded(identity::load_providers(file))))
        all.outside.push_back(std::make_unique<identity::Provider>(std::move(rules), all.clock));
    return {};
}

Result<void> open_board(Office::State& all) {
    constexpr std::size_t key_bytes = 32;
    const fs::path temporary = all.options.folder / "answers";
    TRY_VOID(store::make_folder(temporary));
    clear_answers(temporary);
    all.place.emplace(WorkPlace{.writer = *all.writer,
                                .desks = all.desks,
                                .policy = *all.options.policy,
                                .law = *all.law,
                                .case_law = *all.case_law,
                                .temporary = temporary,
                                .threads = all.options.threads,
                                .changes = &*all.changes,
                                .uploads = nullptr,
                                .audit = *all.audit,
                                .retention = *all.retention,
                                .clock = all.clock,
                                .services = nullptr});
    std::vector<jobs::Kind> kinds = all_kinds(*all.place);
    kinds.push_back(exchange_kind(*all.place, *all.exchange));
    all.board = TRY(jobs::Board::open(TRY(all.options.doors.open_database()),
                                      TRY(all.options.doors.open_database()), std::move(kinds), all.clock));
    all.uploads =
        TRY(jobs::Uploads::open(all.options.folder / "uploads", *all.board, all.clock, all.writer->seal()));
    all.place->uploads = &*all.uploads;
    auto desk = TRY(all.desks.take());
    all.cursors.emplace(TRY(signing_key(desk->database, random_hex(key_bytes))));
    return {};
}

Result<void> open_exchange(Office::State& all) {
    if (!all.options.peers.empty())
        all.peers =
            TRY(loaded(exchange::load_peers(all.options.peers, all.options.policy_root / "exchange")));
    all.exchange = std::make_unique<ExchangeRounds>(ExchangePlace{
        all.peers, all.desks, all.units, *all.case_law, *all.options.policy, *all.audit, all.clock});
    return {};
}

void tell_of_peer(Office::State& all, const std::string& peer, const std::string& code) {
    all.telemetry.note(Telemetry::Level::warn, "exchange with " + peer, code, {});
}

void tell_of(Office::State& all, const jobs::DailyDone& done) {
    if (done.outcome && !done.late) return;
    const std::string what = fmt::format("{} of {}", done.task, done.day.iso());
    if (!done.outcome) {
        all.telemetry.note(Telemetry::Level::error, what, done.outcome.error().code, {});
    } else {
        all.telemetry.note(Telemetry::Level::warn, what, "late: the server did not run on that day", {});
    }
}

Result<void> open_daily(Office::State& all) {
    all.daily = std::make_unique<jobs::DailyRounds>(
        TRY(all.options.doors.open_database()),
        daily_tasks({all.desks, all.units, *all.retention, all.clock, all.audit_key, all.options.anchors,
                     [&all] { return seal_closed_files(*all.services); },
                     [&all] { return renew_rhythms(*all.services); },
                     [&all] { return renew_passed_days(*all.services); }}),
        all.clock);
    all.daily->start([&all](const jobs::DailyDone& done) { tell_of(all, done); });
    return {};
}

// Where households came by the command line, they belong to an office from now on.
Result<void> place_households(Office::State& all, store::Database& database) {
    if (TRY(access::read_units(database)).units().empty()) return {};
    const Date today = civil_day(all.clock.now());
    const auto root = TRY(some_root(database, *all.options.policy, today));
    (void)TRY(access::place_new_households(database, root, today));
    return {};
}

Result<void> make_first(Office::State& all) {
    auto desk = TRY(all.desks.take());
    if (!all.options.units.empty()) {
        const auto rows = TRY(loaded(access::read_unit_file(all.options.units)));
        (void)TRY(access::load_units(desk->database, rows));
        const auto tiles = TRY(loaded(access::read_unit_tiles(all.options.units)));
        TRY_VOID(access::put_tiles(desk->database, tiles));
    }
    if (!all.peers.all.empty()) {
        const auto units = TRY(access::read_units(desk->database));
        TRY_VOID(exchange::check_offices(all.peers, units));
    }
    access::Accounts accounts(desk->database, *all.accounts);
    all.has_accounts = !TRY(accounts.list()).empty();
    if (all.options.first_administrator.empty() || all.has_accounts)
        return place_households(all, desk->database);
    constexpr std::size_t password_bytes = 9;
    access::Account first;
    first.name = all.options.first_administrator;
    first.full_name = first.name;
    first.roles = {"administrator"};
    first.unit = TRY(some_root(desk->database, *all.options.policy, civil_day(all.clock.now())));
    all.first_password = random_hex(password_bytes);
    (void)TRY(accounts.add(first, all.first_password));
    all.has_accounts = true;
    return place_households(all, desk->database);
}

}  // namespace

std::uint16_t Office::port() const {
    return state_->server->port();
}

const std::string& Office::first_password() const {
    return state_->first_password;
}

bool Office::has_accounts() const {
    return state_->has_accounts;
}

void Office::stop() {
    if (state_->daily) state_->daily->stop();
    if (state_->exchange) state_->exchange->stop();
    if (state_->server) state_->server->stop();
    if (state_->board) state_->board->stop();
}

}  // namespace doudi::http
