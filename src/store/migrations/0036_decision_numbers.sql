-- SPDX-License-Identifier: Apache-2.0
-- By which number of a decision a payment was taken over: so that one number of two households is seen
-- (docs/decisions/0113). A digest of the number, without what brackets and blanks it was typed with; it goes with what
-- the case was told. What was told before this is not in it.
create table casework_decision_number (
    digest  text not null,
    case_id integer not null,
    primary key (digest, case_id)
) strict, without rowid;
create index casework_decision_number_case on casework_decision_number (case_id);
