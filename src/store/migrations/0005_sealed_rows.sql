-- SPDX-License-Identifier: Apache-2.0
-- In a sealed folder what a row says of a person is one encrypted record (store/row_seal.h): the columns that it stands
-- for are empty, and id_number holds the number under a keyed permutation, by which it is found.

alter table member add column sealed blob;      -- name, id_number, phone
alter table household add column sealed blob;   -- address, head_name
alter table review_item add column sealed blob; -- name_in_file
create index member_id_number on member (id_number) where id_number is not null;
