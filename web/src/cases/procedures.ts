// SPDX-License-Identifier: Apache-2.0
// The pack's procedures: machines, states, moves and the fields that a form asks. Read once; screens draw their
// forms from them.
import { shallowRef } from 'vue'
import { api, told, type Schema } from '../api/client'

export type Procedures = Schema['Procedures']
export type Machine = Schema['Machine']
export type CaseMove = Schema['CaseMove']
export type CaseField = Schema['CaseField']

const kept = shallowRef<Procedures | null>(null)
let asked: Promise<Procedures> | null = null

export function readProcedures(): Promise<Procedures> {
  asked ??= told(api.GET('/api/v1/procedures')).then(
    (answer) => (kept.value = answer),
    (thrown: unknown) => {
      asked = null
      throw thrown
    },
  )
  return asked
}

/** What was read; null until then. */
export const procedures = kept

export function machineOf(id: string): Machine | undefined {
  return kept.value?.machines.find((machine) => machine.id === id)
}
export function fieldOf(id: string): CaseField | undefined {
  return kept.value?.fields.find((field) => field.id === id)
}
export function paperOf(id: string): Schema['CasePaper'] | undefined {
  return kept.value?.papers.find((paper) => paper.id === id)
}

/** Moves that open a case of this machine. */
export function openingMoves(machine: Machine): CaseMove[] {
  return machine.moves.filter((move) => move.from.length === 0)
}

/** Whether one of these roles opens cases of this machine. */
export function mayOpen(machine: Machine, roles: readonly string[]): boolean {
  return openingMoves(machine).some((move) => move.by.some((role) => roles.includes(role)))
}

/** A visit that met nobody: why it did not is all that it tells. */
const IN_VAIN = 'attempt'

/** How far a move is from carrying a case on: what asks for a reason turns it away, or ends it. */
function rank(move: CaseMove, state: string, machine: Machine | undefined): number {
  if (move.needs.includes('reason')) return 4
  if (move.needs.includes(IN_VAIN)) return 3
  if (move.to === '' || move.to === state) return 1
  return machine?.states.find((one) => one.id === move.to)?.kind === 'final' ? 2 : 0
}

/** The moves that a case offers: those that carry it on first, else as the law has them. */
export function inOrder(machineId: string, state: string, moves: readonly CaseMove[]): readonly CaseMove[] {
  const machine = machineOf(machineId)
  const told = (move: CaseMove) => rank(move, state, machine)
  return [...moves].sort((one, other) => told(one) - told(other))
}

/** Whether a move may stand out among the others. */
export function carriesOn(move: CaseMove): boolean {
  return !move.needs.includes('reason') && !move.needs.includes(IN_VAIN)
}
