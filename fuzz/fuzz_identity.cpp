// SPDX-License-Identifier: Apache-2.0
// What a provider of identities writes, whoever it is: what it tells of itself, its keys, its answer to a
// code, a token. Refused with words, or what was read holds. The first byte says which; of a token the first
// line is its head and the rest its claims, which our own key signs, so that the checks behind the signature
// are reached too.
#include <algorithm>
#include <array>
#include <utility>

#include "fuzz/input.h"
#include "identity/discovery.h"
#include "identity/fetch.h"
#include "identity/id_token.h"
#include "identity/test_keys.h"

namespace {

using namespace doudi;
using namespace doudi::identity;

constexpr std::string_view issuer = "https://id.example";

Expected expected() {
    return {std::string(issuer),      "office", "n-1", Instant(std::chrono::seconds(1'800'000'000)),
            std::chrono::seconds(60), "id_card"};
}

template <class T>
void check_refusal(const Result<T>& result, std::string_view code) {
    if (result) return;
    const Error& error = result.error();
    fuzz::demand(error.code == code, "refused as " + error.code);
    fuzz::demand(!error.where.empty() && !error.text.zh.empty() && !error.text.en.empty(),
                 "refused without saying what");
}

void discovery(std::string_view text) {
    const auto found = read_discovery(text, issuer);
    check_refusal(found, "outside_answer");
    if (!found) return;
    for (const std::string* url : {&found->authorize, &found->token, &found->keys})
        fuzz::demand(is_callable(*url), "an address that may not be called");
}

void answer(std::string_view text) {
    const auto token = read_token_answer(text);
    check_refusal(token, "outside_answer");
    if (token) fuzz::demand(!token->empty(), "an empty token");
}

void keys(std::string_view text) {
    const auto set = read_key_set(text);
    check_refusal(set, "outside_answer");
    if (!set) return;
    for (const VerifyKey& key : *set) {
        for (const std::string_view nothing : {std::string_view(), std::string_view("\0", 1), text})
            fuzz::demand(!key.signed_this("a.b", nothing), "a key that takes anything for its signature");
        const VerifyKey* found = find_key(*set, key.id(), key.algorithm());
        fuzz::demand(found == nullptr || found->algorithm() == key.algorithm(), "a key of another algorithm");
    }
}

struct Ours {
    OwnedKey key = rsa_of(2048);
    KeySet set = read_key_set("{\"keys\":[" + jwk(key.get(), "ours") + "]}").value();
};

void believed(const Vouched& vouched) {
    fuzz::demand(vouched.issuer == issuer, "another issuer's word");
    bool plain = !vouched.subject.empty() && vouched.subject.size() <= 255;
    for (const char c : vouched.subject) plain = plain && c >= ' ' && c <= '~';
    fuzz::demand(plain, "a subject that is none");
}

void token(std::string_view text) {
    static const Ours ours;
    // As it came: nobody's signature.
    check_refusal(head_of(text), "outside_token");
    const auto raw = read_token(text, ours.set.front(), expected());
    check_refusal(raw, "outside_token");
    fuzz::demand(!raw, "a token that we did not sign");
    const std::size_t line = std::min(text.find('\n'), text.size());
    std::string made =
        token_of(ours.key.get(), text.substr(0, line), text.substr(std::min(line + 1, text.size())));
    const auto read = read_token(made, ours.set.front(), expected());
    check_refusal(read, "outside_token");
    if (!read) return;
    believed(*read);
    // One letter of what was signed is another.
    made[made.find('.') + 1] = made[made.find('.') + 1] == 'A' ? 'B' : 'A';
    fuzz::demand(!read_token(made, ours.set.front(), expected()), "a token that was changed");
}

void letters(std::string_view text) {
    const auto bytes = from_base64url(text);
    if (bytes) fuzz::demand(encoded(*bytes) == text, "two texts for the same bytes");
    fuzz::demand(from_base64url(encoded(text)) == text, "bytes that do not come back");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using Target = void (*)(std::string_view);
    constexpr std::array<std::pair<char, Target>, 5> targets{
        {{'d', discovery}, {'a', answer}, {'k', keys}, {'t', token}, {'b', letters}}};
    if (size == 0) return 0;
    const std::string_view text = fuzz::text_of(data, size);
    for (const auto& [letter, target] : targets) {
        if (text.front() == letter) target(text.substr(1));
    }
    return 0;
}
