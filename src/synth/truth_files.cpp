// SPDX-License-Identifier: Apache-2.0
#include "synth/truth_files.h"

#include <fmt/format.h>

#include <iterator>
#include <numeric>

#include "synth/file_out.h"

namespace doudi::synth {
namespace {

Result<std::uint64_t> write_text(const std::string& text, const std::filesystem::path& path) {
    FileOut out = TRY(FileOut::create(path));
    out.write(text);
    return out.close();
}

}  // namespace

Result<std::uint64_t> write_households_list(const People& people, const std::vector<Household>& households,
                                            const std::filesystem::path& path) {
    std::string text = "household_id\n";
    for (const Household household : households) text += people.household_id(household) + "\n";
    return write_text(text, path);
}

Result<std::uint64_t> write_warnings(const People& people, const Truth& truth,
                                     const std::filesystem::path& path) {
    std::string text = "household_id,score,level,issued_on,due_on,indicators\n";
    for (const auto& [household, warning] : truth.open())
        fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{}\n", people.household_id(household),
                       warning.score, truth.profile().levels[warning.level].name, warning.issued.iso(),
                       warning.due ? warning.due->iso() : std::string(), fmt::join(warning.indicators, ";"));
    return write_text(text, path);
}

Result<std::uint64_t> write_quality(const std::vector<QualityLine>& lines,
                                    const std::filesystem::path& path) {
    constexpr std::array order{Bucket::exact, Bucket::probable, Bucket::off_roster, Bucket::review,
                               Bucket::held,  Bucket::rejected, Bucket::duplicate};
    std::string text = "file,rows,exact,probable,off_roster,review,held,rejected,duplicate\n";
    for (const QualityLine& line : lines) {
        text += line.file;
        text += fmt::format(",{}", std::accumulate(line.counts.begin(), line.counts.end(), std::uint64_t{0}));
        for (const Bucket bucket : order)
            text += fmt::format(",{}", line.counts[static_cast<std::size_t>(bucket)]);
        text += '\n';
    }
    return write_text(text, path);
}

}  // namespace doudi::synth
