// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { findingMove, waitsForFinding } from './finding'
import type { Case } from './one_case'
import type { CaseMove } from './procedures'

const move = (id: string, from: string[], more: Partial<CaseMove> = {}) =>
  ({ id, from, may: [], determines: false, ...more }) as unknown as CaseMove
const FIND = move('determine', ['surveyed', 'to_decide'], { determines: true })
const PROPOSE = move('propose', ['surveyed', 'to_decide'], { may: ['differs_because'] })
const DECIDE = move('decide', ['to_decide'], { may: ['differs_because'] })
const KEEP = move('keep', ['surveyed'])

function review(events: string[], open: CaseMove[] = [FIND, PROPOSE, DECIDE, KEEP]): Case {
  const told = events.map((id, n) => ({
    number: n + 1,
    move: id,
    fields: id === 'survey' ? { officers: ['a'] } : {},
  }))
  return { events: told, open_moves: open } as unknown as Case
}

describe('what a determination finds', () => {
  it('is found first, and then what follows it may be said', () => {
    expect(waitsForFinding(review(['open', 'survey']), PROPOSE)).toBe(true)
    expect(waitsForFinding(review(['open', 'survey', 'determine']), PROPOSE)).toBe(false)
    expect(findingMove(review([]))?.id).toBe('determine')
  })
  it('is void once somebody looked anew, and only then', () => {
    expect(waitsForFinding(review(['survey', 'determine', 'survey']), PROPOSE)).toBe(true)
    expect(waitsForFinding(review(['survey', 'determine', 'propose', 'serve_letter', 'reply']), PROPOSE)).toBe(false)
  })
  it('holds up neither a decision nor what follows nothing', () => {
    expect(waitsForFinding(review(['survey']), DECIDE)).toBe(false)
    expect(waitsForFinding(review(['survey']), KEEP)).toBe(false)
  })
  it('holds nothing up for whoever cannot ask for it', () => {
    expect(waitsForFinding(review(['survey'], [PROPOSE]), PROPOSE)).toBe(false)
  })
})
