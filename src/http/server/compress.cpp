// SPDX-License-Identifier: Apache-2.0
#include "http/server/compress.h"

#include <zlib.h>

#include "base/result.h"

namespace doudi::http {

namespace {

constexpr std::size_t worth_it = 1024;  // below that the head is most of it
constexpr int level = 5;
constexpr int window_bits = 15;
constexpr int as_gzip = 16;
constexpr int memory_level = 8;

}  // namespace

bool may_be_packed(const Response& response, const Route& route) {
    constexpr int first_redirect = 300;
    const auto* body = std::get_if<std::string>(&response.body);
    return !route.secret && body != nullptr && body->size() >= worth_it && response.status < first_redirect &&
           !response.headers.find("content-encoding");
}

std::string gzip(std::string_view bytes) {
    z_stream stream{};
    ensure(::deflateInit2(&stream, level, Z_DEFLATED, window_bits + as_gzip, memory_level,
                          Z_DEFAULT_STRATEGY) == Z_OK,
           "zlib");
    std::string packed(::deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int done = ::deflate(&stream, Z_FINISH);
    packed.resize(packed.size() - stream.avail_out);
    ::deflateEnd(&stream);
    ensure(done == Z_STREAM_END, "all of an answer packed");
    return packed;
}

std::string packed_tag(std::string_view tag) {
    std::string packed(tag);
    if (packed.ends_with('"')) packed.insert(packed.size() - 1, "-gzip");
    return packed;
}

}  // namespace doudi::http
