// SPDX-License-Identifier: Apache-2.0
import type { Schema } from '../../api/client'
import type { Column } from '../../parts/table'
import { WORDS } from '../../words/common'
import { SAID } from './words'

/** Columns of the list; points stand there for whoever is told them. */
export function columnsOf(scored: boolean): readonly Column<Schema['Warning']>[] {
  return [
    { id: 'level', title: WORDS.level, width: 96 },
    { id: 'due', title: WORDS.due, width: 230 },
    { id: 'household', title: WORDS.householdNumber, width: 104, text: (row) => row.household },
    { id: 'place', title: SAID.place, width: 150 },
    { id: 'indicators', title: SAID.what },
    ...(scored
      ? [
          {
            id: 'score',
            title: SAID.score,
            width: 60,
            number: true,
            text: (row: Schema['Warning']) => String(row.score ?? ''),
          },
        ]
      : []),
    { id: 'standing', title: SAID.standing, width: 124 },
    { id: 'at', title: SAID.at, width: 110 },
    { id: 'issued', title: SAID.issued, width: 118 },
  ]
}
