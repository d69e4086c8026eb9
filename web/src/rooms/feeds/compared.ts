// SPDX-License-Identifier: Apache-2.0
// Which of what a row tells is the same as the register's, in words.
import type { Schema } from '../../api/client'
import { say } from '../../words/language'
import { lastOf } from '../../parts/last'
import { comma } from '../../words/marks'
import { PAIRS as SAY } from './words_more'

export interface Found {
  readonly same: boolean
  readonly words: string
}
export type Line = 'name' | 'identity_number' | 'phone'

/** Null: one of the two is not known, or is not shown. */
export function comparedOf(compared: Schema['MatchCompared']): Record<Line, Found | null> {
  const places = compared.number_at
  return {
    name: whole(compared.name),
    identity_number: !places?.length
      ? whole(places ? true : null)
      : { same: false, words: say(SAY.numberAt, { places: placesTold(places) }) },
    phone: whole(compared.phone),
  }
}

function whole(same: boolean | null): Found | null {
  return same === null ? null : { same, words: say(same ? SAY.agrees : SAY.differs) }
}

/** Rising places, those that follow each other as a span: "7–14、18". */
export function placesTold(places: readonly number[]): string {
  const spans: [number, number][] = []
  for (const place of places) {
    const last = lastOf(spans)
    if (last && last[1] + 1 === place) last[1] = place
    else spans.push([place, place])
  }
  return spans.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(comma())
}
