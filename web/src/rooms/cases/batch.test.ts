// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { ListedCase } from '../../cases/one_case'
import type { CaseMove, Machine } from '../../cases/procedures'
import { commonMoves, isAlike } from './batch'

const said = { zh: '', en: '' }
function row(machine: string, state: string): ListedCase {
  return {
    id: '1',
    machine,
    title: said,
    household: '',
    person: null,
    unit: null,
    department: '',
    parent: null,
    state,
    state_title: said,
    track: '',
    opened_on: '2025-01-01',
    due_on: null,
    due_provisional: false,
    due_clock: null,
    due_internal: false,
    working_days_left: null,
    overdue: false,
    told_to: '',
    closed: false,
    closed_on: null,
    level: '',
  }
}
function move(id: string, from: string[], by: string[], needs: string[] = []): CaseMove {
  return {
    id,
    title: said,
    from,
    to: '',
    by,
    needs,
    may: [],
    papers: [],
    opens: [],
    hands_to: [],
    needs_if: [],
    determines: false,
    clause: '',
  }
}
const MACHINE: Machine = {
  id: 'warning',
  title: said,
  thing: 'warning',
  states: [],
  clause: '',
  moves: [
    move('dispatch', ['raised'], ['county_caseworker']),
    move('accept', ['dispatched'], ['township_officer']),
    move('post', ['raised'], ['county_caseworker'], ['attachments']),
    move('tie', ['raised'], ['county_caseworker'], ['tied_to', 'tied_because']),
    move('untie', ['raised'], ['county_caseworker'], ['untied_because']),
  ],
}

describe('several cases at once', () => {
  it('are alike by kind and state', () => {
    expect(isAlike([row('warning', 'raised'), row('warning', 'raised')])).toBe(true)
    expect(isAlike([row('warning', 'raised'), row('warning', 'closed')])).toBe(false)
    expect(isAlike([])).toBe(false)
  })
  it('take the steps of their state that the role makes, and none that needs a photograph', () => {
    const rows = [row('warning', 'raised')]
    const ids = (roles: string[]) => commonMoves(MACHINE, rows, roles, (id) => id === 'attachments').map((m) => m.id)
    expect(ids(['county_caseworker'])).toEqual(['dispatch'])
    expect(ids(['township_officer'])).toEqual([])
  })
})
