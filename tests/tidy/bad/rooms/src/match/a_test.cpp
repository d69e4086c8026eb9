// SPDX-License-Identifier: Apache-2.0
#include "synth/county.h"
