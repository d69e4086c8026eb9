// SPDX-License-Identifier: Apache-2.0
// The store: a folder with segments/ and originals/ and a database, doudi.sqlite in it or a PostgreSQL
// database elsewhere, and the publishing that makes a run happen whole or not at all (design §5,
// docs/decisions/0010-publishing.md):
//   files   temp -> fsync -> rename to their content's name -> fsync of the folder
//   rows    staged under the next publish id in short transactions
//   flip    one small transaction sets current = that id
// Readers see publish <= current. Opening for writing collects what an interrupted run left: staged rows
// above current, files that no row names (blob_references.h: a new column that names a file must be added
// there). One writer at a time: a second one is told who holds the lock.
#pragma once
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/id.h"
#include "base/result.h"
#include "column/segment.h"
#include "store/database.h"
#include "store/sealing.h"

namespace doudi::store {

// Where a store lies. Folder and database belong together: each knows the other, and a mismatch is refused.
struct Place {
    template <class Folder>
        requires std::convertible_to<Folder, std::filesystem::path>
    Place(Folder the_folder,
          std::optional<PostgresUrl> the_database = std::nullopt)  // NOLINT: a folder is a place
        : folder(std::move(the_folder)), database(std::move(the_database)) {}

    std::filesystem::path folder;
    std::optional<PostgresUrl> database;  // none: doudi.sqlite in the folder
};

enum class Access { read, write };
enum class Shelf { segments, originals };
// What is written into a blob: a segment, which seals its own parts (column/segment.h), or bytes of any kind.
enum class BlobForm { segment, bytes };

// A file being written; named by its content when finished: by SHA-256 of its bytes, of a sealed segment by
// that of its header, footer and trailer, of other sealed files by a keyed hash. Dropped without a trace if
// never finished.
class BlobWriter : public column::ByteSink {
  public:
    BlobWriter(BlobWriter&&) noexcept;
    ~BlobWriter() override;
    [[nodiscard]] Result<void> write(std::span<const std::byte> bytes) override;
    [[nodiscard]] Result<void> write_sealed(std::span<const std::byte> bytes) override;
    [[nodiscard]] std::shared_ptr<const column::Sealing> sealing() const override;
    // fsync, rename, fsync of the folder. Returns the name, 64 hex digits; the same content twice is one
    // file.
    [[nodiscard]] Result<std::string> seal();

  private:
    friend class DataFolder;
    struct State;
    explicit BlobWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

class RowSeal;

class DataFolder {
  public:
    // Makes the folder and an empty database at the newest schema, with these settings. The folder must be
    // absent or empty, a PostgreSQL database there and empty; or left by a create() that was interrupted:
    // that one happened or it did not, settings and all.
    [[nodiscard]] static Result<DataFolder> create(
        const Place& place, std::span<const std::pair<std::string, std::string>> settings = {},
        const SealChoice& seal = {});
    // `key_file`: of a sealed folder; empty: beside it, or where it was when the folder was made.
    // Access::read takes no lock and changes nothing; current() is then what was current at this moment.
    [[nodiscard]] static Result<DataFolder> open(const Place& place, Access access,
                                                 const std::filesystem::path& key_file = {});
    DataFolder(DataFolder&&) noexcept;
    ~DataFolder();

    [[nodiscard]] const std::filesystem::path& path() const;
    [[nodiscard]] Database& database();
    [[nodiscard]] PublishId current() const;  // what readers see
    // Another connection, for one who only looks and on a thread of his own.
    [[nodiscard]] Result<Database> open_reader() const;
    // Another connection for small changes (write_beside), on a thread of its own, while this folder is open
    // for writing.
    [[nodiscard]] Result<Database> open_writer() const;

    // The keys it is sealed with; null: it is not.
    [[nodiscard]] const std::shared_ptr<const FolderSeal>& seal() const;

    // What opens the records of a column (row_seal.h), made once and kept; of a sealed folder. Others make
    // their own for other threads.
    [[nodiscard]] Result<std::shared_ptr<RowSeal>> row_seal(std::string_view place);

    // Of a sealed folder, for changing keys; `given` as in open().
    [[nodiscard]] Result<vault::KeyFile> key_file(const std::filesystem::path& given) const;

    // Also from several threads; the rest is for one. Originals are of any kind.
    [[nodiscard]] Result<BlobWriter> new_blob(Shelf shelf, BlobForm form = BlobForm::segment);
    [[nodiscard]] std::filesystem::path blob_path(Shelf shelf, std::string_view name) const;
    // Its content as it was written; a segment's parts are opened by its reader. What was changed, or put in
    // another's place, is refused here or when it is read, with its name.
    [[nodiscard]] Result<std::shared_ptr<const column::ByteSource>> open_blob(Shelf shelf,
                                                                              std::string_view name) const;

    // Deletes a file for good if no row names it (any more); else leaves it. Whoever stages what names a file
    // must not be at work.
    [[nodiscard]] Result<void> remove_blob(Shelf shelf, std::string_view name);
    // The key of one person or household goes, together with what `also` changes; what it sealed can be
    // opened no more, by this folder from now on. False: it was gone, or the folder is not sealed; `also` was
    // run.
    [[nodiscard]] Result<bool> destroy_subject_key(SubjectKind kind, std::uint32_t id,
                                                   const std::function<Result<void>()>& also);
    // What was deleted from the database is gone from its files too, as far as its engine can say: SQLite's
    // log is carried over and emptied.
    [[nodiscard]] Result<void> settle_deletions();

    // The id under which a run stages its rows, in short transactions. Flips with publish(); what a run
    // staged that ended without publishing is swept by the next begin_publish() or open().
    [[nodiscard]] Result<PublishId> begin_publish(std::string_view kind, AsOf as_of,
                                                  std::string_view manifest_json);
    // `also`: what no publish id marks, in the same transaction.
    [[nodiscard]] Result<void> publish(PublishId id, const std::function<Result<void>()>& also = {});
    // A run that turned out to have nothing to say takes back what it staged, and that it had begun.
    [[nodiscard]] Result<void> withdraw(PublishId id);

    // Small settings: policy id, baseline. Set once: another value for the same name is a conflict.
    [[nodiscard]] Result<std::string> setting(std::string_view name);
    [[nodiscard]] Result<void> set_setting(std::string_view name, std::string_view value);

    // For store/seal_in_place.h. A blob of a plain folder, sealed with keys that it will have.
    [[nodiscard]] Result<BlobWriter> new_blob_sealed(Shelf shelf, BlobForm form,
                                                     std::shared_ptr<const FolderSeal> seal);
    // Has these keys while `rows` runs in a transaction, and ever after if that commits.
    [[nodiscard]] Result<void> seal_rows(std::shared_ptr<const FolderSeal> seal,
                                         const std::function<Result<void>()>& rows);

  private:
    struct State;
    explicit DataFolder(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace doudi::store
