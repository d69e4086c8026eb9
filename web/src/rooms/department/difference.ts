// SPDX-License-Identifier: Apache-2.0
// Where the rows of a roll went, told as the difference of two lists.
import type { Schema } from '../../api/client'

export interface Difference {
  readonly both: number
  readonly theirs: number
  readonly unsure: number
  readonly unread: number
}
/** Every row of the roll stands in one of the four; null: whoever reads is told of the form alone. */
export function differenceOf(buckets: Schema['Buckets'] | null): Difference | null {
  if (buckets === null) return null
  return {
    both: buckets.exact + buckets.probable,
    theirs: buckets.off_roster,
    unsure: buckets.review + buckets.held,
    unread: buckets.rejected + buckets.duplicate,
  }
}
