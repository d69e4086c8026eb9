// SPDX-License-Identifier: Apache-2.0
// The desks of a township: which cases wait for which step. A desk is named by the steps that are made at it; the
// states in which those are open are the pack’s, so that another pack’s states come by themselves.
import type { Schema } from '../../api/client'
import type { Machine } from '../../cases/procedures'
import type { Words } from '../../words/language'
import { SAID } from './words'

export interface DeskRule {
  readonly path: string
  readonly title: Words
  readonly sub: Words
  /** Steps as "machine.move". */
  readonly steps: readonly string[]
}
export const DESKS: readonly DeskRule[] = [
  {
    path: '/desks/acceptance',
    title: SAID.acceptance,
    sub: SAID.acceptanceSub,
    steps: [
      'application.accept',
      'application.complete',
      'warning.accept',
      'emergency.take_over',
      'assistance.answer',
    ],
  },
  {
    path: '/desks/checks',
    title: SAID.checks,
    sub: SAID.checksSub,
    steps: [
      'application.survey',
      'application.review',
      'application.appraise',
      'warning.visit',
      'review.survey',
      'death.confirm',
    ],
  },
  {
    path: '/desks/confirmation',
    title: SAID.confirmation,
    sub: SAID.confirmationSub,
    steps: [
      'application.post',
      'application.end_notice',
      'application.confirm',
      'application.post_confirmed',
      'application.serve',
      'review.serve_letter',
      'review.decide',
      'review.serve_exit',
    ],
  },
]

export interface Waiting {
  readonly machine: string
  readonly state: string
  readonly title: Words
  readonly stateTitle: Words
}

/** The states of the pack in which a step of the desk is open, each once, in the order of the steps. */
export function waitingAt(desk: DeskRule, machines: readonly Machine[]): readonly Waiting[] {
  const found = new Map<string, Waiting>()
  for (const step of desk.steps) {
    const [of, move] = step.split('.')
    const machine = machines.find((one) => one.id === of)
    for (const state of machine?.moves.find((one) => one.id === move)?.from ?? []) {
      const titled = machine?.states.find((one) => one.id === state)
      if (machine && titled && !found.has(`${machine.id}.${state}`)) {
        const { id, title } = machine
        found.set(`${id}.${state}`, { machine: id, state, title, stateTitle: titled.title })
      }
    }
  }
  return [...found.values()]
}

export interface Tally {
  readonly open: number
  readonly due_today: number
  readonly overdue_by_law: number
  readonly past_target: number
}
export const NOTHING: Tally = { open: 0, due_today: 0, overdue_by_law: 0, past_target: 0 }

type Count = Schema['CaseCount']
export function tallyOf(counts: readonly Count[], waiting: Waiting): Tally {
  return counts.find((one) => one.machine === waiting.machine && one.state === waiting.state) ?? NOTHING
}
export function sumOf(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, one) => ({
      open: sum.open + one.open,
      due_today: sum.due_today + one.due_today,
      overdue_by_law: sum.overdue_by_law + one.overdue_by_law,
      past_target: sum.past_target + one.past_target,
    }),
    NOTHING,
  )
}
