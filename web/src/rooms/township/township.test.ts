// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { Schema } from '../../api/client'
import type { Machine } from '../../cases/procedures'
import { DESKS, sumOf, tallyOf, waitingAt } from './desks'
import { byKind, HEADLINES, moneyOf, stepsOf } from './month'

const words = (text: string) => ({ zh: text, en: text })
const application = {
  id: 'application',
  title: words('申请'),
  states: ['registered', 'completed', 'accepted'].map((id) => ({ id, title: words(id) })),
  moves: [
    { id: 'accept', from: ['registered', 'completed'] },
    { id: 'survey', from: ['accepted'] },
  ],
} as unknown as Machine

describe('a desk', () => {
  it('is every state in which one of its steps is open, each once; what a pack lacks is not there', () => {
    const [acceptance, checks, confirmation] = DESKS.map((desk) => waitingAt(desk, [application]))
    expect(acceptance?.map((one) => one.state)).toEqual(['registered', 'completed'])
    expect(checks?.map((one) => `${one.machine}.${one.state}`)).toEqual(['application.accepted'])
    expect(confirmation).toEqual([])
  })
  it('counts what waits in each of its states', () => {
    const sums = { open: 4, due_today: 1, overdue_by_law: 2, past_target: 1 }
    const counts = [{ machine: 'application', state: 'registered', overdue: 3, ...sums }]
    const [acceptance] = DESKS.map((desk) => waitingAt(desk, [application]))
    const tallies = (acceptance ?? []).map((one) => tallyOf(counts, one))
    expect(tallies.map((one) => one.open)).toEqual([4, 0])
    expect(sumOf(tallies)).toEqual(sums)
  })
})

function line(machine: string, move: string, steps: number, more: object = {}): Schema['MonthLine'] {
  const told = { marks: [], opens: false, amounts: [], fen: 0, cases: steps, households: steps, ...more }
  return { machine, move, machine_title: words(machine), title: words(move), steps, ...told } as Schema['MonthLine']
}

describe('the month', () => {
  const lines = [
    line('application', 'apply', 3, { opens: true }),
    line('application', 'survey', 2, { marks: ['survey'] }),
    line('warning', 'visit', 5, { marks: ['verified'] }),
    line('warning', 'close', 4, { marks: ['closed'] }),
    line('emergency', 'pay_first', 1, {
      opens: true,
      amounts: [
        { field: 'amount', title: words('金额'), fen: 50000 },
        { field: 'other', title: words('其他'), fen: 0 },
      ],
    }),
  ]
  it('has its headlines by what the pack says of each step', () => {
    expect(HEADLINES.map(({ id, holds }) => [id, stepsOf(lines, holds)])).toEqual([
      ['opens', 4],
      ['visits', 7],
      ['decisions', 0],
      ['closings', 4],
    ])
  })
  it('tells each amount by the step that told it, nothing of what was none', () => {
    expect(moneyOf(lines).map(({ line: { move }, amount }) => [move, amount.field, amount.fen])).toEqual([
      ['pay_first', 'amount', 50000],
    ])
  })
  it('has kinds together, the busiest first', () => {
    expect(byKind(lines).map((kind) => kind.map((one) => one.move))).toEqual([
      ['visit', 'close'],
      ['apply', 'survey'],
      ['pay_first'],
    ])
  })
})
