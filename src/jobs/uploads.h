// SPDX-License-Identifier: Apache-2.0
// Files that arrive in pieces, over lines that break and through a server that may be killed. A piece is
// written at its offset and synced before it is answered; how much is there is what the file says, so that no
// record can contradict it. Nothing is held in memory but one piece. Names are the sender's and are kept in
// the store only: on the disk a file is called by its id.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "jobs/board.h"
#include "jobs/records.h"
#include "jobs/repository.h"
#include "store/durable_file.h"
#include "store/piece_file.h"

namespace doudi::jobs {

struct Upload {
    std::string id;
    std::string file_name;
    std::uint64_t bytes = 0;     // in all
    std::uint64_t received = 0;  // so far
    std::string state;           // receiving | complete | used
    UserNumber made_by = 0;
};

struct NewUpload {
    std::string file_name;
    std::uint64_t bytes = 0;
    std::optional<std::string> sha256;  // 64 hex digits: the whole is held to it
    UserNumber made_by = 0;
};

class Uploads {
  public:
    static constexpr std::uint64_t most_bytes = std::uint64_t{8} << 30U;
    static constexpr std::size_t longest_name = 200;  // bytes
    static constexpr std::chrono::hours kept_untouched{48};

    // Pieces lie in this folder, which is made; sealed, each file under a key of its own, where `seal` is not
    // null. The board and the clock must outlive it.
    [[nodiscard]] static Result<Uploads> open(std::filesystem::path folder, Board& board, const Clock& clock,
                                              std::shared_ptr<const store::FolderSeal> seal);

    // A name must be a plain one: no folders, no control characters.
    [[nodiscard]] static bool is_good_name(std::string_view file_name);
    // Inside the board's write().
    [[nodiscard]] Result<Upload> begin(store::Database& database, const NewUpload& upload);
    [[nodiscard]] Result<Upload> find(std::string_view id);
    // At exactly the offset that is reached, else conflict "upload_offset"; beyond the end: limit.
    [[nodiscard]] Result<Upload> append(std::string_view id, std::uint64_t offset, std::string_view piece);
    // All must be there, and be what the sender said it would be: else it begins anew from nothing.
    [[nodiscard]] Result<Upload> complete(std::string_view id);
    [[nodiscard]] Result<void> abandon(std::string_view id);

    // Complete files under their own names and as they are read, in a folder for this work alone, for as long
    // as the value lives; what a killed program had lent goes at the next open().
    class Lent {
      public:
        Lent() = default;
        Lent(Lent&& other) noexcept
            : paths_(std::move(other.paths_)), folder_(std::exchange(other.folder_, {})) {}
        Lent& operator=(Lent&&) = delete;
        ~Lent();
        [[nodiscard]] const std::vector<std::filesystem::path>& paths() const { return paths_; }

      private:
        friend class Uploads;
        std::vector<std::filesystem::path> paths_;
        std::filesystem::path folder_;
    };
    [[nodiscard]] Result<Lent> lend(std::span<const std::string> ids, std::string_view for_what);
    // A file that is kept elsewhere, the same way: `write` fills it.
    [[nodiscard]] Result<Lent> lend_written(
        const std::string& file_name, std::string_view for_what,
        const std::function<Result<void>(store::DurableFile&)>& write) const;
    // Their work is done: the files go, the record of them stays.
    [[nodiscard]] Result<void> used(std::span<const std::string> ids);
    // What nobody touched for long, and files that no record names.
    [[nodiscard]] Result<std::size_t> sweep();

  private:
    static constexpr std::string_view work_prefix = "work-";
    Uploads(std::filesystem::path folder, Board& board, const Clock& clock,
            std::shared_ptr<const store::FolderSeal> seal)
        : folder_(std::move(folder)), board_(&board), clock_(&clock), seal_(std::move(seal)) {}
    [[nodiscard]] std::filesystem::path file_of(std::string_view id) const;
    [[nodiscard]] Result<UploadRow> row_of(std::string_view id);
    [[nodiscard]] Result<store::PieceKey> key_of(const UploadRow& row) const;
    [[nodiscard]] Result<store::PieceFile> file_for(const UploadRow& row) const;
    [[nodiscard]] Result<void> put_plain(const UploadRow& row, const std::filesystem::path& place) const;
    [[nodiscard]] Result<void> mark(std::string_view id, std::string_view state);
    void drop_lent() const;

    std::filesystem::path folder_;
    Board* board_;
    const Clock* clock_;
    std::shared_ptr<const store::FolderSeal> seal_;  // null: the folder is plain
};

}  // namespace doudi::jobs
