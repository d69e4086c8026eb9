// SPDX-License-Identifier: Apache-2.0
// A template or a file of fields, whatever stands in it: it is read, or its faults are named, each with its
// place. The first byte says which of them it is.
#include <array>

#include "fuzz/input.h"
#include "policy/faults.h"
#include "print/fields_reader.h"
#include "print/library.h"
#include "print/paper_reader.h"

namespace {

using namespace doudi;
using namespace doudi::print;

const Library& library() {
    static const Library loaded = load_papers(DOUDI_SOURCE_DIR).value();
    return loaded;
}

void check_faults(const std::vector<Error>& faults) {
    for (const Error& fault : faults)
        fuzz::demand(!fault.where.empty() && !fault.text.zh.empty() && !fault.text.en.empty(),
                     "a fault without a place or words");
}

void read_template(const std::string& text) {
    policy::Faults faults;
    const auto top = policy::read_yaml_text(text, "papers/x.yaml", faults);
    const auto paper = top ? read_paper(*top, "x", library().book, library().layouts) : std::nullopt;
    const bool none = faults.none();
    fuzz::demand(paper.has_value() || !none, "refused without a fault");
    if (none && paper->is_public)
        for (const Field& field : paper->fields)
            fuzz::demand(field.is_public, "a field that may not be posted");
    check_faults(std::move(faults).take());
}

void read_fields_of(const std::string& text) {
    const auto read = read_fields_file(text, "f.json", *library().find("approval_form"));
    if (read) return;
    fuzz::demand(!read.error().empty(), "refused without a fault");
    check_faults(read.error());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string text(fuzz::text_of(data, size).substr(1));
    if (data[0] % 2 == 0) {
        read_template(text);
    } else {
        read_fields_of(text);
    }
    return 0;
}
