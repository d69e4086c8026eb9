// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api, type Schema } from '../../api/client'
import { language } from '../../words/language'
import MyCase from './MyCase.vue'
import MyHome from './MyHome.vue'

const CitizenFrame = { template: '<div><slot /></div>' }
const said = (zh: string) => ({ zh, en: zh })

function clock(id: string, more: Partial<Schema['CaseClock']>): Partial<Schema['CaseClock']> {
  const title = said('全程办理')
  const told = {
    about: '',
    state: 'running' as const,
    started_on: '2025-07-02',
    working_days_left: 20,
    internal: false,
  }
  return { id, title, ...told, due_on: '2025-08-13', clause: 'national@1 民发〔2021〕57号 [M]', ...more }
}
function answers(body: (path: string) => unknown): void {
  const get = (path: string) => Promise.resolve({ data: body(path), response: new Response(null, { status: 200 }) })
  vi.spyOn(api, 'GET').mockImplementation(get as unknown as typeof api.GET)
}
async function shown(page: typeof MyCase | typeof MyHome): Promise<string> {
  const global = { stubs: { CitizenFrame, RouterLink: { template: '<a><slot /></a>' } } }
  const props = page === MyCase ? { id: '7' } : {}
  const one = mount(page as typeof MyCase, { props: props as { id: string }, global })
  await flushPromises()
  return one.text()
}
afterEach(() => {
  vi.restoreAllMocks()
  language.value = 'zh'
})

describe('until when my matter is decided', () => {
  const matter = (clocks: unknown[]) => ({
    id: '7',
    title: said('申请'),
    state_title: said('已受理'),
    pack_title: said('广东省帮扶（2021）'),
    events: [],
    clocks,
    open_moves: [],
  })

  it('hangs on the kind of help while nobody has settled it: the longest, and no clause of one kind', async () => {
    answers(() => matter([clock('whole_procedure', { by_category: true })]))
    const page = await shown(MyCase)
    expect(page).toContain('办好这件事')
    expect(page).toContain('还有 20 个工作日 · 最晚 2025年8月13日 办好')
    expect(page).toContain('要看您家属于哪一类救助')
    expect(page).not.toContain('民发〔2021〕57号')
    expect(page).not.toContain('全程办理')
  })
  it('stands by clauses of a notice that is named', async () => {
    answers(() => matter([clock('acceptance', { clause: 'guangdong-2021@1 五(一)3' })]))
    const page = await shown(MyCase)
    expect(page).toContain('五(一)3')
    expect(page).toContain('没有写文件名的条款，都出自：广东省帮扶（2021）')
  })
  it('is the day of one’s own kind once it is settled', async () => {
    answers(() => matter([clock('extreme_poverty_survey', { due_on: '2025-07-23' })]))
    const page = await shown(MyCase)
    expect(page).toContain('全程办理')
    expect(page).toContain('最晚 2025年7月23日 办好')
    expect(page).toContain('民发〔2021〕57号')
    expect(page).not.toContain('要看您家属于哪一类救助')
  })
  it('is said in English too', async () => {
    language.value = 'en'
    answers(() => matter([clock('whole_procedure', { by_category: true })]))
    expect(await shown(MyCase)).toContain('depends on the kind of help')
  })
})

describe('my matters on my page', () => {
  const listed = (more: object) => ({
    items: [
      {
        ...{ id: '7', title: said('申请'), state_title: said('已受理'), opened_on: '2025-07-01', closed: false },
        ...{
          due_on: '2025-08-13',
          due_internal: false,
          overdue: false,
          due_clock: said('启动家庭经济状况调查'),
          ...more,
        },
      },
    ],
    next: null,
  })
  const pageOf = async (more: object) => {
    answers((path) => (path === '/api/v1/cases' ? listed(more) : { items: [], next: null }))
    return await shown(MyHome)
  }
  it('say of which step the day is', async () => {
    expect(await pageOf({})).toContain('启动家庭经济状况调查：最晚 2025年8月13日')
  })
  it('say that it hangs on the kind of help while nobody has settled it', async () => {
    const page = await pageOf({ due_clock: null, due_by_category: true })
    expect(page).toContain('最长到 2025年8月13日，要看属于哪一类救助')
  })
  it('say no day of the office’s own', async () => {
    expect(await pageOf({ due_internal: true })).not.toContain('最晚')
  })
})
