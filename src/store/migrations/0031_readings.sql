-- SPDX-License-Identifier: Apache-2.0
-- A kept original that was read once more, by what a person said of its headings: a new arrival of the same original,
-- that stands instead of the one before from the publication on with which it came. Neither is changed by it.
alter table arrival add column replaces integer; -- null: a file that came
alter table arrival add column headings text not null default ''; -- what a person said of them, JSON; '': nothing
create index arrival_replaces on arrival (replaces);

-- Headings that two people said an office's files have for a field, for files to come: of that office and all below.
create table kept_heading (
    id       integer primary key,
    unit     integer not null,
    dataset  text not null,
    heading  text not null,    -- as the file has it
    field    text not null,
    proposal integer not null, -- by which it was said
    kept_at  integer not null,
    ended_by integer,          -- the proposal by which it was ended; null: it holds
    ended_at integer
) strict;
create index kept_heading_dataset on kept_heading (dataset, unit);
