-- SPDX-License-Identifier: Apache-2.0
-- Open warnings as they are listed, by the day that they are due: a page reads its own rows and no others.
create index warning_due on warning (coalesce(due_on, '9999-12-31'), id) where state = 'open';
-- What a session may see whole, asked for with every household page.
create index reveal_session on reveal (session, expires_at);
-- The register's keys in a file, for the next load of it (registry/keys_image.h). It says nothing that household and
-- member do not say: it can always be made anew.
create table register_keys (
    publish integer primary key,
    segment text not null
) strict;
