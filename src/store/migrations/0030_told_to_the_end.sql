-- SPDX-License-Identifier: Apache-2.0
-- Cases that were closed before a peer was known need not be told; those opened since are, though they closed between
-- two rounds.
alter table exchange_peer add column cases_from integer not null default 0; -- the last case by then
update exchange_peer set cases_from = coalesce((select max(c.id) from casework_case c), 0);
-- Of what was open then it is told the end too.
insert into exchange_told (peer, case_id, events)
    select p.peer, c.id, 0 from exchange_peer p join casework_case c on c.is_closed = 0
    where not exists (select 1 from exchange_told t where t.peer = p.peer and t.case_id = c.id);
