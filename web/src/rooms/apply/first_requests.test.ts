// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { api } from '../../api/client'
import FirstRequests from './FirstRequests.vue'

vi.mock('vue-router', () => ({ useRouter: () => ({}) }))
afterEach(() => {
  vi.restoreAllMocks()
  document.body.innerHTML = ''
})
const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
const REQUEST = {
  id: '5',
  receipt: 'A1',
  machine: 'application',
  state: 'waiting',
  title: { zh: '申请', en: 'Application' },
  at: '2026-11-01T00:00:00Z',
}

it('a reason for not opening that the server did not take stays as it was written', async () => {
  vi.spyOn(api, 'GET').mockImplementation((() =>
    answer({ items: [REQUEST], next: null })) as unknown as typeof api.GET)
  const refused = { error: { detail: '已由别人办理' }, response: new Response(null, { status: 409 }) }
  const sent = vi
    .spyOn(api, 'POST')
    .mockImplementation((() => Promise.resolve(refused)) as unknown as typeof api.POST)
  const screen = mount(FirstRequests, { attachTo: document.body, global: { stubs: { RouterLink: true } } })
  await flushPromises()
  await screen.get('button.danger').trigger('click')
  await screen.get('dialog textarea').setValue('本人已在别处办理')
  await screen.get('dialog form').trigger('submit')
  await flushPromises()
  expect(sent.mock.calls).toMatchObject([['/api/v1/first-requests/{id}/decline', { params: { path: { id: '5' } } }]])
  expect(screen.get('dialog [role=alert]').text()).toBe('已由别人办理')
  expect(screen.get<HTMLTextAreaElement>('dialog textarea').element.value).toBe('本人已在别处办理')
})
