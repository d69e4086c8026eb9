-- SPDX-License-Identifier: Apache-2.0
-- People who use the program, and what they may see. Columns …_at are microseconds since 1970 UTC, …_on days; a span
-- holds from a day until (not on) another, 9999-12-31 where no end is known.

create table unit (
    id         integer primary key,
    code       text not null unique,
    title      text not null,
    kind       text not null,         -- province | city | county | township | village | department
    region     text not null,         -- told, not unique; empty: none
    department text not null          -- of a department's unit; else empty
) strict;

create table unit_place (
    unit     integer not null,
    parent   integer not null,        -- 0: the root
    from_on  text not null,
    until_on text not null,
    primary key (unit, from_on)
) strict, without rowid;

-- Who stands below whom on which days, itself included: made anew from unit_place by every change of it.
create table unit_within (
    ancestor integer not null,
    unit     integer not null,
    from_on  text not null,
    until_on text not null,
    primary key (ancestor, unit, from_on)
) strict, without rowid;
create index unit_within_unit on unit_within (unit, ancestor);

create table household_unit (
    household integer not null,
    unit      integer not null,
    from_on   text not null,
    until_on  text not null,
    why       text not null,          -- region | file | move | correction
    primary key (household, from_on)
) strict, without rowid;
create index household_unit_unit on household_unit (unit, household);

create table account (
    id             integer primary key,
    name           text not null,
    name_folded    text not null unique,
    full_name      text not null,
    unit           integer not null,
    department     text not null,
    active         integer not null,
    must_change    integer not null,
    password       text not null,     -- argon2id, with its salt and figures
    rights_version integer not null,  -- a session of another version has ended
    totp_secret    text not null,     -- sealed; empty: none
    totp_offered   text not null,     -- sealed, until a code of it was shown
    totp_step      integer not null,  -- the last one that was used
    created_at     integer not null
) strict;

create table account_role (
    user_id integer not null,
    role    text not null,
    primary key (user_id, role)
) strict, without rowid;

create table recovery_code (
    user_id integer not null,
    hash    text not null,
    used_at integer,
    primary key (user_id, hash)
) strict, without rowid;

create table access_session (
    id             integer primary key,
    token_hash     text not null unique,
    kind           text not null,     -- staff | citizen
    user_id        integer not null,  -- 0: a citizen
    person         integer not null,  -- 0: staff
    rights_version integer not null,
    factor_passed  integer not null,
    outside        integer not null,  -- signed in by an identity that others vouch for
    created_at     integer not null,
    seen_at        integer not null,
    ended_at       integer,
    from_address   text not null
) strict;
create index access_session_user on access_session (user_id);

-- Names and addresses that failed; of names only a hash, for people type passwords where names belong.
create table sign_in_failure (
    subject       text primary key,
    failures      integer not null,
    last_at       integer not null,
    wait_until_at integer not null
) strict;

create table outside_subject (
    issuer  text not null,
    subject text not null,
    user_id integer not null,         -- 0: a citizen
    person  integer not null,         -- 0: an account
    primary key (issuer, subject)
) strict, without rowid;

create table api_token (
    id         integer primary key,
    token_hash text not null unique,
    title      text not null,
    role       text not null,
    unit       integer not null,
    department text not null,
    from_on    text not null,
    until_on   text not null,
    issued_by  integer not null,
    issued_at  integer not null,
    revoked_at integer
) strict;

create table window_code (
    locator    text primary key,
    code_hash  text not null,
    person     integer not null,
    issued_by  integer not null,
    issued_at  integer not null,
    expires_at integer not null,
    tries_left integer not null,
    used_at    integer
) strict;

-- Append-only. A record's hash covers the one before it.
create table audit_record (
    seq        integer primary key,
    looked_at  integer not null,
    kind       text not null,
    user_id    integer not null,
    user_name  text not null,
    unit       integer not null,
    roles      text not null,
    purpose    text not null,
    case_ref   text not null,
    verb       text not null,
    thing      text not null,
    persons    text not null,         -- ids, ascending, joined by commas
    households text not null,
    what       text not null,
    reason     text not null,
    flag       text not null,
    address    text not null,
    previous   text not null,
    hash       text not null
) strict;

create table audit_head (
    only_row integer primary key check (only_row = 1),
    seq      integer not null,
    hash     text not null,
    indexed  integer not null         -- audit_subject says whose data the records up to this one concern
) strict;
insert into audit_head values (1, 0, '', 0);

create table audit_subject (
    kind    integer not null,         -- 1 a person, 2 a household
    subject integer not null,
    seq     integer not null,
    primary key (kind, subject, seq)
) strict, without rowid;

create table audit_anchor (
    seq         integer primary key,
    anchored_on text not null,
    hash        text not null
) strict;

create table reveal (
    id         integer primary key,
    session    integer not null,
    user_id    integer not null,
    household  integer not null,
    field      text not null,
    case_ref   text not null,
    granted_at integer not null,
    expires_at integer not null
) strict;
create index reveal_user on reveal (user_id, granted_at);

create table proposal (
    id          integer primary key,
    thing       text not null,
    payload     text not null,
    reason      text not null,
    proposed_by integer not null,
    proposed_at integer not null,
    state       text not null,        -- open | approved | refused | used
    decided_by  integer not null,     -- 0: nobody yet
    decided_at  integer
) strict;

create table authorisation (
    id          integer primary key,
    person      integer not null,
    signer      integer,              -- null: someone who is not on the register
    signed_as   text not null,        -- self | supporter | guardian
    scope       text not null,
    signed_on   text not null,
    from_on     text not null,
    until_on    text not null,
    revoked_on  text,
    paper       text not null,
    recorded_by integer not null,
    recorded_at integer not null
) strict;
create index authorisation_person on authorisation (person);

-- Who works on which household.
create table assignment (
    user_id   integer not null,
    household integer not null,
    from_on   text not null,
    until_on  text not null,
    case_ref  text not null,
    primary key (user_id, household, from_on)
) strict, without rowid;
create index assignment_household on assignment (household);
