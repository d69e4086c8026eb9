// SPDX-License-Identifier: Apache-2.0
// A determination as docs/formats/case.md tells it. The API's description leaves its lists open; here they are named.
import type { Schema } from '../../api/client'
import type { Words } from '../../words/language'

export type MissingFact = Schema['MissingFact']
export type UsedFact = Schema['UsedFact']
export type FactReference = Schema['FactReference']
export type Verdict = 'met' | 'not_met' | 'unknown' | 'fault'

export type Value =
  | string
  | number
  | boolean
  | null
  | { readonly unknown: true }
  /** Known and judged by, and not shown to whoever asks. */
  | { readonly masked: true }
  | { readonly fault: string }
  | { readonly about: string; readonly exact: string }

export interface Figure {
  readonly text: string
  readonly left: Value
  readonly right: Value
  readonly verdict: Verdict
}
export interface Line {
  readonly say: Words
  readonly text: string
  readonly verdict: Verdict
  readonly cite: string
  readonly figures: readonly Figure[]
  readonly missing: readonly FactReference[]
}
export interface Missing {
  readonly smallest: readonly FactReference[]
  readonly is_exact: boolean
  readonly ask_first: string | null
}
export interface Change {
  readonly text: string
  readonly say: Words
  readonly fact: string | null
  readonly now: Value
  readonly then: Value
  readonly in_days: number | null
  readonly turns_verdict: boolean
}
export interface Named {
  readonly id: string
  readonly title: Words
}
export interface Clock extends Named {
  readonly days: string | null
  readonly months: string | null
  readonly kind: string | null
  readonly cite: string
}
interface Judged extends Named {
  readonly member: string | null
  readonly verdict: Verdict
  readonly cite: string
  readonly lines: readonly Line[]
  readonly unless: Line | null
  readonly missing: Missing
  readonly sample: boolean
}
export interface CategoryAnswer extends Judged {
  readonly covers: readonly string[]
  readonly confirmed_by: Named | null
  readonly valid_months: number | null
  readonly clocks: readonly Clock[]
  readonly changes: readonly Change[]
}
export interface BenefitAnswer extends Judged {
  readonly layer: string
  readonly amount: Value
  readonly share: Value
  readonly of: Words | null
  readonly every: string | null
  readonly department: Named | null
  readonly channel: Words
}
export interface Question {
  readonly ask: readonly FactReference[]
  readonly settles: readonly string[]
  readonly unset: readonly FactReference[]
}
export interface Answer {
  readonly region: string
  readonly as_of: string
  readonly rules: Words
  readonly replay: { readonly pack: string; readonly pack_hash: string; readonly engine: string }
  readonly sample: boolean
  readonly missing_facts: readonly MissingFact[]
  readonly used_facts: readonly UsedFact[]
  readonly questions: readonly Question[]
  readonly categories: readonly CategoryAnswer[]
  readonly benefits: readonly BenefitAnswer[]
  readonly papers: Schema['CasePapers']
  /** Classes of fields that it judged by and does not show, and of those that it had to leave out. */
  readonly masked: readonly string[]
  readonly withheld: readonly string[]
}

/** The answer with its lists named; its shape is held by the server's own tests. */
export function readAnswer(told: Schema['Determination']): Answer {
  return told as unknown as Answer
}

/** The places of members that runs name. */
export function placesOf(people: FactReference['people']): number[] {
  const runs = (people ?? []) as readonly (readonly number[])[]
  return runs.flatMap(([from = 0, to = from]) => Array.from({ length: to - from + 1 }, (_, n) => from + n))
}
