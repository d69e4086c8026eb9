-- SPDX-License-Identifier: Apache-2.0
-- The register made ready for matching, as an image that is mapped. It says nothing that household and member do not
-- say: it can always be made anew.
create table roster (
    publish integer primary key,
    segment text not null
) strict;
