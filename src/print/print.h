// SPDX-License-Identifier: Apache-2.0
// The room's verb: a paper of the library, filled, as PDF.
#pragma once
#include <memory>
#include <string_view>

#include "base/date.h"
#include "base/result.h"
#include "print/library.h"
#include "print/records.h"
#include "print/typeset.h"

namespace doudi::print {

// Keeps fonts open; one thread at a time.
class Printer {
  public:
    // Fails where a font is not installed, with the name of its package.
    [[nodiscard]] static Result<Printer> open(Library library);

    [[nodiscard]] const Library& library() const { return *library_; }
    // `day` stands in the file's properties as the day on which it was made; the same input gives the same
    // bytes. Errors: no such paper, a field that does not fit, what must not be posted, a limit (records.h).
    [[nodiscard]] Result<PrintedPaper> print(std::string_view paper, const Fields& fields, Date day) const;

  private:
    Printer(Library library, Fonts fonts)
        : library_(std::make_shared<const Library>(std::move(library))),
          typesetter_(std::make_shared<const Typesetter>(std::move(fonts))) {}

    std::shared_ptr<const Library> library_;
    std::shared_ptr<const Typesetter> typesetter_;
};

}  // namespace doudi::print
