-- SPDX-License-Identifier: Apache-2.0
-- Which clock the day is of: who is told of an overdue case hangs on it.
alter table casework_case add column due_clock text not null default '';
