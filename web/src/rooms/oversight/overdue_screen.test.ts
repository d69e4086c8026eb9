// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api } from '../../api/client'
import Overdue from './Overdue.vue'

vi.mock('vue-router', () => ({ useRouter: () => ({}), useRoute: () => ({ path: '/oversight' }) }))
vi.mock('./places', () => ({ PLACES: [] }))
vi.mock('../../parts/RoomTabs.vue', () => ({ default: { template: '<nav />' } }))
const counted = (count: number, by: string) => ({ count, list: `/api/v1/cases?at=first&due=overdue${by}` })
const ROW = {
  unit: 'first',
  title: '第一镇',
  kind: 'township',
  officer: 'town',
  officer_name: '李明',
  overdue: counted(7, ''),
  overdue_by_law: counted(3, '&due_by=law'),
  past_target: counted(4, '&due_by=target'),
  oldest_due_on: '2026-03-01',
  working_days_late: 3,
  oldest_due_by_law: '2026-03-01',
  working_days_late_by_law: 3,
}

afterEach(() => {
  vi.restoreAllMocks()
  document.body.innerHTML = ''
})

function stand(rows: readonly object[] = [ROW]) {
  const got = vi.spyOn(api, 'GET').mockImplementation(((path: string) =>
    Promise.resolve({
      data: { items: path === '/api/v1/overdue' ? rows : [], next: null },
      response: new Response(null, { status: 200 }),
    })) as unknown as typeof api.GET)
  const screen = mount(Overdue, {
    attachTo: document.body,
    global: { stubs: { RouterLink: true, BatchCard: true } },
  })
  return { got, screen }
}

it('opens of an officer alone: the line of an office is a sum, and neither opens nor looks as if it did', async () => {
  const { screen } = stand()
  await flushPromises()
  const [office, officer] = [screen.get('[data-at="0"]'), screen.get('[data-at="1"]')]
  expect([office.classes('openable'), officer.classes('openable')]).toEqual([false, true])
  await office.trigger('click')
  await office.trigger('keydown', { key: 'Enter' })
  expect(screen.find('dialog').exists()).toBe(false)
  await officer.trigger('click')
  expect(screen.find('dialog').exists()).toBe(true)
  screen.unmount()
})

it('goes to paper by its button, each officer of it and the sums above', async () => {
  const officers = Array.from({ length: 150 }, (_, n) => ({ ...ROW, officer: `o${n}`, officer_name: `经办员${n}` }))
  const { screen } = stand(officers)
  await flushPromises()
  const shown = () => screen.findAll('.space > [role=row]').length
  expect(shown()).toBeLessThan(100)
  let printed = 0
  window.print = () => {
    window.dispatchEvent(new Event('beforeprint'))
    printed += 1
  }
  const buttons = screen.findAll('button').filter((one) => one.text() === '打印')
  expect(buttons).toHaveLength(1)
  await buttons[0]?.trigger('click')
  await flushPromises()
  expect([printed, shown()]).toEqual([1, 151])
  expect(screen.get('.page').text()).toContain('经办员149')
  expect(screen.get('p.strong').text()).toContain('450') // 150 of three by law
  screen.unmount()
})

describe.each([
  ['by law', 1, '李明 法定超期 3', 'law'],
  ['past a target', 2, '李明 超内部目标 4', 'target'],
])('the overdue %s', (_, steps, label, by) => {
  it('open by keyboard, and the focus goes back to their number', async () => {
    const { got, screen } = stand()
    await flushPromises()
    screen.get<HTMLElement>('[data-at="1"]').element.focus()
    for (let n = 0; n < steps; n++) {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }))
      await flushPromises()
    }
    const number = document.activeElement as HTMLButtonElement
    // A button: Enter and Space are the browser's own, and Tab stops at it.
    expect([number.tagName, number.tabIndex, number.getAttribute('aria-label')]).toEqual(['BUTTON', 0, label])
    number.click()
    await flushPromises()
    const asked = (got.mock.calls as unknown[][]).filter((call) => call[0] === '/api/v1/cases')
    expect(asked.map((call) => call[1])).toMatchObject([{ params: { query: { due: 'overdue', due_by: by } } }])
    const dialog = screen.get<HTMLDialogElement>('dialog')
    dialog.element.querySelector('button')?.focus()
    dialog.element.close()
    await flushPromises()
    expect([screen.find('dialog').exists(), document.activeElement]).toEqual([false, number])
    screen.unmount()
  })
})
