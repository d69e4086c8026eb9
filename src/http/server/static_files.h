// SPDX-License-Identifier: Apache-2.0
// The web app's files. A name that holds the hash of its content (index-BsC3d9xA.js) is kept by browsers for
// good; index.html is asked for each time, and stands in for every page of the app. Where index.js.br or
// index.js.gz lies beside index.js, and is no older, it goes out in its place to who takes that coding.
// Nothing outside the folder is ever served, whatever the path says and wherever a link points.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "http/server/message.h"

namespace doudi::http {

class StaticFiles {
  public:
    // Empty: there is no app, and nothing is found.
    explicit StaticFiles(std::filesystem::path folder);
    // Of GET and HEAD. Nothing: there is no such file, and it is no page of the app (a page's last part has
    // no dot).
    [[nodiscard]] std::optional<Response> find(const Request& request) const;

  private:
    [[nodiscard]] std::optional<std::filesystem::path> file_at(std::string_view path) const;
    std::filesystem::path folder_;
};

// On every answer: what browsers must not do with it.
void add_security_headers(Response& response, bool secure);

}  // namespace doudi::http
