// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { defineComponent } from 'vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api } from '../../api/client'
import { forgetJobs } from '../../api/kept_job'
import { useBatch, type Batch } from '../../parts/batch'
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

function batchOf(screen: string): Batch {
  let batch: Batch | undefined
  mount({ setup: () => ((batch = useBatch(screen)), () => null) })
  if (!batch) throw new Error('the screen stands')
  return batch
}

describe('households that are added', () => {
  afterEach(() => {
    forgetJobs()
    vi.restoreAllMocks()
  })
  it('are one job, which a reload finds; asked again after a fault, it is the same', async () => {
    const asked: { key: string; body: unknown }[] = []
    let down = true
    vi.spyOn(api, 'POST').mockImplementation(((
      _path: string,
      { params, body }: { params: { header: Record<string, string> }; body: unknown },
    ) => {
      asked.push({ key: params.header['Idempotency-Key'] ?? '', body })
      if (down)
        return Promise.resolve({
          error: { code: 'store_busy', detail: '忙' },
          response: new Response(null, { status: 503 }),
        })
      return Promise.resolve({ data: { job: '9' }, response: new Response(null, { status: 202 }) })
    }) as unknown as typeof api.POST)
    const batch = batchOf('boards.7')
    const adds = mount(AddHomes, {
      props: { machine: 'survey', parent: '7', batch },
      global: { stubs: { MoveForm, DraftList: true } },
      attachTo: document.body,
    })
    await adds.get('textarea').setValue('LC000001 LC000002')
    await adds.get('form').trigger('submit')
    await flushPromises()
    expect([batch.id.value, batch.fault.value?.code]).toEqual(['', 'store_busy'])
    expect(adds.emitted('close')).toBeUndefined()
    down = false
    await adds.get('form').trigger('submit')
    await flushPromises()
    expect(adds.emitted('close')).toHaveLength(1)
    expect(asked[1]).toEqual(asked[0])
    expect(asked[0]?.body).toEqual({
      what: 'open',
      subjects: ['LC000001', 'LC000002'],
      told: { machine: 'survey', parent: 7, fields: { note: '排查' }, on: '2026-11-27' },
    })
    expect([batchOf('boards.7').id.value, batchOf('boards.8').id.value]).toEqual(['9', ''])
    batch.close()
    expect(batchOf('boards.7').id.value).toBe('')
    adds.unmount()
  })
})
