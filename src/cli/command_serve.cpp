// SPDX-License-Identifier: Apache-2.0
// serve: the office over HTTP, until it is told to stop.
#include <fmt/format.h>
#include <sys/stat.h>

#include <charconv>
#include <condition_variable>
#include <mutex>

#include "access/demo_accounts.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/service_notice.h"
#include "cli/usage.h"
#include "http/office/office.h"
#include "policy/load.h"
#include "store/layout.h"

namespace doudi::cli {
namespace {

struct Options {
    StoreOptions store;
    std::filesystem::path web, certificate, key, units, outside, peers, anchors;
    std::string listen = "127.0.0.1:8080";
    std::string first_administrator;
    unsigned threads = default_threads();
    unsigned workers = 8;
    unsigned queue = 256;
    unsigned rate = 100;
    bool behind_proxy = false;
};

std::unexpected<Error> bad_listen(const std::string& text) {
    return fail(ErrorKind::usage, "bad_listen",
                {fmt::format("--listen 应为“地址:端口”，而不是“{}”", text),
                 fmt::format("--listen takes ADDRESS:PORT, not \"{}\"", text)});
}

struct Place {
    std::string address;
    std::uint16_t port = 0;
};
Result<Place> place_of(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) return bad_listen(text);
    Place place;
    place.address = text.substr(0, colon);
    if (place.address.starts_with('[') && place.address.ends_with(']'))
        place.address = place.address.substr(1, place.address.size() - 2);
    const char* begin = text.data() + colon + 1;
    const char* end = text.data() + text.size();
    const auto [stopped, failure] = std::from_chars(begin, end, place.port);
    if (failure != std::errc() || stopped != end || begin == end) return bad_listen(text);
    return place;
}

bool is_loopback(const std::string& address) {
    return address.starts_with("127.") || address == "::1";
}

// What is about people does not go over a line in the clear.
Result<void> may_listen(const Options& options, const Place& place) {
    if (options.certificate.empty() != options.key.empty())
        return fail(ErrorKind::usage, "tls_half",
                    {"--tls-cert 和 --tls-key 要一起给出", "--tls-cert and --tls-key go together"});
    if (is_loopback(place.address) || !options.certificate.empty()) return {};
    return fail(
        ErrorKind::usage, "listen_without_tls",
        {"没有 TLS 时只能监听本机（127.0.0.1）：请给出 --tls-cert 和 --tls-key，或由本机的 nginx 转发",
         "without TLS only this machine itself is served (127.0.0.1): give --tls-cert and --tls-key, or put "
         "nginx on this machine in front"});
}

// And what demo accounts open stays on this machine; a proxy would carry it off.
Result<void> check_demo(const Options& options, const Place& place, store::DataFolder& data) {
    if (is_loopback(place.address) && !options.behind_proxy) return {};
    if (!TRY(access::has_demo_accounts(data.database()))) return {};
    return fail(
        ErrorKind::usage, "listen_with_demo",
        {"有演示账号时只能监听本机，也不能由代理转发；doudi user demo --remove 停用它们",
         "with demo accounts only this machine is served, and no proxy: 'doudi user demo --remove' ends "
         "them"});
}

Result<store::Database> open_database(const store::Place& place) {
    if (place.database) return store::Database::open(*place.database);
    return store::Database::open(place.folder / store::database_name);
}

http::StoreDoors doors_of(const store::Place& place, const std::filesystem::path& keys) {
    return {
        .open_reader = [place, keys] { return store::DataFolder::open(place, store::Access::read, keys); },
        .open_database = [place] { return open_database(place); }};
}

http::OfficeOptions office_options(const Console& console, const Options& options, const Place& place,
                                   const store::Place& store, const std::filesystem::path& root,
                                   Office& opened) {
    http::OfficeOptions office;
    office.doors = doors_of(store, console.key_file);
    office.open_writer = [&opened]() -> Result<store::DataFolder> { return std::move(opened.store); };
    office.folder = options.store.data;
    office.policy_root = root;
    office.policy = &opened.policy;
    office.server.address = place.address;
    office.server.port = place.port;
    office.server.workers = options.workers;
    office.server.queue_limit = options.queue;
    office.server.certificate = options.certificate;
    office.server.key = options.key;
    office.server.behind_proxy = options.behind_proxy;
    office.app.web = options.web;
    office.app.of_address = {static_cast<double>(options.rate), 4.0 * options.rate};
    office.app.of_account = {static_cast<double>(options.rate), 4.0 * options.rate};
    office.threads = options.threads;
    office.quiet = console.quiet;
    office.units = options.units;
    office.outside = options.outside;
    office.peers = options.peers;
    office.anchors = options.anchors;
    office.first_administrator = options.first_administrator;
    return office;
}

void say_where(const Console& console, const Options& options, const Place& place,
               const http::Office& office) {
    const char* scheme = options.certificate.empty() ? "http" : "https";
    console.line(
        {fmt::format("正在 {}://{}:{} 提供服务；按 Ctrl-C 停止", scheme, place.address, office.port()),
         fmt::format("serving at {}://{}:{}; Ctrl-C stops it", scheme, place.address, office.port())});
    if (!office.first_password().empty()) {
        console.line(
            {fmt::format("已建立管理员 {}，首次登录密码（只显示这一次，登录后须修改）：{}",
                         options.first_administrator, office.first_password()),
             fmt::format("administrator {} was made; the first password (shown once, to be changed at the "
                         "first sign-in): {}",
                         options.first_administrator, office.first_password())});
    } else if (!office.has_accounts()) {
        console.line(
            {"还没有任何账号：停止后加上 --first-administrator 名字 再启动，会建立第一位管理员并显示密码",
             "there is no account yet: stop, and start with --first-administrator NAME; it makes the first "
             "administrator and shows the password"});
    }
    std::fflush(stdout);
}

// Until Ctrl-C or SIGTERM.
void wait_for_the_end() {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait(lock, interrupt_token(), [] { return false; });
}

ExitCode serve(const Console& console, const Options& options) {
    constexpr mode_t nobody_else = 077;
    ::umask(nobody_else);
    const auto place = place_of(options.listen);
    if (!place) return console.report(place.error());
    if (const auto may = may_listen(options, *place); !may) return console.report(may.error());
    const auto root = policy::find_policy_root();
    if (!root) return console.report(root.error());
    const auto store = options.store.place();
    if (!store) return console.report(store.error());
    const auto opened = open_office(console, options.store, store::Access::write);
    if (!opened) return console.failed();
    if (const auto fine = check_demo(options, *place, opened->store); !fine)
        return console.report(fine.error());
    auto office = http::Office::open(office_options(console, options, *place, *store, *root, *opened));
    if (!office) return console.report(office.error());
    say_where(console, options, *place, **office);
    notify_service_manager("READY=1\nSTATUS=answering requests\n");
    wait_for_the_end();
    notify_service_manager("STOPPING=1\nSTATUS=finishing what runs\n");
    console.note({"正在停止：完成手上的请求……", "stopping: what runs is finished first"});
    (*office)->stop();
    return ExitCode::done;
}

}  // namespace

