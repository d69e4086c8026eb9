// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/id_number.h"
#include "intake/format_test_support.h"
#include "intake/register_reader.h"

namespace doudi::intake::test {
namespace {

using policy::ColumnType;
using policy::Dataset;
using policy::DatasetColumn;

[[nodiscard]] DatasetColumn column(std::string field, ColumnType type, std::vector<std::string> headings,
                                   bool required) {
    return {std::move(field), type, std::move(headings), required};
}

[[nodiscard]] Dataset unemployment() {
    Dataset set;
    set.id = "hr.unemployment_roll";
    set.title = {"失业登记名册", "Unemployment roll"};
    set.columns = {
        column("name", ColumnType::name, {"姓名", "人员姓名"}, true),
        column("id_number", ColumnType::id_number, {"身份证号", "身份证号码", "人员身份证号码"}, true),
        column("registered_on", ColumnType::date, {"登记日期"}, true),
        column("status", ColumnType::category, {"登记状态"}, true),
        column("reason", ColumnType::category, {"失业原因"}, false)};
    set.persons = {{"unemployed", 1, 0, -1}};
    set.event_date_column = 2;
    return set;
}

[[nodiscard]] Dataset births() {
    Dataset set;
    set.id = "health.births";
    set.title = {"出生医学证明", "Births"};
    set.columns = {column("certificate", ColumnType::code, {"出生证编号"}, true),
                   column("mother_name", ColumnType::name, {"母亲姓名"}, false),
                   column("mother_id", ColumnType::id_number, {"母亲身份证号"}, true),
                   column("father_name", ColumnType::name, {"父亲姓名"}, false),
                   column("father_id", ColumnType::id_number, {"父亲身份证号"}, false),
                   column("born_on", ColumnType::date, {"出生日期"}, true)};
    set.persons = {{"mother", 2, 1, -1}, {"father", 4, 3, -1}};
    set.event_date_column = 5;
    return set;
}

[[nodiscard]] Dataset marriages() {
    Dataset set;
    set.id = "civil.marriages";
    set.title = {"婚姻登记", "Marriages"};
    set.columns = {column("kind", ColumnType::category, {"登记类型"}, true),
                   column("man_name", ColumnType::name, {"男方姓名"}, true),
                   column("man_id", ColumnType::id_number, {"男方身份证号"}, true),
                   column("woman_name", ColumnType::name, {"女方姓名"}, true),
                   column("woman_id", ColumnType::id_number, {"女方身份证号"}, true),
                   column("registered_on", ColumnType::date, {"登记日期"}, true)};
    set.persons = {{"man", 2, 1, -1}, {"woman", 4, 3, -1}};
    set.event_date_column = 5;
    return set;
}

[[nodiscard]] Dataset visits() {
    Dataset set;
    set.id = "petition.visits";
    set.title = {"来访线索", "Visits"};
    set.columns = {column("name", ColumnType::name, {"信访人姓名"}, true),
                   column("id_number", ColumnType::id_number, {"身份证号"}, true),
                   column("phone", ColumnType::phone, {"联系电话"}, true),
                   column("visited_on", ColumnType::date, {"来访日期"}, true)};
    set.persons = {{"petitioner", 1, 0, 2}};
    set.event_date_column = 3;
    set.without_number = policy::WithoutNumber::name_and_phone;
    return set;
}

[[nodiscard]] Dataset households() {
    Dataset set;
    set.id = "register.households";
    set.title = {"家庭台账", "Households"};
    set.kind = policy::DatasetKind::register_households;
    set.columns = {column("household_number", ColumnType::code, {"户编号"}, true),
                   column("region_code", ColumnType::code, {"区划代码"}, false),
                   column("address", ColumnType::text, {"家庭住址"}, false),
                   column("head_name", ColumnType::name, {"户主姓名"}, false),
                   column("head_id", ColumnType::id_number, {"户主身份证号"}, true),
                   column("category", ColumnType::category, {"对象类别"}, true),
                   column("enrolled_on", ColumnType::date, {"纳入日期"}, false),
                   column("income_per_head_month", ColumnType::money, {"月人均收入"}, false)};
    set.persons = {{"head", 4, 3, -1}};
    return set;
}

[[nodiscard]] Dataset members() {
    Dataset set;
    set.id = "register.members";
    set.title = {"成员台账", "Members"};
    set.kind = policy::DatasetKind::register_members;
    set.columns = {column("household_number", ColumnType::code, {"户编号"}, true),
                   column("name", ColumnType::name, {"姓名"}, true),
                   column("id_number", ColumnType::id_number, {"身份证号码"}, true),
                   column("relation", ColumnType::category, {"与户主关系"}, true),
                   column("sex", ColumnType::category, {"性别"}, false),
                   column("phone", ColumnType::phone, {"联系电话"}, false)};
    set.persons = {{"member", 2, 1, 5}};
    return set;
}

[[nodiscard]] std::string shown_number(std::int64_t number) {
    const auto packed = static_cast<std::uint64_t>(number);
    if (!is_unchecked(packed)) return IdNumber::from_packed(packed).masked();
    char characters[18];
    unpack_characters(packed, characters);
    return "unchecked " + mask_text({characters, sizeof characters});
}

[[nodiscard]] std::string shown_cell(const column::Column& column, const std::string& name, std::size_t row) {
    if (column.status_at(row) != column::Status::value) return "–";
    if (column.kind == column::Kind::text) return std::string(column.text.at(row));
    if (column.kind == column::Kind::dictionary) return std::string(column.dictionary.at(row));
    if (name == "event_date") return Date::from_days(static_cast<std::int32_t>(column.numbers[row])).iso();
    return name.starts_with("id.") ? shown_number(column.numbers[row])
                                   : fmt::format("{}", column.numbers[row]);
}

[[nodiscard]] std::string shown_findings(const std::vector<Finding>& findings) {
    std::string out;
    for (const Finding& finding : findings) {
        out += fmt::format("    {} row {} {} [{}] {}\n", finding.refused ? "refused" : "noted", finding.row,
                           finding.column, finding.value, code_of(finding.code));
    }
    return out;
}

// The rows of a batch as lines by their numbers.
[[nodiscard]] std::string shown_row(const column::Batch& batch, const column::Schema& schema,
                                    std::size_t row) {
    std::string line = "    ";
    for (std::size_t c = 0; c < batch.columns.size(); ++c)
        line += (c == 0 ? "" : " | ") + shown_cell(batch.columns[c], schema[c].name, row);
    return line + "\n";
}

// Rows, findings and counts of all sheets, in one form for whatever has read them.
struct Shown {
    std::string rows;
    std::string findings;
    RowCounts counts;

