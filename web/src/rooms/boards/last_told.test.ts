// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { Case, CaseEvent } from '../../cases/one_case'
import { codesOf, lastTold, rollUp } from './last_told'

function event(number: number, fields: Record<string, string[]>): CaseEvent {
  return {
    number,
    move: 'm',
    title: { zh: '', en: '' },
    to: '',
    on: '2025-01-01',
    at: '2025-01-01T00:00:00Z',
    by: null,
    unit: null,
    fields,
    papers: [],
    clause: '',
  }
}

describe('what a case was told last', () => {
  const one: Pick<Case, 'events'> = {
    events: [event(1, { due_on: ['1'] }), event(2, { due_on: ['2'] }), event(3, {})],
  }
  it('is that of the last event that told it', () => {
    expect(lastTold(one, 'due_on')).toEqual(['2'])
    expect(lastTold(one, 'agenda')).toEqual([])
  })
})

describe('a campaign', () => {
  it('counts what is closed and what stands in each state', () => {
    const below = [
      { id: '1', machine: 'survey', state: 'closed', closed: true },
      { id: '2', machine: 'survey', state: 'listed', closed: false },
      { id: '3', machine: 'survey', state: 'listed', closed: false },
    ]
    expect(rollUp(below)).toEqual({
      all: 3,
      done: 1,
      states: [
        { machine: 'survey', state: 'closed', count: 1 },
        { machine: 'survey', state: 'listed', count: 2 },
      ],
    })
  })
  it('takes numbers as they are pasted, each once', () => {
    expect(codesOf('LC1\nLC2, LC1，LC3\t\n')).toEqual(['LC1', 'LC2', 'LC3'])
    expect(codesOf(' \n')).toEqual([])
  })
})
