// SPDX-License-Identifier: Apache-2.0
// Values of a form: as they are written on the screen, and as the server takes them.
import { saysSomething } from '../parts/said'
import { accountDigits } from './account_number'
import type { CaseField, CaseMove } from './procedures'

/** On the screen: text for nearly all, a list where several may stand. */
export type Written = string | readonly string[]
export type Form = Readonly<Record<string, Written>>
/** What goes to the server. */
export type Told = string | number | boolean | string[]

const SEVERAL = new Set(['texts', 'people', 'users', 'departments', 'benefits', 'attachments'])
export function takesSeveral(type: string): boolean {
  return SEVERAL.has(type)
}

/** Sign-in names as written one after another. */
export function namesIn(text: string): string[] {
  return text.split(/[,，、\s]+/).filter(Boolean)
}

/** Yuan as written (1 234.50) in fen; null where that is no amount. */
export function fenOf(yuan: string): number | null {
  const found = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(yuan.replace(/[,，\s]/g, ''))
  if (!found?.[1]) return null
  return Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'))
}

export function isEmpty(value: Written | undefined): boolean {
  return value === undefined || (typeof value === 'string' ? value.trim() === '' : value.length === 0)
}

function accountOf(field: CaseField, text: string): string | null {
  const digits = accountDigits(text)
  const { least = 1, most = Infinity } = field.digits ?? {}
  return digits && digits.length >= least && digits.length <= most ? digits : null
}

/** One value as the server takes it; undefined: nothing was said; null: it cannot be read. */
export function toldOf(field: CaseField, value: Written | undefined): Told | null | undefined {
  if (value === undefined || isEmpty(value)) return undefined
  if (typeof value !== 'string') return [...value]
  const text = value.trim()
  switch (field.type) {
    case 'flag':
      return text === 'true'
    case 'count':
      return /^\d{1,9}$/.test(text) ? Number(text) : null
    case 'money':
      return fenOf(text)
    case 'texts':
      return text
        .split('\n')
        .map((line) => line.trim())
        .filter(saysSomething)
    case 'users':
      return namesIn(text)
    case 'text':
      return saysSomething(text) ? text : undefined
    case 'account':
      return accountOf(field, text)
    default:
      return text
  }
}

export interface ReadForm {
  readonly fields: Record<string, Told>
  /** Fields that are needed and missing, and those that cannot be read. */
  readonly missing: readonly string[]
  readonly unreadable: readonly string[]
}

/** Fields that the move takes and needs as the form stands: what was told before the server alone knows. `nobody`:
 *  the case names no household and no person. */
export function neededNow(move: Pick<CaseMove, 'may' | 'needs_if'>, form: Form, nobody = false): string[] {
  const has = (field: string, words: readonly string[]) =>
    [form[field] ?? []].flat().some((one) => words.includes(one))
  const holds = (rule: CaseMove['needs_if'][number]) =>
    (nobody || !rule.of_nobody) &&
    rule.only_if.every((one) => has(one.field, one.words)) &&
    rule.told.every((field) => !isEmpty(form[field]))
  const needed = new Set(move.needs_if.filter(holds).flatMap((rule) => rule.needs))
  return move.may.filter((field) => needed.has(field))
}

/** The whole form as the server takes it. What a move needs and is empty is told before anything is sent. */
export function readForm(move: Pick<CaseMove, 'needs'>, fields: readonly CaseField[], form: Form): ReadForm {
  const read: Record<string, Told> = {}
  const missing: string[] = []
  const unreadable: string[] = []
  for (const field of fields) {
    const told = toldOf(field, form[field.id])
    if (told === null) unreadable.push(field.id)
    else if (told !== undefined) read[field.id] = told
    else if (move.needs.includes(field.id)) missing.push(field.id)
  }
  return { fields: read, missing, unreadable }
}
