-- SPDX-License-Identifier: Apache-2.0
-- The file of a closed case, as it was put together: the manifest names its items in order with their hashes and holds
-- nothing of a person. A case that was reopened and closed again has another.
create table archive_file (
    case_id   integer not null,
    number    integer not null,      -- from 1
    events    integer not null,      -- that the case had
    closed_on text not null,
    sealed_at integer not null,
    sealed_by integer not null,      -- 0: the program
    manifest  text not null,         -- JSON
    household integer,               -- under whose key its items lie: of whom the case was about then
    person    integer,
    sha256    text not null,         -- of the manifest
    sm3       text not null,
    released  integer,               -- the proof by which what it holds went; none: it is kept
    primary key (case_id, number)
) strict, without rowid;

-- What was made for the file: its papers, its catalogue, the events of the case. Attachments stay with the case.
create table archive_item (
    case_id integer not null,
    number  integer not null,        -- of the file
    place   integer not null,        -- in the manifest, from 1
    content blob not null,           -- under the key of whom the case is about where the folder is sealed
    primary key (case_id, number, place)
) strict;
