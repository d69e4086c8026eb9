// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { carriesOn, inOrder, type CaseMove } from './procedures'

function move(id: string, to: string, needs: string[] = []): CaseMove {
  return {
    id,
    title: { zh: id, en: id },
    from: [],
    to,
    by: [],
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

it('offers what carries a case on first, and what asks for a reason last', () => {
  const offered = [
    move('withdraw', 'withdrawn', ['reason']),
    move('note', ''),
    move('in_vain', '', ['attempt']),
    move('visit', 'verified', ['note']),
    move('call', 'verified'),
  ]
  expect(inOrder('warning', 'accepted', offered).map((one) => one.id)).toEqual([
    'visit',
    'call',
    'note',
    'in_vain',
    'withdraw',
  ])
})
it('lets nothing stand out that turns a case away', () => {
  expect(carriesOn(move('refuse', 'refused', ['reason']))).toBe(false)
  expect(carriesOn(move('in_vain', '', ['attempt']))).toBe(false)
  expect(carriesOn(move('accept', 'accepted'))).toBe(true)
})
