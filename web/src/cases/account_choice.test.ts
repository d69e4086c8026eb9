// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api } from '../api/client'
import { session, type Session } from '../people/session'
import AccountChoice from './AccountChoice.vue'
import { accountChoices } from './accounts'

vi.mock('../people/offices', () => ({
  readOffices: () => Promise.resolve([]),
  officeTitle: (code: string | null) => (code === 'first' ? '第一镇' : ''),
}))

const ACCOUNTS = [
  { name: 'town', full_name: '陈立', unit: 'first' },
  { name: 'plain', full_name: '', unit: null },
]

interface Asked {
  params: { query: object }
}

/** The field as an administrator sees it, who is told of accounts; `items` none: the server says no. */
async function stand(value: string, items: readonly object[] | null = ACCOUNTS) {
  session.value = { kind: 'staff', rights: ['read:account'] } as unknown as Session
  vi.spyOn(api, 'GET').mockImplementation((() =>
    items
      ? Promise.resolve({ data: { items, next: null }, response: new Response(null, { status: 200 }) })
      : Promise.reject(new Error('not allowed'))) as unknown as typeof api.GET)
  const field = mount(AccountChoice, {
    props: {
      id: 'who',
      none: { zh: '全部', en: 'All' },
      known: [
        { id: 'town', title: '陈立' },
        { id: 'away', title: '周全' },
      ],
      modelValue: value,
      'onUpdate:modelValue': (now: string) => field.setProps({ modelValue: now }),
    },
  })
  await flushPromises()
  return field
}

describe('an account', () => {
  afterEach(() => {
    session.value = null
    vi.restoreAllMocks()
  })
  it('is chosen by name, each person once', async () => {
    const field = await stand('')
    expect(field.findAll('option').map((one) => one.text())).toEqual([
      '全部',
      '陈立（第一镇）',
      'plain',
      '周全',
      '其他账号…',
    ])
    await field.get('select').setValue('away')
    expect(field.props('modelValue')).toBe('away')
    expect(field.find('input').exists()).toBe(false)
  })
  it('of nobody in the list is written, and the list comes back when nothing is', async () => {
    const field = await stand('')
    await field.get('select').setValue(' ')
    await field.get('input').setValue('far ')
    expect(field.props('modelValue')).toBe('far')
    expect(field.get<HTMLSelectElement>('select').element.value).toBe(' ')
    await field.get('input').setValue('')
    expect(field.get<HTMLSelectElement>('select').element.value).toBe('')
    expect(field.find('input').exists()).toBe(false)
  })
  it('that an address names stands as it is, listed or not', async () => {
    expect((await stand('town')).get<HTMLSelectElement>('select').element.value).toBe('town')
    expect((await stand('gone')).get<HTMLInputElement>('input').element.value).toBe('gone')
  })
  it('of an office below is chosen by whoever hands work out, and asked for by nobody else', async () => {
    const town = { name: 'town', full_name: '陈立', unit: '第一镇', roles: [], self: false }
    const got = vi.spyOn(api, 'GET').mockImplementation((() =>
      Promise.resolve({
        data: { items: [town] },
        response: new Response(null, { status: 200 }),
      })) as unknown as typeof api.GET)
    const asked = () => (got.mock.calls as unknown[][]).map((call) => (call[1] as Asked).params.query)
    session.value = { kind: 'staff', rights: ['assign:task'] } as unknown as Session
    expect(await accountChoices()).toEqual([{ id: 'town', title: '陈立（第一镇）' }])
    expect(asked()).toEqual([{ below: 'true' }])
    session.value = { kind: 'staff', rights: [] } as unknown as Session
    await accountChoices()
    expect(asked()).toEqual([{ below: 'true' }, {}])
  })
  it('is written where nobody is listed', async () => {
    const field = await stand('', null)
    await field.setProps({ known: [] })
    await field.get('input#who').setValue('far')
    expect(field.props('modelValue')).toBe('far')
  })
})
