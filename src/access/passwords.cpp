// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>

#include "access/accounts.h"
#include "access/sign_in.h"
#include "base/text_fold.h"
#include "base/utf8.h"

namespace doudi::access {

std::string fold_user_name(std::string_view name) {
    std::string folded = half_width(trim(name));
    for (char& c : folded) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return folded;
}

struct PasswordHasher::State {
    explicit State(const SecurityRules& the_rules) : rules(the_rules) {}

    // A place beside the others, waited for if not too many wait already.
    Result<void> enter() {
        std::unique_lock lock(mutex);
        if (working >= rules.password_at_once) {
            if (waiting >= rules.password_waiting) {
                return fail(
                    ErrorKind::limit, "busy",
                    {"登录的人太多，请稍后再试", "too many people are signing in: try again in a moment"});
            }
            ++waiting;
            wake.wait(lock, [this] { return working < rules.password_at_once; });
            --waiting;
        }
        ++working;
        return {};
    }
    void leave() {
        {
            const std::scoped_lock lock(mutex);
            --working;
        }
        wake.notify_one();
    }
    std::string hash(std::string_view password) const {
        std::string text(crypto_pwhash_STRBYTES, '\0');
        const int done = crypto_pwhash_str_alg(text.data(), password.data(), password.size(),
                                               static_cast<unsigned long long>(rules.password_passes),
                                               static_cast<std::size_t>(rules.password_kibibytes) * 1024,
                                               crypto_pwhash_ALG_ARGON2ID13);
        if (done != 0) return {};
        text.resize(text.find('\0'));
        return text;
    }

    const SecurityRules& rules;
    std::mutex mutex;
    std::condition_variable wake;
    int working = 0;
    int waiting = 0;
    std::string nobody;  // a hash that no password has
};

namespace {

// Leaves when it goes.
template <class State>
struct Place {
    State& state;
    ~Place() { state.leave(); }
};

std::unexpected<Error> no_memory() {
    return fail(ErrorKind::limit, "busy",
                {"内存不足，暂不能登录", "out of memory: nobody can sign in just now"});
}

}  // namespace

PasswordHasher::PasswordHasher(const SecurityRules& rules) : state_(std::make_unique<State>(rules)) {
    ensure(sodium_init() >= 0, "libsodium");
    state_->nobody = state_->hash("nobody's");
    ensure(!state_->nobody.empty(), "memory for one password's hash");
}
PasswordHasher::~PasswordHasher() = default;

Result<std::string> PasswordHasher::hash(std::string_view password) {
    TRY_VOID(state_->enter());
    const Place<State> place{*state_};
    std::string text = state_->hash(password);
    if (text.empty()) return no_memory();
    return text;
}

Result<bool> PasswordHasher::matches(std::string_view hash, std::string_view password) {
    TRY_VOID(state_->enter());
    const Place<State> place{*state_};
    const std::string against(hash.empty() ? std::string_view(state_->nobody) : hash);
    const bool same = crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
    return same && !hash.empty();
}

namespace {

void say(Text& all, const Text& one) {
    all.zh += (all.zh.empty() ? "" : "；") + one.zh;
    all.en += (all.en.empty() ? "" : "; ") + one.en;
}

int distinct_characters(std::string_view text) {
    std::set<char32_t> seen;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decode_utf8(text, at);
        seen.insert(point.code);
        at += point.length;
    }
    return static_cast<int>(seen.size());
}

}  // namespace

Result<void> check_password(const SecurityRules& rules, std::string_view user_name,
                            std::string_view password) {
    Text wrong;
    const auto characters = static_cast<int>(std::min<std::size_t>(count_code_points(password), 1U << 20U));
    if (!is_valid_utf8(password)) say(wrong, {"含有无法识别的字符", "it holds bytes that are no characters"});
    if (characters < rules.password_least) {
        say(wrong, {fmt::format("至少 {} 个字符", rules.password_least),
                    fmt::format("at least {} characters", rules.password_least)});
    }
    if (characters > rules.password_most) {
        say(wrong, {fmt::format("最多 {} 个字符", rules.password_most),
                    fmt::format("at most {} characters", rules.password_most)});
    }
    if (distinct_characters(password) < rules.password_distinct) {
        say(wrong, {fmt::format("至少 {} 种不同的字符", rules.password_distinct),
                    fmt::format("at least {} different characters", rules.password_distinct)});
    }
    const std::string folded = fold_user_name(password);
    if (rules.common_passwords.contains(folded))
        say(wrong, {"这是常见密码", "it is one of the common passwords"});
    const std::string name = fold_user_name(user_name);
    if (!name.empty() && folded.find(name) != std::string::npos)
        say(wrong, {"不能含有用户名", "it must not hold the user name"});
    if (wrong.zh.empty()) return {};
    return fail(ErrorKind::invalid, "password_refused",
                {"密码不符合要求：" + wrong.zh, "the password: " + wrong.en}, "password");
}

}  // namespace doudi::access
