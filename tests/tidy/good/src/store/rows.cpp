// SPDX-License-Identifier: Apache-2.0
const char* sql = "select id from person where id = $id";
