// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api } from '../api/client'
import { keepSession, type Session } from '../people/session'
import { language } from '../words/language'
import PersonChoice from './PersonChoice.vue'

const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
const missing = () =>
  Promise.resolve({
    error: { code: 'no_such_household', title: { zh: '没有', en: 'none' } },
    response: new Response(null, { status: 404 }),
  })
const NAMED = { code: 'LC000007', named: [{ id: '31', name: '王小明', relation: '子' }] }
const HOME = {
  members: [
    { id: '30', name: '王大明', relation: '户主' },
    { id: '31', name: null, relation: '子' },
  ],
  left: [{ id: '29', name: '王老太', relation: '母' }],
}

async function stand(value = '', rights: readonly string[] = ['read:household']) {
  keepSession({ kind: 'staff', rights } as unknown as Session)
  const field = mount(PersonChoice, {
    attachTo: document.body,
    props: {
      id: 'who',
      modelValue: value,
      'onUpdate:modelValue': (now: string) => field.setProps({ modelValue: now }),
    },
  })
  await flushPromises()
  return field
}
type Field = Awaited<ReturnType<typeof stand>>
async function seek(field: Field, text: string): Promise<void> {
  await field.get('input').setValue(text)
  await field.get('input').trigger('keydown', { key: 'Enter' })
  await flushPromises()
}

describe('a person of the register', () => {
  afterEach(() => {
    keepSession(null)
    vi.restoreAllMocks()
    document.body.innerHTML = ''
  })
  it('is found by a whole name, which stands in no address, and chosen as a number', async () => {
    const sent = vi
      .spyOn(api, 'POST')
      .mockImplementation((() => answer({ items: [NAMED], more: false })) as unknown as typeof api.POST)
    const got = vi.spyOn(api, 'GET')
    const field = await stand()
    await seek(field, ' 王小明 ')
    expect(sent.mock.calls).toEqual([['/api/v1/household-searches', { body: { name: '王小明' } }]])
    expect(got).not.toHaveBeenCalled()
    await field.get('li button').trigger('click')
    await flushPromises()
    expect(field.props('modelValue')).toBe('31')
    expect(field.get('.tag').text()).toBe('王小明 · 子 · LC000007')
    // The keyboard stays at the field.
    expect(document.activeElement?.id).toBe('who')
  })
  it('is found by a household, among its members and those who left, masked as they are told', async () => {
    const got = vi.spyOn(api, 'GET').mockImplementation((() => answer(HOME)) as unknown as typeof api.GET)
    const field = await stand()
    await seek(field, 'LC000007')
    expect(got.mock.calls).toMatchObject([['/api/v1/households/{code}', { params: { path: { code: 'LC000007' } } }]])
    const told = field.findAll('li button').map((one) => one.text())
    expect(told).toEqual(['王大明 · 户主', '*** · 子', '王老太 · 母 · 已离开本户'])
    await field.findAll('li button')[2]?.trigger('click')
    expect(field.props('modelValue')).toBe('29')
  })
  it('is told with the relation in the language of the reader', async () => {
    vi.spyOn(api, 'GET').mockImplementation((() => answer(HOME)) as unknown as typeof api.GET)
    language.value = 'en'
    const field = await stand()
    await seek(field, 'LC000007')
    const told = field.findAll('li button').map((one) => one.text())
    language.value = 'zh'
    expect(told).toEqual(['王大明 · head', '*** · son', '王老太 · mother · left the household'])
  })
  it('that an address names is told by number, and makes room for another', async () => {
    const field = await stand('12')
    expect(field.get('.tag').text()).toBe('成员编号 12')
    expect(field.get('button').attributes('aria-label')).toBe('换一人 · 成员编号 12')
    await field.get('button').trigger('click')
    await flushPromises()
    expect(field.props('modelValue')).toBe('')
    expect(document.activeElement?.tagName).toBe('INPUT')
  })
  it('that nobody finds is said so: by name, by household, and where too many have the name', async () => {
    const items: object[] = []
    vi.spyOn(api, 'POST').mockImplementation((() =>
      answer({ items, more: items.length > 0 })) as unknown as typeof api.POST)
    vi.spyOn(api, 'GET').mockImplementation(missing as unknown as typeof api.GET)
    const field = await stand()
    await seek(field, '王小')
    expect(field.get('[role=status]').text()).toContain('没有找到')
    items.push(NAMED)
    await seek(field, '王小明')
    expect(field.get('[role=status]').text()).toContain('同名的人过多')
    await seek(field, 'LC9')
    expect(field.get('[role=status]').text()).toContain('没有这个户编号')
    expect(field.findAll('li')).toEqual([])
  })
  it('is written as a number by whoever reads no household', async () => {
    const field = await stand('', [])
    await field.get('input#who').setValue('12')
    expect(field.props('modelValue')).toBe('12')
    expect(field.find('button').exists()).toBe(false)
  })
})
