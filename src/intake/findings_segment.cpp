// SPDX-License-Identifier: Apache-2.0
#include "intake/findings_segment.h"

namespace doudi::intake {
namespace {

enum Place : std::size_t { row, sheet, heading, code, value, refused };

const column::Schema& schema() {
    static const column::Schema columns{
        {"row", column::Kind::number},        {"sheet", column::Kind::dictionary},
        {"column", column::Kind::dictionary}, {"code", column::Kind::number},
        {"value", column::Kind::text},        {"refused", column::Kind::number}};
    return columns;
}

}  // namespace

FindingsWriter::FindingsWriter(column::ByteSink& sink)
    : segment_(schema(), sink), batch_(column::Batch::of(schema())) {}

Result<void> FindingsWriter::append(std::span<const Finding> findings) {
    batch_.clear();
    for (const Finding& finding : findings) {
        batch_.columns[row].numbers.push_back(finding.row);
        batch_.columns[sheet].dictionary.append(finding.sheet);
        batch_.columns[heading].dictionary.append(finding.column);
        batch_.columns[code].numbers.push_back(static_cast<std::int64_t>(finding.code));
        batch_.columns[value].text.append(finding.value);
        batch_.columns[refused].numbers.push_back(finding.refused ? 1 : 0);
    }
    batch_.rows = findings.size();
    return segment_.append(batch_);
}

Result<std::uint64_t> FindingsWriter::finish() {
    return segment_.finish();
}

Result<void> read_findings(std::shared_ptr<const column::ByteSource> source,
                           const std::function<Result<void>(const Finding&)>& take) {
    const auto segment = TRY(column::SegmentReader::open(std::move(source)));
    if (segment.schema() != schema()) {
        return fail(ErrorKind::invalid, "not_findings", {"不是核对意见段文件", "not a segment of findings"});
    }
    column::Batch batch;
    for (std::size_t block = 0; block < segment.blocks(); ++block) {
        TRY_VOID(segment.read_block(block, batch));
        for (std::size_t i = 0; i < batch.rows; ++i) {
            TRY_VOID(take({.row = static_cast<std::uint32_t>(batch.columns[row].numbers[i]),
                           .sheet = std::string(batch.columns[sheet].dictionary.at(i)),
                           .column = std::string(batch.columns[heading].dictionary.at(i)),
                           .code = static_cast<FindingCode>(batch.columns[code].numbers[i]),
                           .value = std::string(batch.columns[value].text.at(i)),
                           .refused = batch.columns[refused].numbers[i] != 0}));
        }
    }
    return {};
}

}  // namespace doudi::intake
