// SPDX-License-Identifier: Apache-2.0
#include "bench/means_bench.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <map>
#include <thread>
#include <unordered_map>

#include "bench/means_columns.h"
#include "bench/means_files.h"
#include "expr/check.h"
#include "intake/amount_text.h"
#include "intake/csv_rows.h"
#include "policy/folder.h"
#include "policy/load.h"

namespace doudi::bench {
namespace {

namespace fs = std::filesystem;
using expr::FactColumn;
using expr::FieldRef;
using expr::Lane;
using expr::MemberField;
using expr::Presence;
using expr::Type;
using expr::TypeKind;

const Date as_of = Date::from_ymd(2025, 6, 30).value();

struct Facts {
    TypeKind kind;
    const char* name;
    Presence presence;
};

// A means file whose rows belong to households: the n-th key is household n, if the files agree.
struct HouseholdsFile {
    explicit HouseholdsFile(std::size_t rows)
        : file({{"property", CellKind::money},
                {"vehicles", CellKind::integer},
                {"rigid_year", CellKind::money},
                {"supporter", CellKind::word},
                {"region_code", CellKind::region}},
               rows),
          keys(rows),
          key_bytes(rows * 4) {}

    [[nodiscard]] std::string_view key(std::size_t at) const {
        const std::uint64_t begin = at == 0 ? 0 : keys[at - 1];
        return {key_bytes.data() + begin, keys[at] - begin};
    }

    MeansFile file;
    LargeArray<std::uint64_t> keys;  // where each household's number ends
    LargeArray<char> key_bytes;
};

struct MembersFile {
    MembersFile(std::size_t rows, std::size_t households)
        : file({{"id_number", CellKind::age},
                {"disability_level", CellKind::integer},
                {"income_month", CellKind::money},
                {"ability", CellKind::word},
                {"disability_kind", CellKind::word}},
               rows),
          ends(households) {}

    MeansFile file;
    LargeArray<std::uint64_t> ends;  // by household: behind its last member
};

Result<intake::FeedFile> open_file(const fs::path& path, const policy::DatasetCatalogue& catalogue) {
    return intake::open_feed(path, catalogue);
}

Result<void> read_households(const intake::FeedFile& source, const policy::DatasetCatalogue& catalogue,
                             unsigned threads, HouseholdsFile& households) {
    std::uint64_t bytes = 0;
    std::map<std::size_t, std::uint64_t> begins;  // of a part's keys, by its first row
    std::mutex mutex;
    const auto in_order = [&](MeansPart& part) {
        ensure(part.key_ends.size() == part.rows, "every household stands on one row");
        const std::lock_guard lock(mutex);
        begins[part.first_row] = bytes;
        bytes += part.keys.size();
    };
    const auto placed = [&](const MeansPart& part) {
        std::uint64_t begin = 0;
        {
            const std::lock_guard lock(mutex);
            begin = begins.extract(part.first_row).mapped();
        }
        std::ranges::copy(part.keys, households.key_bytes.data() + begin);
        for (std::size_t i = 0; i < part.rows; ++i)
            households.keys[part.first_row + i] = begin + part.key_ends[i];
    };
    return read_means_file(source, catalogue, {as_of, threads, in_order, placed}, households.file);
}

// Where the members of each household end, found as the file is read: its households come as those of the
// other file do, or it is refused.
class MemberEnds {
  public:
    MemberEnds(const HouseholdsFile& households, MembersFile& members)
        : households_(households), members_(members) {}

    void in_order(const MeansPart& part) {
        const std::lock_guard lock(mutex_);
        const bool goes_on = part.key_ends.empty() || part.key(0) == last_key_;
        Run run{goes_on ? next_ - 1 : next_, part.first_row + (part.rows == 0 ? 0 : part.row_ends.back())};
        if (part.key_ends.empty()) return;
        next_ = run.first + part.key_ends.size();
        last_key_ = part.key(part.key_ends.size() - 1);
        runs_[part.first_row] = run;
    }

    // The part's own households but for its first and last, which others may share.
    void placed(const MeansPart& part) {
        if (part.key_ends.empty()) return;
        const std::size_t first = run_of(part).first;
        const std::size_t count = part.key_ends.size();
        bool same = first + count <= households_.file.rows;
        for (std::size_t i = 0; same && i < count; ++i) {
            same = households_.key(first + i) == part.key(i);
            if (i > 0 && i + 1 < count) members_.ends[first + i] = part.first_row + part.row_ends[i];
        }
        if (!same) agrees_ = false;
        const std::lock_guard lock(mutex_);
        shared_.emplace_back(first, part.first_row + part.row_ends.front());
        shared_.emplace_back(first + count - 1, part.first_row + part.row_ends.back());
    }

    [[nodiscard]] Result<void> finish() {
        if (!agrees_ || next_ != households_.file.rows)
            return fail(
                ErrorKind::invalid, "other_households",
                {"两个文件的户编号顺序不一致", "the households of the two files do not come in one order"});
        std::ranges::sort(shared_);
        for (const auto& [household, end] : shared_) members_.ends[household] = end;
        return {};
    }