void add_serve(Registration registration) {
    auto options = std::make_shared<Options>();
    auto* command = registration.app.add_subcommand(
        "serve",
        registration.help("启动服务：网页和接口", "serve the office over HTTP: the web app and the API"));
    const auto help = [&](const char* zh, const char* en) { return registration.help(zh, en); };
    add_store_options(*command, registration.console, options->store);
    command->add_option("--listen", options->listen,
                        help("地址:端口（默认 127.0.0.1:8080）", "ADDRESS:PORT (127.0.0.1:8080)"));
    command->add_option("--web", options->web, help("网页文件所在目录", "the folder of the web app's files"));
    command->add_option("--tls-cert", options->certificate,
                        help("TLS 证书链（PEM）", "TLS certificate chain (PEM)"));
    command->add_option("--tls-key", options->key, help("TLS 私钥（PEM）", "TLS private key (PEM)"));
    command->add_option(
        "--units", options->units,
        help("单位树文件（YAML），启动时装载", "a file of the offices (YAML), loaded at the start"));
    command->add_option("--oidc", options->outside,
                        help("外部身份认证平台的配置文件（YAML）；默认 access/oidc.yaml",
                             "a file of providers of identities (YAML); access/oidc.yaml where it is there"));
    command->add_option("--peers", options->peers,
                        help("与谁交换数据（YAML，见 docs/exchange.md）",
                             "a file of those whom the office exchanges with (YAML, docs/exchange.md)"));
    command->add_option(
        "--first-administrator", options->first_administrator,
        help("还没有账号时，建立这位管理员", "make this administrator where there is no account yet"));
    command->add_option("--anchors", options->anchors,
                        help("每日把访问记录的存证放进此目录，交上级保存",
                             "put the daily roots of the log into this folder, for the unit above"));
    command->add_flag("--behind-proxy", options->behind_proxy,
                      help("本机代理会说明真实来源地址", "a proxy on this machine says who asks"));
    allow_range(
        *command->add_option("--workers", options->workers, help("处理请求的线程数", "threads for requests")),
        registration.console, 1, 256);
    allow_range(
        *command->add_option("--queue", options->queue, help("最多排队的请求数", "requests that may wait")),
        registration.console, 1, 100000);
    allow_range(*command->add_option(
                    "--rate", options->rate,
                    help("每个地址、每个账号每秒的请求数", "requests a second of an address or account")),
                registration.console, 1, 1000000);
    allow_range(
        *command->add_option("--threads", options->threads, help("长任务的线程数", "threads of long work")),
        registration.console, 1, 64);
    command->callback([registration, options]() mutable {
        registration.run = [&console = registration.console, options] { return serve(console, *options); };
    });
}

}  // namespace doudi::cli
