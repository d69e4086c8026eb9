// SPDX-License-Identifier: Apache-2.0
#include "store/data_folder.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "store/blob_references.h"
#include "store/test_engines.h"
#include "store/test_folder.h"

namespace doudi::store {
namespace {

constexpr const char* sha256_of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

DataFolder make(const Place& place) {
    auto made = DataFolder::create(place);
    REQUIRE_MESSAGE(made, made.error().message(Lang::en));
    return std::move(*made);
}
DataFolder make(const TestFolder& folder) {
    return make(Place(folder / "data"));
}

DataFolder reopen(const Place& place, Access access = Access::write) {
    auto opened = DataFolder::open(place, access);
    REQUIRE_MESSAGE(opened, opened.error().message(Lang::en));
    return std::move(*opened);
}

std::string add_blob(DataFolder& folder, Shelf shelf, std::string_view content) {
    auto blob = folder.new_blob(shelf);
    REQUIRE(blob);
    REQUIRE(blob->write(bytes_of(content)));
    const auto name = blob->seal();
    REQUIRE(name);
    return *name;
}

PublishId begin(DataFolder& folder) {
    const auto id = folder.begin_publish("feeds", AsOf{*Date::from_ymd(2025, 6, 30)}, "{}");
    REQUIRE(id);
    return *id;
}

void stage_memory(DataFolder& folder, PublishId id, std::string_view segment) {
    auto insert = folder.database().prepare(
        "insert into cycle_memory (publish, as_of, segment) values ($1, '2025-06-30', $2)");
    REQUIRE(insert);
    REQUIRE(insert->bind(1, static_cast<std::int64_t>(id.value())).bind(2, segment).run());
}

std::int64_t count(DataFolder& folder, const std::string& table) {
    auto query = folder.database().prepare("select count(*) from " + table);
    REQUIRE(query);
    REQUIRE(query->step());
    return query->integer(0);
}

std::size_t files_on(const TestFolder& folder, const char* shelf) {
    const std::filesystem::directory_iterator all(folder / "data" / shelf);
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

std::string read_all(const column::ByteSource& source) {
    std::string text(source.size(), '\0');
    REQUIRE(source.read(0, std::as_writable_bytes(std::span(text.data(), text.size()))));
    return text;
}

}  // namespace

TEST_CASE("an empty path and one below a folder that is not there are said to be so") {
    CHECK(DataFolder::create("").error().code == "store_no_path");
    CHECK(DataFolder::open("", Access::read).error().code == "store_no_path");
    const TestFolder folder;
    const auto below_nothing = DataFolder::create(folder / "no" / "data");
    REQUIRE_FALSE(below_nothing);
    CHECK(below_nothing.error().code == "store_no_parent");
    CHECK(below_nothing.error().text.en.find((folder / "no").string()) != std::string::npos);
}

TEST_CASE_TEMPLATE("a new data folder is empty, its owner's alone, and opens again", Engine, ENGINES) {
    const Engine engine;
    const TestFolder& folder = engine.folder();
    {
        CHECK(make(engine.place()).current() == PublishId(0));
    }
    struct stat about{};
    REQUIRE(::stat((folder / "data").c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0700);
    CHECK(reopen(engine.place()).current() == PublishId(0));
    CHECK(reopen(engine.place(), Access::read).current() == PublishId(0));
}

TEST_CASE("a folder with something in it is not taken, an empty one is") {
    const TestFolder folder;
    std::filesystem::create_directory(folder / "data");
    {
        CHECK(DataFolder::create(folder / "data"));
    }
    const auto again = DataFolder::create(folder / "data");
    REQUIRE_FALSE(again);
    CHECK(again.error().code == "store_folder_in_use");
    CHECK(reopen(Place(folder / "data")).current() == PublishId(0));
}

TEST_CASE_TEMPLATE("no data folder is made inside another", Engine, ENGINES) {
    const Engine engine;
    make(engine.place());
    for (const char* below : {"new", "segments/new"}) {
        const auto inside = engine.place().folder / below;
        const auto made = DataFolder::create(Place(inside));
        REQUIRE_FALSE(made);
        CHECK(made.error().code == "store_inside_another");
        CHECK_FALSE(std::filesystem::exists(inside));
    }
}

TEST_CASE("what is no data folder is said to be none") {
    const TestFolder folder;
    for (const Access access : {Access::read, Access::write}) {
        const auto opened = DataFolder::open(folder / "absent", access);
        REQUIRE_FALSE(opened);
        CHECK(opened.error().kind == ErrorKind::not_found);
        CHECK(opened.error().code == "store_no_folder");
    }
    const auto nowhere = DataFolder::create(folder / "absent" / "deep");
    REQUIRE_FALSE(nowhere);
    CHECK(nowhere.error().kind == ErrorKind::not_found);
    CHECK_FALSE(std::filesystem::exists(folder / "absent"));
}

TEST_CASE_TEMPLATE("a second writer is told which process holds the folder; readers come in all the same",
                   Engine, ENGINES) {
    const Engine engine;
    {
        const DataFolder writer = make(engine.place());
        const auto second = DataFolder::open(engine.place(), Access::write);
        REQUIRE_FALSE(second);
        CHECK(second.error().code == "store_locked");
        CHECK(second.error().text.en.find(std::to_string(::getpid())) != std::string::npos);
        CHECK(DataFolder::open(engine.place(), Access::read));
    }
    CHECK(DataFolder::open(engine.place(), Access::write));
}

TEST_CASE_TEMPLATE("settings are set once", Engine, ENGINES) {
    const Engine engine;
    const std::pair<std::string, std::string> given[] = {{"policy", "guangdong-2021"}};
    auto made = DataFolder::create(engine.place(), given);
    REQUIRE(made);
    CHECK(made->setting("policy") == "guangdong-2021");
    CHECK(made->set_setting("policy", "guangdong-2021"));
    const auto other = made->set_setting("policy", "jinan-2024");
    REQUIRE_FALSE(other);
    CHECK(other.error().kind == ErrorKind::conflict);
    CHECK(made->set_setting("baseline", "2025-03-31"));
    CHECK(made->setting("baseline") == "2025-03-31");
    const auto none = made->setting("nothing");
    REQUIRE_FALSE(none);
    CHECK(none.error().kind == ErrorKind::not_found);
}

TEST_CASE("a blob is named by its SHA-256 and read back; twice the same is one file") {
    const TestFolder folder;
    DataFolder data = make(folder);
    CHECK(add_blob(data, Shelf::originals, "abc") == sha256_of_abc);
    CHECK(add_blob(data, Shelf::originals, "abc") == sha256_of_abc);
    CHECK(files_on(folder, "originals") == 1);
    const auto source = data.open_blob(Shelf::originals, sha256_of_abc);
    REQUIRE(source);
    CHECK(read_all(**source) == "abc");
    std::byte beyond[4];
    const auto past = (*source)->read(0, beyond);
    REQUIRE_FALSE(past);
    CHECK(past.error().code == "short_read");
}

TEST_CASE("a blob written in pieces of any size is the same blob") {
    const TestFolder folder;
    DataFolder data = make(folder);
    std::string content;
    for (std::size_t i = 0; content.size() < 900000; ++i) content += std::to_string(i);
    const std::string whole = add_blob(data, Shelf::segments, content);
    auto blob = data.new_blob(Shelf::segments);
    REQUIRE(blob);
    std::size_t step = 1;
    for (std::size_t at = 0; at < content.size(); at += step, step = step * 3 + 1) {
        REQUIRE(blob->write(bytes_of(std::string_view(content).substr(at, step))));
    }
    const auto name = blob->seal();
    REQUIRE(name);
    CHECK(*name == whole);
    const auto source = data.open_blob(Shelf::segments, whole);
    REQUIRE(source);
    CHECK(read_all(**source) == content);
}

TEST_CASE("a blob that is never sealed leaves no trace") {
    const TestFolder folder;
    DataFolder data = make(folder);
    {
        auto blob = data.new_blob(Shelf::segments);
        REQUIRE(blob);
        REQUIRE(blob->write(bytes_of("x")));
        CHECK(files_on(folder, "segments") == 1);
    }
    CHECK(files_on(folder, "segments") == 0);
}

TEST_CASE("only a SHA-256 names a blob: no way out of the shelf") {
    const TestFolder folder;
    const DataFolder data = make(folder);
    for (const std::string& name :
         {std::string("../doudi.sqlite"), std::string(), std::string(64, 'a'), std::string(64, '/')}) {
        const auto source = data.open_blob(Shelf::segments, name);
        REQUIRE_FALSE(source);
        CHECK(source.error().code == "blob_missing");
    }
}

TEST_CASE_TEMPLATE("what is staged is not seen until it is published, then by whoever opens next", Engine,
                   ENGINES) {
    const Engine engine;
    DataFolder data = make(engine.place());
    const std::string blob = add_blob(data, Shelf::segments, "rows");
    const PublishId id = begin(data);
    CHECK(id == PublishId(1));
    stage_memory(data, id, blob);
    CHECK(data.current() == PublishId(0));
    const DataFolder early = reopen(engine.place(), Access::read);
    CHECK(early.current() == PublishId(0));
    REQUIRE(data.publish(id));
    CHECK(data.current() == id);
    CHECK(early.current() == PublishId(0));
    CHECK(reopen(engine.place(), Access::read).current() == id);
    CHECK(begin(data) == PublishId(2));
}

TEST_CASE_TEMPLATE("the next opening sweeps what was staged and not published, rows and files", Engine,
                   ENGINES) {
    const Engine engine;
    const TestFolder& folder = engine.folder();
    std::string kept;
    {
        DataFolder data = make(engine.place());
        kept = add_blob(data, Shelf::segments, "kept");
        const PublishId first = begin(data);
        stage_memory(data, first, kept);
        REQUIRE(data.publish(first));
        stage_memory(data, begin(data), add_blob(data, Shelf::segments, "lost"));
        (void)add_blob(data, Shelf::originals, "named by nobody");
        std::ofstream(folder / "data" / "segments" / "tmp-1-1") << "half";
        CHECK(count(data, "cycle_memory") == 2);
    }
    {
        DataFolder reader = reopen(engine.place(), Access::read);
        CHECK(count(reader, "cycle_memory") == 2);
        CHECK(files_on(folder, "originals") == 1);
    }
    DataFolder data = reopen(engine.place());
    CHECK(count(data, "cycle_memory") == 1);
    CHECK(count(data, "publication") == 1);
    CHECK(files_on(folder, "segments") == 1);
    CHECK(files_on(folder, "originals") == 0);
    CHECK(data.open_blob(Shelf::segments, kept));
    CHECK(begin(data) == PublishId(2));
}

TEST_CASE_TEMPLATE("a run that gave up is swept by the next one of the same process", Engine, ENGINES) {
    const Engine engine;
    DataFolder data = make(engine.place());
    stage_memory(data, begin(data), "a");
    const PublishId id = begin(data);
    CHECK(id == PublishId(1));
    CHECK(count(data, "cycle_memory") == 0);
    stage_memory(data, id, "b");
    REQUIRE(data.publish(id));
    CHECK(count(data, "cycle_memory") == 1);
}

TEST_CASE_TEMPLATE("a run that has nothing to say leaves the rows as they were, at once", Engine, ENGINES) {
    const Engine engine;
    DataFolder data = make(engine.place());
    const PublishId id = begin(data);
    stage_memory(data, id, "a");
    REQUIRE(data.withdraw(id));
    CHECK(count(data, "cycle_memory") == 0);
    CHECK(count(data, "publication") == 0);
    CHECK(data.current() == PublishId(0));
    CHECK(begin(data) == id);
}

TEST_CASE_TEMPLATE("every column that the list of blob references names is in the schema", Engine, ENGINES) {
    const Engine engine;
    DataFolder data = make(engine.place());
    for (const BlobReference& reference : blob_references) {
        const auto query =
            data.database().prepare(std::string("select ") + reference.column + " from " + reference.table);
        CHECK_MESSAGE(query, reference.table << "." << reference.column);
    }
}

TEST_CASE("folder and database that do not belong together are refused by name") {
    const OnPostgres one;
    const OnPostgres two;
    const OnSqlite alone;
    make(one.place());
    make(two.place());
    make(alone.place());
    const auto refused = [](const Place& place, Access access) -> std::string {
        const auto opened = DataFolder::open(place, access);
        REQUIRE_FALSE(opened);
        return opened.error().code;
    };
    for (const Access access : {Access::read, Access::write}) {
        CHECK(refused({one.place().folder, two.postgres().url()}, access) == "store_other_database");
        CHECK(refused(one.place().folder, access) == "store_wants_database");
        CHECK(refused({alone.place().folder, one.postgres().url()}, access) == "store_has_own_database");
    }
    const TestFolder third;
    const auto taken = DataFolder::create({third / "data", one.postgres().url()});
    REQUIRE_FALSE(taken);
    CHECK(taken.error().code == "store_database_in_use");
    reopen(one.place());
    reopen(two.place());
}

TEST_CASE("a database that a wrong address names is left as it was") {
    const OnPostgres one;
    const TestPostgres empty;
    make(one.place());
    CHECK(DataFolder::open({one.place().folder, empty.url()}, Access::write).error().code ==
          "store_other_database");
    auto connection = PostgresConnection::open(empty.url(), Use::write);
    REQUIRE(connection);
    CHECK((*connection)->schema()->is_empty);
}

TEST_CASE(
    "a database of doudi's is written by one folder at a time, also when the folder's lock says nothing") {
    const OnPostgres engine;
    const DataFolder writer = make(engine.place());
    std::filesystem::remove(engine.place().folder / "lock");  // as on a shared disk that knows no locks
    const auto second = DataFolder::open(engine.place(), Access::write);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == "store_locked");
    CHECK(second.error().where.find(engine.postgres().name()) != std::string::npos);
}

TEST_CASE("a run whose connection is lost ends, stages nothing more, and the next run begins anew") {
    const OnPostgres engine;
    DataFolder data = make(engine.place());
    const PublishId id = begin(data);
    stage_memory(data, id, "a");
    test_postgres::must("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '" +
                        engine.postgres().name() + "'");
    const auto lost =
        data.database().prepare("insert into cycle_memory (publish, as_of, segment) values (1, 'x', 'y')");
    REQUIRE_FALSE(lost);
    CHECK(lost.error().code == "store_connection_lost");
    CHECK(data.publish(id).error().code == "store_connection_lost");
    CHECK(begin(data) == id);
    CHECK(count(data, "cycle_memory") == 0);
    stage_memory(data, id, "b");
    REQUIRE(data.publish(id));
    CHECK(reopen(engine.place(), Access::read).current() == id);
}

TEST_CASE_TEMPLATE("one who writes small changes beside the writer has a connection of his own", Engine,
                   ENGINES) {
    const Engine engine;
    DataFolder data = make(engine.place());
    auto beside = data.open_writer();
    REQUIRE(beside);
    REQUIRE(beside->write_beside([&] { return beside->execute("insert into setting values ('a', 'b')"); }));
    CHECK(data.setting("a") == "b");
}

}  // namespace doudi::store
