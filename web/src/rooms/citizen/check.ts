// SPDX-License-Identifier: Apache-2.0
// The answers of a self-check: in this page alone, never in the browser's store. Without names: whom an answer is about
// is a place in a list.
import type { Schema } from '../../api/client'
import type { Notices } from '../../law/clause'

export type Question = Schema['SelfCheckQuestion']
export type Outcome = Schema['SelfCheck']
export type Answer = string | boolean | number | null | { unknown: true }
export type Facts = Readonly<Record<string, Answer>>
export interface Answers {
  readonly region?: string
  readonly people?: number
  readonly household: Facts
  readonly members: readonly Facts[]
  readonly application: Facts
}
export const NOTHING_TOLD: Answers = { household: {}, members: [], application: {} }

/** What stands on the screen for "none" and "I do not know"; no word of a pack begins so. */
export const NONE = '#none'
export const UNKNOWN = '#unknown'

/** One answer as written; undefined: it cannot be read, or nothing was said. */
export function readAnswer(question: Pick<Question, 'type'>, written: string): Answer | undefined {
  const text = written.trim()
  if (text === UNKNOWN) return { unknown: true }
  if (text === NONE) return null
  if (text === '') return undefined
  switch (question.type) {
    case 'bool':
      return text === 'true'
    case 'int':
      return /^\d{1,4}$/.test(text) ? Number(text) : undefined
    case 'money':
    case 'amount':
    case 'ratio': {
      const plain = text.replace(/[,，\s元]/g, '')
      return /^\d{1,9}(\.\d{1,2})?$/.test(plain) ? plain : undefined
    }
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined
    case 'word':
      return text
  }
}

/** The answers with one question more. `told` is by place of the person; by 0 where the question is of nobody. */
export function withAnswer(before: Answers, question: Question, told: ReadonlyMap<number, Answer>): Answers {
  const only = told.get(0)
  switch (question.of) {
    case 'place':
      return question.fact === 'region'
        ? { ...before, region: typeof only === 'string' ? only : '' }
        : { ...before, people: typeof only === 'number' ? only : 1 }
    case 'person': {
      const members = Array.from({ length: before.people ?? 1 }, (_, place): Facts => {
        const answer = told.get(place)
        const known = before.members[place] ?? {}
        return answer === undefined ? known : { ...known, [question.fact]: answer }
      })
      return { ...before, members }
    }
    default:
      return only === undefined
        ? before
        : { ...before, [question.of]: { ...before[question.of], [question.fact]: only } }
  }
}

/** Of whom a question is asked, as places; [0] where it is of nobody. */
export function askedOf(question: Question): readonly number[] {
  return question.of === 'person' ? question.members : [0]
}

export interface Sorted {
  readonly may: readonly Schema['SelfCheckCategory'][]
  readonly unknown: readonly Schema['SelfCheckCategory'][]
  readonly no: readonly Schema['SelfCheckCategory'][]
}

/** A category once under its best verdict: it may be of one person of the home and not of another. */
export function sortOutcome(categories: readonly Schema['SelfCheckCategory'][]): Sorted {
  const best = new Map<string, Schema['SelfCheckCategory']>()
  const rank = { may: 0, unknown: 1, no: 2 }
  for (const one of categories) {
    const known = best.get(one.id)
    if (!known || rank[one.verdict] < rank[known.verdict]) best.set(one.id, one)
  }
  const all = [...best.values()]
  return {
    may: all.filter((one) => one.verdict === 'may'),
    unknown: all.filter((one) => one.verdict === 'unknown'),
    no: all.filter((one) => one.verdict === 'no'),
  }
}

/** Of whom a category may hold, as places. */
export function peopleOf(categories: readonly Schema['SelfCheckCategory'][], id: string): readonly number[] {
  return categories.flatMap((one) =>
    one.id === id && one.verdict === 'may' && one.member !== null ? [one.member] : [],
  )
}

/** The notice by whose rules the answer is, for its clauses; what holds in the whole country names its documents. */
export function noticeOf(outcome: Pick<Outcome, 'pack' | 'rules'>): Notices {
  return new Map(outcome.pack === null ? [] : [[outcome.pack, { title: outcome.rules, isLocal: true }]])
}
