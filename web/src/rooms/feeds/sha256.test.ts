// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hashOf, Sha256 } from './sha256'

function bytes(count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => (i * 31 + (i >> 3)) & 0xff)
}

describe('the hash of a file', () => {
  it.each([0, 1, 3, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000, 100_003])('of %i bytes is the usual one', (n) => {
    const content = bytes(n)
    const hash = new Sha256()
    hash.add(content)
    expect(hash.end()).toBe(createHash('sha256').update(content).digest('hex'))
  })
  it('is the same however it is cut', () => {
    const content = bytes(1000)
    const hash = new Sha256()
    for (const [from, to] of [
      [0, 1],
      [1, 64],
      [64, 200],
      [200, 200],
      [200, 1000],
    ] as const)
      hash.add(content.subarray(from, to))
    expect(hash.end()).toBe(createHash('sha256').update(content).digest('hex'))
  })
  it('of a file is read piece by piece, and may be left', async () => {
    const file = new Blob([bytes(5000) as Uint8Array<ArrayBuffer>])
    expect(await hashOf(file)).toBe(createHash('sha256').update(bytes(5000)).digest('hex'))
    expect(await hashOf(file, () => false)).toBeNull()
  })
})
