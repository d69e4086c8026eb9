-- SPDX-License-Identifier: Apache-2.0
-- Into which account a closed payroll pays, by the step that told it: the number lies sealed beside that step (0033),
-- and nowhere in the list. A list that was closed before says neither: its accounts are read from the steps that its
-- lines had seen by then.
alter table casework_payroll_line add column account integer not null default -1; -- 0: none was known
alter table casework_payroll_line add column account_was integer not null default -1; -- the month before; -1: none
