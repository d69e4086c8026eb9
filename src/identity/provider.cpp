// SPDX-License-Identifier: Apache-2.0
#include "identity/provider.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <mutex>

#include "identity/base64url.h"
#include "identity/discovery.h"
#include "identity/fetch.h"

namespace doudi::identity {

using SteadyClock = std::chrono::steady_clock;

namespace {

// Something that was fetched, and when.
template <class T>
struct Kept {
    std::shared_ptr<const T> value;
    SteadyClock::time_point at;
};

constexpr long ok = 200;
constexpr long bad_request = 400;
constexpr long unauthorized = 401;

Result<void> check_status(const Fetched& fetched, const char* what) {
    if (fetched.status == ok) return {};
    return bad_answer(fmt::format("{}: {}", what, fetched.status));
}

std::string challenge_of(std::string_view verifier) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    ensure(::EVP_Digest(verifier.data(), verifier.size(), digest.data(), &size, ::EVP_sha256(), nullptr) == 1,
           "SHA-256");
    return to_base64url(std::span(digest.data(), size));
}

}  // namespace

struct Provider::State {
    State(ProviderRules the_rules, const Clock& the_clock) : rules(std::move(the_rules)), clock(the_clock) {}

    const ProviderRules rules;
    const Clock& clock;
    std::mutex mutex;
    int calling = 0;
    Kept<Discovery> discovery;
    Kept<KeySet> keys;

    [[nodiscard]] FetchLimits limits() const {
        return {rules.bytes, SteadyClock::now() + rules.time, rules.ca_file};
    }
    template <class T>
    std::shared_ptr<const T> fresh(const Kept<T>& kept, std::chrono::seconds longest) {
        const std::scoped_lock lock(mutex);
        return kept.value && SteadyClock::now() - kept.at < longest ? kept.value : nullptr;
    }
    template <class T>
    std::shared_ptr<const T> keep(Kept<T>& kept, T value) {
        const std::scoped_lock lock(mutex);
        kept = {std::make_shared<const T>(std::move(value)), SteadyClock::now()};
        return kept.value;
    }
    Result<std::shared_ptr<const Discovery>> discover(const FetchLimits& limits);
    Result<std::shared_ptr<const KeySet>> fetch_keys(const FetchLimits& limits);
    Result<std::string> exchange(std::string_view code, std::string_view verifier, const FetchLimits& limits);
    Result<VerifyKey> key_for(const TokenHead& head, const FetchLimits& limits);
};

