-- SPDX-License-Identifier: Apache-2.0
-- The ends of life for which a household was proposed for natural exit, each with the row that told it. Exits of before
-- have none.
create table natural_exit_event (
    publish    integer not null,
    household  integer not null,
    indicator  text not null,
    member     integer not null,
    event_date text not null,
    points     integer not null,
    grade      text not null,         -- exact | probable
    state      text not null,         -- counted
    arrival    integer not null,
    row        integer not null,
    clause     text not null
) strict;
create index natural_exit_event_household on natural_exit_event (household);
