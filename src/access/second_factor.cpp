// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "access/secrets.h"
#include "access/sign_in.h"
#include "access/totp.h"
#include "base/text_fold.h"

namespace doudi::access {

namespace {

constexpr std::size_t secret_bytes = 20;  // what RFC 4226 recommends for SHA-1
constexpr std::size_t recovery_characters = 12;

std::string place_of(std::string_view column, UserId user) {
    return fmt::format("account/{}/{}", column, user.value());
}

std::string recovery_hash(UserId user, std::string_view code) {
    return sm3_hex(fmt::format("recovery/{}/{}", user.value(), read_code(code)));
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

}  // namespace

Result<bool> factor_matches(store::Database& database, const AccountServices& services,
                            const repository::AccountRow& row, std::string_view code) {
    const UserId user = row.account.id;
    const Instant now = services.clock.now();
    const std::string digits = fold_digits(trim(code));
    const std::string secret = TRY(services.sealer.open(row.totp_secret, place_of("totp_secret", user)));
    bool used = false;
    if (const auto step = totp_matches(secret, digits, now, row.totp_step)) {
        TRY_VOID(database.write_beside([&]() -> Result<void> {
            used = TRY(repository::use_step(database, user, *step));
            return {};
        }));
        return used;
    }
    TRY_VOID(database.write_beside([&]() -> Result<void> {
        used = TRY(repository::use_recovery(database, user, recovery_hash(user, code), now));
        return {};
    }));
    return used;
}

Result<SecondFactorOffer> Accounts::offer_second_factor(const Session& session) {
    const auto found = TRY(repository::select_account(*database_, session.user));
    const bool may =
        found && session.stage != SessionStage::needs_new_password && !found->account.has_second_factor;
    if (!may) {
        return fail(
            ErrorKind::conflict, "second_factor_there",
            {"须先改密码；已有的第二验证因素只能由管理员重置",
             "a new password comes first, and a second factor that is there only an administrator resets"});
    }
    const auto bytes = random_bytes(secret_bytes);
    const std::string secret(bytes.begin(), bytes.end());
    const std::string sealed = TRY(services_->sealer.seal(secret, place_of("totp_offered", session.user)));
    TRY_VOID(database_->write([&] { return repository::offer_factor(*database_, session.user, sealed); }));
    SecondFactorOffer offer;
    offer.secret = base32(bytes);
    offer.uri = fmt::format("otpauth://totp/doudi:{}?secret={}&issuer=doudi", escaped(session.user_name),
                            offer.secret);
    return offer;
}

Result<std::vector<std::string>> Accounts::confirm_second_factor(const Session& session,
                                                                 std::string_view code) {
    const auto found = TRY(repository::select_account(*database_, session.user));
    if (!found || found->totp_offered.empty() || found->account.has_second_factor) return sign_in_refused();
    FailureCount count(*database_, *services_, fold_user_name(session.user_name), session.from);
    TRY_VOID(count.check());
    const std::string secret =
        TRY(services_->sealer.open(found->totp_offered, place_of("totp_offered", session.user)));
    const auto step = totp_matches(secret, fold_digits(trim(code)), services_->clock.now(), 0);
    if (!step) {
        TRY_VOID(count.failed());
        return sign_in_refused();
    }
    std::vector<std::string> codes;
    std::vector<std::string> hashes;
    for (int i = 0; i < services_->rules.recovery_codes; ++i) {
        codes.push_back(random_code(recovery_characters));
        hashes.push_back(recovery_hash(session.user, codes.back()));
    }
    const std::string sealed = TRY(services_->sealer.seal(secret, place_of("totp_secret", session.user)));
    const RightsChange change(*services_);
    TRY_VOID(database_->write([&]() -> Result<void> {
        TRY_VOID(repository::take_factor(*database_, session.user, sealed, *step, hashes));
        return repository::pass_factor(*database_, session.id);
    }));
    return codes;
}

}  // namespace doudi::access
