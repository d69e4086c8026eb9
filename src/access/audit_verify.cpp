// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <tuple>

#include "access/audit.h"
#include "access/audit_repository.h"
#include "access/audit_text.h"
#include "access/secrets.h"

namespace doudi::access {

Text describe(const AuditFinding& finding) {
    const auto seq = finding.seq;
    switch (finding.fault) {
        case AuditFault::edited:
            return {fmt::format("第 {} 条记录被改动", seq), fmt::format("record {} was edited", seq)};
        case AuditFault::gap:
            return {fmt::format("缺少第 {} 条记录", seq), fmt::format("record {} is missing", seq)};
        case AuditFault::reordered:
            return {fmt::format("第 {} 条记录不接在前一条之后", seq),
                    fmt::format("record {} does not follow the one before it", seq)};
        case AuditFault::tail_cut:
            return {fmt::format("末尾被截断：第 {} 条记录曾经存在", seq),
                    fmt::format("the tail was cut: record {} was there", seq)};
        case AuditFault::subjects_differ:
            return {fmt::format("第 {} 条记录的索引与记录不一致", seq),
                    fmt::format("the index of record {} is not what the record says", seq)};
        case AuditFault::anchor_differs:
            return {fmt::format("第 {} 条记录与存证不一致", seq),
                    fmt::format("record {} is not the one that was anchored", seq)};
        case AuditFault::head_missing:
            return {fmt::format("记录的首部不见了，末条为第 {} 条", seq),
                    fmt::format("the head of the log is gone; the last record that is there is {}", seq)};
    }
    ensure(false, "a fault of the audit log");
    return {};
}

namespace {

using Subject = std::tuple<std::uint64_t, int, std::uint32_t>;  // seq, kind, id

class Verifier {
  public:
    // Records up to `plain` came before there was a key.
    Verifier(std::vector<Anchor> anchors, std::string_view key, std::uint64_t plain)
        : key_(key), plain_(plain), anchors_(std::move(anchors)) {
        std::ranges::sort(anchors_, {}, &Anchor::seq);
        report_.anchors = anchors_.size();
        report_.head = first_hash();
    }

    void take(const AuditRecord& record, std::uint64_t indexed) {
        ++report_.records;
        if (record.seq != last_ + 1) found(AuditFault::gap, last_ + 1);
        if (record.seq == last_ + 1 && record.previous != report_.head)
            found(AuditFault::reordered, record.seq);
        if (hash_of(record, record.seq <= plain_ ? std::string_view() : key_) != record.hash)
            found(AuditFault::edited, record.seq);
        for (; next_anchor_ < anchors_.size() && anchors_[next_anchor_].seq <= record.seq; ++next_anchor_) {
            const Anchor& anchor = anchors_[next_anchor_];
            if (anchor.seq != record.seq || anchor.hash != record.hash)
                found(AuditFault::anchor_differs, anchor.seq);
        }
        if (record.seq <= indexed) expect_subjects(record);
        last_ = record.seq;
        report_.head = record.hash;
    }

    void take_subject(const Subject& subject) { indexed_.push_back(subject); }

    AuditReport finish(const std::optional<repository::AuditHead>& head) {
        for (; next_anchor_ < anchors_.size(); ++next_anchor_)
            found(AuditFault::tail_cut, anchors_[next_anchor_].seq);
        if (head) {
            hold_to(*head);
        } else {
            found(AuditFault::head_missing, last_);  // and nothing says how far the index went
        }
        return std::move(report_);
    }

  private:
    void hold_to(const repository::AuditHead& head) {
        if (head.seq > last_) found(AuditFault::tail_cut, head.seq);
        // A head that fell behind, or names another hash, was not written with the records.
        if (head.seq < last_ || (head.seq == last_ && last_ != 0 && head.hash != report_.head))
            found(AuditFault::edited, last_);
        std::ranges::sort(indexed_);
        std::ranges::sort(expected_);
        if (indexed_ != expected_) {
            const auto [left, right] = std::ranges::mismatch(indexed_, expected_);
            const std::uint64_t seq = left == indexed_.end() ? std::get<0>(*right)
                                      : right == expected_.end()
                                          ? std::get<0>(*left)
                                          : std::min(std::get<0>(*left), std::get<0>(*right));
            found(AuditFault::subjects_differ, seq);
        }
    }

