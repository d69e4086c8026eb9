// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import type { CaseEvent } from '../../cases/one_case'
import { servedOf } from './visits'

function event(move: string, fields: CaseEvent['fields'], on = '2025-06-09'): CaseEvent {
  const title = { zh: move, en: move }
  const nobody = {
    at: '',
    entered_late: false,
    by: null,
    by_name: null,
    unit: null,
    papers: [],
    numbers: {},
    clause: '',
  }
  return { ...nobody, number: 1, move, title, to: '', on, fields }
}

it('tells each signed visit with its photographs, and the hours of all', () => {
  const served = servedOf([
    event('order', { times: ['2'] }),
    event('take', {}),
    event('attempt', { attempt: ['not_at_home'], attachments: ['x'] }), // met nobody: no visit
    event('serve', { hours: ['2'], attachments: ['a', 'b'], note: ['助浴'] }),
    event('serve', { hours: ['1'], attachments: ['c'] }, '2025-06-10'),
  ])
  expect(served.ordered).toBe(2)
  expect(served.hours).toBe(3)
  expect(served.visits.map((visit) => [visit.number, visit.on, visit.hours, visit.pictures.length])).toEqual([
    [1, '2025-06-09', 2, 2],
    [2, '2025-06-10', 1, 1],
  ])
})
it('an order given anew counts as it was given last', () => {
  expect(servedOf([event('order', { times: ['4'] }), event('order', { times: ['2'] })]).ordered).toBe(2)
})
it('hours that are withheld are not known, which is not zero', () => {
  const served = servedOf([event('serve', { hours: ['2'] }), event('serve', { hours: ['***'] })])
  expect(served.hours).toBeNull()
  expect(served.ordered).toBeNull()
  expect(servedOf([]).hours).toBe(0)
})
