// SPDX-License-Identifier: Apache-2.0
#include "intake/csv.h"
#include "monitor/records.h"
#include "probe.h"
#include "../base/date.h"
#include "base/date.h"
