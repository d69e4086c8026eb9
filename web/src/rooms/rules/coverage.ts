// SPDX-License-Identifier: Apache-2.0
// A clause of a notice as its readers know it, and whether a search means it.
import type { Schema } from '../../api/client'
import { clauseText } from '../../law/clause'
import { say, type Words } from '../../words/language'
import { comma } from '../../words/marks'

type Coverage = Schema['Coverage']

/** What stands before and behind the numbered clauses. */
const ENDS: Readonly<Record<string, Words>> = {
  head: { zh: '文首', en: 'opening' },
  tail: { zh: '文末', en: 'closing' },
}

/** The notice's own number; its opening and closing by a word. */
export function clauseNumber(cited: string): string {
  return cited
    .split('/')
    .map((part) => (ENDS[part] ? say(ENDS[part]) : clauseText(part)))
    .join(comma())
}

/** By number, code, record, or what serves it and what tests it, whatever the case. */
export function meansClause(one: Coverage, sought: string): boolean {
  const wanted = sought.trim().toLowerCase()
  const texts = [
    one.clause,
    clauseNumber(one.cited),
    one.record.zh,
    one.record.en,
    ...[...one.served_by, ...one.tests].map((by) => by.id),
  ]
  return wanted === '' || texts.some((text) => text.toLowerCase().includes(wanted))
}
