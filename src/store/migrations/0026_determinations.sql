-- SPDX-License-Identifier: Apache-2.0
-- What a determination was told and what it answered, beside the event that tells what was found: with it the answer is
-- given again years later (docs/decisions/0084). Gone with what the case was told.
create table casework_determination (
    case_id integer not null,
    event   integer not null,        -- of the case, by its number
    people  text not null,           -- ids of whom on the register it tells of, each between commas: ',12,15,'
    content blob not null,           -- JSON; sealed where the folder is
    primary key (case_id, event)
) strict;
