// SPDX-License-Identifier: Apache-2.0
// What is written in the form of a change, as the server takes it: only what is changed is said.
import type { Schema } from '../../api/client'

export type NewChange = Schema['NewChange']
export type Written = Readonly<Record<string, string>>

export interface MemberWish {
  readonly id: string
  readonly what: 'keep' | 'leave' | 'move' | 'set'
  readonly to: string
  readonly fields: Written
}
export interface Wish {
  readonly household: string
  readonly members: readonly MemberWish[]
  readonly entering: readonly Written[]
  readonly open: { readonly code: string; readonly fields: Written } | null
  readonly ends: boolean
  readonly successor: string
  readonly unit: string
  readonly fields: Written
}
export const NOTHING: Wish = {
  household: '',
  members: [],
  entering: [],
  open: null,
  ends: false,
  successor: '',
  unit: '',
  fields: {},
}

/** Fields of a person and of a household that a change may set; where someone is follows from the change. */
export const PERSON_FIELDS = ['name', 'relation', 'id_number', 'sex', 'phone'] as const
export const HOUSEHOLD_FIELDS = [
  'address',
  'region',
  'head_name',
  'category',
  'enrolled_on',
  'income_per_head_month',
] as const

function said(fields: Written): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields)
      .map(([name, value]) => [name, value.trim()] as const)
      .filter(([, value]) => value !== ''),
  )
}
function some(fields: Record<string, string>): { fields: Record<string, string> } | Record<string, never> {
  return Object.keys(fields).length > 0 ? { fields } : {}
}

/** The persons and households of the change. */
export function subjectsOf(wish: Wish): Pick<NewChange, 'persons' | 'households'> {
  const persons: NonNullable<NewChange['persons']> = []
  for (const { id, what, to, fields } of wish.members) {
    if (what === 'leave') persons.push({ id, leaves: true })
    else if (what === 'move') persons.push({ id, household: to.trim(), ...some(said(fields)) })
    else if (what === 'set' && Object.keys(said(fields)).length > 0) persons.push({ id, fields: said(fields) })
  }
  for (const fields of wish.entering) {
    if (Object.keys(said(fields)).length > 0) persons.push({ household: wish.household, fields: said(fields) })
  }
  const households: NonNullable<NewChange['households']> = []
  if (wish.open && wish.open.code.trim() !== '')
    households.push({ code: wish.open.code.trim(), opens: true, ...some(said(wish.open.fields)) })
  const own = {
    ...(wish.ends ? { ends: true, ...(wish.successor.trim() ? { successor: wish.successor.trim() } : {}) } : {}),
    ...(wish.unit ? { unit: wish.unit } : {}),
    ...some(said(wish.fields)),
  }
  if (Object.keys(own).length > 0) households.push({ code: wish.household, ...own })
  return { ...(persons.length ? { persons } : {}), ...(households.length ? { households } : {}) }
}

export function isEmpty(wish: Wish): boolean {
  const { persons, households } = subjectsOf(wish)
  return !persons && !households
}

/** The first day of the month of a day: where a change begins with a month. */
export function monthOf(day: string): string {
  return `${day.slice(0, 7)}-01`
}
