// SPDX-License-Identifier: Apache-2.0
#include "store/seal_in_place.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "column/segment.h"
#include "store/blob_references.h"
#include "store/durable_file.h"
#include "store/sealing.h"
#include "store/sweep.h"

namespace doudi::store {

namespace {

constexpr std::string_view segment_magic = "DOUDISEG";

const char* copies_of(Shelf shelf) {
    return shelf == Shelf::segments ? "resealed_segment" : "resealed_original";
}

// Files that are no copy of anything: the copies themselves, and images that are made anew from the rows.
bool is_left_out(std::string_view table) {
    return table == copies_of(Shelf::segments) || table == copies_of(Shelf::originals) || table == "roster" ||
           table == "register_keys";
}

struct NamedFile {
    Shelf shelf{};
    std::string name;
    std::uint64_t bytes = 0;
    bool copied = false;
};

class InPlace {
  public:
    InPlace(DataFolder& folder, const std::function<void(std::uint64_t, std::uint64_t)>& progress)
        : folder_(folder), database_(folder.database()), progress_(progress) {}

    Result<void> run(const SealChoice& choice, std::span<const SealRows> rows) {
        seal_ = TRY(prepare_pending_seal(database_, folder_.path(), choice));
        TRY_VOID(copy_files());
        TRY_VOID(folder_.seal_rows(seal_, [&]() -> Result<void> {
            for (const SealRows& seal : rows) TRY_VOID(seal(folder_));
            TRY_VOID(name_copies());
            return settle_pending_seal(database_);
        }));
        TRY_VOID(sweep_files(database_, folder_.path()));
        return folder_.settle_deletions();
    }

  private:
    Result<void> copy_files() {
        const std::vector<NamedFile> files = TRY(named_files());
        std::uint64_t total = 0;
        std::uint64_t done = 0;
        for (const NamedFile& file : files) total += file.bytes;
        for (const NamedFile& file : files) {
            if (!file.copied) TRY_VOID(copy(file));
            done += file.bytes;
            if (progress_) progress_(done, total);
        }
        return {};
    }

    Result<std::vector<NamedFile>> named_files() {
        std::vector<NamedFile> files;
        for (const BlobReference& reference : blob_references) {
            if (is_left_out(reference.table)) continue;
            auto query = TRY(database_.prepare(fmt::format(
                "select distinct f.{0}, c.new_name from {1} f left join {2} c on c.old_name = "
                "f.{0} where {3} and f.{0} <> '' order by 1",
                reference.column, reference.table, copies_of(reference.shelf), names_a_file(reference))));
            while (TRY(query.step())) {
                NamedFile file{reference.shelf, query.text(0), 0, !query.is_null(1)};
                std::error_code failure;
                file.bytes = std::filesystem::file_size(folder_.blob_path(file.shelf, file.name), failure);
                if (failure) return system_error(failure.value(), folder_.blob_path(file.shelf, file.name));
                files.push_back(std::move(file));
            }
        }
        return files;
    }

    Result<void> copy(const NamedFile& file) {
        const auto source = TRY(folder_.open_blob(file.shelf, file.name));
        std::array<std::byte, segment_magic.size()> begin{};
        if (source->size() >= begin.size()) TRY_VOID(source->read(0, begin));
        const bool is_segment = file.shelf == Shelf::segments &&
                                std::ranges::equal(begin, std::as_bytes(std::span(segment_magic)));
        const auto form = is_segment ? BlobForm::segment : BlobForm::bytes;
        auto blob = TRY(folder_.new_blob_sealed(file.shelf, form, seal_));
        TRY_VOID(is_segment ? copy_segment(source, blob) : copy_bytes(*source, blob));
        const std::string name = TRY(blob.seal());
        return database_.write([&]() -> Result<void> {
            auto insert = TRY(database_.prepare(
                fmt::format("insert into {} (old_name, new_name) values ($1, $2)", copies_of(file.shelf))));
            return insert.bind(1, std::string_view(file.name)).bind(2, std::string_view(name)).run();
        });
    }

    // Columns of identity numbers are known by their name (intake: FeedLayout): a plain segment does not say
    // it.
    static Result<void> copy_segment(std::shared_ptr<const column::ByteSource> source, BlobWriter& blob) {
        const auto reader = TRY(column::SegmentReader::open(std::move(source)));
        column::Schema schema = reader.schema();
        for (column::ColumnSpec& one : schema) one.keyed = one.name.starts_with("id.");
        column::SegmentWriter writer(schema, blob);
        column::Batch batch;
        for (std::size_t block = 0; block < reader.blocks(); ++block) {
            TRY_VOID(reader.read_block(block, batch));
            TRY_VOID(writer.append(batch));
        }
        (void)TRY(writer.finish());
        return {};
    }

    static Result<void> copy_bytes(const column::ByteSource& source, BlobWriter& blob) {
        constexpr std::uint64_t at_once = std::uint64_t{1} << 20U;
        std::vector<std::byte> part;
        for (std::uint64_t at = 0; at < source.size(); at += part.size()) {
            part.resize(std::min(at_once, source.size() - at));
            TRY_VOID(source.read(at, part));
            TRY_VOID(blob.write(part));
        }
        return {};
    }

    // A row that names no file any more keeps the name, by which the file is known again: under the keyed
    // name it would not be found, so it is of no use and says what was here. It is emptied.
    Result<void> name_copies() {
        for (const BlobReference& reference : blob_references) {
            if (is_left_out(reference.table)) continue;
            TRY_VOID(
                run(fmt::format("update {1} set {0} = coalesce((select c.new_name from {2} c where "
                                "c.old_name = {1}.{0}), '') where {0} <> ''",
                                reference.column, reference.table, copies_of(reference.shelf))));
        }
        TRY_VOID(run("delete from roster"));
        TRY_VOID(run("delete from register_keys"));
        TRY_VOID(run("delete from upload"));  // pieces that lie plain: they are sent again
        TRY_VOID(run("delete from resealed_segment"));
        return run("delete from resealed_original");
    }

    Result<void> run(const std::string& sql) { return TRY(database_.prepare(sql)).run(); }

    DataFolder& folder_;
    Database& database_;
    const std::function<void(std::uint64_t, std::uint64_t)>& progress_;
    std::shared_ptr<const FolderSeal> seal_;
};

}  // namespace

Result<void> seal_in_place(DataFolder& folder, const SealChoice& choice, std::span<const SealRows> rows,
                           const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    if (folder.seal() != nullptr) {
        return fail(ErrorKind::conflict, "sealed_already",
                    {"这个数据目录已经加密", "this data folder is sealed already"}, folder.path().string());
    }
    return InPlace(folder, progress).run(choice, rows);
}

}  // namespace doudi::store
