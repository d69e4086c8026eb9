// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { api } from '../api/client'
import JobProgress from './JobProgress.vue'

const WORDS = { zh: '导入', en: 'Import' }
const RUNNING = {
  id: '7',
  kind: 'import',
  title: WORDS,
  stage: WORDS,
  state: 'running',
  done: 1,
  total: 4,
  attempts: 1,
  parameters: {},
  result: null,
  fault: null,
  queued_at: '2026-11-27T01:00:00Z',
  started_at: null,
  ended_at: null,
}
const answer = () => Promise.resolve({ data: RUNNING, response: new Response(null, { status: 200 }) })

describe('a job that is under way', () => {
  beforeEach(() => {
    vi.stubGlobal(
      'EventSource',
      class {
        addEventListener = vi.fn()
        close = vi.fn()
      },
    )
    vi.spyOn(api, 'GET').mockImplementation(answer as unknown as typeof api.GET)
  })
  afterEach(() => {
    vi.restoreAllMocks()
    vi.unstubAllGlobals()
  })
  it('is cancelled after it was asked, never at one click', async () => {
    const cancelled = vi.spyOn(api, 'POST').mockImplementation(answer as unknown as typeof api.POST)
    const shown = mount(JobProgress, { props: { id: '7', mayCancel: true }, attachTo: document.body })
    await flushPromises()
    await shown.get('button.small').trigger('click')
    expect(cancelled).not.toHaveBeenCalled()
    await shown.get('dialog form').trigger('submit')
    await flushPromises()
    expect(cancelled).toHaveBeenCalledWith('/api/v1/jobs/{id}/cancel', expect.anything())
    expect(shown.find('dialog').exists()).toBe(false)
    shown.unmount()
  })
  it('has no such button for who may not', async () => {
    const shown = mount(JobProgress, { props: { id: '7' } })
    await flushPromises()
    expect(shown.find('button').exists()).toBe(false)
    expect(shown.text()).toContain('25%')
  })
})
