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

function declined(status: number) {
  const read = vi
    .spyOn(api, 'GET')
    .mockImplementationOnce((() => answer({ items: [REQUEST], next: null })) as unknown as typeof api.GET)
    .mockImplementation((() => answer({ items: [], next: null })) as unknown as typeof api.GET)
  const refused = { error: { detail: '已由别人办理' }, response: new Response(null, { status }) }
  const sent = vi
    .spyOn(api, 'POST')
    .mockImplementation((() => Promise.resolve(refused)) as unknown as typeof api.POST)
  return { read, sent }
}
async function tried() {
  const screen = mount(FirstRequests, { attachTo: document.body, global: { stubs: { RouterLink: true } } })
  await flushPromises()
  await screen.get('button.danger').trigger('click')
  await screen.get('dialog textarea').setValue('本人已在别处办理')
  await screen.get('dialog form').trigger('submit')
  await flushPromises()
  return screen
}

it('a reason for not opening that the server did not take stays as it was written', async () => {
  const { read, sent } = declined(422)
  const screen = await tried()
  expect(sent.mock.calls).toMatchObject([['/api/v1/first-requests/{id}/decline', { params: { path: { id: '5' } } }]])
  expect(screen.get('dialog [role=alert]').text()).toBe('已由别人办理')
  expect(screen.get<HTMLTextAreaElement>('dialog textarea').element.value).toBe('本人已在别处办理')
  expect(read).toHaveBeenCalledTimes(1)
  expect(screen.find('tbody tr').exists()).toBe(true)
})

it('one that somebody else settled meanwhile goes from the list, and the reason stays to be copied', async () => {
  const { read } = declined(409)
  const screen = await tried()
  expect(read).toHaveBeenCalledTimes(2)
  expect(screen.find('tbody tr').exists()).toBe(false)
  expect(screen.get('dialog [role=alert]').text()).toBe('已由别人办理')
  expect(screen.get<HTMLTextAreaElement>('dialog textarea').element.value).toBe('本人已在别处办理')
})
