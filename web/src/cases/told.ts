// SPDX-License-Identifier: Apache-2.0
// What an event was told, as one reads it: words for ids, yuan for fen, days as days.
import { WORDS } from '../words/common'
import { day, yuan } from '../words/form'
import { say } from '../words/language'
import { aside } from '../words/marks'
import type { CaseField } from './procedures'

/** Titles of offices by code and names of members by number, as far as the reader may see them. */
export interface Names {
  /** Of the pack's levels and indicators. */
  readonly law: ReadonlyMap<string, string>
  readonly units: ReadonlyMap<string, string>
  readonly people: ReadonlyMap<string, string>
  /** Of officers, by the name with which they sign in. */
  readonly officers: ReadonlyMap<string, string>
}
export const NO_NAMES: Names = { units: new Map(), people: new Map(), officers: new Map(), law: new Map() }

const YUAN = { zh: '{n} 元', en: '{n} yuan' }

function one(field: CaseField, value: string, names: Names): string {
  const word = field.words.find((known) => known.id === value)
  if (word) return say(word.title)
  switch (field.type) {
    case 'flag':
      return say(value === 'true' ? WORDS.yes : WORDS.no)
    case 'date':
      return day(value)
    case 'money':
      return /^-?\d+$/.test(value) ? say(YUAN, { n: yuan(value) }) : value
    case 'unit':
      return names.units.get(value) ?? value
    case 'person':
    case 'people':
      return names.people.get(value) ?? value
    case 'user':
    case 'users':
      return names.officers.get(value) ?? value
    case 'text':
    case 'texts':
      return ofLaw(value, names)
    default:
      return value
  }
}

/** A level by its title; what monitoring saw (indicator/member/day) by the indicator's and the day. */
function ofLaw(value: string, names: Names): string {
  const [id = '', , on = ''] = value.split('/')
  const title = names.law.get(id)
  if (title === undefined) return value
  return on ? `${title}${aside(day(on))}` : title
}

/** The values of a field in words; a field that the pack does not know is told as it came. */
export function wordsOf(field: CaseField | undefined, values: readonly string[], names: Names = NO_NAMES): string[] {
  return field ? values.map((value) => one(field, value, names)) : [...values]
}
