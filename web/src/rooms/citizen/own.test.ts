// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { Schema } from '../../api/client'
import { byDay, folded, selfOf } from './own'

function member(id: string, more: Partial<Schema['Member']>): Schema['Member'] {
  return { id, name: id, relation: '', sex: '', phone: null, identity_number: null, protected: null, ...more }
}
function look(seq: number, at: string): Schema['MyLook'] {
  return { seq, at, unit: '样例县', purpose: { zh: '日常经办', en: 'Daily work' }, verb: 'read', thing: 'household' }
}

describe('one’s own row', () => {
  it('is the one that tells whether one is protected, or one’s number', () => {
    expect(selfOf([member('1', {}), member('2', { protected: false })])?.id).toBe('2')
    expect(selfOf([member('1', { identity_number: '441699****0001' }), member('2', {})])?.id).toBe('1')
  })
  it('is nobody’s where none tells it', () => {
    expect(selfOf([member('1', {})])).toBeNull()
  })
})

describe('looks', () => {
  it('stand under their days, in the order of the list', () => {
    const days = byDay([
      look(3, '2026-03-02T04:00:00Z'),
      look(2, '2026-03-02T03:00:00Z'),
      look(1, '2026-03-01T04:00:00Z'),
    ])
    expect(days.map((day) => day.looks.map((one) => one.seq))).toEqual([[3, 2], [1]])
  })
  it('of one minute by the same office stand once, with how often', () => {
    const all = folded([
      look(4, '2026-03-02T04:01:30Z'),
      look(3, '2026-03-02T04:00:59Z'),
      look(2, '2026-03-02T04:00:01Z'),
      { ...look(1, '2026-03-02T04:00:00Z'), unit: '样例镇' },
    ])
    expect(all.map((one) => [one.look.seq, one.times])).toEqual([
      [4, 1],
      [3, 2],
      [1, 1],
    ])
  })
  it('of one’s own are counted, not listed', () => {
    const own = { ...look(2, '2026-03-02T03:00:00Z'), unit: '' }
    const [day] = byDay([look(3, '2026-03-02T04:00:00Z'), own])
    expect([day?.looks.length, day?.own]).toEqual([1, 1])
  })
})
