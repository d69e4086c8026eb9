-- SPDX-License-Identifier: Apache-2.0
-- Whoever signed a paper sees it and may revoke it, also where it is about another.
create index authorisation_signer on authorisation (signer);
