// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { branchesOf } from './unit_tree'
import { cellsOf, readUnits, textOf } from './unit_file'

const TOWN = {
  code: 't1',
  title: '老隆镇',
  kind: 'township',
  parent: 'county',
  region: '441622100',
  from: '2020-01-01',
}

describe('a file of units', () => {
  it.each([
    ['a table', 'code,title,kind,parent,region,from\nt1,老隆镇,township,county,441622100,2020-01-01\n'],
    [
      'a table with a mark and CRLF',
      '\uFEFFcode,title,kind,parent,region,from,until\r\nt1,老隆镇,township,county,441622100,2020-01-01,\r\n',
    ],
    [
      'YAML a line each',
      '# offices\n- {code: t1, title: 老隆镇, kind: township, parent: county, region: "441622100", from: 2020-01-01}\n',
    ],
    [
      'YAML below each other',
      '- code: t1\n  title: 老隆镇\n  kind: township\n  parent: county\n  region: "441622100"\n  from: 2020-01-01\n',
    ],
    ['JSON', JSON.stringify([{ ...TOWN, until: null }])],
  ])('as %s', (_name, text) => {
    expect(readUnits(text)).toEqual({ rows: [TOWN] })
  })
  it('of the sample county is read whole', () => {
    const read = readUnits(readFileSync('../samples/longchuan/units.yaml', 'utf8'))
    expect('rows' in read && read.rows.length).toBeGreaterThan(20)
  })
  it('says which heading it does not know, and what a row lacks', () => {
    expect(readUnits('code,name\na,b')).toEqual({ trouble: 'heading', word: 'name', row: 1 })
    expect(readUnits('code,title,kind,from\na,b,,2020-01-01')).toEqual({ trouble: 'missing', word: 'kind', row: 2 })
    expect(readUnits('')).toEqual({ trouble: 'none', word: '', row: 0 })
    expect(readUnits('[{')).toEqual({ trouble: 'notRead', word: '', row: 1 })
  })
  it('in GB18030 is read', () => {
    expect(textOf(Uint8Array.from([0xd5, 0xf2]).buffer)).toBe('镇')
  })
})

describe('cells', () => {
  it('hold commas, quotes and breaks', () => {
    expect(cellsOf('a,"b,""c""\nd"\r\n,e\n')).toEqual([
      ['a', 'b,"c"\nd'],
      ['', 'e'],
    ])
  })
})

describe('the tree', () => {
  const unit = (code: string, parent: string | null) => ({
    ...TOWN,
    code,
    parent,
    department: '',
    within: true,
    tile: null,
  })
  it('has each office behind the one above it, and counts what is below', () => {
    const units = [unit('county', 'city'), unit('b', 'county'), unit('a', 'county'), unit('a1', 'a')]
    expect(branchesOf(units).map(({ unit: { code }, depth, below }) => [code, depth, below])).toEqual([
      ['county', 0, 3],
      ['b', 1, 0],
      ['a', 1, 1],
      ['a1', 2, 0],
    ])
  })
})
