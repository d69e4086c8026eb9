// SPDX-License-Identifier: Apache-2.0
const char* sql = R"(insert into warning(id) values($id))";
