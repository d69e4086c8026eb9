// SPDX-License-Identifier: Apache-2.0
// paper: the papers of a case. What there is, what one shows, and one as PDF.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "cli/commands.h"
#include "cli/output_file.h"
#include "cli/packs_root.h"
#include "cli/table.h"
#include "policy/folder.h"
#include "print/fields_reader.h"
#include "print/print.h"

namespace doudi::cli {
namespace {

struct Options {
    std::string paper;
    std::string pack;
    std::filesystem::path root, fields, output;
    ListOptions list;
};

constexpr std::array<std::string_view, 8> type_names{"text", "number", "money",     "date",
                                                     "flag", "choice", "id_number", "rows"};

std::optional<print::Library> library_of(const Console& console, const Options& options) {
    const auto root = packs_root(options.root);
    if (!root) {
        console.report(root.error());
        return std::nullopt;
    }
    auto library = print::load_papers(*root, options.pack);
    if (!library) {
        console.report(library.error());
        return std::nullopt;
    }
    return *std::move(library);
}

ExitCode list_papers(const Console& console, const Options& options) {
    const auto library = library_of(console, options);
    if (!library) return console.failed();
    Table people{
        .headings = {{{"文书", "paper"}}, {{"名称", "title"}}, {{"公示", "posted"}}, {{"依据", "cite"}}},
        .rows = {}};
    intake::Table data{.columns = {{"paper"}, {"title_zh"}, {"title_en"}, {"public"}, {"cite"}, {"file"}},
                       .rows = {}};
    for (const print::Paper& paper : library->papers) {
        people.rows.push_back({paper.id, console.say(paper.title),
                               paper.is_public ? console.say({"是", "yes"}) : "", paper.cite});
        data.rows.push_back(
            {paper.id, paper.title.zh, paper.title.en, paper.is_public ? "yes" : "", paper.cite, paper.file});
    }
    return put_list(console, options.list, people, data, {"没有文书", "there are no papers"});
}

void add_fields(const Console& console, const std::string& above, const std::vector<print::Field>& fields,
                Table& people, intake::Table& data) {
    for (const print::Field& field : fields) {
        std::string words;
        for (const print::Option& option : field.options)
            words += fmt::format("{}{}={}", words.empty() ? "" : "; ", option.id, option.word);
        const std::string id = above + field.id;
        const std::string type(type_names[static_cast<std::size_t>(field.type)]);
        people.rows.push_back({id, console.say(field.title), type, words});
        data.rows.push_back({id, field.title.zh, field.title.en, type, words});
        add_fields(console, id + ".", field.columns, people, data);
    }
}

ExitCode list_fields(const Console& console, const Options& options) {
    const auto library = library_of(console, options);
    if (!library) return console.failed();
    const auto paper = library->need(options.paper);
    if (!paper) return console.report(paper.error());
    Table people{
        .headings = {{{"字段", "field"}}, {{"名称", "title"}}, {{"类型", "type"}}, {{"选项", "words"}}},
        .rows = {}};
    intake::Table data{.columns = {{"field"}, {"title_zh"}, {"title_en"}, {"type"}, {"words"}}, .rows = {}};
    add_fields(console, "", (*paper)->fields, people, data);
    return put_list(console, options.list, people, data, {"该文书没有字段", "the paper has no fields"});
}

// What a person has to know of the sheet before it is signed.
void remark_on(const Console& console, const print::PrintedPaper& printed) {
    if (!printed.blanks.empty())
        console.note({fmt::format("留空待填：{}", fmt::join(printed.blanks, "、")),
                      fmt::format("left to be written: {}", fmt::join(printed.blanks, ", "))});
    for (const print::Unprintable& one : printed.unprintable) {
        const auto code = static_cast<std::uint32_t>(one.code);
        console.note({fmt::format("字体中没有字符 U+{:04X}（{}），已留空，请手写", code, one.field),
                      fmt::format("no font has the character U+{:04X} ({}): a space is left for it", code,
                                  one.field)});
    }
    if (printed.withheld > 0)
        console.note({fmt::format("未成年人和未确认成年的 {} 行未列入公示", printed.withheld),
                      fmt::format("{} rows of children, or of who is not known to be an adult, were left out",
                                  printed.withheld)});
}

ExitCode print_paper(const Console& console, const Options& options) {
    auto library = library_of(console, options);
    if (!library) return console.failed();
    const auto paper = library->need(options.paper);
    if (!paper) return console.report(paper.error());
    const auto text = policy::read_whole_file(options.fields);
    if (!text) return console.report(text.error());
    const auto fields = print::read_fields_file(*text, shown_file_name(options.fields.string()), **paper);
    if (!fields) return console.report(fields.error());
    const auto printer = print::Printer::open(*std::move(library));
    if (!printer) return console.report(printer.error());
    const auto printed = printer->print(options.paper, fields->fields, fields->day);
    if (!printed) return console.report(printed.error());
    const auto put = put_text_file(options.output, printed->pdf);
    if (!put) return console.report(put.error());
    remark_on(console, *printed);
    console.line({fmt::format("{}：{} 页", options.output.string(), printed->pages),
                  fmt::format("{}: {}", options.output.string(),
                              printed->pages == 1 ? "1 page" : fmt::format("{} pages", printed->pages))});
    return ExitCode::done;
}

void add_law_options(Command& command, const Console& console, Options& options) {
    command.add_option("--policy", options.pack,
                       console.say({"政策包：其 papers 目录可改写或增加文书",
                                    "a pack, whose folder papers may state papers otherwise"}));
    add_root_option(command, console, options.root);
}

}  // namespace

void add_paper(Registration registration) {
    auto* paper = registration.app.add_subcommand(
        "paper",
        registration.help("救助文书：列出、查看字段、打印为 PDF", "papers of a case: list, fields, PDF"));
    paper->require_subcommand(1);
    auto of_list = std::make_shared<Options>();
    auto* list = paper->add_subcommand("list", registration.help("列出文书", "the papers there are"));
    add_law_options(*list, registration.console, *of_list);
    add_list_options(*list, registration.console, of_list->list);
    registration.on(*list, of_list, list_papers);
    auto of_fields = std::make_shared<Options>();
    auto* fields = paper->add_subcommand("fields", registration.help("文书的字段", "what a paper shows"));
    fields->add_option("paper", of_fields->paper, registration.help("文书", "the paper"))->required();
    add_law_options(*fields, registration.console, *of_fields);
    add_list_options(*fields, registration.console, of_fields->list);
    registration.on(*fields, of_fields, list_fields);
    auto of_print = std::make_shared<Options>();
    auto* print = paper->add_subcommand("print", registration.help("打印为 PDF", "makes a PDF"));
    print->add_option("paper", of_print->paper, registration.help("文书", "the paper"))->required();
    print
        ->add_option("--fields", of_print->fields,
                     registration.help("字段文件（JSON 或 YAML）", "the file of fields, JSON or YAML"))
        ->required();
    print->add_option("--output", of_print->output, registration.help("PDF 文件", "the PDF"))->required();
    add_law_options(*print, registration.console, *of_print);
    registration.on(*print, of_print, print_paper);
}

}  // namespace doudi::cli
