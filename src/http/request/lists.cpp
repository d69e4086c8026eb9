// SPDX-License-Identifier: Apache-2.0
#include "http/request/lists.h"

#include <fmt/format.h>

#include <fstream>

#include "http/server/file_answer.h"

namespace doudi::http {
namespace {

constexpr std::int64_t page_size = 50;
constexpr std::int64_t largest_page = 200;

// The query without what only moves through it.
std::string list_name(const Call& call) {
    std::string name(call.route.operation);
    for (const auto& [key, value] : call.parameters) name += fmt::format("\n{}={}", key, value);
    auto pairs = query_pairs(call.request.raw_query());
    if (!pairs) return name;
    std::ranges::sort(*pairs);
    for (const auto& [key, value] : *pairs) {
        if (key != "cursor" && key != "limit" && key != "format" && !value.empty())
            name += fmt::format("\n{}={}", key, value);
    }
    return name;
}

}  // namespace

Outcome<PageAsked> page_asked(Call& call, QueryFields& query, FieldFaults& faults, std::size_t key_parts) {
    PageAsked asked;
    asked.limit = static_cast<std::size_t>(query.number("limit", 1, largest_page, page_size));
    const auto cursor = query.text("cursor", 4096);
    asked.format = query.word("format", {"json", "csv", "xlsx"}).value_or("json");
    query.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    asked.list = list_name(call);
    if (cursor && asked.format == "json") {
        auto place = call.services.cursors.read(asked.list, *cursor);
        if (!place) return std::unexpected(std::move(place).error());
        ensure(place->size() == key_parts, "a cursor that we signed has our parts");
        asked.after = std::move(*place);
    }
    return asked;
}

Response page_answer(const Call& call, const PageAsked& asked, boost::json::array items,
                     const std::optional<std::vector<std::string>>& next_place) {
    boost::json::object body{{"items", std::move(items)}, {"next", nullptr}};
    if (next_place) body["next"] = call.services.cursors.write(asked.list, *next_place);
    return json_answer(body);
}

FileBody temporary_file(const Call& call, const std::string& ending) {
    constexpr std::size_t bytes = 12;
    const auto path = call.services.temporary / fmt::format("answer-{}{}", random_hex(bytes), ending);
    const std::shared_ptr<const void> holder(nullptr, [path](const void*) {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
    });
    return {path, holder};
}

Outcome<void> may_export(Call& call) {
    TRY_VOID(call.services.roles.require(call.who(), access::Verb::export_, access::Thing::list));
    if (call.look) call.look->verb = access::Verb::export_;
    return {};
}

Response file_answer(const Call& call, FileBody file, const std::string& name, const std::string& ending) {
    Response response;
    response.headers.add(
        "Content-Type", ending == "xlsx" ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                                         : "text/csv; charset=utf-8");
    response.headers.add("Content-Disposition",
                         fmt::format("attachment; filename*=UTF-8''{}",
                                     percent_encoded(fmt::format("{}-{}-{}.{}", name, call.today().iso(),
                                                                 call.who().user_name, ending))));
    response.body = std::move(file);
    return response;
}

Outcome<Response> exported(Call& call, const PageAsked& asked, const std::string& name, intake::Table table) {
    const std::string taken = fmt::format("{} {}", call.who().user_name, call.today().iso());
    table.columns.push_back({"taken_by"});
    for (auto& row : table.rows) row.push_back(taken);
    return exported_as_it_is(call, asked, name, table);
}

Outcome<Response> exported_as_it_is(Call& call, const PageAsked& asked, const std::string& name,
                                    const intake::Table& table) {
    if (auto may = may_export(call); !may) return std::unexpected(std::move(may).error());
    FileBody file = temporary_file(call, "." + asked.format);
    if (asked.format == "xlsx") {
        constexpr std::size_t longest_title = 31;
        std::string title = fmt::format("by {}", call.who().user_name).substr(0, longest_title);
        std::ranges::replace_if(
            title,
            [](char c) {
                return std::string_view("[]:*?/\\'").find(c) != std::string_view::npos || (c & 0x80) != 0;
            },
            '_');
        TRY_VOID(intake::write_table_xlsx(table, file.path, title));
    } else {
        std::ofstream out(file.path, std::ios::binary);
        out << intake::table_csv(table, true);
        if (!out.flush())
            return std::unexpected(Failure(500, "internal", {"无法写出文件", "the file cannot be written"}));
    }
    return file_answer(call, std::move(file), name, asked.format);
}

}  // namespace doudi::http
