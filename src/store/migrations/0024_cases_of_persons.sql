-- SPDX-License-Identifier: Apache-2.0
-- The cases of one person, whichever household they live in.
create index casework_case_person on casework_case (person, id) where person <> 0;