    [[nodiscard]] std::string text() const {
        return rows + findings + fmt::format("    rows {} refused {}\n", counts.rows, counts.refused);
    }
};

class ShownFeed final : public FeedSink {
  public:
    ShownFeed(const policy::Dataset& dataset, Shown& out) : layout_(FeedLayout::of(dataset)), out_(out) {}

    std::unique_ptr<Part> process(FeedRows& rows) override {
        auto part = std::make_unique<Rows>();
        part->batch = rows.batch;
        return part;
    }
    void commit(std::unique_ptr<Part> part, std::uint32_t first_row) override {
        column::Batch& batch = static_cast<Rows&>(*part).batch;
        for (auto& number : batch.columns[static_cast<std::size_t>(layout_.row)].numbers)
            number = (number + first_row) % sheet_row_stride;
        for (std::size_t row = 0; row < batch.rows; ++row) out_.rows += shown_row(batch, layout_.schema, row);
    }

  private:
    struct Rows : Part {
        column::Batch batch;
    };
    FeedLayout layout_;
    Shown& out_;
};

class DescribingSink final : public SheetSink {
  public:
    DescribingSink(const policy::DatasetCatalogue& catalogue, std::string& out)
        : catalogue_(catalogue), out_(out) {}

    Result<void> begin_sheet(const SheetInfo& info) override {
        info_ = info;
        head_.clear();
        mapper_.reset();
        judged_ = false;
        mapped_ = {};
        out_ += fmt::format("  sheet [{}]{}{}\n", info.name, info.hidden ? " hidden" : "",
                            info.date_1904 ? " 1904" : "");
        return {};
    }
    Result<void> row(std::uint32_t number, std::span<const Cell> cells) override {
        if (mapper_) {
            mapper_->map_row(number, cells, scratch_, mapped_);
        } else if (!judged_) {
            head_.push_back(HeadRow::of(number, cells));
            if (head_.size() == heading_search_rows) judge();
        }
        return {};
    }
    Result<void> end_sheet() override {
        if (!judged_) judge();
        if (!mapper_) return {};
        const column::Batch& batch = mapped_.rows.batch;
        std::string rows;
        for (std::size_t row = 0; row < batch.rows; ++row)
            rows += shown_row(batch, mapper_->layout().schema, row);
        out_ += rows + shown_findings(mapped_.findings);
        shown.rows += rows;
        shown.findings += shown_findings(mapped_.findings);
        shown.counts.rows += mapped_.counts.rows;
        shown.counts.refused += mapped_.counts.refused;
        all_findings.insert(all_findings.end(), mapped_.findings.begin(), mapped_.findings.end());
        out_ += fmt::format("    rows {} refused {} landed {}\n", mapped_.counts.rows, mapped_.counts.refused,
                            batch.rows);
        return {};
    }

