// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { differenceOf } from './difference'

it('every row of a roll stands in one part of the difference', () => {
  const buckets = { exact: 1, probable: 2, off_roster: 4, review: 8, held: 16, rejected: 32, duplicate: 64 }
  const parts = differenceOf(buckets)
  expect(parts).toEqual({ both: 3, theirs: 4, unsure: 24, unread: 96 })
  const sum = (all: object) => Object.values(all).reduce((one: number, other: number) => one + other, 0)
  expect(sum(parts ?? {})).toBe(sum(buckets))
  expect(differenceOf(null)).toBeNull()
})
