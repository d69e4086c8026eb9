// SPDX-License-Identifier: Apache-2.0
// Changing keys of a sealed folder that is open for writing. A master key is changed by wrapping the data
// keys anew: no file and no row is encrypted again. A new data key seals what comes from now on; what is
// there stays as it is.
#pragma once
#include "base/date.h"
#include "base/result.h"
#include "store/database.h"
#include "vault/key_file.h"

namespace doudi::store {

// A new master key in the file, then all data keys under it. Killed in between, the data keys are under the
// old one, which the file keeps; run again, it is completed with one master key more.
[[nodiscard]] Result<void> rotate_master_key(Database& database, vault::KeyFile& file, Date today);
[[nodiscard]] Result<void> rotate_data_key(Database& database, const vault::KeyFile& file, Date today);

}  // namespace doudi::store
