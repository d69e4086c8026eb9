-- SPDX-License-Identifier: Apache-2.0
-- Rows of the list of who is due by rhythm that came back as a workbook: whose case is to be opened, or why not yet.
-- The workbook itself lies with the others (casework_returned, machine 'rhythms.due').
create table casework_returned_due (
    id         integer primary key,
    workbook   integer not null,
    number     integer not null,  -- from 1, in the order of the file
    sheet      text not null,
    row        integer not null,  -- of the sheet, as a person counts
    household  integer not null,  -- 0: none of ours
    category   text not null,     -- with the machine: the line that it is about
    machine    text not null,
    seen       integer not null,  -- what the line was when the list left
    opens      integer not null,  -- 1: its case is to be opened; 0: not yet
    until      text,              -- by when it is to be done, where the line has no day of its own
    body       text not null,     -- why not yet, as of an event
    sealed     blob,
    refusals   text not null,     -- JSON; empty: the row can be read
    outcome    text not null,     -- waiting | refused | made | moved_on | left
    case_id    integer not null,  -- that was opened, or was there; 0: none
    settled_at integer,
    settled_by integer not null
) strict;
create unique index casework_returned_due_number on casework_returned_due (workbook, number);
create index casework_returned_due_household on casework_returned_due (household);

insert into casework_counter (what, last) values ('returned_due', 0);
