-- SPDX-License-Identifier: Apache-2.0
-- Workbooks that came back: what their rows would do, until a person takes or leaves each of them.
create table casework_returned (
    id        integer primary key,
    machine   text not null,      -- of whose cases it is the list
    file_name text not null,
    hash      text not null,      -- SHA-256 of the file: sent again by the same person, it is the same workbook
    unchanged integer not null,   -- rows into which nothing was written
    at        integer not null,
    made_by   integer not null,
    unit      integer not null
) strict;
create unique index casework_returned_file on casework_returned (made_by, machine, hash);

create table casework_returned_row (
    id         integer primary key,
    workbook   integer not null,
    number     integer not null,  -- from 1, in the order of the file
    sheet      text not null,
    row        integer not null,  -- of the sheet, as a person counts
    case_id    integer not null,  -- 0: none of ours
    seen       integer not null,  -- how many events the case had when the list left
    move       text not null,
    on_day     text,              -- null: none was written
    body       text not null,     -- what the move is told, as of an event
    sealed     blob,
    refusals   text not null,     -- JSON; empty: the row can be read
    outcome    text not null,     -- waiting | refused | made | moved_on | left
    event      integer not null,  -- that was made of it; 0: none
    settled_at integer,
    settled_by integer not null
) strict;
create unique index casework_returned_row_number on casework_returned_row (workbook, number);
create index casework_returned_row_case on casework_returned_row (case_id);

insert into casework_counter (what, last) values ('workbook', 0), ('returned_row', 0);
