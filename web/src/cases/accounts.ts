// SPDX-License-Identifier: Apache-2.0
// Accounts by the names of their people, where one is chosen: whoever keeps accounts is told of all within reach,
// whoever hands work out of the people of their own office and those below, everybody else of colleagues. Nobody else
// is listed, and is written.
import { api, told } from '../api/client'
import { allPages } from '../api/all'
import { officeTitle, readOffices } from '../people/offices'
import { may } from '../people/session'
import { aside } from '../words/marks'
import { readBelowOnce, readColleaguesOnce, type Choice } from './choices'

/** A person as a list shows them: by name, by login where nobody told a name, and where they sit. */
export function accountChoice(login: string, name: string | null, office: string | null): Choice {
  return { id: login, title: `${name || login}${aside(officeTitle(office))}` }
}

async function readAccounts(): Promise<readonly Choice[]> {
  // Without the offices their codes stand.
  await readOffices().catch(() => undefined)
  const accounts = await allPages((cursor) =>
    told(api.GET('/api/v1/accounts', { params: { query: { limit: 200, ...(cursor ? { cursor } : {}) } } })),
  )
  return accounts.map((one) => accountChoice(one.name, one.full_name, one.unit))
}

/** Whom a list of accounts may offer; none: this role is told of nobody. */
export async function accountChoices(): Promise<readonly Choice[]> {
  if (may('read:account')) return readAccounts()
  const below = may('assign:task') ? await readBelowOnce() : null
  return below ?? (await readColleaguesOnce()) ?? []
}
