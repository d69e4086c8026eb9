// SPDX-License-Identifier: Apache-2.0
const char* id = "bad_harvest";
int score = 9;
