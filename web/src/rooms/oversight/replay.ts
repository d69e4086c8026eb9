// SPDX-License-Identifier: Apache-2.0
// What an answer says, and the key by which it can be given again.
import type { Schema } from '../../api/client'
import type { Words } from '../../words/language'

export interface Verdicts {
  readonly categories: readonly Schema['JudgedCategory'][]
  readonly stamp: readonly (readonly [string, string])[]
}

/** docs/formats/case.md: of each category its verdict; `replay` names pack, hashes, day, engine and enactment. */
export function readVerdicts(answer: Schema['Determination']): Verdicts {
  return {
    categories: answer.categories,
    stamp: Object.entries(answer.replay)
      .filter(([, value]) => value !== '')
      .map(([key, value]) => [key, String(value)] as const),
  }
}

type Replay = Schema['DeterminationReplay']
type Verdict = Schema['ReplayedVerdict']

export function outcomeOf(replay: Replay): 'equal' | 'differs' | 'cannot' {
  if (replay.equal === null) return 'cannot'
  return replay.equal ? 'equal' : 'differs'
}

export interface Beside {
  readonly key: string
  readonly title: Words
  readonly member: string | null
  readonly cite: string
  /** Empty: that answer does not have it. */
  readonly then: string
  readonly now: string
}

/** Each category of either answer, with what both say of it. */
export function besides(replay: Replay): readonly Beside[] {
  const keyOf = (one: Verdict): string => `${one.id}/${one.member ?? ''}`
  const then = new Map(replay.recorded.determination.categories.map((one) => [keyOf(one), one]))
  const now = new Map((replay.replayed?.determination.categories ?? []).map((one) => [keyOf(one), one]))
  return [...new Map([...now, ...then])].map(([key, one]) => ({
    key,
    title: one.title,
    member: one.member,
    cite: one.cite,
    then: then.get(key)?.verdict ?? '',
    now: now.get(key)?.verdict ?? '',
  }))
}

/** A value of an answer as a cell shows it. */
export function shownValue(value: unknown): string {
  if (value === null || value === undefined) return '–'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