    std::vector<Finding> all_findings;
    Shown shown;

  private:
    void judge() {
        judged_ = true;
        const auto recognised = recognise(head_, catalogue_);
        if (!recognised) {
            out_ += fmt::format("    {} {}\n", recognised.error().code, recognised.error().message(Lang::zh));
            return;
        }
        const policy::Dataset& dataset = catalogue_.datasets[static_cast<std::size_t>(recognised->dataset)];
        out_ += fmt::format("    {} from row {}\n", dataset.id, recognised->first_data_row);
        mapper_.emplace(dataset, *recognised, end_of_june(), info_);
        mapped_ = mapper_->make_rows();
        for (const HeadRow& head : head_) {
            if (head.number >= recognised->first_data_row) {
                mapper_->map_row(head.number, head.cells(), scratch_, mapped_);
            }
        }
    }

    const policy::DatasetCatalogue& catalogue_;
    std::string& out_;
    SheetInfo info_;
    std::vector<HeadRow> head_;
    std::optional<RowMapper> mapper_;
    MapScratch scratch_;
    MappedRows mapped_;
    bool judged_ = false;
};

class ShownRegister : public RegisterRowSink {
  public:
    void begin_sheet(std::string_view name) override { text += fmt::format("  sheet [{}]\n", name); }
    std::unique_ptr<Part> process(RegisterRows&) const override { return nullptr; }
    Result<void> commit(RegisterRows& rows, std::unique_ptr<Part>) override {
        for (const registry::HouseholdRow& row : rows.households.rows()) show(row);
        for (const registry::MemberRow& row : rows.members.rows()) show(row);
        return {};
    }
    void show(const registry::HouseholdRow& row) {
        text += fmt::format("    {} | {} | {} | {} | {} | {} | {}\n", row.row, row.code, row.region,
                            row.address, row.category, row.enrolled_on ? row.enrolled_on->iso() : "–",
                            row.income_per_head_month ? row.income_per_head_month->yuan_text() : "–");
    }
    void show(const registry::MemberRow& row) {
        text += fmt::format("    {} | {} | {} | {} | {} | {}\n", row.row, row.household_code, row.name,
                            mask_text(row.id_text), row.relation, row.phone);
    }

    std::string text;
};

}  // namespace

policy::DatasetCatalogue small_catalogue() {
    policy::DatasetCatalogue catalogue;
    catalogue.datasets = {marriages(), births(), unemployment(), visits(), households(), members()};
    return catalogue;
}

Result<void> CollectingSink::begin_sheet(const SheetInfo& info) {
    text += "[" + info.name + "]\n";
    return {};
}

Result<void> CollectingSink::row(std::uint32_t number, std::span<const Cell> cells) {
    ++rows;
    if (keep) text += fmt::format("{}:", number);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        bytes += cells[i].text.size();
        if (!keep) continue;
        if (i > 0) text += "|";
        text += cells[i].text;
    }
    if (keep) text += "\n";
    return {};
}

