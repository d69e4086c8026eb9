// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { codesOf, firstColumn } from './codes'

describe('numbers of households', () => {
  it('are taken however they are set apart, each once', () => {
    expect(codesOf(' LC000001,LC000002\nLC000001、LC000003；LC000004 ')).toEqual([
      'LC000001',
      'LC000002',
      'LC000003',
      'LC000004',
    ])
  })
  it('of a table are its first column without the heading', () => {
    expect(firstColumn('\uFEFF户编号,区划\r\nLC000001,44\r\n"LC000002",44\r\n')).toEqual(['LC000001', 'LC000002'])
    expect(firstColumn('LC000001\nLC000002')).toEqual(['LC000001', 'LC000002'])
    expect(firstColumn('')).toEqual([])
  })
})
