// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { api } from '../api/client'
import { session, type Session } from '../people/session'
import FieldInput from './FieldInput.vue'
import type { CaseField } from './procedures'

const FIELD = {
  id: 'officers',
  type: 'users',
  title: { zh: '入户人员', en: 'Officers' },
  words: [],
} as unknown as CaseField
const person = (name: string, full_name: string, unit: string) => ({ name, full_name, unit, roles: [], self: false })
const HERE = [person('county', '陈立', '样例县'), person('second', '周全', '样例县')]
const BELOW = [...HERE, person('town', '李明', '第一镇')]

/** The field as an officer with these rights meets it. */
async function stand(rights: readonly string[]) {
  session.value = { kind: 'staff', rights } as unknown as Session
  const got = (_: string, { params }: { params: { query: { below?: string } } }) =>
    Promise.resolve({
      data: { items: params.query.below ? BELOW : HERE },
      response: new Response(null, { status: 200 }),
    })
  vi.spyOn(api, 'GET').mockImplementation(got as unknown as typeof api.GET)
  const field = mount(FieldInput, {
    props: {
      field: FIELD,
      modelValue: ['county'],
      'onUpdate:modelValue': (now: unknown) => field.setProps({ modelValue: now as string[] }),
    },
  })
  await flushPromises()
  return field
}
const ticked = (field: Awaited<ReturnType<typeof stand>>) =>
  field
    .findAll<HTMLInputElement>('input[type=checkbox]')
    .filter((box) => box.element.checked)
    .map((box) => box.element.value)

describe('who goes to a door', () => {
  beforeEach(() => vi.resetModules())
  afterEach(() => {
    session.value = null
    vi.restoreAllMocks()
  })
  it('is chosen by name among those of the offices below too, and stands as a box once chosen', async () => {
    const field = await stand(['assign:task'])
    expect(field.findAll('option').map((one) => one.text())).toEqual(['请选择', '李明（第一镇）'])
    await field.get('select').setValue('town')
    expect(field.props('modelValue')).toEqual(['county']) // who is gone through by keys is nobody's choice yet
    await field.get('.others button').trigger('click')
    expect(field.props('modelValue')).toEqual(['county', 'town'])
    expect(ticked(field)).toEqual(['county', 'town'])
    expect(field.find('select').exists()).toBe(false) // nobody is left to be added
    await field.get('input[value=town]').setValue(false)
    expect(field.props('modelValue')).toEqual(['county'])
  })
  it('is written where they are of an office that is in no list, and what was ticked stays', async () => {
    const field = await stand(['assign:task'])
    await field.get('select').setValue('town')
    await field.get('.others button').trigger('click')
    await field.get('input.input').setValue('far、second')
    expect(field.props('modelValue')).toEqual(['county', 'town', 'far', 'second'])
    expect(field.get<HTMLInputElement>('input.input').element.value).toBe('far')
    expect(ticked(field)).toEqual(['county', 'second', 'town'])
  })
  it('is a colleague alone for whoever hands nothing out', async () => {
    const field = await stand([])
    expect(field.find('select').exists()).toBe(false)
    expect(field.findAll('input[type=checkbox]')).toHaveLength(2)
  })
})
