// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api } from '../../api/client'
import ProposalDrawer from './ProposalDrawer.vue'

const WORDS = { zh: '销毁密钥、删除信息', en: 'Forgetting of people' }
const PROPOSAL = {
  id: '3',
  kind: 'forgetting',
  state: 'approved',
  mine: true,
  may_decide: false,
  reason: '本人申请删除',
  proposed_by: 'worker',
  proposed_by_name: '王某',
  proposed_at: '2026-11-27T01:00:00Z',
  expires_at: '2026-12-27T01:00:00Z',
  decided_by: '',
  decided_by_name: null,
  answer: '',
  unit: 'county',
  payload_hash: 'ab',
  changes: [],
  households: ['LC000007'],
}
const job = (result: object) => ({
  id: '9',
  kind: 'forgetting',
  title: WORDS,
  stage: WORDS,
  state: 'done',
  done: 1,
  total: 1,
  attempts: 1,
  parameters: {},
  result,
  fault: null,
  queued_at: '2026-11-27T01:00:00Z',
})
const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
async function carriedOut(result: object): Promise<string> {
  const got = (path: string) => answer(path === '/api/v1/jobs/{id}' ? job(result) : PROPOSAL)
  vi.spyOn(api, 'GET').mockImplementation(got as unknown as typeof api.GET)
  vi.spyOn(api, 'POST').mockImplementation((() => answer({ job: '9' })) as unknown as typeof api.POST)
  const drawer = mount(ProposalDrawer, { props: { id: '3' }, attachTo: document.body })
  await flushPromises()
  expect(drawer.text()).not.toContain('删除证明')
  await drawer.get('button.pri').trigger('click')
  await drawer.findAll('dialog form').at(-1)?.trigger('submit')
  await flushPromises()
  return drawer.text()
}
afterEach(() => {
  vi.restoreAllMocks()
  sessionStorage.clear()
  document.body.innerHTML = ''
})

describe('people who are erased as approved', () => {
  it('are told by number, with the proof and what is kept still', async () => {
    const told = await carriedOut({ proof: 4, people: 2, already: null, originals_until: '2026-10-05' })
    expect(told).toContain('已删除 2 人的信息，密钥已销毁，删除证明 4 号')
    expect(told).toContain('2026年10月5日 及以前报送的原始文件仍保存着')
  })
  it('who were erased before are said to have been, by the proof of then', async () => {
    const told = await carriedOut({ proof: 4, people: 2, already: '2026-11-20', originals_until: null })
    expect(told).toContain('已于 2026年11月20日 删除，删除证明 4 号')
    expect(told).not.toContain('已删除 2 人')
    expect(told).not.toContain('原始文件')
  })
})
