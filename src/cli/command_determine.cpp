// SPDX-License-Identifier: Apache-2.0
// determine: one application tried against every category and benefit of a pack, with the reasons.
#include <fmt/format.h>

#include <iostream>
#include <iterator>
#include <optional>

#include "cli/packs_root.h"
#include "cli/usage.h"
#include "determine/case_reader.h"
#include "determine/determine.h"
#include "determine/explain.h"
#include "policy/folder.h"
#include "policy/load.h"
#include "ruledesk/law_in_force.h"

namespace doudi::cli {
namespace {

struct Options {
    StoreOptions store;  // an office whose law in force is to answer; none: the program's
    std::string pack;
    std::optional<std::uint64_t> enactment;
    std::filesystem::path file;
    std::filesystem::path parameters;
    std::string format = "text";
    bool details = false;
    std::filesystem::path root;
};

Result<std::string> read_case_file(const std::filesystem::path& file) {
    if (file == "-")
        return std::string{std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
    std::error_code status;
    const std::string shown = shown_file_name(file.string());
    if (std::filesystem::is_directory(file, status))
        return fail(ErrorKind::usage, "case_is_folder",
                    {"这是一个目录；请给出一个案卷文件", "this is a folder: name the file of a case"}, shown);
    if (!std::filesystem::exists(file, status))
        return fail(ErrorKind::not_found, "no_case_file", {"没有这个文件", "there is no such file"}, shown);
    return policy::read_whole_file(file);
}

// The law of a day, figures of a file laid over it; of an office the law that it put into force.
class LawSource {
  public:
    static Result<LawSource> open(const Console& console, const Options& options) {
        LawSource source(options, TRY(packs_root(options.root)));
        if (options.store.data.empty()) return source;
        source.store_ = std::make_shared<store::DataFolder>(
            TRY(store::DataFolder::open(TRY(options.store.place()), store::Access::read, console.key_file)));
        source.office_pack_ = TRY(source.store_->setting("policy"));
        return source;
    }
    // The open versions without a day.
    [[nodiscard]] policy::Loaded<ruledesk::LawInForce> on(std::optional<Date> day) const {
        if (store_ == nullptr) return of_program(day);
        auto law = ruledesk::law_in_force(store_->database(), {root_, office_pack_},
                                          {.day = day, .known = options_->enactment, .pack = options_->pack});
        if (!law || options_->parameters.empty()) return law;
        const auto text = policy::read_whole_file(options_->parameters);
        if (!text) return std::unexpected(std::vector{text.error()});
        if (auto laid =
                policy::lay_figures_over(*text, options_->parameters.generic_string(), law->policy.pack);
            !laid)
            return std::unexpected(std::move(laid).error());
        law->figures_hash = policy::fingerprint_of(law->figures_hash + *text);
        return law;
    }

  private:
    LawSource(const Options& options, std::filesystem::path root)
        : options_(&options), root_(std::move(root)) {}

    [[nodiscard]] policy::Loaded<ruledesk::LawInForce> of_program(std::optional<Date> day) const {
        policy::LoadOptions how{.day = day};
        ruledesk::LawInForce law;
        if (!options_->parameters.empty()) {
            how.parameter_files.push_back(options_->parameters);
            law.figures_hash = policy::fingerprint({options_->parameters});
        }
        auto loaded = policy::load_policy(root_, options_->pack, how);
        if (!loaded) return std::unexpected(std::move(loaded).error());
        law.policy = std::move(*loaded);
        return law;
    }

    const Options* options_;
    std::filesystem::path root_;
    std::shared_ptr<store::DataFolder> store_;
    std::string office_pack_;
};

// A case from elsewhere or from another time is answered, but not without a word.
void remark_on_reach(const Console& console, const policy::Pack& pack, const determine::Case& told) {
    if (!told.region.starts_with(pack.region_scope))
        console.note(
            {fmt::format("注意：区划 {} 不在该政策包的适用范围（{}）内", told.region, pack.region_scope),
             fmt::format("note: region {} lies outside of where the pack holds ({})", told.region,
                         pack.region_scope)});
    const bool early = told.as_of < pack.effective_from;
    if (early || (pack.effective_to && told.as_of > *pack.effective_to))
        console.note({fmt::format("注意：{} 不在该政策包的施行期内", told.as_of.iso()),
                      fmt::format("note: the pack is not in force on {}", told.as_of.iso())});
}

// Only the server sees whose papers lie there; a file says of itself that all have signed.
void remark_on_papers(const Console& console, const Options& options, const determine::Case& told) {
    if (options.store.data.empty() || !told.application.authorised_on) return;
    console.note(
        {"注意：授权日期取自案卷文件，未与该单位登记的授权书核对；正式认定以服务器为准",
         "note: the day of signing is the file's own word, not held against the papers that the office "
         "recorded; the server's determination is"});
}

ExitCode run(const Console& console, const Options& options) {
    if (options.pack.empty() && options.store.data.empty())
        return console.report(Error{ErrorKind::usage,
                                    "no_law",
                                    {"请用 --policy 指定政策包，或用 --data 指定数据目录",
                                     "name a pack (--policy), or the data folder of an office (--data)"},
                                    {}});
    const auto source = LawSource::open(console, options);
    if (!source) return console.report(source.error());
    auto law = source->on(std::nullopt);
    if (!law) return console.report(law.error());
    const auto text = read_case_file(options.file);
    if (!text) return console.report(text.error());
    const std::string shown = options.file == "-" ? "-" : shown_file_name(options.file.string());
    auto told = determine::read_case(*text, shown, law->policy.pack.law);
    if (!told) return console.report(told.error());
    // The day of the question decides which version answers; it is the case that says the day.
    law = source->on(told->as_of);
    if (!law) return console.report(law.error());
    const policy::Pack& pack = law->policy.pack;
    told = determine::read_case(*text, shown, pack.law);
    if (!told) return console.report(told.error());
    remark_on_reach(console, pack, *told);
    remark_on_papers(console, options, *told);
    const determine::Determination answer = determine::determine(
        pack.law, *told, determine::stamp_of(law->policy, law->figures_hash, law->known));
    const determine::Explained explained{pack.law, *told, answer, pack.title};
    fmt::print("{}", options.format == "json" ? determine::explanation_json(explained)
                     : options.details        ? determine::explanation_details(explained, console.lang)
                                              : determine::explanation_brief(explained, console.lang));
    return ExitCode::done;
}

}  // namespace

void add_determine(Registration registration) {
    auto options = std::make_shared<Options>();
    auto* command = registration.app.add_subcommand(
        "determine", registration.help("一次申请，逐类认定，并说明理由",
                                       "one application against every category, with the reasons"));
    command->add_option("--policy", options->pack,
                        registration.help("政策包（给出 --data 时默认为该数据目录的）",
                                          "the pack (with --data by default the folder's)"));
    command->add_option("--data", options->store.data,
                        registration.help("数据目录：按该单位生效的规则和数值回答",
                                          "a data folder: answer by the law that its office put into force"));
    command
        ->add_option("--database", options->store.database,
                     registration.help("PostgreSQL 地址", "postgresql://…, where its rows lie there"))
        ->envname("DOUDI_DATABASE");
    command->add_option("--enactment", options->enactment,
                        registration.help("复算：只按第几号生效记录为止的规则",
                                          "replay: by the law as known after that enactment"));
    command
        ->add_option("case", options->file,
                     registration.help("案卷文件（JSON 或 YAML；- 为标准输入）",
                                       "the case (JSON or YAML; - is standard input)"))
        ->required();
    command->add_option(
        "--parameters", options->parameters,
        registration.help("本地参数文件，叠加在政策包上", "a file of local figures, laid over the pack's"));
    allow_words(*command->add_option("--format", options->format,
                                     registration.help("输出形式（默认 text）", "form of the answer (text)")),
                registration.console, {"text", "json"});
    command->add_flag("--details", options->details,
                      registration.help("逐项列出每个条件、事实及来源、还缺的每一项（默认只说要点）",
                                        "every condition, every fact with its source, all that is missing "
                                        "(default: what matters first)"));
    add_root_option(*command, registration.console, options->root);
    registration.on(*command, options, run);
}

}  // namespace doudi::cli
