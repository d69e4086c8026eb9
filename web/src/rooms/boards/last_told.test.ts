// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { Case, CaseEvent } from '../../cases/one_case'
import { codesOf, lastTold } from './last_told'

function event(number: number, fields: Record<string, string[]>): CaseEvent {
  return {
    number,
    move: 'm',
    title: { zh: '', en: '' },
    to: '',
    on: '2025-01-01',
    at: '2025-01-01T00:00:00Z',
    entered_late: false,
    by: null,
    by_name: null,
    unit: null,
    fields,
    papers: [],
    numbers: {},
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

describe('the list of a campaign', () => {
  it('takes numbers as they are pasted, each once', () => {
    expect(codesOf('LC1\nLC2, LC1，LC3\t\n')).toEqual(['LC1', 'LC2', 'LC3'])
    expect(codesOf(' \n')).toEqual([])
  })
})
