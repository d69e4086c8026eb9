-- SPDX-License-Identifier: Apache-2.0
-- The doors through which people and machines enter, and what they are opened with.

-- 1: its password was shown in a terminal for a look at the program; it enters from this machine alone.
alter table account add column demo integer not null default 0;

-- A browser that was sent to an identity of others and has not come back. What proves it is in that browser alone; here
-- stand hashes.
create table outside_attempt (
    state_hash   text primary key,
    browser_hash text not null,
    provider     text not null,        -- id of the file of providers
    invitation   text not null,        -- hash; empty: none
    expires_at   integer not null
) strict;
create index outside_attempt_expires on outside_attempt (expires_at);

-- Whoever comes back with it links the outside identity to the account: once, soon.
create table outside_invitation (
    code_hash  text primary key,
    user_id    integer not null,
    issued_by  integer not null,
    issued_at  integer not null,
    expires_at integer not null,
    used_at    integer
) strict;
create index outside_subject_user on outside_subject (user_id);
