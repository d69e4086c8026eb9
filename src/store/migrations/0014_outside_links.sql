-- SPDX-License-Identifier: Apache-2.0
-- When a link to an identity of others was last used: a citizen's goes some time after that (access/retention.yaml).
-- Of those that are there already it is not known; counted from the last thing that happened here, none goes too early.
alter table outside_subject add column used_at integer not null default 0;
update outside_subject set used_at = (select coalesce(max(looked_at), 0) from audit_record);
