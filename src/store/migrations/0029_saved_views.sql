-- SPDX-License-Identifier: Apache-2.0
-- Filters of a list under names of an account's own, in its order. They name no household and no person.
create table saved_view (
    account integer not null,
    list    text not null,      -- "warnings"
    place   integer not null,   -- from 1
    name    text not null,
    query   text not null,      -- as the list's address has it
    primary key (account, list, place)
) strict, without rowid;
