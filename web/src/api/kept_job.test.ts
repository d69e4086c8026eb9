// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { defineComponent } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { api } from './client'
import { forgetJobs, useKeptJob, type KeptJob } from './kept_job'

const RUNNING = { id: '7', kind: 'register', state: 'running', parameters: { proposal: 12 } }
const OVER = { id: '6', kind: 'register', state: 'done', parameters: { proposal: 12 } }
let status = 200

function stand(screen: string, isMine?: Parameters<typeof useKeptJob>[1]): KeptJob {
  let kept: KeptJob | undefined
  mount(defineComponent({ setup: () => ((kept = useKeptJob(screen, isMine)), () => null) }))
  if (!kept) throw new Error('the screen stands')
  return kept
}

describe('the job of a screen', () => {
  beforeEach(() => {
    status = 200
    vi.spyOn(api, 'GET').mockImplementation((() =>
      Promise.resolve({
        data: { items: [OVER, RUNNING], next: null },
        response: new Response(null, { status }),
      })) as unknown as typeof api.GET)
  })
  afterEach(() => {
    forgetJobs()
    vi.restoreAllMocks()
  })
  it('is followed again after a reload, until it is over', () => {
    stand('register.case.1').follow('5')
    expect(stand('register.case.1').id.value).toBe('5')
    expect(stand('register.case.2').id.value).toBe('')
    stand('register.case.1').forget()
    expect(stand('register.case.1').id.value).toBe('')
  })
  it('is found among those of the server that run', async () => {
    const kept = stand(
      'register.proposal.12',
      ({ parameters }) => 'proposal' in parameters && parameters.proposal === 12,
    )
    await flushPromises()
    expect(kept.id.value).toBe('7')
  })
  it('is none where jobs may not be read, and none of the one before', async () => {
    status = 403
    stand('register.proposal.12').follow('7')
    forgetJobs()
    const kept = stand('register.proposal.12', () => true)
    await flushPromises()
    expect(kept.id.value).toBe('')
  })
})
