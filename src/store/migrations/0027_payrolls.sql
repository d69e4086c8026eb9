-- SPDX-License-Identifier: Apache-2.0
-- What a person closed as the payroll of a month: once an office and month, never changed. It is an account and holds
-- no name: whom a line is about is read from the register when it is shown, and an account stays whole when somebody is
-- forgotten.
create table casework_payroll (
    id        integer primary key,
    unit      integer not null,   -- with all that stands below it
    month     text not null,      -- YYYY-MM
    as_of     text not null,      -- the day whose state it tells
    lines     integer not null,   -- with those that are gone
    paid      integer not null,   -- of these: so many are paid something
    total     integer not null,   -- fen
    closed_at integer not null,
    closed_by integer not null
) strict;
create unique index casework_payroll_month on casework_payroll (unit, month);

create table casework_payroll_line (
    payroll      integer not null,
    case_id      integer not null,
    household    integer not null,  -- 0: of none
    person       integer not null,  -- 0: of the household as a whole
    unit         integer not null,
    machine      text not null,
    category     text not null,
    pack         text not null,     -- by which the case is handled
    opened_on    text not null,
    was          text not null,     -- none | paid | held, the month before
    was_amount   integer not null,  -- fen a month
    standing     text not null,     -- none | paid | held
    amount       integer not null,  -- fen a month, as it is set; paid out only where the standing is paid
    back_pay     integer not null,  -- fen, beside the month's
    part         text not null,     -- started | gone | held | resumed | changed | on_hold | same
    event        integer not null,  -- of the case, that made it so; 0: none
    move         text not null,
    on_day       text,
    cause        text not null,     -- why it is held, a word of the pack; empty: it is not
    seen         integer not null,  -- how many events the case had
    primary key (payroll, case_id)
) strict, without rowid;
create index casework_payroll_line_case on casework_payroll_line (case_id, payroll);

-- Files of a bank about a payroll, each kept as a workbook that came back (0020).
create table casework_payroll_return (
    payroll  integer not null,
    workbook integer not null,
    primary key (workbook)
) strict, without rowid;
create index casework_payroll_return_of on casework_payroll_return (payroll, workbook);

insert into casework_counter (what, last) values ('payroll', 0);

-- What people who need not be on the register asked for from the public page, or were written down for at a window,
-- until an office opens a case of it or says why not; it goes by its term (access/retention.yaml, first_request).
create table casework_first_request (
    id         integer primary key,
    client_key text not null,     -- sent again, it is the one that is there
    receipt    text not null,     -- what whoever asked can tell the office
    unit       integer not null,  -- of the place where they live
    machine    text not null,     -- of the case that they ask for
    at         integer not null,
    body       text not null,     -- name, number, phone, need; as of an event
    sealed     blob,
    state      text not null,     -- waiting | opened | declined
    case_id    integer not null,  -- that was opened; 0: none
    reason     text not null,     -- why it was declined
    settled_at integer,
    settled_by integer not null
) strict;
create unique index casework_first_request_key on casework_first_request (client_key);
create index casework_first_request_unit on casework_first_request (unit, state);
insert into casework_counter (what, last) values ('first_request', 0);