namespace {

// One of the so many that may call at once; none: they are all calling.
template <class State>
class Place {
  public:
    explicit Place(State& state) : state_(state) {
        const std::scoped_lock lock(state_.mutex);
        taken_ = state_.calling < state_.rules.at_once;
        if (taken_) ++state_.calling;
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() {
        if (!taken_) return;
        const std::scoped_lock lock(state_.mutex);
        --state_.calling;
    }
    [[nodiscard]] Result<void> check() const {
        if (taken_) return {};
        return fail(
            ErrorKind::limit, "busy",
            {"正在登录的人太多，请稍后再试", "too many people are signing in: try again in a moment"});
    }

  private:
    State& state_;
    bool taken_ = false;
};

}  // namespace

Result<std::shared_ptr<const Discovery>> Provider::State::discover(const FetchLimits& limits) {
    if (auto kept = fresh(discovery, rules.fresh)) return kept;
    std::string base = rules.issuer;
    if (base.ends_with('/')) base.pop_back();
    const Fetched fetched =
        TRY(fetch({base + "/.well-known/openid-configuration", std::nullopt, {}, {}}, limits));
    TRY_VOID(check_status(fetched, "discovery"));
    return keep(discovery, TRY(read_discovery(fetched.body, rules.issuer)));
}

Result<std::shared_ptr<const KeySet>> Provider::State::fetch_keys(const FetchLimits& limits) {
    const auto where = TRY(discover(limits));
    const Fetched fetched = TRY(fetch({where->keys, std::nullopt, {}, {}}, limits));
    TRY_VOID(check_status(fetched, "keys"));
    return keep(keys, TRY(read_key_set(fetched.body)));
}

// A key that is not known may be one that came since: but who sends made-up ids does not make us ask each
// time.
Result<VerifyKey> Provider::State::key_for(const TokenHead& head, const FetchLimits& limits) {
    auto known = fresh(keys, rules.fresh);
    bool just_asked = fresh(keys, rules.fresh_keys) != nullptr;
    if (known == nullptr) {
        known = TRY(fetch_keys(limits));
        just_asked = true;
    }
    const VerifyKey* key = find_key(*known, head.key_id, head.algorithm);
    if (key == nullptr && !just_asked) {
        known = TRY(fetch_keys(limits));
        key = find_key(*known, head.key_id, head.algorithm);
    }
    if (key != nullptr) return *key;
    return fail(ErrorKind::invalid, "outside_token",
                {"身份认证平台的凭证未通过校验", "the provider's token does not hold"}, "kid");
}

// The code for the identity token.
Result<std::string> Provider::State::exchange(std::string_view code, std::string_view verifier,
                                              const FetchLimits& limits) {
    const auto where = TRY(discover(limits));
    FetchRequest request;
    request.url = where->token;
    request.form = fmt::format("grant_type=authorization_code&code={}&redirect_uri={}&code_verifier={}",
                               url_encoded(code), url_encoded(rules.return_to), url_encoded(verifier));
    if (rules.secret_in_body) {
        *request.form += fmt::format("&client_id={}&client_secret={}", url_encoded(rules.client),
                                     url_encoded(rules.secret));
    } else {
        request.user = url_encoded(rules.client);  // RFC 6749 §2.3.1
        request.password = url_encoded(rules.secret);
    }
    const Fetched fetched = TRY(fetch(request, limits));
    if (fetched.status == bad_request || fetched.status == unauthorized) {
        return fail(ErrorKind::invalid, "outside_code",
                    {"身份认证平台没有接受这次登录", "the provider does not take this sign-in"}, "code");
    }
    TRY_VOID(check_status(fetched, "token"));
    return read_token_answer(fetched.body);
}

Provider::Provider(ProviderRules rules, const Clock& clock)
    : state_(std::make_unique<State>(std::move(rules), clock)) {}
Provider::~Provider() = default;

const ProviderRules& Provider::rules() const {
    return state_->rules;
}

Result<std::string> Provider::way_there(std::string_view state, std::string_view nonce,
                                        std::string_view verifier) const {
    const Place place(*state_);
    TRY_VOID(place.check());
    const auto where = TRY(state_->discover(state_->limits()));
    const ProviderRules& known = state_->rules;
    return fmt::format(
        "{}{}response_type=code&client_id={}&redirect_uri={}&scope={}&state={}&nonce={}&code_challenge={}"
        "&code_challenge_method=S256",
        where->authorize, where->authorize.find('?') == std::string::npos ? '?' : '&',
        url_encoded(known.client), url_encoded(known.return_to),
        url_encoded(fmt::format("{}", fmt::join(known.scopes, " "))), url_encoded(state), url_encoded(nonce),
        challenge_of(verifier));
}

Result<Vouched> Provider::come_back(std::string_view code, std::string_view nonce,
                                    std::string_view verifier) const {
    const Place place(*state_);
    TRY_VOID(place.check());
    const FetchLimits limits = state_->limits();
    const std::string token = TRY(state_->exchange(code, verifier, limits));
    const VerifyKey key = TRY(state_->key_for(TRY(head_of(token)), limits));
    const ProviderRules& known = state_->rules;
    return read_token(token, key,
                      {known.issuer, known.client, std::string(nonce), state_->clock.now(), known.skew,
                       known.number_claim});
}

const Provider* find_provider(const Providers& providers, std::string_view id) {
    const auto found =
        std::ranges::find_if(providers, [&](const auto& provider) { return provider->rules().id == id; });
    return found == providers.end() ? nullptr : found->get();
}

}  // namespace doudi::identity
