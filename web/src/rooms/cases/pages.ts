// SPDX-License-Identifier: Apache-2.0
// Pages and counts of the list of cases.
import { api, told } from '../../api/client'
import type { Page } from '../../api/list'
import type { ListedCase } from '../../cases/one_case'
import { askedOf, type Filters } from './filters'
import { GROUPS, type Counts, type Group } from './groups'

const MOST = 200

export async function casePage(filters: Filters, today: string, cursor?: string): Promise<Page<ListedCase>> {
  const query = { ...askedOf(filters, today), limit: MOST, ...(cursor ? { cursor } : {}) }
  return told(api.GET('/api/v1/cases', { params: { query } })) as Promise<Page<ListedCase>>
}

export interface CountedCases {
  readonly groups: Counts
  readonly machines: ReadonlyMap<string, number>
  readonly told_to: Readonly<Record<string, number>>
}

/** Each count by the same filters as the list that it opens. */
export async function countCases(filters: Filters, today: string): Promise<CountedCases> {
  const counted = (asked: object) => told(api.GET('/api/v1/cases/counts', { params: { query: asked } }))
  const everything = counted(askedOf(filters, today, 'all'))
  const ofAllKinds = filters.machine
    ? counted(askedOf({ ...filters, machine: '', state: '' }, today, 'all'))
    : everything
  const ofGroup = async ({ id }: Group) =>
    [id, (await (id === 'all' ? everything : counted(askedOf(filters, today, id)))).open] as const
  const [all, kinds, groups] = await Promise.all([everything, ofAllKinds, Promise.all(GROUPS.map(ofGroup))])
  const machines = new Map<string, number>()
  for (const item of kinds.items) machines.set(item.machine, (machines.get(item.machine) ?? 0) + item.open)
  return { groups: Object.fromEntries(groups) as Counts, machines, told_to: all.told_to }
}