  private:
    struct Run {
        std::size_t first = 0;  // household of the part's first key
        std::size_t end = 0;
    };
    Run run_of(const MeansPart& part) {
        const std::lock_guard lock(mutex_);
        return runs_.extract(part.first_row).mapped();
    }

    const HouseholdsFile& households_;
    MembersFile& members_;
    std::mutex mutex_;
    std::map<std::size_t, Run> runs_;  // by first row
    std::size_t next_ = 0;             // household of the next key
    std::string last_key_;
    std::vector<std::pair<std::size_t, std::uint64_t>> shared_;
    std::atomic<bool> agrees_ = true;
};

Result<void> read_members(const intake::FeedFile& source, const policy::DatasetCatalogue& catalogue,
                          unsigned threads, const HouseholdsFile& households, MembersFile& members) {
    MemberEnds ends(households, members);
    const auto in_order = [&](const MeansPart& part) { ends.in_order(part); };
    const auto placed = [&](const MeansPart& part) { ends.placed(part); };
    TRY_VOID(read_means_file(source, catalogue, {as_of, threads, in_order, placed}, members.file));
    return ends.finish();
}

struct RegionFigures {
    std::int64_t standard = 0;
    std::int64_t disposable = 0;
};

Result<std::unordered_map<std::string, RegionFigures>> read_parameters(const fs::path& path) {
    const std::string text = TRY(policy::read_whole_file(path));
    intake::CsvRows rows;
    rows.cut(text, ',');
    std::unordered_map<std::string, RegionFigures> regions;
    for (std::size_t row = 1; row < rows.size(); ++row) {
        regions[std::string(rows.cell(row, 0))] = {intake::read_amount_text(rows.cell(row, 1)).money.fen(),
                                                   intake::read_amount_text(rows.cell(row, 2)).money.fen()};
    }
    return regions;
}

// The facts of the test, under the names of the law.
class MeansTable : public expr::FactTable {
  public:
    MeansTable(const HouseholdsFile& households, const MembersFile& members,
               const std::unordered_map<std::string, RegionFigures>& regions)
        : rows_(households.file.rows),
          standard_(rows_),
          disposable_(rows_),
          size_(rows_),
          region_lanes_(rows_) {
        declare();
        lists_.ends = members.ends.data();
        const auto& household = households.file.columns;
        household_ = {household[0]->fact(TypeKind::money), household[1]->fact(TypeKind::integer),
                      household[2]->fact(TypeKind::money), household[3]->fact(TypeKind::string),
                      whole(TypeKind::integer, size_.data())};
        const auto& member = members.file.columns;
        member_ = {member[0]->fact(TypeKind::integer), member[1]->fact(TypeKind::integer),
                   member[2]->fact(TypeKind::money), member[3]->fact(TypeKind::string),
                   member[4]->fact(TypeKind::string)};
        fill_parameters(household[4]->fact(TypeKind::string), regions);
        for (std::size_t row = 0; row < rows_; ++row)
            size_[row] =
                static_cast<std::int64_t>(members.ends[row] - (row == 0 ? 0 : members.ends[row - 1]));
    }

    [[nodiscard]] std::size_t rows() const override { return rows_; }
    [[nodiscard]] const FactColumn* column(FieldRef ref) const override {
        const std::span<const FactColumn> columns = ref.variable == param_
                                                        ? std::span<const FactColumn>(figures_)
                                                        : std::span<const FactColumn>(household_);
        return ref.field < columns.size() ? &columns[ref.field] : nullptr;
    }
    [[nodiscard]] const expr::MemberLists* members(FieldRef) const override { return &lists_; }
    [[nodiscard]] const FactColumn* member_column(MemberField field) const override {
        return &member_[field.field];
    }

    expr::Schema schema;

  private:
    static FactColumn whole(TypeKind kind, const std::int64_t* numbers) {
        FactColumn column;
        column.kind = kind;
        column.numbers = numbers;
        return column;
    }

    // In the order of the columns.
    void declare() {
        const expr::StructId member = schema.add_struct("member");
        for (const Facts& fact : {Facts{TypeKind::integer, "age", Presence::always},
                                  {TypeKind::integer, "disability_level", Presence::maybe_none},
                                  {TypeKind::money, "income_month", Presence::always},
                                  {TypeKind::string, "ability", Presence::always},
                                  {TypeKind::string, "disability_kind", Presence::maybe_none}})
            schema.add_field(member, fact.name, fact.kind, fact.presence);
        const expr::StructId household = schema.add_struct("household");
        for (const Facts& fact : {Facts{TypeKind::money, "property", Presence::always},
                                  {TypeKind::integer, "vehicles", Presence::always},
                                  {TypeKind::money, "rigid_year", Presence::always},
                                  {TypeKind::string, "supporter", Presence::always},
                                  {TypeKind::integer, "size", Presence::always}})
            schema.add_field(household, fact.name, fact.kind, fact.presence);
        schema.add_field(household, "members", Type::list_of(Type::structure_of(member)), Presence::always);
        const expr::StructId param = schema.add_struct("param");
        schema.add_field(param, "standard", TypeKind::money, Presence::always);
        schema.add_field(param, "disposable", TypeKind::money, Presence::always);
        schema.add_variable("household", Type::structure_of(household));
        param_ = schema.add_variable("param", Type::structure_of(param));
    }

