// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { homesTold, lookedTold, whatTold } from './looked'

const HTTP = resolve('../src/http') // tests run in web/; routes stand in its folders, each with its matter
/** What routes write into the log of looks, as their sources say it; what names somebody or something behind it is
 *  told as it stands. */
const written = readdirSync(HTTP, { recursive: true, encoding: 'utf8' })
  .filter((file) => /(^|\/)routes_\w+\.cpp$/.test(file) && !file.endsWith('_test.cpp'))
  .flatMap((file) => [
    ...readFileSync(join(HTTP, file), 'utf8').matchAll(
      /look(?:ed|_at|_at_all)\((?:call, (?:\*placed, )?)?"([^"]+)"/g,
    ),
  ])
  .map(([, what = '']) => what)
  .filter((what) => !what.endsWith(' '))

describe('what was looked at', () => {
  it('is found in the routes', () => {
    expect(written).toContain('household.facts')
    expect(written).toContain('case.papers')
    expect(written.length).toBeGreaterThan(15)
  })
  it('has words, wherever it is looked at', () => {
    const bare = written.filter((what) => lookedTold({ what, verb: '?', thing: '?' }).includes('?'))
    expect(bare).toEqual([])
  })
  it('says what left as a file, and of what nobody named the verb and the thing', () => {
    expect(lookedTold({ what: 'households.export', verb: 'export', thing: 'household' })).toBe('家庭名单（导出）')
    expect(lookedTold({ what: 'boundaries of 440000', verb: 'read', thing: 'unit' })).toBe('read unit')
  })
  it('says what was seen whole behind the page, and of the list for the bank too', () => {
    const told = (what: string, verb = 'read', thing = 'payment') => whatTold({ what, verb, thing })
    expect(told('case account=whole')).toBe('办件（完整显示：收款账号）')
    expect(told('household phone=whole means=whole')).toBe('家庭和成员（完整显示：电话、收入财产）')
    expect(told('payroll.bank_list account=whole', 'reveal')).toBe('交银行的发放清单（完整显示：收款账号）')
    expect(told('households.export phone=whole')).toBe('家庭名单（导出）（完整显示：电话）')
    expect(told('account', 'reveal', 'person')).toBe('查看完整信息：收款账号')
    expect(told('account', 'change', 'account')).toBe('account') // of somebody who signs in
  })
  it('is as the log has it where it has no name: a change of an account names whose', () => {
    expect(whatTold({ what: 'payroll.lines', verb: 'read', thing: 'payment' })).toBe('发放清册')
    expect(whatTold({ what: 'account.reset li', verb: 'change', thing: 'account' })).toBe('account.reset li')
  })
})

describe('whose data a look was of', () => {
  it('is told by the numbers of the households, and how many there are more', () => {
    expect(homesTold({ homes: ['LC000001'], homes_total: 1 })).toBe('LC000001')
    expect(homesTold({ homes: ['LC000001', 'LC000002', 'LC000003'], homes_total: 3 }, 2)).toBe(
      'LC000001、LC000002 等 3 户',
    )
    expect(homesTold({ homes: ['LC000001'], homes_total: 70 })).toBe('LC000001 等 70 户')
  })
  it('out of reach is said so; who reads no households is told how many', () => {
    expect(homesTold({ homes: [], homes_total: 1 })).toBe('已不在辖区或名册')
    expect(homesTold({ homes: [], homes_total: 4 })).toBe('4 户，已不在辖区或名册')
    expect(homesTold({ homes: null, homes_total: 4 })).toBe('4 户')
    expect(homesTold({ homes: [], homes_total: 0 })).toBe('')
  })
})
