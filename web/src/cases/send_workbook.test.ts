// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api } from '../api/client'
import SendWorkbook from './SendWorkbook.vue'

const push = vi.fn(() => Promise.resolve())
vi.mock('vue-router', () => ({ useRouter: () => ({ push }) }))

/** What is asked for, what is sent where, and where one is led then. */
async function round(props: { machine?: string; list?: 'due' | 'first'; query: Record<string, string> }) {
  const post = vi.spyOn(api, 'POST').mockImplementation((() =>
    Promise.resolve({
      data: { id: '4' },
      response: new Response(null, { status: 201 }),
    })) as unknown as typeof api.POST)
  const part = mount(SendWorkbook, { props })
  const href = part.get('a').attributes('href')
  const file = new File(['x'], 'filled.xlsx')
  const input = part.get('input')
  Object.defineProperty(input.element, 'files', { value: [file] })
  await input.trigger('change')
  await flushPromises()
  const [path, told] = post.mock.calls.at(-1) as unknown as [string, { params: { query: unknown }; body: unknown }]
  expect(told.body).toBe(file)
  part.unmount()
  return { href, path, query: told.params.query, led: push.mock.calls.at(-1) }
}

describe('a work list', () => {
  afterEach(() => vi.restoreAllMocks())
  it('of first requests leaves by its own address and comes back there', async () => {
    expect(await round({ list: 'first', query: {} })).toEqual({
      href: '/api/v1/first-requests/workbook?',
      path: '/api/v1/first-requests/workbook',
      query: { file: 'filled.xlsx' },
      led: ['/workbooks/4'],
    })
  })
  it('of who is due, and of cases of a kind, as it is cut on the page', async () => {
    expect(await round({ list: 'due', query: { due: 'month' } })).toMatchObject({
      href: '/api/v1/rhythms/due/workbook?due=month',
      path: '/api/v1/rhythms/due/workbook',
    })
    expect(await round({ machine: 'visit', query: { machine: 'visit' } })).toMatchObject({
      href: '/api/v1/cases/workbook?machine=visit',
      path: '/api/v1/workbooks',
      query: { machine: 'visit', file: 'filled.xlsx' },
    })
  })
})
