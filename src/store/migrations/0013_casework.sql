-- SPDX-License-Identifier: Apache-2.0
-- Cases and what was done to them. An event is never changed; casework_case beside it is the fold of its events, made
-- anew by each of them and never the other way round.
create table casework_case (
    id           integer primary key,
    machine      text not null,
    household    integer not null,   -- 0: of no household (a person without papers, a campaign)
    person       integer not null,   -- 0: the household as a whole
    unit         integer not null,   -- that is responsible
    origin       integer not null,   -- the unit of whoever opened it
    department   text not null,      -- it is addressed to; empty: the office's own
    parent       integer not null,   -- the case under which it was opened; 0: none
    source       text not null,      -- what it was raised from, 'warning/17'; empty: a person opened it
    pack         text not null,      -- in force on opened_on; the case is handled by it to its end
    pack_version text not null,
    opened_on    text not null,
    state        text not null,
    track        text not null,      -- the category or benefit; empty: not settled
    events       integer not null,
    due_on       text,               -- the nearest day that a running clock ends on; null: none runs
    is_closed    integer not null
) strict;
create index casework_case_unit on casework_case (is_closed, unit, due_on);
create index casework_case_household on casework_case (household, id);
create index casework_case_parent on casework_case (parent, id);
create index casework_case_department on casework_case (department, is_closed, due_on);
create unique index casework_case_source on casework_case (source) where source <> '';

-- The last number that was given.
create table casework_counter (
    what text primary key,           -- case | late_form
    last integer not null
) strict;
insert into casework_counter (what, last) values ('case', 0), ('late_form', 0);

create table casework_event (
    case_id    integer not null,
    number     integer not null,     -- from 1, without gaps
    move       text not null,
    to_state   text not null,
    on_day     text not null,        -- it took effect
    at         integer not null,     -- it was written down
    made_by    integer not null,     -- 0: the program
    unit       integer not null,
    marks      text not null,        -- joined by commas
    papers     text not null,
    body       text not null,        -- what it was told, as JSON; empty where the folder is sealed
    sealed     blob,                 -- the same, under the key of whom the case is about
    client_key text,                 -- of a form written without a net
    primary key (case_id, number)
) strict, without rowid;
create unique index casework_event_client on casework_event (case_id, client_key);

-- A form that came when its move was no longer open: kept for a person to look at, nothing decided.
create table casework_late (
    id         integer primary key,
    case_id    integer not null,
    move       text not null,
    on_day     text not null,
    at         integer not null,
    made_by    integer not null,
    unit       integer not null,
    body       text not null,        -- as of an event
    sealed     blob,
    client_key text not null,
    reason     text not null,        -- the code of what spoke against it
    settled_at integer               -- a person has looked at it
) strict;
create unique index casework_late_client on casework_late (case_id, client_key);

-- Photographs, signatures and scans, with the case that they belong to.
create table casework_attachment (
    case_id integer not null,
    hash    text not null,           -- SHA-256 of the content, in hex
    type    text not null,
    bytes   integer not null,
    at      integer not null,
    made_by integer not null,
    content blob not null,           -- sealed where the folder is
    primary key (case_id, hash)
) strict;
