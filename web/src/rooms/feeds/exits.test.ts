// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import type { Schema } from '../../api/client'
import { clausesOf, endsTold, toldBy } from './exits'

vi.mock('../../law/pack', () => ({ indicatorTitle: () => ({ zh: '死亡', en: 'death' }) }))

const END = {
  name: '林***',
  relation: '户主',
  indicator: 'death',
  date: '2025-05-10',
  dataset_title: { zh: '火化信息', en: 'Cremations' },
  clause: 'p@1 附件3(9)',
}
const EXIT: Schema['Exit'] = {
  household: 'LC000001',
  head_name: '林***',
  clause: 'p@1 附件3(9)',
  events: [END, { ...END, name: null, relation: '', clause: 'p@1 五' }],
  withheld: 0,
}

it('tells who, what and when; a name that is not shown is masked', () => {
  const told = endsTold(EXIT).split('；')
  expect(told).toHaveLength(2)
  expect(told[0]).toMatch(/^林\*\*\*、户主、死亡、/)
  expect(told[1]).toMatch(/^\*\*\*、死亡、/)
})
it('what is not shown is counted', () => {
  expect(endsTold({ ...EXIT, events: [], withheld: 2 })).toBe('另有 2 项不向您显示')
})
it('a dataset and a clause stand once', () => {
  expect(toldBy(EXIT)).toBe('火化信息')
  expect(clausesOf(EXIT)).toEqual(['p@1 附件3(9)', 'p@1 五'])
})
