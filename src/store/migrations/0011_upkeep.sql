-- SPDX-License-Identifier: Apache-2.0
-- The register is kept up by cases (change_case) and by files that came again (register_proposal). What a case or an
-- accepted row did stands in household and member, under a publication whose as_of is the day from which it holds.

alter table household add column ended_on text;      -- from that day on it is no household any more; null: it stands
alter table household add column successor integer;  -- the household to which its code refers on; null: none

-- A register that came while one stood: what it would add and change, row by row, under the publish id of its arrival.
create table register_proposal (
    publish integer primary key,      -- its number
    base    integer not null,         -- the register over which it was laid
    as_of   text not null,
    unit    integer not null,         -- for which it came; 0: none was told
    first_household integer not null, -- from these ids on its rows are new
    first_member    integer not null
) strict;

-- As household and member, with the ids that the rows would have; is_new: an id that is given when it is accepted.
create table proposed_household (
    publish       integer not null,
    id            integer not null,
    is_new        integer not null,
    code          text not null,
    region        text not null,
    address       text,
    head_name     text,
    category      text not null,
    enrolled_on   text,
    income_fen    integer,
    sealed        blob,
    primary key (publish, id)
) strict, without rowid;

create table proposed_member (
    publish       integer not null,
    id            integer not null,
    is_new        integer not null,
    household     integer not null,
    name          text not null,
    id_number     integer,
    relation      text,
    sex           text,
    phone         text,
    sealed        blob,
    primary key (publish, id)
) strict, without rowid;
create index proposed_member_household on proposed_member (publish, household);

-- Who decided, and on what.
create table proposal_decision (
    publish  integer primary key,
    proposal integer not null,
    verdict  text not null,           -- accepted | refused
    part     text not null,           -- all | add | change | households
    by_user  integer not null,
    by_name  text not null,
    reason   text not null,
    at       integer not null
) strict;
create index proposal_decision_proposal on proposal_decision (proposal);

-- What became of a proposed row; a row without an outcome is open.
create table proposal_outcome (
    publish  integer not null,
    proposal integer not null,
    subject  integer not null,        -- 1 a person, 2 a household
    id       integer not null,        -- as the proposal has it
    outcome  text not null,           -- accepted | refused | overtaken
    given_id integer not null,        -- the id on the register; 0: none
    primary key (proposal, subject, id)
) strict, without rowid;

-- A change of persons and households as a case. Only appended to: what became of it are its steps and its effect.
create table change_case (
    id           integer primary key,
    kind         text not null,       -- upkeep/changes.yaml
    effective_on text not null,
    source       text not null,       -- hand | feed | import
    follows      integer not null,    -- the case that this one takes back or answers; 0: none
    proposal     integer not null,    -- the register's file that asked; 0: none
    unit         integer not null,    -- of whom proposed it; 0: none
    to_unit      integer not null,    -- that becomes responsible; 0: none
    proposed_by  integer not null,    -- 0: the command line
    proposed_name text not null,
    proposed_at  integer not null,
    payload      text not null,       -- JSON: each change with before and after; empty where it is sealed
    sealed       blob
) strict;
create index change_case_follows on change_case (follows);
create index change_case_proposal on change_case (proposal);

create table change_step (
    change_case integer not null,
    n           integer not null,     -- from 1, without a gap
    state       text not null,        -- proposed | confirmed | refused | withdrawn | answered
    by_user     integer not null,
    by_name     text not null,
    at          integer not null,
    reason      text not null,        -- of a refusal; of an answer: which
    primary key (change_case, n)
) strict, without rowid;

-- Whom it concerns. publish: 0 for those whom it was proposed of; else those whom it brought onto the register.
create table change_subject (
    publish     integer not null,
    change_case integer not null,
    subject     integer not null,     -- 1 a person, 2 a household
    id          integer not null,
    stand_in    integer not null,     -- the negative number that the case calls them by; 0: none
    primary key (change_case, subject, id)
) strict, without rowid;
create index change_subject_id on change_subject (subject, id);

-- It holds since this publication.
create table change_effect (
    publish     integer primary key,
    change_case integer not null
) strict;
create index change_effect_case on change_effect (change_case);
