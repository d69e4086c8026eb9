-- SPDX-License-Identifier: Apache-2.0
-- What two people put into force for an office, and who lives under protection.

alter table proposal add column unit integer not null default 0;       -- of whom proposed it
alter table proposal add column answer text not null default '';       -- why it was refused
alter table proposal add column decided_hash text not null default ''; -- SHA-256 of the payload that was decided about

-- Numbered from 1 without a gap and never changed: a decision names the last one that it knew, and is replayed by it.
create table enactment (
    id         integer primary key,
    kind       text not null,           -- pack | figures
    pack       text not null,
    version    text not null,           -- of a pack
    content    text not null,           -- the pack's fingerprint on its first day
    from_on    text not null,
    proposal   integer not null unique,
    enacted_by integer not null,
    enacted_at integer not null
) strict;

create table enacted_figure (
    enactment integer not null,
    n         integer not null,
    parameter text not null,
    region    text not null,            -- prefix; empty: everywhere
    residence text not null,            -- empty: any
    from_on   text not null,
    to_on     text,                     -- the last day
    value     text not null,            -- as packs write it
    sample    integer not null,         -- an invented figure
    source    text not null,            -- the paper that sets it
    primary key (enactment, n)
) strict, without rowid;

-- The files of a pack as they were on the day of its enactment.
create table enacted_file (
    enactment integer not null,
    path      text not null,            -- below packs/
    body      text not null,
    primary key (enactment, path)
) strict, without rowid;

-- Persons whose whereabouts are withheld. A row is never removed: it ends.
create table protected_person (
    id        integer primary key,
    person    integer not null,
    from_on   text not null,
    until_on  text not null,            -- not on; 9999-12-31 where no end is known
    reason    text not null,
    marked_by integer not null,
    marked_at integer not null
) strict;
create index protected_person_person on protected_person (person);
