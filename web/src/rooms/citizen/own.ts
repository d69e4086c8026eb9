// SPDX-License-Identifier: Apache-2.0
// Whose row is one's own, and looks by day.
import type { Schema } from '../../api/client'

/** One's own row tells what those of the others do not. */
export function selfOf(members: readonly Schema['Member'][]): Schema['Member'] | null {
  return members.find((member) => member.protected !== null || member.identity_number !== null) ?? null
}

/** Looks by day, the newest first, as the server lists them. */
export function byDay(looks: readonly Schema['MyLook'][]): readonly { day: string; looks: Schema['MyLook'][] }[] {
  const days: { day: string; looks: Schema['MyLook'][] }[] = []
  for (const look of looks) {
    const day = dayOf(look.at)
    const last = days.at(-1)
    if (last?.day === day) last.looks.push(look)
    else days.push({ day, looks: [look] })
  }
  return days
}

/** The day of an instant where the reader is. */
function dayOf(at: string): string {
  const date = new Date(at)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
