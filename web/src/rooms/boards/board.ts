// SPDX-License-Identifier: Apache-2.0
// What a board shows of one machine: how many stand in each state, and the first of each.
import { api, told } from '../../api/client'
import type { Page } from '../../api/list'
import type { ListedCase } from '../../cases/one_case'
import type { Machine } from '../../cases/procedures'
import { yuan } from '../../words/form'

export interface StateTally {
  readonly open: number
  readonly overdue_by_law: number
  readonly past_target: number
}

export async function tallyStates(machine: string, household: string): Promise<ReadonlyMap<string, StateTally>> {
  const query = { machine, ...(household ? { household } : {}) }
  const counts = await told(api.GET('/api/v1/cases/counts', { params: { query } }))
  return new Map(counts.items.map((item) => [item.state, item]))
}

export interface BoardAsked {
  readonly machine: string
  readonly household: string
  /** A state; empty: all of them. */
  readonly state: string
  readonly closed: boolean
}

export function askedOf(asked: BoardAsked): Record<string, string> {
  const named = {
    machine: asked.machine,
    household: asked.household,
    state: asked.state,
    closed: asked.closed ? 'true' : '',
  }
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== ''))
}

export async function boardPage(asked: BoardAsked, limit: number, cursor?: string): Promise<Page<ListedCase>> {
  const query = { ...askedOf(asked), with: 'need' as const, limit, ...(cursor ? { cursor } : {}) }
  return told(api.GET('/api/v1/cases', { params: { query } })) as Promise<Page<ListedCase>>
}

/** States in the order of the pack; those that end a case stand behind. */
export function lanesOf(machine: Machine | undefined): Machine['states'] {
  return machine?.states.filter((state) => state.kind !== 'final') ?? []
}

/** What is paid a month, in yuan; of one that has ended nothing is. */
export function amountOf(row: ListedCase): string {
  return row.amount === null || row.amount === undefined ? '—' : yuan(row.amount)
}
