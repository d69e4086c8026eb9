-- SPDX-License-Identifier: Apache-2.0
-- Terms, proofs of deletion, holds, keys of single people, daily rounds and anchors handed to the unit above.

-- What was deleted: its id is the number of the proof. Two runs of a class are two rows.
create table removal (
    id         integer primary key,
    class      text not null,
    before_on  text not null,          -- what ended before this day
    things     integer not null,
    keys_hash  text not null,          -- SM3 of their keys in order, a line each
    state      text not null,          -- begun | done
    begun_at   integer not null,
    ended_at   integer,
    made_by    text not null
) strict;

-- Deletion stops for a class, for a household, for both; a person places it and a person lifts it.
create table hold (
    id        integer primary key,
    class     text not null,           -- empty: every class
    household integer not null,        -- 0: every household
    reason    text not null,
    placed_by text not null,
    placed_at integer not null,
    lifted_by text,
    lifted_at integer
) strict;

-- What the daily round found due and a person decides on. One is open at a time: a newer one takes its place.
create table retention_proposal (
    id         integer primary key,
    made_on    text not null,
    body       text not null,          -- JSON: each class, its day, how many
    state      text not null,          -- open | replaced | carried_out
    decided_by text,
    decided_at integer
) strict;

-- The number of the proof by which it went; null: it is kept.
alter table arrival add column original_removal integer;
alter table arrival add column segment_removal integer;
alter table arrival add column findings_removal integer;
alter table arrival add column off_register_removal integer; -- rows of nobody on the register were taken out

-- What the keys of single people (kind 1) and households (kind 2) follow from, but for those that were destroyed:
-- nodes of a tree (src/vault/key_tree.h), wrapped by a key of data_key whose state is subjects.
create table subject_key (
    kind     integer not null,
    depth    integer not null,
    prefix   integer not null,
    ring_key integer not null,
    wrapped  blob not null,
    primary key (kind, depth, prefix)
) strict, without rowid;

-- Work of each day, by the clock.
create table daily_round (
    task    text not null,
    day     text not null,
    done_at integer not null,
    late    integer not null,          -- not on that day itself
    outcome text not null,
    primary key (task, day)
) strict, without rowid;

-- Roots of the log, addressed to the unit above.
create table unit_anchor (
    day     text not null,
    unit    integer not null,
    seq     integer not null,
    hash    text not null,
    made_at integer not null,
    late    integer not null,          -- not made on the day after
    primary key (day, unit)
) strict, without rowid;

alter table upload add column sealed_key text; -- of a sealed folder: the key of this file alone

-- While a plain folder is being sealed where it lies: which file's sealed copy is ready. Else empty.
create table resealed_segment (
    old_name text primary key,
    new_name text not null
) strict;
create table resealed_original (
    old_name text primary key,
    new_name text not null
) strict;
