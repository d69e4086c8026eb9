// SPDX-License-Identifier: Apache-2.0
// What the list of warnings is filtered by: in the address, so that a link, a card and a saved view open the same rows.
export interface Filter {
  readonly level?: string | undefined
  readonly region?: string
  readonly dueFrom?: string
  readonly dueUntil?: string
  /** Of the case that answers it: a state, or `none`. */
  readonly caseState?: string
  /** One indicator that it stands on. */
  readonly indicator?: string
  /** The household's. */
  readonly category?: string
  /** With whom the case that answers it is: a login, or `none`. */
  readonly officer?: string
  /** Due before today. */
  readonly overdue?: boolean
  /** What a number elsewhere opened: an office and those below it, or it alone; days of issue; closed ones too. */
  readonly opened?: Readonly<Partial<Record<Opened, string>>>
}

/** Nobody at the office where the case is has taken it up. */
export const NOBODY = 'none'
const OPENED = ['unit', 'at', 'issued_from', 'issued_until', 'closed'] as const
type Opened = (typeof OPENED)[number]

type Asked = Readonly<Record<string, unknown>>

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
function isDay(value: string | undefined): value is string {
  return value !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(value)
}

/** The filter that an address names; what cannot be read is left out. */
export function filterOf(query: Asked): Filter {
  const level = text(query['level'])
  const region = text(query['region'])
  const dueFrom = text(query['due_from'])
  const dueUntil = text(query['due_until'])
  const caseState = text(query['case_state'])
  const indicator = text(query['indicator'])
  const category = text(query['category'])
  const officer = text(query['officer'])
  const opened = openedOf(query)
  return {
    ...(level ? { level } : {}),
    ...(region && /^\d{1,12}$/.test(region) ? { region } : {}),
    ...(isDay(dueFrom) ? { dueFrom } : {}),
    ...(isDay(dueUntil) ? { dueUntil } : {}),
    ...(caseState ? { caseState } : {}),
    ...(indicator ? { indicator } : {}),
    ...(category ? { category } : {}),
    ...(officer ? { officer } : {}),
    ...(query['overdue'] === 'yes' ? { overdue: true } : {}),
    ...(Object.keys(opened).length ? { opened } : {}),
  }
}

function openedOf(query: Asked): Partial<Record<Opened, string>> {
  const read: Partial<Record<Opened, string>> = {}
  for (const name of OPENED) {
    const value = text(query[name])
    if (value) read[name] = value
  }
  return read
}

/** The address of a filter. */
export function addressOf(filter: Filter): Record<string, string> {
  return {
    ...(filter.level ? { level: filter.level } : {}),
    ...(filter.region ? { region: filter.region } : {}),
    ...(filter.dueFrom ? { due_from: filter.dueFrom } : {}),
    ...(filter.dueUntil ? { due_until: filter.dueUntil } : {}),
    ...(filter.caseState ? { case_state: filter.caseState } : {}),
    ...(filter.indicator ? { indicator: filter.indicator } : {}),
    ...(filter.category ? { category: filter.category } : {}),
    ...(filter.officer ? { officer: filter.officer } : {}),
    ...(filter.overdue ? { overdue: 'yes' } : {}),
    ...filter.opened,
  }
}

export interface AskedOfServer {
  level?: string
  region?: string
  due_from?: string
  due_until?: string
  case_state?: string
  indicator?: string
  category?: string
  officer?: string
  untaken?: 'true'
  unit?: string
  at?: string
  issued_from?: string
  issued_until?: string
  closed?: 'true' | 'false' | 'all'
}

/** What the server is asked; the list, its counts and its file ask the same. */
export function askedOf(filter: Filter, today: string): AskedOfServer {
  const before = filter.overdue ? dayBefore(today) : undefined
  const until = [filter.dueUntil, before].filter(isDay).sort()[0]
  return {
    ...(filter.level ? { level: filter.level } : {}),
    ...(filter.region ? { region: filter.region } : {}),
    ...(filter.dueFrom ? { due_from: filter.dueFrom } : {}),
    ...(until ? { due_until: until } : {}),
    ...(filter.caseState ? { case_state: filter.caseState } : {}),
    ...(filter.indicator ? { indicator: filter.indicator } : {}),
    ...(filter.category ? { category: filter.category } : {}),
    ...(filter.officer === NOBODY ? { untaken: 'true' } : filter.officer ? { officer: filter.officer } : {}),
    ...(filter.opened as AskedOfServer),
  }
}

/** The same without the level: the chips show how many stand at each. */
export function withoutLevel(filter: Filter): Filter {
  return { ...filter, level: undefined }
}

/** Several levels stand in one word, joined by commas. */
export function hasLevel(filter: Filter, level: string): boolean {
  return filter.level?.split(',').includes(level) ?? false
}

export function dayBefore(iso: string): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}
export function dayAfter(iso: string, days: number): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

export function isEmpty(filter: Filter): boolean {
  return Object.keys(filter).length === 0
}
export function isSame(one: Filter, other: Filter): boolean {
  return JSON.stringify(addressOf(one)) === JSON.stringify(addressOf(other))
}
