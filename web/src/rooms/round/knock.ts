// SPDX-License-Identifier: Apache-2.0
// One knock answers every task of a house: what is common is told once, and stands in each answer as its move takes
// it.
import type { CaseField, CaseMove } from '../../cases/procedures'
import { readForm, type Form as Written } from '../../cases/values'
import { saysSomething } from '../../parts/said'
import type { Words } from '../../words/language'
import { ATTEMPT } from './houses'
import type { Answer, Fields, Task } from './model'

export const MET = 'met'
const OFFICERS = 'officers'
const NOTE = 'note'
const FINDINGS = 'findings'
const PLACE = 'place'
const PICTURES = 'attachments'
const COMMON: readonly string[] = [OFFICERS, NOTE, FINDINGS, PLACE, PICTURES, ATTEMPT]

export interface Common {
  /** `met`, or one of the pack's words why it was in vain. */
  readonly meeting: string
  readonly officers: readonly string[]
  readonly note: string
  readonly findings: readonly string[]
  /** Facts that were found, as they are written. */
  readonly found: Written
  readonly place: string
  /** What stands under the record of each: when, where, how it was signed. */
  readonly evidence: readonly string[]
  readonly pictures: number
}

function takes(move: CaseMove, field: string): boolean {
  return move.needs.includes(field) || move.may.includes(field)
}

/** How many officers go to a door. */
export function leastOf(fields: readonly CaseField[]): number {
  return Math.max(1, fields.find((field) => field.id === OFFICERS)?.least ?? 0)
}

/** Moves that fit how the people of the house were met. */
export function movesFor(task: Task, meeting: string): readonly CaseMove[] {
  return task.moves.filter((move) => move.needs.includes(ATTEMPT) === (meeting !== MET))
}

/** How the people may have been met: the pack says. */
export function meetingsOf(
  tasks: readonly Task[],
  fields: readonly CaseField[],
): readonly { id: string; title: Words }[] {
  const met: Words = { zh: '见到本人或家人', en: 'Met somebody of the house' }
  const vain = tasks.some((task) => task.moves.some((move) => move.needs.includes(ATTEMPT)))
  const words = vain ? (fields.find((field) => field.id === ATTEMPT)?.words ?? []) : []
  return [{ id: MET, title: met }, ...words.map((word) => ({ id: word.id, title: word.title }))]
}

/** What one task asks beside what is common: needed first. */
export function ownFields(move: CaseMove, fields: readonly CaseField[]): readonly CaseField[] {
  return [...move.needs, ...move.may]
    .filter((id) => !COMMON.includes(id))
    .map((id) => fields.find((field) => field.id === id))
    .filter((field): field is CaseField => field !== undefined && !field.fact)
}

/** Facts that may be told at the door: once for the house, whichever move takes them. */
export function foundFields(moves: readonly CaseMove[], fields: readonly CaseField[]): readonly CaseField[] {
  return fields.filter((field) => field.fact && moves.some((move) => takes(move, field.id)))
}
export function takesFound(fields: readonly CaseField[]): (move: CaseMove) => boolean {
  return (move) => foundFields([move], fields).length > 0
}

export interface Lack {
  readonly task: string
  readonly field: string
  readonly why: 'missing' | 'unreadable' | 'few'
}

/** What the answer of a task still lacks. The server has the last word; this spares a walk back. */
export function lacksOf(
  task: Task,
  move: CaseMove,
  common: Common,
  own: Written,
  fields: readonly CaseField[],
): readonly Lack[] {
  const asked = ownFields(move, fields)
  const read = readForm({ needs: [...move.needs] }, asked, own)
  const facts = readForm({ needs: [] }, foundFields([move], fields), common.found)
  const lacks: Lack[] = [
    ...facts.unreadable.map((field) => ({ task: '', field, why: 'unreadable' as const })),
    ...read.missing.map((field) => ({ task: task.id, field, why: 'missing' as const })),
    ...read.unreadable.map((field) => ({ task: task.id, field, why: 'unreadable' as const })),
  ]
  if (move.needs.includes(OFFICERS) && common.officers.length < leastOf(fields))
    lacks.push({ task: '', field: OFFICERS, why: 'few' })
  if (move.needs.includes(NOTE) && !saysSomething(common.note)) lacks.push({ task: '', field: NOTE, why: 'missing' })
  if (move.needs.includes(PICTURES) && common.pictures === 0)
    lacks.push({ task: '', field: PICTURES, why: 'missing' })
  return lacks
}

/** The answer as it is sent. What the move does not take is said in its record, if it takes one. */
export function answerOf(
  task: Task,
  move: CaseMove,
  common: Common,
  own: Written,
  fields: readonly CaseField[],
): Answer {
  const told: Record<string, Fields[string]> = {
    ...readForm({ needs: [] }, ownFields(move, fields), own).fields,
    ...readForm({ needs: [] }, foundFields([move], fields), common.found).fields,
  }
  const said = [common.note.trim(), ...common.evidence].filter(Boolean)
  // One alone is not named where two are asked for and may be left out.
  if (move.needs.includes(OFFICERS) || (takes(move, OFFICERS) && common.officers.length >= leastOf(fields)))
    told[OFFICERS] = [...common.officers]
  if (takes(move, ATTEMPT) && common.meeting !== MET) told[ATTEMPT] = common.meeting
  if (common.findings.length) {
    if (takes(move, FINDINGS)) told[FINDINGS] = [...common.findings]
    else said.push(...common.findings)
  }
  if (common.place) {
    if (takes(move, PLACE)) told[PLACE] = common.place
    else said.push(common.place)
  }
  if (takes(move, NOTE) && said.length) told[NOTE] = said.join('\n')
  return {
    case: task.id,
    title: task.title,
    move: move.id,
    fields: told,
    pictured: takes(move, PICTURES),
  }
}
