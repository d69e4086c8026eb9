-- SPDX-License-Identifier: Apache-2.0
-- What the desks count cases by: the level of the warning and the day of closing, both folded from the events.
alter table casework_case add column level text not null default '';
alter table casework_case add column closed_on text;
update casework_case set closed_on = (select e.on_day from casework_event e
    where e.case_id = casework_case.id and e.number = casework_case.events) where is_closed = 1;
update casework_case set level = coalesce((select w.level from warning w
    where w.id = cast(substr(casework_case.source, 9) as integer) order by w.publish desc limit 1), '')
    where source like 'warning/%';
create index casework_case_closed on casework_case (closed_on);

-- Where a unit lies in the office's own picture of its area, from 1.
create table unit_tile (
    unit        integer primary key,
    tile_column integer not null,
    tile_row    integer not null
) strict;

-- Rows at which a person looks: number under another name (review), found without an exact number (probable).
alter table review_item add column grade text not null default 'review';

-- What a person said of such a row. It holds for every row of the dataset that tells its person in the same words;
-- never changed.
create table match_verdict (
    id         integer primary key,
    dataset    text not null,
    arrival    integer not null,
    row        integer not null,
    role       text not null,
    member     integer not null,
    said       text not null,         -- same | other
    reason     text not null,
    decided_by integer not null,
    decided_at integer not null,
    told       text not null,         -- number, name and phone as the row has them; empty where the folder is sealed
    sealed     blob
) strict;
create unique index match_verdict_row on match_verdict (arrival, row, role, member);

-- Somebody above told an office to see to a case.
create table casework_reminder (
    id        integer primary key,
    case_id   integer not null,
    unit      integer not null,       -- the office that is responsible
    due_on    text,                   -- as the case stood
    event     integer not null,       -- of the case, which tells it too; 0: its machine has no such move
    at        integer not null,
    made_by   integer not null,
    from_unit integer not null,
    body      text not null,          -- as of an event
    sealed    blob
) strict;
create index casework_reminder_case on casework_reminder (case_id, id);
insert into casework_counter (what, last) values ('reminder', 0);

-- Boundaries that an office brought itself, of what stands right below a unit, and the number of their approval.
create table boundary_pack (
    unit            integer primary key,  -- what is drawn stands right below it
    name            text not null,
    source          text not null,
    drawn_on        text not null,
    approval_number text not null,
    content         text not null,        -- GeoJSON, with code and name of each unit and nothing else
    sha256          text not null,
    put_by          integer not null,
    put_at          integer not null
) strict;
