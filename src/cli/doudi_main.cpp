// SPDX-License-Identifier: Apache-2.0
// doudi: the platform's one program.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstring>
#include <functional>
#include <system_error>

#include "base/memory.h"
#include "cli/commands.h"
#include "cli/hidden_password.h"
#include "cli/interrupt.h"
#include "cli/stdio_guard.h"
#include "cli/usage.h"
#include "vault/harden.h"

namespace {

using namespace doudi;

// The language decides the help texts, so it is looked for before the options are declared.
Lang language_of_arguments(int count, char** arguments) {
    for (int i = 1; i < count; ++i) {
        const std::string_view argument = arguments[i];
        if (argument == "--lang=en" ||
            (argument == "--lang" && i + 1 < count && std::strcmp(arguments[i + 1], "en") == 0))
            return Lang::en;
        if (argument == "--lang=zh" ||
            (argument == "--lang" && i + 1 < count && std::strcmp(arguments[i + 1], "zh") == 0))
            return Lang::zh;
    }
    return cli::language_of_environment();
}

int run(int count, char** arguments) {
    cli::Console console;
    console.lang = language_of_arguments(count, arguments);
    const bool zh = console.lang == Lang::zh;
    CLI::App app{zh ? "兜底：低收入人口动态监测与分层分类社会救助"
                    : "Doudi: monitoring of low-income households and tiered social assistance",
                 "doudi"};
    app.set_version_flag("--version", "doudi " DOUDI_VERSION, zh ? "显示版本" : "show the version");
    app.set_help_flag("-h,--help", zh ? "显示帮助" : "show help");
    cli::Command program(&app);
    std::string lang;
    cli::allow_words(
        *program.add_option("--lang", lang,
                            zh ? "语言（CSV 列名不翻译）" : "language (CSV columns are never translated)"),
        console, {"zh", "en"});
    program
        .add_option("--keys", console.key_file,
                    zh ? "密钥文件（默认：数据目录旁的 目录.keys）"
                       : "the key file (by default FOLDER.keys beside the data)")
        ->envname("DOUDI_KEYS");
    program.add_flag("-q,--quiet", console.quiet, zh ? "不显示提示和进度" : "no notes and no progress");
    program.require_subcommand(1)->fallthrough();

    std::function<cli::ExitCode()> command;
#define DOUDI_COMMAND(name) cli::add_##name({program, console, command});
#include "cli/commands.inc"
#undef DOUDI_COMMAND
    cli::set_help_headings(app, console);
    try {
        app.parse(count, arguments);
    } catch (const CLI::Success& asked_for) {  // --help, --version
        app.exit(asked_for);
        return static_cast<int>(cli::flush_output(console) ? cli::ExitCode::done : cli::ExitCode::failure);
    } catch (const CLI::ParseError& error) {
        return static_cast<int>(console.report(cli::usage_error(app, error)));
    }
    cli::hide_passwords(count, arguments);
    const auto exit_code = command();
    return static_cast<int>(cli::flush_output(console) ? exit_code : cli::ExitCode::failure);
}

}  // namespace

int main(int count, char** arguments) {
    doudi::vault::harden_process();
    doudi::give_back_large_blocks();
    doudi::cli::catch_interrupts();
    try {
        return run(count, arguments);
    } catch (const std::bad_alloc&) {
        fmt::print(stderr, "doudi: 内存不足 / out of memory\n");
    } catch (const std::system_error& error) {
        // The reader had enough: `doudi warnings | head`.
        if (error.code() == std::errc::broken_pipe) return static_cast<int>(doudi::cli::ExitCode::done);
        fmt::print(stderr, "doudi: 程序出错 / the program failed: {}\n", error.what());
    } catch (const std::exception& error) {
        fmt::print(stderr, "doudi: 程序出错 / the program failed: {}\n", error.what());
    }
    return static_cast<int>(doudi::cli::ExitCode::failure);
}
