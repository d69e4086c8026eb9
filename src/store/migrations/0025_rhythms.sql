-- SPDX-License-Identifier: Apache-2.0
-- From which day each household may be due by a rhythm of the law: made anew each night and by each step that it hangs
-- on, for lists alone. Nothing is decided by it, and nothing but the cases and the register is needed to make it again.
create table rhythm_due (
    household   integer not null,
    category    text not null,      -- empty: of a rhythm for every household
    machine     text not null,      -- that a person opens for it; empty: none
    rhythm      text not null,      -- by which it may be due first
    sure_rhythm text not null,      -- by which it is due whatever is unknown; empty: not known
    last_on     text,               -- the last confirmation, review or visit; null: unknown, or never
    last_case   integer not null,   -- that tells the day; 0: the register
    due_on      text,               -- null: unknown
    sure_on     text,               -- null: unknown
    waits_for   text not null,      -- what is missing: last_on, param.x, a field of a case; empty: nothing
    primary key (household, category, machine)
) strict, without rowid;
create index rhythm_due_day on rhythm_due (due_on);
