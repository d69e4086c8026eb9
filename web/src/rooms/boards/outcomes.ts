// SPDX-License-Identifier: Apache-2.0
import type { Words } from '../../words/language'
import { SAID } from './words'

export type RowOutcome = 'waiting' | 'refused' | 'made' | 'moved_on' | 'left'
export const OUTCOMES: readonly { id: RowOutcome; title: Words; tone: string }[] = [
  { id: 'waiting', title: SAID.waiting, tone: 'blue' },
  { id: 'refused', title: SAID.refused, tone: 'red' },
  { id: 'made', title: SAID.made, tone: 'green' },
  { id: 'moved_on', title: SAID.moved_on, tone: 'orange' },
  { id: 'left', title: SAID.left, tone: '' },
]
export function outcomeOf(id: string): { title: Words; tone: string } {
  return OUTCOMES.find((one) => one.id === id) ?? { title: { zh: id, en: id }, tone: '' }
}
