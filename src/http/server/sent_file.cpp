// SPDX-License-Identifier: Apache-2.0
#include "http/server/sent_file.h"

#include <fstream>

#include "http/request/lists.h"

namespace doudi::http {

std::string sent_file_name(QueryFields& query, std::string_view otherwise) {
    std::string name = query.text("file", jobs::Uploads::longest_name).value_or(std::string(otherwise));
    if (!jobs::Uploads::is_good_name(name))
        query.fault("file", "bad_name", {"文件名不能含目录或控制字符", "a plain file name, without folders"});
    return name;
}

Outcome<FileBody> sent_file(const Call& call, const std::string& ending) {
    FileBody file = temporary_file(call, ending);
    std::ofstream out(file.path, std::ios::binary);
    out << call.request.body;
    if (!out.flush())
        return std::unexpected(Failure(500, "internal", {"无法写出文件", "the file cannot be written"}));
    return file;
}

}  // namespace doudi::http
