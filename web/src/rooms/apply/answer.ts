// SPDX-License-Identifier: Apache-2.0
// A determination (docs/formats/case.md), by the names that its screens use.
import type { Schema } from '../../api/client'

export type MissingFact = Schema['MissingFact']
export type UsedFact = Schema['UsedFact']
export type FactReference = Schema['FactReference']
export type Verdict = Schema['CaseVerdict'] | Schema['JudgedVerdict']
export type Value = Schema['CaseValue']
export type Figure = Schema['JudgedFigure']
export type Line = Schema['JudgedLine']
export type Clock = Schema['CategoryClock']
export type CategoryAnswer = Schema['JudgedCategory']
export type BenefitAnswer = Schema['JudgedBenefit']
export type Answer = Schema['Determination']

/** The places of members that runs name. */
export function placesOf(people: FactReference['people']): number[] {
  return (people ?? []).flatMap(([from = 0, to = from]) => Array.from({ length: to - from + 1 }, (_, n) => from + n))
}