    // What hangs on the region; a region without figures leaves them unknown.
    void fill_parameters(const FactColumn& region,
                         const std::unordered_map<std::string, RegionFigures>& regions) {
        std::vector<const RegionFigures*> by_code;
        for (const std::string_view word : region.words) {
            const auto found = regions.find(std::string(word));
            by_code.push_back(found == regions.end() ? nullptr : &found->second);
        }
        bool some_lack = false;
        for (std::size_t row = 0; row < rows_; ++row) {
            const bool told = region.lanes == nullptr || region.lanes[row] == Lane::value;
            const RegionFigures* figures = told ? by_code[region.codes[row]] : nullptr;
            region_lanes_[row] = figures == nullptr ? Lane::unknown : Lane::value;
            some_lack |= figures == nullptr;
            standard_[row] = figures == nullptr ? 0 : figures->standard;
            disposable_[row] = figures == nullptr ? 0 : figures->disposable;
        }
        figures_ = {whole(TypeKind::money, standard_.data()), whole(TypeKind::money, disposable_.data())};
        for (FactColumn& column : figures_) column.lanes = some_lack ? region_lanes_.data() : nullptr;
    }

    std::size_t rows_;
    LargeArray<std::int64_t> standard_;
    LargeArray<std::int64_t> disposable_;
    LargeArray<std::int64_t> size_;
    LargeArray<Lane> region_lanes_;
    std::array<FactColumn, 5> household_;
    std::array<FactColumn, 5> member_;
    std::array<FactColumn, 2> figures_;
    expr::MemberLists lists_;
    expr::VariableId param_ = 0;
};

char answer_of(const expr::ColumnAnswer& answer, std::size_t row) {
    if (answer.lanes[row] == Lane::value) return static_cast<char>('0' + answer.numbers[row]);
    return answer.lanes[row] == Lane::unknown ? '?' : '!';
}

Result<void> write_answers(const fs::path& path, const HouseholdsFile& households,
                           const expr::ColumnAnswer& answer) {
    const std::size_t rows = households.file.rows;
    std::string text;
    text.reserve((rows == 0 ? 0 : households.keys[rows - 1]) + rows * 3);
    for (std::size_t row = 0; row < rows; ++row) {
        text += households.key(row);
        const char end[3] = {',', answer_of(answer, row), '\n'};
        text.append(end, sizeof end);
    }
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    const bool opened = file >= 0;
    std::size_t written = 0;
    for (ssize_t n = 1; opened && n > 0 && written < text.size();
         written += static_cast<std::size_t>(std::max<ssize_t>(n, 0)))
        n = ::write(file, text.data() + written, text.size() - written);
    const bool done = opened && ::close(file) == 0 && written == text.size();
    if (done) return {};
    return fail(ErrorKind::io, "cannot_write", {"无法写入文件", "the file cannot be written"}, path.string());
}

Result<policy::DatasetCatalogue> load_catalogue() {
    auto catalogue = policy::load_datasets(fs::path(DOUDI_SOURCE_DIR) / "bench" / "rules_datasets");
    if (!catalogue) return std::unexpected(catalogue.error().front());
    return std::move(*catalogue);
}

class Stopwatch {
  public:
    double lap() {
        const auto now = std::chrono::steady_clock::now();
        const std::chrono::duration<double> spent = now - last_;
        last_ = now;
        return spent.count();
    }

  private:
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace

Result<MeansTimes> run_means_test(const fs::path& folder, const fs::path& answers, unsigned threads) {
    MeansTimes times;
    Stopwatch watch;
    const auto catalogue = TRY(load_catalogue());
    const std::string law =
        TRY(policy::read_whole_file(fs::path(DOUDI_SOURCE_DIR) / "bench" / "rules_law.cel"));
    const auto household_source = TRY(open_file(folder / households_file, catalogue));
    const auto member_source = TRY(open_file(folder / members_file, catalogue));
    HouseholdsFile households(household_source.bytes / shortest_row);
    TRY_VOID(read_households(household_source, catalogue, threads, households));
    MembersFile members(member_source.bytes / shortest_row, households.file.rows);
    TRY_VOID(read_members(member_source, catalogue, threads, households, members));
    const auto regions = TRY(read_parameters(folder / parameters_file));
    const MeansTable table(households, members, regions);
    times.read = watch.lap();

    const expr::Program program = TRY(expr::compile(law, table.schema, expr::CheckMode::pack_value));
    expr::ColumnAnswer answer;
    const auto counts = expr::evaluate_columns(program, table, threads, answer);
    ensure(counts.rows == 0, "every operator of the law has a kernel");
    times.judge = watch.lap();
    TRY_VOID(write_answers(answers, households, answer));
    times.write = watch.lap();
    times.households = households.file.rows;
    times.members = members.file.rows;
    times.bytes = household_source.bytes + member_source.bytes;
    return times;
}

}  // namespace doudi::bench
