// SPDX-License-Identifier: Apache-2.0
#include "cli/usage.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "intake/table_export.h"

namespace doudi::cli {
namespace {

// CLI11 pads by bytes; a Chinese character is three of them and two columns wide.
class HelpByWidth : public CLI::Formatter {
  public:
    std::string make_option(const CLI::Option* option, bool is_positional) const override {
        std::string line = "  " + make_option_name(option, is_positional) + make_option_opts(option);
        const std::size_t width = intake::display_width(line);
        const std::string description = make_option_desc(option);
        if (description.empty()) return line + "\n";
        line += width < column_width_ ? std::string(column_width_ - width, ' ')
                                      : "\n" + std::string(column_width_, ' ');
        return line + description + "\n";
    }
};

void put_headings(CLI::App& app, const std::shared_ptr<CLI::Formatter>& formatter) {
    app.formatter(formatter);
    for (CLI::Option* option : app.get_options()) option->group("选项");
}

// The command that was named, down to the one inside of a group of them; or the program itself.
const CLI::App& command_of(const CLI::App& app) {
    const auto named = app.get_subcommands();
    return named.empty() ? app : command_of(*named.front());
}

// "expr eval"
std::string path_of(const CLI::App& command) {
    const CLI::App* above = command.get_parent();
    return above == nullptr || above->get_parent() == nullptr ? command.get_name()
                                                              : path_of(*above) + " " + command.get_name();
}

// What has no dashes has no name that is typed: it is called what the help says of it, up to the details.
std::string name_in_chinese(const CLI::Option& option) {
    const std::string& said = option.get_description();
    if (!option.get_positional() || said.empty()) return option.get_name();
    return said.substr(0, std::min(said.find("（"), said.find("，")));
}

std::string missing_options(const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::Option* option : command.get_options()) {
        if (option->get_required() && option->count() == 0) names.push_back(name_in_chinese(*option));
    }
    return fmt::format("{}", fmt::join(names, "、"));
}

// What CLI11 puts before the colon is the option's name.
std::string named_in(const std::string& message) {
    return message.substr(0, message.find(':'));
}

std::string after(std::string_view prefix, const std::string& message) {
    return message.starts_with(prefix) ? message.substr(prefix.size()) : message;
}

// What was typed may hold a person's number or a database's password.
std::string shown(const std::string& text) {
    return shown_file_name(store::without_password(text));
}

template <class Kind>
bool is(const CLI::ParseError& error) {
    return dynamic_cast<const Kind*>(&error) != nullptr;
}

std::string wrong_in_chinese(const CLI::App& app, const CLI::ParseError& error) {
    const std::string message = error.what();
    const std::string strangers = fmt::format("{}", fmt::join(app.remaining(true), " "));
    const CLI::App& command = command_of(app);
    const bool no_command = command.get_require_subcommand_min() > 0;
    if (no_command && !strangers.empty()) return "没有这样的命令或选项：" + strangers;
    if (is<CLI::RequiredError>(error))
        return no_command ? "请给出命令" : "缺少必需的参数：" + missing_options(command);
    if (is<CLI::ExtrasError>(error)) return "多余或不认识的参数：" + strangers;
    if (is<CLI::ExcludesError>(error)) return "两个选项不能同时给出：" + message;
    if (is<CLI::ConversionError>(error)) return "值无法识别：" + after("Could not convert: ", message);
    if (is<CLI::ValidationError>(error))
        return message;  // of our own checks, which speak the user's language
    if (is<CLI::ArgumentMismatch>(error)) {
        return message.find("At Most") == std::string::npos ? named_in(message) + " 后面缺少值"
                                                            : named_in(message) + " 只能给出一次";
    }
    return "命令行无法识别：" + message;
}

std::string wrong_in_english(const CLI::App& app, const CLI::ParseError& error) {
    const std::string strangers = fmt::format("{}", fmt::join(app.remaining(true), " "));
    const bool no_command = command_of(app).get_require_subcommand_min() > 0;
    return no_command && !strangers.empty() ? "there is no such command or option: " + strangers
                                            : error.what();
}

std::optional<std::uint64_t> whole_number(const std::string& text) {
    std::uint64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

void set_help_headings(CLI::App& app, const Console& console) {
    if (console.lang != Lang::zh) return;
    auto formatter = std::make_shared<HelpByWidth>();
    for (const auto& [english, chinese] : {std::pair("Usage", "用法"),
                                           {"OPTIONS", "选项"},
                                           {"SUBCOMMAND", "命令"},
                                           {"Positionals", "参数"},
                                           {"REQUIRED", "（必需）"},
                                           {"TEXT", "文本"},
                                           {"UINT", "整数"},
                                           {"FILE", "文件"},
                                           {"Excludes", "不能同时用"}}) {
        formatter->label(english, chinese);
    }
    put_headings(app, formatter);
    for (CLI::App* command : app.get_subcommands({})) {
        command->group("命令");
        put_headings(*command, formatter);
        for (CLI::App* part : command->get_subcommands({})) {
            part->group("命令");
            put_headings(*part, formatter);
        }
    }
}

void add_store_options(Command& command, const Console& console, StoreOptions& options, const Text& help) {
    command.add_option("--data", options.data, console.say(help))
        ->required()
        ->check([&console](const std::string& path) {
            return path.empty() ? console.say({"路径是空的：请写明目录", "the path is empty: name a folder"})
                                : std::string{};
        });
    command
        .add_option("--database", options.database,
                    console.say({"PostgreSQL 数据库的地址 postgresql://…（省略：数据目录自带的数据库）",
                                 "a PostgreSQL database, postgresql://… (left out: the folder's own)"}))
        ->envname("DOUDI_DATABASE");
}

Result<store::Place> StoreOptions::place() const {
    if (database.empty()) return store::Place(data);
    return store::Place(data, TRY(store::PostgresUrl::parse(database)));
}

void allow_words(Option& option, const Console& console, std::initializer_list<const char*> words) {
    const std::string all = fmt::format("{}", fmt::join(words, "|"));
    option.type_name(all)->check(
        [&console, all,
         known = std::vector<std::string>(words.begin(), words.end())](const std::string& word) {
            if (std::ranges::find(known, word) != known.end()) return std::string{};
            return console.say({fmt::format("应为 {} 之一，而不是“{}”", all, word),
                                fmt::format("takes one of {}, not \"{}\"", all, word)});
        });
}

void allow_range(Option& option, const Console& console, std::uint64_t least, std::uint64_t most) {
    const std::string range = fmt::format("{}-{}", least, most);
    option.type_name(range)->check([&console, range, least, most](const std::string& text) {
        const auto value = whole_number(text);
        if (value && *value >= least && *value <= most) return std::string{};
        return console.say({fmt::format("应为 {} 之间的整数，而不是“{}”", range, text),
                            fmt::format("takes a whole number in {}, not \"{}\"", range, text)});
    });
}

Error usage_error(const CLI::App& app, const CLI::ParseError& error) {
    const CLI::App& command = command_of(app);
    const std::string help =
        &command == &app ? "doudi --help" : fmt::format("doudi {} --help", path_of(command));
    return {ErrorKind::usage,
            "command_line",
            {fmt::format("{}（用法见 {}）", shown(wrong_in_chinese(app, error)), help),
             fmt::format("{} ({} says more)", shown(wrong_in_english(app, error)), help)},
            {}};
}

}  // namespace doudi::cli
