-- SPDX-License-Identifier: Apache-2.0
-- The first schema. Rows are never updated: a later publish id supersedes an earlier row of the same key.

create table setting (
    name  text primary key,
    value text not null
) strict;

-- A run that published: an import, a cycle, a closing. The manifest makes it replayable (as-of, inputs, pack and
-- calendar hashes).
create table publication (
    id       integer primary key,
    kind     text not null,           -- register | feeds | cycle | close
    as_of    text not null,
    manifest text not null,           -- JSON
    done     integer not null default 0
) strict;

create table current_publication (
    only_row integer primary key check (only_row = 1),
    id       integer not null
) strict;
insert into current_publication values (1, 0);

-- registry --------------------------------------------------------------------------------------------------
create table household (
    publish       integer not null,
    id            integer not null,   -- stable
    code          text not null,      -- the office's number: LC000001
    region        text not null,
    address       text,
    head_name     text,
    category      text not null,      -- pack category id, or the register's word if the pack has none
    enrolled_on   text,
    income_fen    integer,            -- per head and month; null: unknown
    primary key (id, publish)
) strict, without rowid;
create index household_code on household (code);

create table member (
    publish       integer not null,
    id            integer not null,   -- stable person id
    household     integer not null,
    name          text not null,
    id_number     integer,            -- packed; null: none known
    relation      text,
    sex           text,
    phone         text,
    primary key (id, publish)
) strict, without rowid;
create index member_household on member (household);

-- intake ----------------------------------------------------------------------------------------------------
create table arrival (
    publish    integer not null,
    id         integer primary key,
    file_name  text not null,
    dataset    text not null,
    as_of      text not null,
    sha256     text not null,
    bytes      integer not null,
    encoding   text not null,
    segment    text not null,         -- the landed rows; empty if none landed
    findings   text not null,         -- a segment too: what the sender is told, row by row; empty if nothing
    rows       integer not null,
    exact      integer not null,
    probable   integer not null,
    off_roster integer not null,
    review     integer not null,
    held       integer not null,
    rejected   integer not null,
    duplicate  integer not null
) strict;
create index arrival_sha on arrival (sha256, as_of);

-- A row whose number stands on the register under another name: a person decides.
create table review_item (
    publish integer not null,
    arrival integer not null,
    row     integer not null,
    role    text not null,
    member  integer not null,
    name_in_file text not null
) strict;
create index review_arrival on review_item (arrival);

-- monitor ---------------------------------------------------------------------------------------------------
create table warning (
    publish    integer not null,
    id         integer not null,      -- stable
    household  integer not null,
    state      text not null,         -- open | closed
    score      integer not null,
    level      text not null,
    issued_on  text not null,
    due_on     text,
    due_provisional integer not null default 0,
    indicators text not null,         -- sorted, joined by ;
    closed_on  text,
    closed_why text,                  -- settled | taken_back | natural_exit
    primary key (id, publish)
) strict;
create index warning_household on warning (household);

-- Every event that ever belonged to a warning, with the row that told it.
create table warning_event (
    publish    integer not null,
    warning    integer not null,
    indicator  text not null,
    member     integer not null,
    event_date text not null,
    points     integer not null,
    grade      text not null,         -- exact | probable
    state      text not null,         -- counted | beyond_count | taken_back | cancelled
    arrival    integer not null,
    row        integer not null,
    clause     text not null
) strict;
create index warning_event_warning on warning_event (warning);

create table natural_exit (
    publish   integer not null,
    household integer not null,
    proposed_on text not null,
    primary key (household)
) strict;

-- What a cycle remembers for the next one, in a segment of its own (scored keys, known deaths).
create table cycle_memory (
    publish integer primary key,
    as_of   text not null,
    segment text not null
) strict;
