// SPDX-License-Identifier: Apache-2.0
#include "cli/seat.h"

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <iostream>

#include "access/vault_sealer.h"
#include "cli/access_office.h"
#include "vault/secret.h"

namespace doudi::cli {
namespace {

// While it lives, what is typed does not appear.
class NoEcho {
  public:
    NoEcho() : is_terminal_(::isatty(STDIN_FILENO) == 1 && ::tcgetattr(STDIN_FILENO, &before_) == 0) {
        if (!is_terminal_) return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~NoEcho() {
        if (!is_terminal_) return;
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
        fmt::print(stderr, "\n");
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;
    [[nodiscard]] bool is_terminal() const { return is_terminal_; }

  private:
    termios before_{};
    bool is_terminal_;
};

// A line that nobody sees, wiped when it goes.
struct Typed {
    std::string text;
    Typed() = default;
    Typed(const Typed&) = delete;
    Typed& operator=(const Typed&) = delete;
    ~Typed() { vault::wipe(std::as_writable_bytes(std::span(text.data(), text.size()))); }
};

Result<void> ask(const Console& console, const Text& prompt, Typed& typed) {
    const NoEcho no_echo;
    if (no_echo.is_terminal()) fmt::print(stderr, "{}", console.say(prompt));
    if (std::getline(std::cin, typed.text)) return {};
    return fail(ErrorKind::usage, "nothing_typed",
                {"没有读到密码或验证码：请在终端输入，或从标准输入给出",
                 "no password or code was read: type it at a terminal, or give it on standard input"});
}

}  // namespace

Seat::Seat(CaseOffice& office, access::Roles roles, access::SecurityRules rules,
           std::unique_ptr<access::AuditLog> log)
    : roles_(std::move(roles)),
      rules_(std::move(rules)),
      log_(std::move(log)),
      sealer_(access::sealer_of(office.store())),
      hasher_(rules_),
      services_{roles_, rules_, office.clock, hasher_, *sealer_, log_.get()},
      accounts_(office.store().database(), services_),
      from_("command line, " + machine_session().user_name) {}

Seat::~Seat() {
    if (!token_.empty()) (void)accounts_.sign_out(token_, from_);
}

Result<std::unique_ptr<Seat>> Seat::take(const Console& console, CaseOffice& office,
                                         const std::string& name) {
    const auto folder = office.office->program.root / "access";
    auto roles = access::Roles::load(folder / "roles.yaml");
    if (!roles) return std::unexpected(roles.error().front());
    auto rules = access::SecurityRules::load(folder);
    if (!rules) return std::unexpected(rules.error().front());
    auto log = TRY(open_log(office.store(), office.clock));
    std::unique_ptr<Seat> seat(new Seat(office, std::move(*roles), std::move(*rules), std::move(log)));
    TRY_VOID(seat->enter(console, name));
    return seat;
}

Result<void> Seat::enter(const Console& console, const std::string& name) {
    using access::SessionStage;
    Typed password;
    TRY_VOID(
        ask(console, {fmt::format("{} 的密码：", name), fmt::format("password of {}: ", name)}, password));
    access::SignedIn entered = TRY(accounts_.sign_in(name, password.text, from_));
    token_ = entered.token;
    const bool has_device = TRY(accounts_.find(entered.session.user)).has_second_factor;
    if (entered.session.stage == SessionStage::needs_second_factor && has_device) {
        Typed code;
        TRY_VOID(ask(console, {"验证码：", "code of the device: "}, code));
        entered = TRY(accounts_.second_factor(token_, code.text, from_));
        token_ = entered.token;
    }
    session_ = std::move(entered.session);
    if (session_.stage == SessionStage::full) return {};
    return fail(ErrorKind::invalid, "seat_unfinished",
                {"请先在网页上登录一次：修改首次密码，设置两步验证",
                 "sign in at the server first: change the first password, set up the second factor"});
}

Result<void> Seat::log(access::Verb verb, access::Thing thing, std::string what,
                       std::vector<HouseholdId> households) {
    access::Look look;
    look.who = session_;
    look.who.why.purpose = roles_.purpose_of(session_, thing);
    look.verb = verb;
    look.thing = thing;
    look.households = std::move(households);
    look.what = std::move(what);
    return log_->append(look);
}

}  // namespace doudi::cli
