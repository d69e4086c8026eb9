// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { CaseMove, Machine } from '../../cases/procedures'
import { isForDoor, isOfToday, legsOf, stopsOf, type Listed } from './houses'

const W = { zh: '走访', en: 'Visit' }
function listed(
  id: string,
  household: string,
  due: string | null,
  unit = '一村',
  more: Partial<Listed> = {},
): Listed {
  return {
    id,
    machine: 'visit',
    title: W,
    household,
    person: null,
    unit,
    department: '',
    parent: null,
    state: 'planned',
    state_title: W,
    track: '',
    opened_on: '2026-11-01',
    due_on: due,
    due_provisional: false,
    due_clock: null,
    due_internal: false,
    working_days_left: null,
    overdue: false,
    told_to: '',
    closed: false,
    closed_on: null,
    level: null,
    ...more,
  }
}
function move(id: string, by: string[], from: string[], needs: string[], may: string[] = []): CaseMove {
  return {
    id,
    title: W,
    from,
    to: '',
    by,
    needs,
    may,
    papers: [],
    opens: [],
    hands_to: [],
    needs_if: [],
    determines: false,
    clause: '',
  }
}
const machines: Machine[] = [
  {
    id: 'visit',
    title: W,
    thing: 'visit',
    states: [],
    clause: '',
    moves: [
      move('plan', ['village_worker'], [], []),
      move('met', ['village_worker'], ['planned'], ['officers', 'note']),
      move('drop', ['township_officer'], ['planned'], ['reason']),
    ],
  },
]

describe('a task at the door', () => {
  it('is one whose open move is made there by this role', () => {
    expect(isForDoor(listed('1', 'A', null), machines, ['village_worker'])).toBe(true)
    expect(isForDoor(listed('1', 'A', null), machines, ['township_officer'])).toBe(false)
    expect(isForDoor(listed('1', 'A', null, '', { state: 'closed' }), machines, ['village_worker'])).toBe(false)
    expect(isForDoor(listed('1', '', null), machines, ['village_worker'])).toBe(false)
    expect(isForDoor(listed('1', 'A', null, '', { machine: 'other' }), machines, ['village_worker'])).toBe(false)
  })
})

describe('the round', () => {
  const cases = [
    listed('1', 'C', null, '一村'),
    listed('2', 'B', '2026-11-28', '二村'),
    listed('3', 'A', '2026-11-28', '一村'),
    listed('4', 'C', '2026-11-27', '一村', { overdue: true }),
  ]
  it('goes by due day, then by village; a house is due when the first of its tasks is', () => {
    const stops = stopsOf(cases)
    expect(stops.map((stop) => stop.code)).toEqual(['C', 'B', 'A'])
    expect(stops[0]).toMatchObject({ due: '2026-11-27', overdue: true })
    expect(stops[0]?.cases.map((one) => one.id)).toEqual(['1', '4'])
  })
  it('is told by days', () => {
    expect(legsOf(stopsOf(cases)).map((leg) => [leg.due, leg.stops.length])).toEqual([
      ['2026-11-27', 1],
      ['2026-11-28', 2],
    ])
  })
  it('of nothing is empty', () => {
    expect(legsOf(stopsOf([]))).toEqual([])
  })
})

describe('what is taken along by itself', () => {
  const of = (due: string | null) =>
    isOfToday({ code: 'A', village: '', due, overdue: false, cases: [] }, '2026-11-27')
  it('is due today or was due before; what has no day, or a later one, is chosen by a person', () => {
    expect([of('2026-11-27'), of('2026-11-20'), of('2026-11-28'), of(null)]).toEqual([true, true, false, false])
  })
})
