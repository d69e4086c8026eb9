-- SPDX-License-Identifier: Apache-2.0
-- The ids that a proposal's new rows have are its own: nobody else is given one, and who is accepted keeps it. Those of
-- before were given anew when they were accepted; what is open of them is overtaken, the file may come again.

alter table register_proposal add column last_household integer not null default 0;
alter table register_proposal add column last_member integer not null default 0;
insert into proposal_outcome (publish, proposal, subject, id, outcome, given_id)
    select r.publish, r.publish, 2, r.id, 'overtaken', 0 from proposed_household r where r.is_new = 1 and not exists
    (select 1 from proposal_outcome o where o.proposal = r.publish and o.subject = 2 and o.id = r.id);
insert into proposal_outcome (publish, proposal, subject, id, outcome, given_id)
    select r.publish, r.publish, 1, r.id, 'overtaken', 0 from proposed_member r join register_proposal p on
    p.publish = r.publish where (r.is_new = 1 or r.household >= p.first_household) and not exists
    (select 1 from proposal_outcome o where o.proposal = r.publish and o.subject = 1 and o.id = r.id);

-- What who confirmed said of open warnings of households that end: '' | carry | close (reason says why).
alter table change_step add column warnings text not null default '';

-- A warning of a household that ended: it went on with the heir (under the heir's own warning, if that has one), or it
-- was closed. The last row of a warning holds; restored: the case was taken back.
create table warning_succession (
    publish      integer not null,
    warning      integer not null,
    change_case  integer not null,
    household    integer not null,    -- that ended
    heir         integer not null,    -- 0: none, it was closed
    heir_warning integer not null,    -- 0: the heir had none, the warning itself is the heir's
    restored     integer not null,
    reason       text not null,
    primary key (warning, publish)
) strict;
create index warning_succession_case on warning_succession (change_case);
