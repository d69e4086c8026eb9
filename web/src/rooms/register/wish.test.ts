// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { subjectsOf as grouped } from './changes'
import { isEmpty, monthOf, NOTHING, subjectsOf, type Wish } from './wish'

const member = (id: string, what: 'keep' | 'leave' | 'move' | 'set', to = '', fields = {}) => ({
  id,
  what,
  to,
  fields,
})
const wish = (change: Partial<Wish>): Wish => ({ ...NOTHING, household: 'LC000001', ...change })

describe('a change as the server takes it', () => {
  it('says nothing of who stays and of fields that are empty', () => {
    expect(isEmpty(wish({ members: [member('1', 'keep'), member('2', 'set', '', { phone: ' ' })] }))).toBe(true)
    expect(isEmpty(wish({ entering: [{}], fields: { address: '' } }))).toBe(true)
  })
  it('of a birth is a person without a number', () => {
    expect(subjectsOf(wish({ entering: [{ name: '新小宝', relation: '子', phone: '' }] }))).toEqual({
      persons: [{ household: 'LC000001', fields: { name: '新小宝', relation: '子' } }],
    })
  })
  it('of a death takes a person off', () => {
    expect(subjectsOf(wish({ members: [member('3', 'leave'), member('4', 'keep')] }))).toEqual({
      persons: [{ id: '3', leaves: true }],
    })
  })
  it('of a split opens a household and moves people there', () => {
    const open = { code: ' LC900001 ', fields: { region: '4416', head_name: '张三' } }
    expect(subjectsOf(wish({ open, members: [member('3', 'move', 'LC900001', { relation: '户主' })] }))).toEqual({
      persons: [{ id: '3', household: 'LC900001', fields: { relation: '户主' } }],
      households: [{ code: 'LC900001', opens: true, fields: { region: '4416', head_name: '张三' } }],
    })
  })
  it('of a merge ends one and says where its number leads', () => {
    const change = wish({ ends: true, successor: 'LC000002', members: [member('1', 'move', 'LC000002')] })
    expect(subjectsOf(change)).toEqual({
      persons: [{ id: '1', household: 'LC000002' }],
      households: [{ code: 'LC000001', ends: true, successor: 'LC000002' }],
    })
  })
  it('of a move places a household, and begins with a month', () => {
    expect(subjectsOf(wish({ unit: 'town-2' }))).toEqual({ households: [{ code: 'LC000001', unit: 'town-2' }] })
    expect(monthOf('2025-08-17')).toBe('2025-08-01')
  })
})

describe('fields that a case changes', () => {
  const field = (of: 'household' | 'person', id: string | null, name: string, isNew = false) => ({
    of,
    is_new: isNew,
    id,
    field: name,
    before: '',
    after: 'x',
  })
  it('are put together by whom they are about, also of several who are new', () => {
    const changes = [
      field('person', null, 'name', true),
      field('person', null, 'relation', true),
      field('person', null, 'name', true),
      field('person', '4', 'phone'),
      field('household', 'LC1', 'address'),
    ]
    expect(grouped(changes).map((one) => [one.of, one.id, one.fields.length])).toEqual([
      ['person', null, 2],
      ['person', null, 1],
      ['person', '4', 1],
      ['household', 'LC1', 1],
    ])
  })
})
