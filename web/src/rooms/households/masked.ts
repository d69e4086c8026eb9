// SPDX-License-Identifier: Apache-2.0
// Which classes of fields of a household are masked for this reader: those they may ask to see whole.
import type { Schema } from '../../api/client'

const isMasked = (value: string | null) => value !== null && value.includes('*')

export function maskedFields(household: Schema['Household']): readonly Schema['NewReveal']['field'][] {
  return [
    ...(household.members.some((one) => isMasked(one.identity_number)) ? (['identity_number'] as const) : []),
    ...(household.members.some((one) => isMasked(one.phone)) ? (['phone'] as const) : []),
    ...(isMasked(household.income_per_head_month) ? (['means'] as const) : []),
  ]
}
