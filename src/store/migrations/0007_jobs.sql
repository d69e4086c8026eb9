-- SPDX-License-Identifier: Apache-2.0
-- Long work that people asked for. A row is one job; it is updated as it goes on. Who was working when the program
-- was killed is told by state = running.
create table job (
    id          integer primary key,
    kind        text not null,
    state       text not null,       -- queued | running | done | failed | cancelled | interrupted
    asked_by    integer not null,    -- the user
    unit        text not null,       -- of whom asked
    parameters  text not null,       -- JSON
    stage_zh    text not null,
    stage_en    text not null,
    result      text,                -- JSON, once done
    fault       text,                -- JSON, once failed
    attempts    integer not null,
    queued_at   integer not null,
    started_at  integer,
    ended_at    integer
) strict;
create index job_state on job (state);

-- What a job's result opens down to, row by row; n from 1 without a gap.
create table job_row (
    job      integer not null,
    n        integer not null,
    region   text not null,          -- of the household that the row is about
    body     text not null,          -- JSON
    primary key (job, n)
) strict, without rowid;

-- What is fresh, for who watches: no row names a person.
create table fresh_event (
    id     integer primary key,
    kind   text not null,
    body   text not null,            -- JSON
    made_at integer not null
) strict;

-- A file that arrives in pieces; the pieces lie beside the database, and how many of its bytes are there is asked of
-- the file.
create table upload (
    id         text primary key,
    file_name  text not null,
    bytes      integer not null,
    sha256     text,                 -- as the sender says it
    state      text not null,        -- receiving | complete | used
    made_by    integer not null,
    made_at    integer not null,
    touched_at integer not null
) strict;

-- What was answered to a request that makes something: the same request again gets the same answer.
create table stored_answer (
    account   integer not null,
    answer_key text not null,
    asked     text not null,         -- SHA-256 of method, path and body
    status    integer not null,
    headers   text not null,         -- JSON
    body      text not null,
    made_at   integer not null,
    primary key (account, answer_key)
) strict, without rowid;
