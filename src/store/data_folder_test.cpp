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
#include "store/test_folder.h"

namespace doudi::store {
namespace {

constexpr const char* sha256_of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

DataFolder make(const TestFolder& folder) {
    auto made = DataFolder::create(folder / "data");
    REQUIRE(made);
    return std::move(*made);
}

DataFolder reopen(const TestFolder& folder, Access access = Access::write) {
    auto opened = DataFolder::open(folder / "data", access);
    REQUIRE(opened);
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

TEST_CASE("a new data folder is empty, its owner's alone, and opens again") {
    const TestFolder folder;
    {
        CHECK(make(folder).current() == PublishId(0));
    }
    struct stat about{};
    REQUIRE(::stat((folder / "data").c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0700);
    CHECK(reopen(folder).current() == PublishId(0));
    CHECK(reopen(folder, Access::read).current() == PublishId(0));
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
    CHECK(reopen(folder).current() == PublishId(0));
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

TEST_CASE("a second writer is told which process holds the folder; readers come in all the same") {
    const TestFolder folder;
    {
        const DataFolder writer = make(folder);
        const auto second = DataFolder::open(folder / "data", Access::write);
        REQUIRE_FALSE(second);
        CHECK(second.error().code == "store_locked");
        CHECK(second.error().text.en.find(std::to_string(::getpid())) != std::string::npos);
        CHECK(DataFolder::open(folder / "data", Access::read));
    }
    CHECK(DataFolder::open(folder / "data", Access::write));
}

TEST_CASE("settings are set once") {
    const TestFolder folder;
    const std::pair<std::string, std::string> given[] = {{"policy", "guangdong-2021"}};
    auto made = DataFolder::create(folder / "data", given);
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

TEST_CASE("what is staged is not seen until it is published, then by whoever opens next") {
    const TestFolder folder;
    DataFolder data = make(folder);
    const std::string blob = add_blob(data, Shelf::segments, "rows");
    const PublishId id = begin(data);
    CHECK(id == PublishId(1));
    stage_memory(data, id, blob);
    CHECK(data.current() == PublishId(0));
    const DataFolder early = reopen(folder, Access::read);
    CHECK(early.current() == PublishId(0));
    REQUIRE(data.publish(id));
    CHECK(data.current() == id);
    CHECK(early.current() == PublishId(0));
    CHECK(reopen(folder, Access::read).current() == id);
    CHECK(begin(data) == PublishId(2));
}

TEST_CASE("the next opening sweeps what was staged and not published, rows and files") {
    const TestFolder folder;
    std::string kept;
    {
        DataFolder data = make(folder);
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
        DataFolder reader = reopen(folder, Access::read);
        CHECK(count(reader, "cycle_memory") == 2);
        CHECK(files_on(folder, "originals") == 1);
    }
    DataFolder data = reopen(folder);
    CHECK(count(data, "cycle_memory") == 1);
    CHECK(count(data, "publication") == 1);
    CHECK(files_on(folder, "segments") == 1);
    CHECK(files_on(folder, "originals") == 0);
    CHECK(data.open_blob(Shelf::segments, kept));
    CHECK(begin(data) == PublishId(2));
}

TEST_CASE("a run that gave up is swept by the next one of the same process") {
    const TestFolder folder;
    DataFolder data = make(folder);
    stage_memory(data, begin(data), "a");
    const PublishId id = begin(data);
    CHECK(id == PublishId(1));
    CHECK(count(data, "cycle_memory") == 0);
    stage_memory(data, id, "b");
    REQUIRE(data.publish(id));
    CHECK(count(data, "cycle_memory") == 1);
}

TEST_CASE("a run that has nothing to say leaves the rows as they were, at once") {
    const TestFolder folder;
    DataFolder data = make(folder);
    const PublishId id = begin(data);
    stage_memory(data, id, "a");
    REQUIRE(data.withdraw(id));
    CHECK(count(data, "cycle_memory") == 0);
    CHECK(count(data, "publication") == 0);
    CHECK(data.current() == PublishId(0));
    CHECK(begin(data) == id);
}

TEST_CASE("every column that the list of blob references names is in the schema") {
    const TestFolder folder;
    DataFolder data = make(folder);
    for (const BlobReference& reference : blob_references) {
        const auto query =
            data.database().prepare(std::string("select ") + reference.column + " from " + reference.table);
        CHECK_MESSAGE(query, reference.table << "." << reference.column);
    }
}

}  // namespace doudi::store
