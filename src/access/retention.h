// SPDX-License-Identifier: Apache-2.0
// What is kept how long, as data (access/retention.yaml), and the program that removes what is older: one
// class after the other, the proof in the audit log in the same breath. Append-only people's facts are not of
// this room: whoever shreds them reports by the same proof.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "access/audit.h"
#include "base/clock.h"
#include "base/result.h"
#include "base/text.h"
#include "store/database.h"

namespace doudi::access {

struct RetentionClass {
    std::string id;  // one of retention_classes()
    Text title;
    Text purpose;
    int days = 0;  // from the end of a row's use; on the day after, it goes
    Text basis;
    bool checked = false;  // the basis was held against the text of the law
};

class RetentionTable {
  public:
    // A class that the program cannot carry out is a fault with its place: a term that nothing obeys is none.
    [[nodiscard]] static std::expected<RetentionTable, std::vector<Error>> load(
        const std::filesystem::path& file);
    [[nodiscard]] static std::expected<RetentionTable, std::vector<Error>> read(const std::string& yaml,
                                                                                std::string shown);
    [[nodiscard]] const std::vector<RetentionClass>& classes() const { return classes_; }

  private:
    std::vector<RetentionClass> classes_;
};

// What was removed (or would be) of a class.
struct Removal {
    std::string id;
    Instant before;  // rows whose use ended before this
    std::uint64_t rows = 0;
    std::string
        keys_hash;  // SM3 of the rows' keys in order, a line each: what exactly was removed; hex, 8-8-8…
};
// What would go now; nothing changes.
[[nodiscard]] Result<std::vector<Removal>> due_removals(store::Database& database,
                                                        const RetentionTable& table, const Clock& clock);
// Removes it. The log has each class's proof before its rows go; a class without any leaves no record.
[[nodiscard]] Result<std::vector<Removal>> remove_due(store::Database& database, AuditLog& log,
                                                      const RetentionTable& table, const Clock& clock,
                                                      const Session& who);

}  // namespace doudi::access
