// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { cardOf } from './table'

describe('a row as a card', () => {
  it('heads with its first column and gives each other one a line', () => {
    const { lines, places } = cardOf([{ id: 'a' }, { id: 'b' }, { id: 'c' }])
    expect(lines).toBe(3)
    expect(places.get('a')).toMatchObject({ line: 1, from: 1, span: 12 })
    expect(places.get('c')).toMatchObject({ line: 3, from: 1, span: 12 })
  })
  it('shares the first line among its heads by their width', () => {
    const { places } = cardOf([
      { id: 'level', width: 100, card: 'head' },
      { id: 'due', width: 200, card: 'head' },
    ])
    expect(places.get('level')).toMatchObject({ line: 1, from: 1, span: 4 })
    expect(places.get('due')).toMatchObject({ line: 1, from: 5, span: 8 })
  })
  it('puts two halves on a line, and never a half beside a whole one', () => {
    const { lines, places } = cardOf([
      { id: 'a' },
      { id: 'b', card: 'half' },
      { id: 'c', card: 'half' },
      { id: 'd', card: 'half' },
      { id: 'e' },
      { id: 'f', card: 'half' },
    ])
    expect([places.get('b')?.line, places.get('c')?.line, places.get('d')?.line]).toEqual([2, 2, 3])
    expect([places.get('c')?.from, places.get('d')?.from]).toEqual([7, 1])
    expect([places.get('c')?.span, places.get('d')?.span]).toEqual([6, 12])
    expect([places.get('e')?.line, places.get('f')?.line, lines]).toEqual([4, 5, 5])
  })
  it('gives each half its line in large print', () => {
    const { lines, places } = cardOf([{ id: 'a' }, { id: 'b', card: 'half' }, { id: 'c', card: 'half' }], true)
    expect(lines).toBe(3)
    expect(places.get('c')).toMatchObject({ line: 3, from: 1, span: 12 })
  })
  it('leaves out what is not for a phone', () => {
    const { lines, places } = cardOf([{ id: 'a' }, { id: 'b', card: 'none' }])
    expect(lines).toBe(1)
    expect(places.has('b')).toBe(false)
  })
})
it('gives two lines to what says more than one holds', () => {
  const { lines, places } = cardOf([{ id: 'a' }, { id: 'b', card: 'deep' }, { id: 'c' }])
  expect(places.get('b')).toMatchObject({ line: 2, deep: 2 })
  expect(places.get('c')?.line).toBe(4)
  expect(lines).toBe(4)
  const head = cardOf([{ id: 'a', card: 'deep' }, { id: 'b' }])
  expect([head.places.get('a')?.deep, head.places.get('b')?.line, head.lines]).toEqual([2, 3, 3])
})
