// SPDX-License-Identifier: Apache-2.0
#include "http/server/static_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.h"

namespace doudi::http {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 17> media_types{
    {{".html", "text/html; charset=utf-8"},
     {".js", "text/javascript; charset=utf-8"},
     {".mjs", "text/javascript; charset=utf-8"},
     {".css", "text/css; charset=utf-8"},
     {".json", "application/json; charset=utf-8"},
     {".map", "application/json; charset=utf-8"},
     {".svg", "image/svg+xml"},
     {".png", "image/png"},
     {".jpg", "image/jpeg"},
     {".webp", "image/webp"},
     {".ico", "image/x-icon"},
     {".woff2", "font/woff2"},
     {".txt", "text/plain; charset=utf-8"},
     {".webmanifest", "application/manifest+json"},
     {".pdf", "application/pdf"},
     {".geojson", "application/geo+json"},
     {".wasm", "application/wasm"}}};

std::string_view media_type_of(const fs::path& file) {
    const std::string ending = file.extension().string();
    const auto known =
        std::ranges::find(media_types, ending, &std::pair<std::string_view, std::string_view>::first);
    return known == media_types.end() ? "application/octet-stream" : known->second;
}

// "name-BsC3d9xA.js": eight or more letters and digits behind a dash or a dot, one of them a digit or a
// capital.
bool has_hash(const fs::path& file) {
    constexpr std::size_t shortest = 8;
    const std::string stem = file.stem().string();
    const std::size_t mark = stem.find_last_of("-.");
    if (mark == std::string::npos || stem.size() - mark - 1 < shortest) return false;
    const std::string_view hash = std::string_view(stem).substr(mark + 1);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto fits = [&](char c) {
        return is_digit(c) || is_capital(c) || (c >= 'a' && c <= 'z') || c == '_';
    };
    return std::ranges::all_of(hash, fits) &&
           std::ranges::any_of(hash, [&](char c) { return is_digit(c) || is_capital(c); });
}

std::string tag_of(const fs::path& file) {
    std::error_code ignored;
    const auto size = fs::file_size(file, ignored);
    const auto time = fs::last_write_time(file, ignored).time_since_epoch().count();
    return fmt::format("\"{:x}-{:x}\"", size, time);
}

// What a file may be packed with, the smallest first.
struct Coding {
    std::string_view name;
    std::string_view ending;
};
constexpr std::array<Coding, 2> codings{{{"br", ".br"}, {"gzip", ".gz"}}};

// The packed sibling; nothing where it is not there or older than what it stands for.
std::optional<fs::path> packed_beside(const fs::path& file, std::string_view ending) {
    fs::path packed = file;
    packed += ending;
    std::error_code failure;
    if (fs::is_symlink(packed, failure) || !fs::is_regular_file(packed, failure)) return std::nullopt;
    const auto made = fs::last_write_time(packed, failure);
    if (failure || made < fs::last_write_time(file, failure) || failure) return std::nullopt;
    return packed;
}

// Says in Vary that there are others, and in Content-Encoding which one goes out; its path.
fs::path chosen(const fs::path& file, const Request& request, Response& response) {
    bool varies = false;
    for (const Coding& coding : codings) {
        const auto packed = packed_beside(file, coding.ending);
        if (!packed) continue;
        if (!varies) response.headers.add("Vary", "Accept-Encoding");
        varies = true;
        if (!takes_encoding(request.headers.get("accept-encoding"), coding.name)) continue;
        response.headers.add("Content-Encoding", std::string(coding.name));
        return *packed;
    }
    return file;
}

}  // namespace

StaticFiles::StaticFiles(fs::path folder) {
    std::error_code failure;
    if (!folder.empty()) folder_ = fs::canonical(folder, failure);
    if (failure) folder_.clear();
}

std::optional<fs::path> StaticFiles::file_at(std::string_view path) const {
    fs::path file = folder_;
    for (std::size_t at = 0; at < path.size();) {
        const std::size_t end = std::min(path.find('/', at + 1), path.size());
        const std::string_view part = path.substr(at + 1, end - at - 1);
        at = end;
        if (part.empty()) continue;
        // Hidden files, "..", another system's separator: none of them is a file of the app.
        if (part.starts_with('.') || part.find('\\') != std::string_view::npos || !is_valid_utf8(part))
            return std::nullopt;
        file /= part;
    }
    std::error_code failure;
    const fs::path real = fs::canonical(file, failure);
    if (failure || !fs::is_regular_file(real, failure)) return std::nullopt;
    const auto [end, at] = std::ranges::mismatch(folder_, real);
    if (end != folder_.end()) return std::nullopt;  // a link that leads out
    return real;
}

std::optional<Response> StaticFiles::find(const Request& request) const {
    constexpr int not_modified = 304;
    if (folder_.empty()) return std::nullopt;
    const auto path = percent_decoded(request.raw_path());
    if (!path) return std::nullopt;
    auto file = file_at(*path);
    if (!file && path->find('.', path->rfind('/')) == std::string::npos) file = file_at("/index.html");
    if (!file) return std::nullopt;
    Response response;
    response.operation = "web";
    const fs::path sent = chosen(*file, request, response);
    std::string tag = tag_of(sent);
    if (const auto coding = response.headers.find("content-encoding"))
        tag.insert(tag.size() - 1, fmt::format("-{}", *coding));
    response.headers.add("Content-Type", std::string(media_type_of(*file)));
    response.headers.add("ETag", tag);
    response.headers.add("Cache-Control",
                         has_hash(*file) ? "public, max-age=31536000, immutable" : "no-cache");
    if (request.headers.get("if-none-match").find(tag) != std::string_view::npos) {
        response.status = not_modified;
        response.body = std::string();
    } else {
        response.body = FileBody{sent, nullptr};
    }
    return response;
}

void add_security_headers(Response& response, bool secure) {
    response.headers.set("X-Content-Type-Options", "nosniff");
    response.headers.set("Referrer-Policy", "no-referrer");
    response.headers.set("X-Frame-Options", "DENY");
    response.headers.set("Cross-Origin-Opener-Policy", "same-origin");
    response.headers.set("Cross-Origin-Resource-Policy", "same-origin");
    response.headers.set("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()");
    response.headers.set(
        "Content-Security-Policy",
        "default-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    if (secure) response.headers.set("Strict-Transport-Security", "max-age=31536000");
}

}  // namespace doudi::http
