// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { defineComponent } from 'vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api } from '../../api/client'
import AddHomes from './AddHomes.vue'

/** The form of the step, filled in at once. */
const MoveForm = defineComponent({
  emits: ['ready'],
  setup(_, { emit, expose }) {
    expose({ check: () => emit('ready', { note: '排查' }, '2026-11-27') })
    return () => null
  },
})
vi.mock('../../cases/procedures', async (whole) => ({
  ...(await whole<object>()),
  procedures: { value: {} },
  machineOf: () => ({ moves: [] }),
  openingMoves: () => [{ id: 'open' }],
}))

describe('households that are added one by one', () => {
  afterEach(() => vi.restoreAllMocks())
  it('are tried again under the same keys, those that failed alone', async () => {
    const keys: string[] = []
    let down = true
    vi.spyOn(api, 'POST').mockImplementation(((
      _path: string,
      { params, body }: { params: { header: Record<string, string> }; body: { household: string } },
    ) => {
      keys.push(params.header['Idempotency-Key'] ?? '')
      if (down && body.household === 'LC000002')
        return Promise.resolve({
          error: { code: 'store_busy', detail: '忙' },
          response: new Response(null, { status: 503 }),
        })
      return Promise.resolve({ data: { case: '1' }, response: new Response(null, { status: 201 }) })
    }) as unknown as typeof api.POST)
    const adds = mount(AddHomes, {
      props: { machine: 'survey', parent: '7' },
      global: { stubs: { MoveForm } },
      attachTo: document.body,
    })
    await adds.get('textarea').setValue('LC000001 LC000002')
    await adds.get('form').trigger('submit')
    await flushPromises()
    expect(adds.text()).toContain('LC000002')
    expect(keys).toHaveLength(2)
    down = false
    await adds.get('dialog .stack button').trigger('click')
    await flushPromises()
    expect(keys).toHaveLength(3)
    expect(keys[2]).toBe(keys[1])
    expect(adds.text()).not.toContain('LC000002')
    adds.unmount()
  })
})
