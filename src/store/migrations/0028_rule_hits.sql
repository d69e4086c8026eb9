-- SPDX-License-Identifier: Apache-2.0
-- That a person has looked at what a rule found (paid after a death, paid twice …), and what they say of it. What was
-- found is not kept: it is found again from the cases, under the same key as long as it stands on the same steps.
create table casework_hit_look (
    id      integer primary key,
    case_id integer not null,       -- the case that was found
    hit     text not null,          -- its key: "dead_paid/17/4/2"
    at      integer not null,
    made_by integer not null,
    unit    integer not null,       -- of whoever looked
    body    text not null,          -- as of an event
    sealed  blob
) strict;
create index casework_hit_look_case on casework_hit_look (case_id, id);
insert into casework_counter (what, last) values ('hit_look', 0);
