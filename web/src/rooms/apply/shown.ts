// SPDX-License-Identifier: Apache-2.0
// Values and verdicts as one reads them.
import { WORDS } from '../../words/common'
import { day } from '../../words/form'
import { say, type Words } from '../../words/language'
import type { Figure, Value, Verdict } from './answer'
import { SAID } from './words'

// Conditions and figures are met or not; categories and benefits are a yes or a no.
const MET = { title: SAID.met, tone: 'green', mark: '✓' }
const NOT_MET = { title: SAID.notMet, tone: '', mark: '✕' }
export const VERDICTS: Readonly<Record<Verdict, { title: Words; tone: string; mark: string }>> = {
  met: MET,
  not_met: NOT_MET,
  yes: MET,
  no: NOT_MET,
  unknown: { title: SAID.unknown, tone: 'orange', mark: '?' },
  fault: { title: SAID.fault, tone: 'red', mark: '!' },
}

export function valueText(value: unknown): string {
  if (value === null || value === undefined) return say(WORDS.none)
  if (typeof value === 'boolean') return say(value ? WORDS.yes : WORDS.no)
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\d$/.test(value) ? day(value) : value
  if (typeof value === 'object' && 'about' in value) return `≈ ${String(value.about)}`
  return say(WORDS.unknown)
}

const SIGNS: readonly (readonly [string, string])[] = [
  ['<=', '≤'],
  ['>=', '≥'],
  ['==', '='],
  ['!=', '≠'],
  ['<', '<'],
  ['>', '>'],
]
/** A figure against its line: 1894.00 < 632.00. */
export function figureText(figure: Figure): string {
  const sign = SIGNS.find(([written]) => figure.text.includes(written))?.[1] ?? '·'
  return `${valueText(figure.left)} ${sign} ${valueText(figure.right)}`
}

/** Whether a figure tells anything: neither side known says nothing. */
export function tells(figure: Figure): boolean {
  return isKnown(figure.left) || isKnown(figure.right)
}
function isKnown(value: Value): boolean {
  return !(typeof value === 'object' && value !== null && 'unknown' in value)
}
