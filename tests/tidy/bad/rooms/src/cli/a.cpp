// SPDX-License-Identifier: Apache-2.0
#include "monitor/records.h"
