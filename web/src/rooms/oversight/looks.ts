// SPDX-License-Identifier: Apache-2.0
// Flagged looks by who looked and why they were flagged: a person judges whoever stands out, not each line.
import { api, told, type Schema } from '../../api/client'

type Look = Schema['Look']
const PAGE = 200
const MOST_PAGES = 10

export interface Looker {
  readonly user: string
  readonly user_name: string | null
  readonly unit: string | null
  readonly flag: string
  readonly looks: number
  readonly households: number
  readonly last: string
}

/** By account and flag, whoever looked at most households first. */
export function byLooker(looks: readonly Look[]): readonly Looker[] {
  const found = new Map<string, { first: Look; looks: number; homes: Set<string>; last: string }>()
  for (const look of looks) {
    if (!look.flag) continue
    const key = `${look.user}\n${look.flag}`
    const one = found.get(key) ?? { first: look, looks: 0, homes: new Set<string>(), last: look.at }
    one.looks += 1
    for (const home of look.households) one.homes.add(home)
    if (look.at > one.last) one.last = look.at
    found.set(key, one)
  }
  return [...found.values()]
    .map(({ first, looks, homes, last }) => ({
      user: first.user,
      user_name: first.user_name,
      unit: first.unit,
      flag: first.flag,
      looks,
      households: homes.size,
      last,
    }))
    .sort((one, other) => other.households - one.households || other.looks - one.looks)
}

export interface Flagged {
  readonly looks: readonly Look[]
  /** More were flagged than are counted here. */
  readonly isCut: boolean
}

/** What was flagged from that day on. */
export async function readFlagged(from: string): Promise<Flagged> {
  const looks: Look[] = []
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; ++page) {
    const query = { flagged: 'true' as const, from, limit: PAGE, ...(cursor ? { cursor } : {}) }
    const answer = (await told(api.GET('/api/v1/audit', { params: { query } }))) as Schema['LookPage']
    looks.push(...answer.items)
    if (answer.next === null) return { looks, isCut: false }
    cursor = answer.next
  }
  return { looks, isCut: true }
}
