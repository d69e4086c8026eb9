// SPDX-License-Identifier: Apache-2.0
// For a small write that nobody's answer should wait for.
#pragma once
#include <string>

#include "store/database.h"

namespace doudi::store {

// As long as it stands, a write of this connection that would have to wait until another one has written is
// told store_busy at once. The database must outlive it.
class NoWaiting {
  public:
    explicit NoWaiting(Database& database);
    NoWaiting(const NoWaiting&) = delete;
    NoWaiting& operator=(const NoWaiting&) = delete;
    ~NoWaiting();

  private:
    Database& database_;
    std::string before_;  // the statement that makes it wait again; empty: it still does
};

}  // namespace doudi::store
