// SPDX-License-Identifier: Apache-2.0
// Whose row is one's own, and looks by day.
import type { Schema } from '../../api/client'
import { lastOf } from '../../parts/last'

/** One's own row tells what those of the others do not. */
export function selfOf(members: readonly Schema['Member'][]): Schema['Member'] | null {
  return members.find((member) => member.protected !== null || member.identity_number !== null) ?? null
}

export interface LookDay {
  readonly day: string
  /** By offices. */
  readonly looks: Schema['MyLook'][]
  /** How often one looked oneself. */
  own: number
}

/** Looks by day, the newest first, as the server lists them; one's own are counted. */
export function byDay(looks: readonly Schema['MyLook'][]): readonly LookDay[] {
  const days: LookDay[] = []
  for (const look of looks) {
    const day = dayOf(look.at)
    let last = lastOf(days)
    if (last?.day !== day) days.push((last = { day, looks: [], own: 0 }))
    if (look.unit === '') last.own += 1
    else last.looks.push(look)
  }
  return days
}

export interface Folded {
  readonly look: Schema['MyLook']
  /** How often the office looked for the same purpose in that minute. */
  readonly times: number
}
/** Looks of one minute by the same office for the same purpose stand once: a page that is read asks several times. */
export function folded(looks: readonly Schema['MyLook'][]): readonly Folded[] {
  const minuteOf = ({ unit, purpose, at }: Schema['MyLook']) => [unit, purpose.zh, at.slice(0, 16)].join(' ')
  const all = new Map<string, Folded>()
  for (const look of looks) {
    const key = minuteOf(look)
    const before = all.get(key)
    all.set(key, before ? { ...before, times: before.times + 1 } : { look, times: 1 })
  }
  return [...all.values()]
}

/** The day of an instant where the reader is. */
function dayOf(at: string): string {
  const date = new Date(at)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
