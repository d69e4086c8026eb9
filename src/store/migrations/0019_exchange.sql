-- SPDX-License-Identifier: Apache-2.0
-- What offices and platforms tell each other. A message is written once and never changed; only what became of it is.

-- Where we stand with each peer.
create table exchange_peer (
    peer         text primary key,   -- its id in the file of peers
    last_row     integer not null,   -- of exchange_out: the last number that was given
    last_number  integer not null,   -- of messages to it: the last that was given, without a gap
    arrived      integer not null,   -- of messages from it: all up to this one came
    settled      integer not null,   -- and all up to this one are taken or refused
    register_at  integer not null,   -- the publication of the register up to which it was told
    heard_at     integer,            -- when it last spoke to us
    tried_at     integer,            -- when it was last called
    next_at      integer not null,   -- not called before
    failures     integer not null,   -- calls in a row that came to nothing
    failure      text not null       -- the code of the last one; empty: it went well
) strict;

create table exchange_out (
    peer        text not null,
    id          integer not null,    -- from 1
    number      integer not null,    -- in the order in which the peer takes them, from 1; 0: held, it has none yet
    message     text not null,       -- its name, the same however often it is sent
    kind        text not null,       -- of the channel's messages
    source      text not null,       -- what it tells: 'case/12/3', 'household/7/41'; told once
    household   integer not null,    -- whom it is about; 0: nobody on the register
    made_at     integer not null,
    basis       integer not null,    -- about a household: the last message of the peer about it that was known; 0: none
    body        text not null,       -- as the peer reads it; empty where the folder is sealed, or it was forgotten
    sealed      blob,
    forgotten   integer not null,
    state       text not null,       -- queued | sent | receipted | refused | given_up | held
    attempts    integer not null,
    settled_at  integer,
    field       text not null,       -- of a refusal: which field, and why in two languages
    reason_zh   text not null,
    reason_en   text not null,
    primary key (peer, id)
) strict;
create unique index exchange_out_source on exchange_out (peer, source);
create index exchange_out_state on exchange_out (peer, state, number);
create index exchange_out_number on exchange_out (peer, number);
create index exchange_out_household on exchange_out (household);

create table exchange_in (
    peer        text not null,
    number      integer not null,    -- as the peer counts
    message     text not null,
    kind        text not null,
    household   integer not null,    -- whom it turned out to be about; 0: nobody
    made_at     integer not null,
    came_at     integer not null,
    basis       integer not null,    -- of ours, as the peer knew it
    body        text not null,       -- as the peer wrote it
    sealed      blob,
    forgotten   integer not null,
    state       text not null,       -- kept | taken | refused
    outcome     text not null,       -- what came of it: 'case/12', 'late/12', 'proposal/7', 'same', 'forgotten'
    settled_at  integer,
    field       text not null,
    reason_zh   text not null,
    reason_en   text not null,
    primary key (peer, number)
) strict;
create unique index exchange_in_message on exchange_in (peer, message);
create index exchange_in_state on exchange_in (peer, state, number);
create index exchange_in_household on exchange_in (household);

-- Words that were used once: a call that is recorded and played again is refused.
create table exchange_nonce (
    peer  text not null,
    nonce text not null,
    at    integer not null,
    primary key (peer, nonce)
) strict, without rowid;

-- So many events of a case the peer was told of, or needs not be.
create table exchange_told (
    peer    text not null,
    case_id integer not null,
    events  integer not null,
    primary key (peer, case_id)
) strict, without rowid;

-- Of a household that both registers have: the number of the last message of each side about it.
create table exchange_household (
    peer     text not null,
    code     text not null,
    sent     integer not null,
    taken    integer not null,
    primary key (peer, code)
) strict, without rowid;

-- Where a peer's register says otherwise than ours: a person looks at it, the register stays.
create table exchange_difference (
    peer      text not null,
    number    integer not null,      -- of the message
    code      text not null,         -- the household's
    household integer not null,      -- 0: not on our register
    kind      text not null,         -- new | changed | conflict | ended
    proposal  integer not null,      -- that shows it field by field; 0: none, it ended there
    at        integer not null,
    settled_at integer,
    settled_by text not null,        -- who looked at it; empty: its proposal says
    primary key (peer, number)
) strict, without rowid;
