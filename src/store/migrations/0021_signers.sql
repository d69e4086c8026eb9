-- SPDX-License-Identifier: Apache-2.0
-- Who signed, where the register does not have them; words about persons under those persons' keys.

-- Of who is on the register signer says it; empty too where the folder is sealed.
alter table authorisation add column signer_name text not null default '';
alter table authorisation add column signer_sealed blob;                   -- the same, under the person's key
alter table authorisation add column ward_paper text not null default '';  -- that shows an adult to be a ward

alter table protected_person add column reason_sealed blob; -- in place of reason where the folder is sealed