    void found(AuditFault fault, std::uint64_t seq) { report_.findings.push_back({fault, seq}); }

    void expect_subjects(const AuditRecord& record) {
        for (const std::uint32_t id : read_ids(record.persons))
            expected_.emplace_back(record.seq, repository::subject_person, id);
        for (const std::uint32_t id : read_ids(record.households))
            expected_.emplace_back(record.seq, repository::subject_household, id);
    }

    std::string_view key_;
    std::uint64_t plain_;
    std::vector<Anchor> anchors_;
    std::size_t next_anchor_ = 0;
    std::uint64_t last_ = 0;
    std::vector<Subject> expected_;
    std::vector<Subject> indexed_;
    AuditReport report_;
};

}  // namespace

namespace {

Result<AuditReport> read_and_verify(store::Database& database, std::span<const Anchor> kept_elsewhere,
                                    std::string_view key) {
    std::vector<Anchor> anchors = TRY(repository::select_anchors(database));
    anchors.insert(anchors.end(), kept_elsewhere.begin(), kept_elsewhere.end());
    const auto head = TRY(repository::find_head(database));
    Verifier verifier(std::move(anchors), key, TRY(repository::last_unkeyed(database)));
    TRY_VOID(repository::each_record(database, 0, [&](const AuditRecord& record) -> Result<void> {
        verifier.take(record, head ? head->indexed : 0);
        return {};
    }));
    TRY_VOID(repository::each_subject(database, [&](std::uint64_t seq, int kind, std::uint32_t subject) {
        verifier.take_subject({seq, kind, subject});
    }));
    return verifier.finish(head);
}

}  // namespace

Result<AuditReport> verify_audit(store::Database& database, std::span<const Anchor> kept_elsewhere,
                                 std::string_view key) {
    AuditReport report;
    // On one state of the log, which goes on meanwhile.
    TRY_VOID(database.read([&]() -> Result<void> {
        report = TRY(read_and_verify(database, kept_elsewhere, key));
        return {};
    }));
    return report;
}

// --- anchors ---

namespace {

std::string check_of(const Anchor& anchor) {
    return sm3_hex(fmt::format("doudi anchor {} {} {}", anchor.seq, anchor.day.iso(), anchor.hash))
        .substr(0, 8);
}

std::optional<Anchor> read_anchor(const std::string& line) {
    std::istringstream words(line);
    Anchor anchor;
    std::string day;
    std::string check;
    std::string more;
    if (!(words >> anchor.seq >> day >> anchor.hash >> check) || words >> more) return std::nullopt;
    const auto date = Date::parse_iso(day);
    if (!date) return std::nullopt;
    anchor.day = *date;
    return check == check_of(anchor) ? std::optional(anchor) : std::nullopt;
}

}  // namespace

std::string line_of(const Anchor& anchor) {
    return fmt::format("{} {} {} {}", anchor.seq, anchor.day.iso(), anchor.hash, check_of(anchor));
}

Result<std::vector<Anchor>> read_anchor_file(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in) {
        return fail(ErrorKind::not_found, "anchor_file",
                    {"存证文件打不开", "the file of anchors cannot be opened"}, file.filename().string());
    }
    std::vector<Anchor> anchors;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.empty()) continue;
        const auto anchor = read_anchor(line);
        if (!anchor) {
            return fail(ErrorKind::invalid, "anchor_line",
                        {"这一行不是存证，或被改动", "this line is no anchor, or was edited"},
                        fmt::format("{}:{}", file.filename().string(), number));
        }
        anchors.push_back(*anchor);
    }
    return anchors;
}

Result<Anchor> make_anchor(store::Database& database, const Clock& clock) {
    const auto head = TRY(repository::select_head(database));
    if (head.seq == 0) {
        return fail(ErrorKind::conflict, "anchor_nothing",
                    {"还没有访问记录，无可存证", "the log has no record yet: there is nothing to anchor"});
    }
    const auto record = TRY(repository::select_record(database, head.seq));
    if (!record || record->hash != head.hash) {
        return fail(
            ErrorKind::conflict, "audit_broken",
            {"访问记录的末尾与其自身不符，请先核验", "the log's tail contradicts itself: verify it first"});
    }
    const Anchor anchor{head.seq, civil_day(clock.now()), head.hash};
    TRY_VOID(database.write([&] { return repository::put_anchor(database, anchor); }));
    return anchor;
}

}  // namespace doudi::access
