-- SPDX-License-Identifier: Apache-2.0
-- Data keys, wrapped by a master key of the key file that lies outside the data folder (src/vault/key_ring.h). None:
-- the folder is not sealed. A rotation wraps them anew.
create table data_key (
    id         integer primary key,   -- from 1
    created_on text not null,
    state      text not null,         -- active | retired
    master     text not null,         -- id of the master key: m1
    wrapped    text not null
) strict;