std::string describe_import(const std::filesystem::path& path, const policy::DatasetCatalogue& catalogue,
                            const ReadSettings& settings) {
    Result<FeedFile> file = open_feed(path, catalogue);
    if (!file) return "    error " + file.error().code + "\n";
    for (bool slowly = false;; slowly = true) {
        Shown shown;
        ShownFeed sink(catalogue.datasets[static_cast<std::size_t>(file->dataset)], shown);
        std::vector<FeedTask> tasks(1);
        tasks[0].file = &*file;
        tasks[0].sink = &sink;
        tasks[0].findings = [&shown](std::span<const Finding> findings) -> Result<void> {
            shown.findings += shown_findings({findings.begin(), findings.end()});
            return {};
        };
        const FeedOutcome outcome = std::move(read_feeds(tasks, catalogue, end_of_june(), settings).front());
        shown.counts = outcome.counts;
        if (outcome.status) return shown.text();
        if (slowly || !wants_slow_reading(outcome.status.error()))
            return "    error " + outcome.status.error().code + "\n";
        if (!reread_slowly(*file)) return "    error not read again\n";
    }
}

std::string describe_register_import(const std::filesystem::path& path,
                                     const policy::DatasetCatalogue& catalogue) {
    ShownRegister rows;
    const Result<FeedFile> file = open_feed(path, catalogue);
    if (!file) return "    error " + file.error().code + "\n";
    Result<RegisterFileRead> read = file->bulk() ? read_register_in_bulk(*file, catalogue, rows, {})
                                                 : read_register(path, catalogue, rows);
    if (!read) return "    error " + read.error().code + "\n";
    return rows.text + shown_findings(read->findings);
}

namespace {

// What import does with the file is held to what its reader says of it.
[[nodiscard]] std::string alike(const std::string& read, const std::string& imported) {
    return read == imported ? "  import: the same\n" : "  import:\n" + imported;
}

}  // namespace

std::string describe_file(const std::filesystem::path& path, const Limits& limits) {
    const policy::DatasetCatalogue catalogue = small_catalogue();
    std::string out = path.filename().string() + "\n";
    const auto format = sniff(path);
    if (!format) return out + "  error " + format.error().code + " " + format.error().text.zh + "\n";
    out += fmt::format("  {}\n", name_of(*format));
    Result<void> read;
    if (path.filename().string().find("register-") != std::string::npos) {
        ShownRegister rows;
        const auto file = read_register(path, catalogue, rows, limits);
        if (file) {
            const std::string shown = rows.text + shown_findings(file->findings);
            return out + shown + alike(shown, describe_register_import(path, catalogue));
        }
        read = std::unexpected(file.error());
    } else {
        DescribingSink sink(catalogue, out);
        read = read_sheets(path, *format, limits, sink);
        const std::string shown = read ? sink.shown.text() : "    error " + read.error().code + "\n";
        out += alike(shown, describe_import(path, catalogue, {.limits = limits}));
    }
    if (!read) out += "  error " + read.error().code + " " + read.error().text.zh + "\n";
    return out;
}

std::vector<Finding> findings_of(const std::filesystem::path& path) {
    const policy::DatasetCatalogue catalogue = small_catalogue();
    std::string ignored;
    DescribingSink sink(catalogue, ignored);
    ensure(read_sheets(path, Limits{}, sink).has_value(), "the golden file can be read");
    return sink.all_findings;
}

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "doudi-intake-XXXXXX").string();
    ensure(mkdtemp(name.data()) != nullptr, "a temporary folder can be made");
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path TemporaryFolder::file(std::string_view name, std::string_view bytes) const {
    const std::filesystem::path path = path_ / name;
    std::ofstream out(path, std::ios::binary);
    out << bytes;
    return path;
}

}  // namespace doudi::intake::test
