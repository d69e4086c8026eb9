// SPDX-License-Identifier: Apache-2.0
// The form at a door, as it stands on the screen, and the one that is handed in.
import { reactive } from 'vue'
import { onceKey } from '../../api/client'
import type { CaseField, CaseMove } from '../../cases/procedures'
import type { Written } from '../../cases/values'
import { today } from '../../words/form'
import { answerOf, lacksOf, MET, movesFor, takesFound, type Common, type Lack } from './knock'
import { isReceived, type Draft, type Form, type House, type Task } from './model'
import { signedTold, timeTold } from './place'

type Open<T> = { -readonly [K in keyof T]: T[K] }
export interface Door extends Open<Omit<Draft, 'leftOut' | 'moves' | 'own' | 'found'>> {
  found: Record<string, Written>
  leftOut: string[]
  moves: Record<string, string>
  own: Record<string, Record<string, Written>>
}

export function freshDoor(draft: Draft | null, now: Date): Door {
  return reactive<Door>({
    meeting: draft?.meeting ?? MET,
    officers: draft?.officers ?? '',
    note: draft?.note ?? '',
    findings: draft?.findings ?? '',
    found: { ...draft?.found },
    place: draft?.place ?? '',
    at: draft?.at ?? now.toISOString(),
    signedBy: draft?.signedBy ?? '',
    leftOut: [...(draft?.leftOut ?? [])],
    moves: { ...draft?.moves },
    own: Object.fromEntries(Object.entries(draft?.own ?? {}).map(([task, fields]) => [task, { ...fields }])),
  })
}

/** The move by which a task is answered; undefined: it is not answered this time. */
export function moveOf(door: Door, task: Task): CaseMove | undefined {
  if (door.leftOut.includes(task.id)) return undefined
  const fitting = movesFor(task, door.meeting)
  return fitting.find((move) => move.id === door.moves[task.id]) ?? fitting[0]
}

/** Who goes along, as it is ticked or written. */
export function companionsOf(door: Pick<Door, 'officers'>): readonly string[] {
  return door.officers.split(/[,，、\s]+/).filter((name) => name !== '')
}

export function commonOf(door: Door, me: string, pictures: number): Common {
  const others = companionsOf(door).filter((name) => name !== me)
  const lines = door.findings.split('\n').map((line) => line.trim())
  return {
    meeting: door.meeting,
    officers: me === '' ? others : [me, ...others],
    note: door.note,
    findings: door.meeting === MET ? lines.filter(Boolean) : [],
    found: door.meeting === MET ? door.found : {},
    place: door.place.trim(),
    evidence: [timeTold(new Date(door.at)), ...(door.signedBy.trim() ? [signedTold(door.signedBy.trim())] : [])],
    pictures,
  }
}

export function lacksOfDoor(
  door: Door,
  tasks: readonly Task[],
  common: Common,
  fields: readonly CaseField[],
): readonly Lack[] {
  const found = new Map<string, Lack>()
  for (const task of tasks) {
    const move = moveOf(door, task)
    if (!move) continue
    for (const lack of lacksOf(task, move, common, door.own[task.id] ?? {}, fields))
      found.set(`${lack.task}/${lack.field}`, lack)
  }
  return [...found.values()]
}

export function formOf(
  door: Door,
  house: House,
  common: Common,
  fields: readonly CaseField[],
  pictures: readonly string[],
  before: Form | null,
): Form {
  const isFound = takesFound(fields)
  let found = common.found
  const answers = house.tasks.flatMap((task) => {
    const move = moveOf(door, task)
    if (!move) return []
    const answer = answerOf(task, move, { ...common, found }, door.own[task.id] ?? {}, fields)
    // A fact is told once: by the first answer that takes it.
    if (isFound(move)) found = {}
    return [answer]
  })
  return {
    key: before?.key ?? onceKey(),
    house: { code: house.code, name: house.name },
    writtenAt: new Date().toISOString(),
    body: { kind: 'knock', on: today(), answers },
    pictures,
    sent: {},
    unpictured: [],
    draft: {
      ...door,
      leftOut: [...door.leftOut],
      moves: { ...door.moves },
      own: plain(door.own),
      found: plain(door.found),
    },
    earlier: before?.refused.filter(isReceived) ?? [],
    refused: [],
  }
}
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}
