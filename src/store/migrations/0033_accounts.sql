-- SPDX-License-Identifier: Apache-2.0
-- The bank account that a step was told, beside the event, which keeps its last four digits (docs/decisions/0104).
-- Gone with what the case was told.
create table casework_account (
    case_id integer not null,
    event   integer not null, -- of the case, by its number
    content blob not null,    -- its digits; sealed where the folder is
    primary key (case_id, event)
) strict;
