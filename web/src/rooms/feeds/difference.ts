// SPDX-License-Identifier: Apache-2.0
// Where the rows of a roll went, told as the difference of two lists.
import type { Schema } from '../../api/client'

export interface Difference {
  readonly both: number
  readonly theirs: number
  readonly unsure: number
  readonly unread: number
}
/** Which buckets each of the four is. */
export const BUCKETS: Readonly<Record<keyof Difference, readonly (keyof Schema['Buckets'])[]>> = {
  both: ['exact', 'probable'],
  theirs: ['off_roster'],
  unsure: ['review', 'held'],
  unread: ['rejected', 'duplicate'],
}
export const PARTS = ['both', 'theirs', 'unsure', 'unread'] as const satisfies readonly (keyof Difference)[]

/** Every row of the roll stands in one of the four; null: whoever reads is told of the form alone. */
export function differenceOf(buckets: Schema['Buckets'] | null): Difference | null {
  if (buckets === null) return null
  const sum = (part: keyof Difference): number => BUCKETS[part].reduce((all, one) => all + buckets[one], 0)
  return { both: sum('both'), theirs: sum('theirs'), unsure: sum('unsure'), unread: sum('unread') }
}
