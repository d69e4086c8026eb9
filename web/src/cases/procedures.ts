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
