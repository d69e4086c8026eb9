// SPDX-License-Identifier: Apache-2.0
#include "match/probe.h"

#include "synth/county.h"
const char* level = "红色";
const char* day = "2025-06-30";
int due = score_of(9);
