// SPDX-License-Identifier: Apache-2.0
// What the list is filtered by stands in the address, so that a card can open it and a reload keeps it.
import type { LocationQuery } from 'vue-router'
import type { Words } from '../../words/language'
import { isGroup, spanOf, type DueSpan, type GroupId } from './groups'

export interface Filters {
  readonly group: GroupId
  readonly machine: string
  readonly state: string
  readonly told_to: string
  readonly household: string
  /** What a card of another screen asks by: passed on to the server as it stands. */
  readonly more: Readonly<Record<string, string>>
}

/** By their names at the server, with what a reader is told of them. */
export const MORE: Readonly<Record<string, Words>> = {
  due: { zh: '期限', en: 'Due' },
  due_by: { zh: '期限类别', en: 'Day' },
  due_from: { zh: '期限不早于', en: 'Due from' },
  due_until: { zh: '期限不晚于', en: 'Due until' },
  unit: { zh: '单位（含下级）', en: 'Office and below' },
  at: { zh: '单位', en: 'Office' },
  level: { zh: '等级', en: 'Level' },
  officer: { zh: '经办人', en: 'Officer' },
  untaken: { zh: '尚无人经办', en: 'Nobody has taken it' },
  closed: { zh: '含已办结', en: 'With closed ones' },
  closed_from: { zh: '办结不早于', en: 'Closed from' },
  closed_until: { zh: '办结不晚于', en: 'Closed until' },
  granted_from: { zh: '给予救助不早于', en: 'Help given from' },
  granted_until: { zh: '给予救助不晚于', en: 'Help given until' },
}

const VALUES: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  due: {
    overdue: { zh: '已过', en: 'passed' },
    today: { zh: '今天', en: 'today' },
    near: { zh: '临近', en: 'near' },
    none: { zh: '未定', en: 'not set' },
  },
  due_by: {
    law: { zh: '法定期限', en: 'set by law' },
    target: { zh: '内部目标', en: 'internal target' },
  },
}

/** What one of those asks for, as a reader is told it: the server's own words are none. */
export function valueTold(name: string, value: string): Words {
  const written = value === 'true' ? '' : value
  return VALUES[name]?.[value] ?? { zh: written, en: written }
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
    more: Object.fromEntries(
      Object.keys(MORE)
        .map((name) => [name, text(query[name])] as const)
        .filter(([, value]) => value !== ''),
    ),
  }
}

/** The address of a list; what is not filtered does not stand in it. */
export function queryOf(filters: Filters): Record<string, string> {
  const { more, ...own } = filters
  const entries = Object.entries({ ...own, ...more, group: filters.group === 'all' ? '' : filters.group })
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
  const { machine, state, told_to, household, more } = filters
  const named = Object.entries({ machine, state, told_to, household, ...more }).filter(([, value]) => value !== '')
  return { ...(Object.fromEntries(named) as Asked), ...spanOf(group, today) }
}
