// SPDX-License-Identifier: Apache-2.0
// rows of the law, where code must not hold it
const char* a = "bad_harvest";
const char* b = "歉收";
const char* c = "farm.harvest_roll";
const char* d = "本户为红色预警";
const char* e = "red";
const char* f = "reduced";
const char* g = R"(特困人员)";
bool h = score >= 9;
bool i = 6 <= warning.points;
int working_days = 3;
bool j = score > 0;
const char* k = "441622";
const char* l = "441622000000";
const char* m = "131072";
const char* m2 = "991622";
const char* n = "since 2025-03-31";
const char* o = "2025年3月31日";
auto p = from_ymd(2025, 3, 31);
bool q = year >= 2026;
double total_fen = 0;
double share = 0;
const char* r = "SELECT id "
                "FROM person";
const char* s = "update person set name = 1";
const char* t = "update the person";
