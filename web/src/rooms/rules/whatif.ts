// SPDX-License-Identifier: Apache-2.0
// What if: a change of a figure as the server takes it, its answer, and the rows behind it.
import type { Schema } from '../../api/client'
import type { Words } from '../../words/language'
import { semicolon } from '../../words/marks'

export type How = 'more_percent' | 'less_percent' | 'more' | 'less' | 'is'
export interface Change {
  readonly parameter: string
  readonly how: How
  readonly value: string
}

/** "mlg_standard_month=+5%"; null where the value is no number. */
export function changeText(change: Change): string | null {
  const value = change.value.replace(/[,，\s元%]/g, '')
  if (!/^\d{1,9}(\.\d{1,4})?$/.test(value) || change.parameter === '') return null
  const written: Record<How, string> = {
    more_percent: `+${value}%`,
    less_percent: `-${value}%`,
    more: `+${value}`,
    less: `-${value}`,
    is: value,
  }
  return `${change.parameter}=${written[change.how]}`
}

/** What a job was asked, in words: "mlg_standard_month=+5%" by the figure's title. */
export function askedWords(parameters: Schema['JobAsked'], titleOf: (id: string) => string): string {
  if (!('against' in parameters)) return ''
  const said = parameters
  const changes = said.set.map((change) => {
    const at = change.indexOf('=')
    return `${titleOf(change.slice(0, at))} ${change.slice(at + 1)}`
  })
  const pack = said.against ? `${said.policy ? titleOf(said.policy) : ''} → ${titleOf(said.against)}`.trim() : ''
  return [pack, ...changes].filter(Boolean).join(semicolon())
}

export type BenefitTotal = Schema['WhatIfBenefit']
export type Totals = Schema['WhatIfResult']

/** The result of a job of this kind; null until it is there. */
export function totalsOf({ result }: Pick<Schema['Job'], 'result'>): Totals | null {
  return result && 'households_changed' in result ? result : null
}

/** Fen of "1234.50", exactly. */
function fen(yuan: string): bigint {
  const [whole = '0', part = ''] = yuan.replace('-', '').split('.')
  const amount = BigInt(whole) * 100n + BigInt(part.padEnd(2, '0').slice(0, 2))
  return yuan.startsWith('-') ? -amount : amount
}
function yuanText(amount: bigint): string {
  const whole = amount < 0n ? -amount : amount
  const yuan = (whole / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ',')
  const text = `${yuan}.${(whole % 100n).toString().padStart(2, '0')}`
  return amount < 0n ? `−${text}` : text
}
export function yuanShown(yuan: string): string {
  return yuanText(fen(yuan))
}
export function costDifference(before: string, after: string): string {
  const difference = fen(after) - fen(before)
  return difference > 0n ? `+${yuanText(difference)}` : yuanText(difference)
}
export function sumOf(benefits: readonly BenefitTotal[], side: 'yuan_before' | 'yuan_after'): string {
  const sum = benefits.reduce((all, one) => all + fen(one[side]), 0n)
  return `${sum / 100n}.${(sum % 100n).toString().padStart(2, '0')}`
}

export type JobRow = Schema['JobRow']
export interface Door {
  readonly household: string
  readonly rows: readonly JobRow[]
}

/** Households behind rows, each once, in the order of the list: whose door to knock at. */
export function doorsOf(rows: readonly JobRow[]): readonly Door[] {
  const doors = new Map<string, JobRow[]>()
  for (const row of rows) doors.set(row.household, [...(doors.get(row.household) ?? []), row])
  return [...doors].map(([household, all]) => ({ household, rows: all }))
}

/** The totals as a sheet; they name nobody. */
export function totalsCsv(totals: Totals, headings: readonly string[], language: keyof Words): string {
  const quoted = (text: string | number) => `"${String(text).replaceAll('"', '""')}"`
  const lines = [
    headings,
    ...totals.categories.map((one) => [
      one.title[language],
      one.before,
      one.after,
      one.entered,
      one.left,
      one.unknown_before,
      one.unknown_after,
    ]),
    ...totals.benefits.map((one) => [
      one.title[language],
      one.yuan_before,
      one.yuan_after,
      '',
      '',
      one.unsettled_before,
      one.unsettled_after,
    ]),
  ]
  return `\ufeff${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`
}
