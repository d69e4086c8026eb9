// SPDX-License-Identifier: Apache-2.0
#include "county/rewrite.h"
