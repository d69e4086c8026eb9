// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount, RouterLinkStub } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { api, type Schema } from '../api/client'
import { session, type Session } from '../people/session'
import NewCaseDialog from './NewCaseDialog.vue'

const word = (zh: string) => ({ zh, en: zh })
const need = { id: 'need', title: word('困难和需求'), type: 'text', words: [], least: 1, fact: '', clause: '' }
const apply = {
  ...{
    id: 'apply',
    title: word('提出申请'),
    from: [],
    to: 'filed',
    by: ['township_officer'],
    needs: ['need'],
    may: [],
  },
  ...{ needs_if: [], papers: [], opens: [], hands_to: [], determines: false, clause: '' },
}
const machine = { id: 'application', title: word('救助申请'), moves: [apply], states: [] }
const procedures = {
  ...{ pack: 'p', pack_title: word('p'), fields: [need], papers: [] },
  machines: [machine],
} as unknown as Schema['Procedures']
const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
const refusal = (status: number, error: object) =>
  Promise.resolve({ error, response: new Response(null, { status }) })
const SETTLED = { code: 'first_request_settled', detail: '这件登记已由他人办理' }

beforeEach(() => {
  session.value = {
    kind: 'staff',
    rights: [],
    roles: [{ id: 'township_officer', title: word('乡镇') }],
  } as unknown as Session
})
afterEach(() => {
  session.value = null
  vi.restoreAllMocks()
  document.body.innerHTML = ''
})

/** A case of first request 5 is asked for and refused so; the request is read again as it stands. */
async function refusedBy(status: number, error: object, now: readonly object[]) {
  const read = vi
    .spyOn(api, 'GET')
    .mockImplementation(((path: string) =>
      answer(
        path === '/api/v1/first-requests' ? { items: now, next: null } : procedures,
      )) as unknown as typeof api.GET)
  vi.spyOn(api, 'POST').mockImplementation((() => refusal(status, error)) as unknown as typeof api.POST)
  const dialog = mount(NewCaseDialog, {
    attachTo: document.body,
    props: { machine: 'application', firstRequest: '5', start: { need: '突发急病' } },
    global: { stubs: { RouterLink: RouterLinkStub, HouseholdCode: true } },
  })
  await flushPromises()
  await dialog.get('form').trigger('submit')
  await vi.waitFor(() => expect(dialog.find('[role=alert]').exists()).toBe(true))
  await flushPromises()
  return {
    dialog,
    told: dialog.findAll('[role=alert]').map((one) => one.text()),
    isRead: (read.mock.calls as unknown as [string][]).some(([path]) => path === '/api/v1/first-requests'),
    isOver: dialog.get('button[type=submit]').attributes('disabled') !== undefined,
    written: dialog.get<HTMLTextAreaElement | HTMLInputElement>('textarea, input[type=text]').element.value,
  }
}

it('a first request that somebody else opened is said to be theirs, and leads to their case', async () => {
  const seen = await refusedBy(409, SETTLED, [{ id: '5', state: 'opened', case: '31', reason: '' }])
  expect(seen.told).toHaveLength(1)
  expect(seen.told[0]).toContain('已由他人办理')
  expect(seen.told[0]).toContain('已发起办件 31')
  expect(seen.dialog.getComponent(RouterLinkStub).props('to')).toBe('/cases/31')
  expect(seen.isOver).toBe(true)
  expect(seen.written).toBe('突发急病')
  expect(seen.dialog.emitted('settled')).toHaveLength(1)
})

it('one that was declined before the form was sent says why', async () => {
  const error = {
    ...{ code: 'invalid', detail: '请求有误' },
    errors: [{ pointer: '/first_request', code: 'no_such_first_request', detail: '没有这件登记，或已办理' }],
  }
  const seen = await refusedBy(422, error, [{ id: '5', state: 'declined', case: null, reason: '本人已在别处办理' }])
  expect(seen.told).toHaveLength(1)
  expect(seen.told[0]).toContain('不予办理，理由是“本人已在别处办理”')
  expect(seen.isOver).toBe(true)
})

it('one that is no longer kept is said to be so', async () => {
  const seen = await refusedBy(409, SETTLED, [])
  expect(seen.told[0]).toContain('登记已不再保存')
  expect(seen.isOver).toBe(true)
})

it('one that still waits can be sent again', async () => {
  const waits = await refusedBy(409, SETTLED, [{ id: '5', state: 'waiting', case: null, reason: '' }])
  expect(waits.told).toEqual(['这件登记已由他人办理'])
  expect(waits.isOver).toBe(false)
  expect(waits.dialog.emitted('settled')).toBeUndefined()
})

it('what is refused for another reason is told, and nothing is read anew', async () => {
  const other = await refusedBy(403, { code: 'not_allowed', detail: '没有权限' }, [])
  expect(other.isRead).toBe(false)
  expect(other.told).toEqual(['没有权限'])
})
