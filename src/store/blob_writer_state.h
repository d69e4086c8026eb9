// SPDX-License-Identifier: Apache-2.0
// The inside of a BlobWriter: shared by blob_writer.cpp and by DataFolder, which makes them.
#pragma once
#include <filesystem>
#include <vector>

#include "store/data_folder.h"
#include "store/durable_file.h"
#include "store/sha256.h"

namespace doudi::store {

struct BlobWriter::State {
    explicit State(DurableFile the_file) : file(std::move(the_file)) {}

    DurableFile file;  // temporary, on the shelf where the blob will lie
    Sha256 hash;
    std::vector<std::byte> buffer;  // small writes on their way to a large one
    bool failed = false;
    bool sealed = false;

    [[nodiscard]] Result<void> put(std::span<const std::byte> bytes);
    [[nodiscard]] Result<void> flush();
    [[nodiscard]] Result<std::string> seal();
};

}  // namespace doudi::store
