-- SPDX-License-Identifier: Apache-2.0
-- Rows of the list of first requests that came back as a workbook: of whose request a case is to be opened, or why not.
-- The workbook itself lies with the others (casework_returned, machine 'first.requests').
create table casework_returned_first (
    id         integer primary key,
    workbook   integer not null,
    number     integer not null,  -- from 1, in the order of the file
    sheet      text not null,
    row        integer not null,  -- of the sheet, as a person counts
    request    integer not null,  -- 0: none of ours
    opens      integer not null,  -- 1: its case is to be opened; 0: it is declined
    move       text not null,     -- that opens the case; '': none does
    on_day     text,              -- of that move
    body       text not null,     -- what the move is told, or why it is declined, as of an event
    sealed     blob,
    refusals   text not null,     -- JSON; empty: the row can be read
    outcome    text not null,     -- waiting | refused | made | moved_on | left
    case_id    integer not null,  -- that was opened; 0: none
    settled_at integer,
    settled_by integer not null
) strict;
create unique index casework_returned_first_number on casework_returned_first (workbook, number);
create index casework_returned_first_request on casework_returned_first (request);

insert into casework_counter (what, last) values ('returned_first', 0);
