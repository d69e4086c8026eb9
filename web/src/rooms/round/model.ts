// SPDX-License-Identifier: Apache-2.0
// What a round is made of: houses with their tasks, forms that were filled, and what the server said to them.
import type { Choice } from '../../cases/choices'
import type { CaseField, CaseMove, Procedures } from '../../cases/procedures'
import type { Told, Written } from '../../cases/values'
import type { Words } from '../../words/language'

export interface Task {
  readonly id: string
  readonly machine: string
  readonly title: Words
  readonly state: Words
  readonly due: string | null
  /** Working days until it on that day, where the law counts those: what was taken along tells no other. */
  readonly left?: { readonly days: number; readonly on: string }
  readonly provisional?: boolean
  /** A target of the office: no law sets the day. */
  readonly internal?: boolean
  readonly overdue: boolean
  /** What was asked for with it. */
  readonly wanted: string
  /** Moves that may be made at the door. */
  readonly moves: readonly CaseMove[]
}

export interface Person {
  readonly id: string
  readonly name: string
  readonly relation: string
  readonly phone: string
}

export interface House {
  readonly code: string
  readonly name: string
  readonly address: string
  readonly village: string
  readonly members: readonly Person[]
  readonly tasks: readonly Task[]
}

/** What the phone takes along: today's houses, and the words of the forms. */
export interface Bag {
  readonly houses: readonly House[]
  readonly fields: readonly CaseField[]
  readonly openings: Procedures['machines']
  /** Who may go along, by the name that a move takes; none: this reader is told of nobody. */
  readonly colleagues?: readonly Choice[]
  /** Whose round it is, as people know them: without a net nobody else tells it. */
  readonly officer?: string
}

export type Fields = Readonly<Record<string, Told>>

export interface Answer {
  readonly case: string
  readonly title: Words
  readonly move: string
  readonly fields: Fields
  /** Whether the move takes pictures. */
  readonly pictured: boolean
}

export interface KnockBody {
  readonly kind: 'knock'
  readonly on: string
  readonly answers: readonly Answer[]
}
export interface OpeningBody {
  readonly kind: 'opening'
  readonly on: string
  readonly machine: string
  readonly title: Words
  readonly move: string
  readonly household: string
  readonly fields: Fields
  readonly pictured: boolean
}

/** A form at the door as it stands on the screen. */
export interface Draft {
  readonly meeting: string
  readonly officers: string
  readonly note: string
  readonly findings: string
  readonly found?: Readonly<Record<string, Written>>
  readonly place: string
  readonly at: string
  readonly signedBy: string
  readonly leftOut: readonly string[]
  readonly moves: Readonly<Record<string, string>>
  readonly own: Readonly<Record<string, Readonly<Record<string, Written>>>>
}

/** A form as it waits; its key makes it arrive once, however often it is sent. */
export interface Form {
  readonly key: string
  readonly house: { readonly code: string; readonly name: string }
  readonly writtenAt: string
  readonly body: KnockBody | OpeningBody
  readonly pictures: readonly string[]
  /** Names that the server gave to pictures that are already there, by case. */
  readonly sent: Readonly<Record<string, readonly string[]>>
  /** Cases that took no pictures any more. */
  readonly unpictured: readonly string[]
  /** What was written, so that it can be mended. */
  readonly draft: Draft | null
  /** What the server has received of it before. */
  readonly earlier: readonly Outcome[]
  /** What the server said the last time, where it did not take the form whole. */
  readonly refused: readonly Outcome[]
}

export type OutcomeKind = 'made' | 'already_there' | 'kept_late' | 'refused' | 'not_there'
export interface Outcome {
  readonly case: string
  readonly title: Words
  readonly kind: OutcomeKind
  readonly details: readonly Words[]
  /** Pictures that the case did not take. */
  readonly left: number
}

/** What remains of a form that was received: no word of what was written in it, of a house its number alone. */
export interface Receipt {
  readonly key: string
  readonly house: { readonly code: string }
  readonly at: string
  /** Cases with which the round is done: those that were answered, not those where nobody was met. */
  readonly done: readonly string[]
  readonly outcomes: readonly Outcome[]
}

export function isReceived(outcome: Outcome): boolean {
  return outcome.kind === 'made' || outcome.kind === 'already_there' || outcome.kind === 'kept_late'
}
