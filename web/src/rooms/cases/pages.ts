// SPDX-License-Identifier: Apache-2.0
// Pages and counts of the list of cases.
import { api, told } from '../../api/client'
import type { Page } from '../../api/list'
import type { ListedCase } from '../../cases/one_case'
import { askedOf, type Filters } from './filters'
import { countsOf, type Counts } from './groups'

const MOST = 200

async function plainPage(filters: Filters, today: string, cursor?: string): Promise<Page<ListedCase>> {
  const query = { ...askedOf(filters, today), limit: MOST, ...(cursor ? { cursor } : {}) }
  return told(api.GET('/api/v1/cases', { params: { query } })) as Promise<Page<ListedCase>>
}

/** Those without a due day stand behind all others: the list is walked to them. */
async function undatedPage(filters: Filters, today: string, cursor?: string): Promise<Page<ListedCase>> {
  let at = cursor
  for (;;) {
    const page = await plainPage(filters, today, at)
    const items = page.items.filter((row) => row.due_on === null)
    if (items.length || page.next === null) return { items, next: page.next }
    at = page.next
  }
}

export function casePage(filters: Filters, today: string, cursor?: string): Promise<Page<ListedCase>> {
  return filters.group === 'undated' ? undatedPage(filters, today, cursor) : plainPage(filters, today, cursor)
}

export interface CountedCases {
  readonly groups: Counts
  readonly machines: ReadonlyMap<string, number>
  readonly told_to: Readonly<Record<string, number>>
}

/** Each count by the same filters as the list that it opens. */
export async function countCases(filters: Filters, today: string): Promise<CountedCases> {
  const counted = (asked: object) => told(api.GET('/api/v1/cases/counts', { params: { query: asked } }))
  const dated = (['overdue', 'today', 'week', 'later'] as const).map((group) =>
    counted(askedOf(filters, today, group)),
  )
  const everything = counted(askedOf(filters, today, 'all'))
  const ofAllKinds = filters.machine
    ? counted(askedOf({ ...filters, machine: '', state: '' }, today, 'all'))
    : everything
  const [all, kinds, overdue, day, week, later] = await Promise.all([everything, ofAllKinds, ...dated])
  const open = (one: { open: number } | undefined) => one?.open ?? 0
  const machines = new Map<string, number>()
  for (const item of kinds.items) machines.set(item.machine, (machines.get(item.machine) ?? 0) + item.open)
  return {
    groups: countsOf(all.open, {
      overdue: open(overdue),
      today: open(day),
      week: open(week),
      later: open(later),
    }),
    machines,
    told_to: all.told_to,
  }
}
