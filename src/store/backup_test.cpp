// SPDX-License-Identifier: Apache-2.0
// A backup holds what was current, is whole or refused, and comes back on either engine.
#include "store/backup.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "store/archive.h"
#include "store/failpoint.h"
#include "store/test_engines.h"
#include "store/test_places.h"

namespace doudi::store {
namespace {

namespace fs = std::filesystem;

constexpr int killed = 137;
constexpr int rows = 3000;

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

std::string blob(DataFolder& folder, Shelf shelf, std::string_view content) {
    auto made = folder.new_blob(shelf);
    REQUIRE(made);
    REQUIRE(made->write(bytes_of(content)));
    return made->seal().value();
}

Result<void> stage(DataFolder& folder, PublishId id, std::string_view original, std::string_view segment) {
    Database& database = folder.database();
    return database.write([&]() -> Result<void> {
        const std::string_view columns[] = {"publish", "id",       "file_name", "dataset",    "as_of",
                                            "sha256",  "bytes",    "encoding",  "segment",    "findings",
                                            "rows",    "exact",    "probable",  "off_roster", "review",
                                            "held",    "rejected", "duplicate"};
        auto arrival = database.bulk("arrival", columns);
        const auto publish = static_cast<std::int64_t>(id.value());
        arrival.bind(1, publish)
            .bind(2, publish)
            .bind(3, std::string_view("失业\t登记\\.csv"))
            .bind(4, std::string_view("d"));
        arrival.bind(5, std::string_view("2025-06-30"))
            .bind(6, original)
            .bind(7, 5)
            .bind(8, std::string_view("UTF-8"));
        arrival.bind(9, segment).bind(10, std::string_view());
        for (int n = 11; n <= 18; ++n) arrival.bind(n, n);
        TRY_VOID(arrival.row());
        TRY_VOID(arrival.finish());
        const std::string_view of_household[] = {"publish", "id", "code", "region", "category", "income_fen"};
        auto households = database.bulk("household", of_household);
        for (int i = 0; i < rows; ++i) {
            households.bind(1, publish)
                .bind(2, i)
                .bind(3, "LC" + std::to_string(i))
                .bind(4, std::string_view("r"));
            households.bind(5, std::string_view("x\ny"));
            if (i % 3 != 0) households.bind(6, i * 1000);
            TRY_VOID(households.row());
        }
        return households.finish();
    });
}

// A published run, and one that was not published.
void fill(const Place& place) {
    const std::pair<std::string, std::string> settings[] = {{"policy", "p"}, {"baseline", "2025-03-31"}};
    auto folder = DataFolder::create(place, settings);
    REQUIRE_MESSAGE(folder, folder.error().message(Lang::en));
    const auto begin = [&] {
        return folder->begin_publish("feeds", AsOf{*Date::from_ymd(2025, 6, 30)}, "{}").value();
    };
    const PublishId first = begin();
    REQUIRE(stage(*folder, first, blob(*folder, Shelf::originals, "original"),
                  blob(*folder, Shelf::segments, "rows")));
    REQUIRE(folder->publish(first));
    REQUIRE(stage(*folder, begin(), blob(*folder, Shelf::originals, "left out"), ""));
}

std::string all_rows(Database& database, const char* sql, int columns) {
    auto query = database.prepare(sql);
    REQUIRE(query);
    std::string text;
    while (*query->step()) {
        for (int i = 0; i < columns; ++i) {
            text += query->is_null(i) ? "null" : i < 2 ? std::to_string(query->integer(i)) : query->text(i);
            text += '|';
        }
        text += '\n';
    }
    return text;
}

std::string content_of(const Place& place) {
    auto folder = DataFolder::open(place, Access::read);
    REQUIRE_MESSAGE(folder, folder.error().message(Lang::en));
    Database& database = folder->database();
    std::string text = std::to_string(folder->current().value()) + folder->setting("policy").value();
    text += all_rows(
        database, "select id, income_fen, code, category from household where publish <= 1 order by id", 4);
    text += all_rows(
        database, "select id, rows, file_name, sha256, segment from arrival where publish <= 1 order by id",
        5);
    for (const auto& [shelf, content] :
         {std::pair(Shelf::originals, "original"), std::pair(Shelf::segments, "rows")}) {
        auto query =
            database.prepare(shelf == Shelf::originals ? "select sha256 from arrival where publish <= 1"
                                                       : "select segment from arrival where publish <= 1");
        REQUIRE(query);
        REQUIRE(*query->step());
        const auto source = folder->open_blob(shelf, query->text(0));
        REQUIRE(source);
        std::string read((*source)->size(), '\0');
        REQUIRE((*source)->read(0, std::as_writable_bytes(std::span(read.data(), read.size()))));
        CHECK(read == content);
    }
    return text;
}

BackupReport backed_up(const Place& place, const fs::path& file) {
    auto folder = DataFolder::open(place, Access::read);
    REQUIRE_MESSAGE(folder, folder.error().message(Lang::en));
    const auto report = back_up(*folder, file);
    REQUIRE_MESSAGE(report, report.error().message(Lang::en));
    return *report;
}

std::string bytes_of_file(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

template <class From, class To>
void check_round_trip() {
    const From from;
    const To to;
    fill(from.place());
    const fs::path file = to.folder() / "backup";
    const BackupReport made = backed_up(from.place(), file);
    CHECK(made.files == 2);
    CHECK(made.current == PublishId(1));
    const auto restored = restore(to.place(), file);
    REQUIRE_MESSAGE(restored, restored.error().message(Lang::en));
    CHECK(restored->rows == made.rows);
    CHECK(restored->files == 2);
    CHECK(content_of(to.place()) == content_of(from.place()));
    auto next = DataFolder::open(to.place(), Access::write);
    REQUIRE(next);
    CHECK(next->begin_publish("feeds", AsOf{}, "{}").value() == PublishId(2));
}

}  // namespace

TEST_CASE("a backup of either engine comes back on either engine, without what was not published") {
    check_round_trip<OnSqlite, OnSqlite>();
    check_round_trip<OnSqlite, OnPostgres>();
    check_round_trip<OnPostgres, OnSqlite>();
    check_round_trip<OnPostgres, OnPostgres>();
}

TEST_CASE("a backup is made while a run is going on, is its owner's alone, and never overwrites") {
    const OnSqlite engine;
    fill(engine.place());
    auto writer = DataFolder::open(engine.place(), Access::write);
    REQUIRE(writer);
    const PublishId id = writer->begin_publish("feeds", AsOf{}, "{}").value();
    const fs::path file = engine.folder() / "backup";
    (void)backed_up(engine.place(), file);
    CHECK(writer->publish(id));
    struct stat about{};
    REQUIRE(::stat(file.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    auto reader = DataFolder::open(engine.place(), Access::read);
    const auto again = back_up(*reader, file);
    REQUIRE_FALSE(again);
    CHECK(again.error().code == "store_backup_exists");
}

TEST_CASE("what is there already is not restored over") {
    const OnSqlite engine;
    const OnPostgres other;
    fill(engine.place());
    fill(other.place());
    const fs::path file = engine.folder() / "backup";
    (void)backed_up(engine.place(), file);
    CHECK(restore(engine.place(), file).error().code == "store_folder_in_use");
    const TestFolder fresh;
    CHECK(restore({fresh / "data", other.postgres().url()}, file).error().code == "store_database_in_use");
    CHECK(content_of(other.place()) == content_of(engine.place()));
}

TEST_CASE_TEMPLATE("a backup that is cut short or changed anywhere is refused and leaves nothing that opens",
                   Engine, ENGINES) {
    const OnSqlite from;
    fill(from.place());
    const fs::path file = from.folder() / "backup";
    (void)backed_up(from.place(), file);
    const std::string whole = bytes_of_file(file);
    const Engine to;
    const fs::path broken = from.folder() / "broken";
    std::vector<std::string> variants{"", whole.substr(0, whole.size() - 1),
                                      whole.substr(0, whole.size() / 2)};
    for (const std::size_t at : {std::size_t{40}, whole.size() / 3, whole.size() / 2, whole.size() - 20}) {
        variants.push_back(whole);
        variants.back()[at] = static_cast<char>(variants.back()[at] ^ 0x20);
    }
    for (const std::string& bytes : variants) {
        std::ofstream(broken, std::ios::binary | std::ios::trunc) << bytes;
        const auto refused = restore(to.place(), broken);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == "store_backup_damaged");
        CHECK_FALSE(DataFolder::open(to.place(), Access::write));
    }
    const auto absent = restore(to.place(), from.folder() / "absent");
    CHECK(absent.error().code != "store_backup_damaged");
    REQUIRE(restore(to.place(), file));
    CHECK(content_of(to.place()) == content_of(from.place()));
}

namespace {

// An archive whose own list is right and whose entries are not what a backup holds.
fs::path hostile(const fs::path& file, std::initializer_list<std::pair<std::string, std::string>> entries) {
    fs::remove(file);
    auto archive = ArchiveWriter::create(file);
    REQUIRE(archive);
    for (const auto& [name, bytes] : entries) REQUIRE(archive->add(name, bytes));
    REQUIRE(archive->finish());
    return file;
}

}  // namespace

TEST_CASE("a backup that someone wrote by hand puts no file anywhere else and runs no statement of its own") {
    const TestFolder folder;
    const fs::path file = folder / "hand";
    const std::string head = "doudi-backup 1\nschema 1\ncurrent 0\n";
    const std::string name(64, 'a');
    const std::vector<std::vector<std::pair<std::string, std::string>>> all = {
        {{"else", "x"}},
        {{"doudi-backup", "doudi-backup 2\nschema 1\ncurrent 0\n"}},
        {{"doudi-backup", head + "table setting; drop table setting name:text\n"}},
        {{"doudi-backup", head + "table setting name:text,value:text\n"}},
        {{"doudi-backup", head}, {"blobs/segments/../../" + name, "x"}},
        {{"doudi-backup", head}, {"blobs/../" + name, "x"}},
        {{"doudi-backup", head}, {"blobs/segments", "x"}},
        {{"doudi-backup", head + "table setting name:text value:text\n"}, {"tables/setting/1", "a\n"}},
        {{"doudi-backup", head + "table setting name:text value:text\n"}, {"tables/setting/1", "a\tb"}},
        {{"doudi-backup", head + "table setting name:text value:text\n"}, {"tables/setting/1", "a\tb\\q\n"}},
        {{"doudi-backup", head + "table publication id:integer\n"}, {"tables/publication/1", "x\n"}},
        {{"doudi-backup", head + "table setting name:text value:text\n"}, {"tables/other/1", "a\tb\n"}},
    };
    for (const auto& entries : all) {
        fs::remove(file);
        auto archive = ArchiveWriter::create(file);
        REQUIRE(archive);
        for (const auto& [entry, bytes] : entries) REQUIRE(archive->add(entry, bytes));
        REQUIRE(archive->finish());
        const auto refused = restore(folder / "data", file);
        REQUIRE_FALSE(refused);
        CHECK_MESSAGE(refused.error().code == "store_backup_damaged", entries.back().first);
        CHECK_FALSE(DataFolder::open(folder / "data", Access::read));
    }
    CHECK_FALSE(fs::exists(folder / name.c_str()));
    (void)hostile(file, {{"doudi-backup", "doudi-backup 1\nschema 9999\ncurrent 0\n"}});
    CHECK(restore(folder / "data", file).error().code == "store_newer");
    (void)hostile(file, {{"doudi-backup", head + "table nowhere x:text\n"}, {"tables/nowhere/1", "a\n"}});
    CHECK_FALSE(restore(folder / "data", file));
}

TEST_CASE_TEMPLATE("killed at any place, a restore can be run again and is whole then", Engine, ENGINES) {
    const OnSqlite from;
    fill(from.place());
    const fs::path file = from.folder() / "backup";
    (void)backed_up(from.place(), file);
    const std::string wanted = content_of(from.place());
    const Engine counted;
    const int all = places_passed([&] { return restore(counted.place(), file); });
    REQUIRE(all > 30);
    for (const int point : places_to_visit(all, 0, Engine::each)) {
        const Engine to;
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(STDERR_FILENO);
            set_failpoint(std::to_string(point));
            ::_exit(restore(to.place(), file) ? 0 : 1);
        }
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        CAPTURE(point);
        const int code = WEXITSTATUS(status);
        REQUIRE((code == 0 || code == killed));
        if (!DataFolder::open(to.place(), Access::read)) {
            const auto again = restore(to.place(), file);
            REQUIRE_MESSAGE(again, again.error().message(Lang::en));
        }
        CHECK(content_of(to.place()) == wanted);
        CHECK((code == killed) == (point <= all));
    }
}

TEST_CASE("killed at any place, a backup is whole or not there") {
    const OnSqlite from;
    fill(from.place());
    int interrupted = 0;
    for (int point = 1; point < 200; ++point) {
        const fs::path file = from.folder() / "backup";
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(STDERR_FILENO);
            set_failpoint(std::to_string(point));
            auto folder = DataFolder::open(from.place(), Access::read);
            ::_exit(folder && back_up(*folder, file) ? 0 : 1);
        }
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        const int code = WEXITSTATUS(status);
        REQUIRE((code == 0 || code == killed));
        if (fs::exists(file)) {
            const TestFolder to;
            CHECK(restore(to / "data", file));
            fs::remove(file);
        }
        if (code == 0) break;
        ++interrupted;
    }
    CHECK(interrupted > 2);
    CHECK(interrupted < 199);
}

}  // namespace doudi::store
