// SPDX-License-Identifier: Apache-2.0
import type { Schema } from '../../api/client'
import type { Column } from '../../parts/table'
import { WORDS } from '../../words/common'
import { toldIndicators } from '../../law/pack'
import { SAID } from './words'

/** Columns of the list; points stand there for whoever is told them, the day of the case's step where there is room; in
 *  large print what the drawer tells as well makes room for the status. */
export function columnsOf(scored: boolean, wide: boolean, large: boolean): readonly Column<Schema['Warning']>[] {
  const isTight = large && !wide
  return [
    { id: 'level', title: WORDS.level, width: 104, card: 'head' },
    { id: 'due', title: WORDS.due, width: 200, ...(large ? { card: 'deep' as const } : {}) },
    {
      id: 'household',
      title: WORDS.householdNumber,
      width: 108,
      card: 'head',
      text: (row) => [row.household, row.head_name].filter(Boolean).join(' '),
    },
    { id: 'place', title: SAID.place, width: 126 },
    ...(wide ? [{ id: 'category', title: WORDS.category, width: 150, card: 'none' as const }] : []),
    { id: 'indicators', title: SAID.what, width: isTight ? 150 : 170, text: (row) => toldIndicators(row.indicators) },
    ...(scored
      ? [
          {
            id: 'score',
            title: SAID.score,
            width: 62,
            number: true,
            text: (row: Schema['Warning']) => String(row.score ?? ''),
          },
        ]
      : []),
    { id: 'standing', title: SAID.standing, width: 104 },
    ...(isTight ? [] : [{ id: 'at', title: SAID.at, width: 88, card: 'none' as const }]),
    ...(wide ? [{ id: 'caseDue', title: SAID.stepDue, width: 210, card: 'none' as const }] : []),
    ...(isTight ? [] : [{ id: 'issued', title: SAID.issued, width: 128, card: 'none' as const }]),
  ]
}
