// SPDX-License-Identifier: Apache-2.0
// What the list is filtered by stands in the address, so that a card can open it and a reload keeps it.
import type { LocationQuery } from 'vue-router'
import { isGroup, spanOf, type DueSpan, type GroupId } from './groups'

export interface Filters {
  readonly group: GroupId
  readonly machine: string
  readonly state: string
  readonly told_to: string
  readonly household: string
  readonly due_until: string
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function filtersOf(query: LocationQuery): Filters {
  return {
    group: isGroup(query['group']) ? query['group'] : 'all',
    machine: text(query['machine']),
    state: text(query['state']),
    told_to: text(query['told_to']),
    household: text(query['household']),
    due_until: text(query['due_until']),
  }
}

/** The address of a list; what is not filtered does not stand in it. */
export function queryOf(filters: Filters): Record<string, string> {
  const entries = Object.entries({ ...filters, group: filters.group === 'all' ? '' : filters.group })
  return Object.fromEntries(entries.filter(([, value]) => value !== ''))
}

export interface Asked extends DueSpan {
  readonly machine?: string
  readonly state?: string
  readonly told_to?: string
  readonly household?: string
}

/** As the server is asked: the list, its counts, its file and its workbook alike. */
export function askedOf(filters: Filters, today: string, group: GroupId = filters.group): Asked {
  const { machine, state, told_to, household, due_until } = filters
  const named = Object.entries({ machine, state, told_to, household, due_until }).filter(([, value]) => value !== '')
  return { ...(Object.fromEntries(named) as Asked), ...spanOf(group, today) }
}
