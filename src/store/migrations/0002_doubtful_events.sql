-- SPDX-License-Identifier: Apache-2.0
-- Events whose condition the facts do not settle (unknown: possible) or on which it fails (a person looks). They
-- never score. A cycle says all that are in doubt then, under its own publish id: the last published cycle's hold.

create table doubtful_event (
    publish    integer not null,
    indicator  text not null,
    member     integer not null,
    event_date text not null,
    event_key  integer not null,      -- what tells apart two events of one person and day, hashed; 0: nothing
    grade      text not null,         -- exact | probable
    outcome    text not null,         -- possible | review
    reason     text not null,         -- possible: the columns that would settle it, joined by ;  review: the fault
    arrival    integer not null,
    row        integer not null,
    clause     text not null
) strict;
create index doubtful_event_publish on doubtful_event (publish, member);
