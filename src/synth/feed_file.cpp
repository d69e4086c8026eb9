// SPDX-License-Identifier: Apache-2.0
#include "synth/feed_file.h"

namespace doudi::synth {

std::string FeedFile::name() const {
    const FeedLayout& layout = layout_of(feed);
    const bool sheet = style == Style::untidy && layout.encoding == Encoding::xlsx;
    return std::string(layout.stem) + (sheet ? ".xlsx" : ".csv");
}

Result<FeedFile::Outcome> FeedFile::write(const std::filesystem::path& folder) const {
    ensure(rows >= planned.size(), "a file holds its planned rows");
    const std::filesystem::path path = folder / name();
    return path.extension() == ".xlsx" ? write_xlsx(*this, path) : write_csv(*this, path);
}

// The file is cut into as many strips as there are planned rows; each lies somewhere in its strip.
std::uint64_t RowWalk::place_of(std::uint64_t planned) const {
    __extension__ using Wide = unsigned __int128;
    const std::uint64_t count = file_.planned.size();
    const auto low = static_cast<std::uint64_t>(static_cast<Wide>(planned) * file_.rows / count);
    const auto high = static_cast<std::uint64_t>(static_cast<Wide>(planned + 1) * file_.rows / count);
    const std::uint64_t tag = 0x91ace + file_.quarter * feed_count + index_of(file_.feed);
    return low + Draw(file_.seed, tag, planned).next() % (high - low);
}

void RowWalk::start(std::uint64_t from) {
    const std::uint64_t count = file_.planned.size();
    __extension__ using Wide = unsigned __int128;
    next_ = static_cast<std::uint64_t>(static_cast<Wide>(from) * count / file_.rows);
    next_ = next_ == 0 ? 0 : next_ - 1;
    while (next_ < count && place_of(next_) < from) ++next_;
}

const Row* RowWalk::planned_at(std::uint64_t place) {
    if (next_ >= file_.planned.size() || place_of(next_) != place) return nullptr;
    return &file_.planned[next_++];
}

bool RowWalk::blank_after(std::uint64_t place) const {
    if (file_.style == Style::plain_csv) return false;
    return Draw(file_.seed, 0xb1a2 + file_.quarter * feed_count + index_of(file_.feed), place).chance(0.008);
}

}  // namespace doudi::synth
