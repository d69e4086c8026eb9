// SPDX-License-Identifier: Apache-2.0
#include "identity/fetch.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <memory>

namespace doudi::identity {

namespace {

struct Release {
    void operator()(CURL* handle) const { ::curl_easy_cleanup(handle); }
    void operator()(CURLU* url) const { ::curl_url_cleanup(url); }
    void operator()(char* text) const { ::curl_free(text); }
    void operator()(curl_slist* list) const { ::curl_slist_free_all(list); }
};

// A part of the URL; empty where it has none.
std::string part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (::curl_url_get(url, part, &text, 0) != CURLUE_OK || text == nullptr) return {};
    const std::unique_ptr<char, Release> owner(text);
    return text;
}

struct Collector {
    std::string body;
    std::size_t most = 0;
    bool too_large = false;
};

std::size_t collect(const char* bytes, std::size_t size, std::size_t count, void* to) {
    auto& collector = *static_cast<Collector*>(to);
    if (size * count > collector.most - collector.body.size()) {
        collector.too_large = true;
        return 0;
    }
    collector.body.append(bytes, size * count);
    return size * count;
}

// No wait for leave to send a large body.
curl_slist* json_headers() {
    curl_slist* headers = ::curl_slist_append(nullptr, "Content-Type: application/json");
    headers = ::curl_slist_append(headers, "Accept: application/json");
    headers = ::curl_slist_append(headers, "Expect:");
    ensure(headers != nullptr, "memory for headers");
    return headers;
}

// `headers`: of a body in JSON; they must outlive the call.
void set_request(CURL* handle, const FetchRequest& request, const FetchLimits& limits, curl_slist* headers) {
    ::curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
    ::curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    ::curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    ::curl_easy_setopt(handle, CURLOPT_PROXY, "");
    ::curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    ::curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!limits.ca_file.empty()) ::curl_easy_setopt(handle, CURLOPT_CAINFO, limits.ca_file.c_str());
    if (request.form) {
        ::curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.form->size()));
        ::curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.form->c_str());
    }
    if (request.json) {
        ::curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.json->size()));
        ::curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.json->c_str());
        ::curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    }
    if (!request.user.empty()) {
        ::curl_easy_setopt(handle, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
        ::curl_easy_setopt(handle, CURLOPT_USERNAME, request.user.c_str());
        ::curl_easy_setopt(handle, CURLOPT_PASSWORD, request.password.c_str());
    }
}

std::unexpected<Error> unreachable(const std::string& why) {
    return fail(ErrorKind::cancelled, "outside_unreachable",
                {"对方平台暂时无法访问，请稍后再试", "the other platform cannot be reached: try again later"},
                why);
}

}  // namespace

bool is_callable(const std::string& url) {
    const std::unique_ptr<CURLU, Release> parsed(::curl_url());
    ensure(parsed != nullptr, "memory for a URL");
    if (::curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return false;
    const std::string scheme = part_of(parsed.get(), CURLUPART_SCHEME);
    const std::string host = part_of(parsed.get(), CURLUPART_HOST);
    for (const CURLUPart part : {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_FRAGMENT}) {
        if (!part_of(parsed.get(), part).empty()) return false;
    }
    if (host.empty()) return false;
    return scheme == "https" || (scheme == "http" && (host == "127.0.0.1" || host == "[::1]"));
}

Result<Fetched> fetch(const FetchRequest& request, const FetchLimits& limits) {
    static const bool ready = ::curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    ensure(ready, "libcurl");
    if (!is_callable(request.url)) return unreachable("url");
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(limits.deadline -
                                                                            std::chrono::steady_clock::now());
    if (left.count() <= 0) return unreachable("time");
    const std::unique_ptr<CURL, Release> handle(::curl_easy_init());
    ensure(handle != nullptr, "memory for a call");
    Collector collector;
    collector.most = limits.bytes;
    const std::unique_ptr<curl_slist, Release> headers(json_headers());
    set_request(handle.get(), request, limits, headers.get());
    ::curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(left.count()));
    ::curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, collect);
    ::curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &collector);
    const CURLcode code = ::curl_easy_perform(handle.get());
    if (collector.too_large) {
        return fail(ErrorKind::invalid, "outside_answer",
                    {"对方平台的回答过大", "the other platform's answer is larger than may come"}, "size");
    }
    if (code != CURLE_OK) return unreachable(::curl_easy_strerror(code));
    Fetched fetched;
    ::curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &fetched.status);
    fetched.body = std::move(collector.body);
    return fetched;
}

std::string url_encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '.' || c == '_' || c == '~';
        out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

}  // namespace doudi::identity
