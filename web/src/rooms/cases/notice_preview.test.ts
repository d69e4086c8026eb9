// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api, type Schema } from '../../api/client'
import NoticePreview from './NoticePreview.vue'

const word = (zh: string) => ({ zh, en: zh })
const READY: Schema['NoticePreview'] = {
  case: '7',
  move: 'post',
  move_title: word('张贴公示'),
  paper: 'public_notice',
  title: word('社会救助公示'),
  on: '2026-11-27',
  state: 'ready',
  why: null,
  said: [{ field: 'posted_until', title: word('公示截止日'), text: '2026年12月4日' }],
  rows: [[{ field: 'name', title: word('申请人'), text: '王秀英' }]],
  left_out: [{ title: word('联系电话'), why: word('个人信息，不在可以公示的项目之内') }],
  supplied_by: [],
  href: '/api/v1/cases/7/notice/sheet',
}
const answering = (data: unknown) =>
  vi
    .spyOn(api, 'GET')
    .mockImplementation((() =>
      Promise.resolve({ data, response: new Response(null, { status: 200 }) })) as unknown as typeof api.GET)

async function opened(body: Schema['NoticePreview']) {
  const read = answering(body)
  const preview = mount(NoticePreview, { props: { caseId: '7', seen: 3 } })
  expect(read).not.toHaveBeenCalled() // it is a look: nobody looks unasked
  await preview.get('button').trigger('click')
  await flushPromises()
  return preview
}

describe('a public notice before it hangs', () => {
  afterEach(() => vi.restoreAllMocks())
  it('says word for word what it will say, what it will not and why, and can be printed', async () => {
    const preview = await opened(READY)
    for (const said of ['王秀英', '2026年12月4日', '联系电话', '不在可以公示的项目之内', '张贴公示'])
      expect(preview.text()).toContain(said)
    expect(preview.get('a').attributes('href')).toBe('/api/v1/cases/7/notice/sheet')
    await preview.setProps({ caseId: '7', seen: 4 }) // the case went on: it is another notice
    expect(preview.text()).not.toContain('王秀英')
  })
  it('that does not hang says why, and nothing of anybody', async () => {
    const why = word('该类别不公示')
    const preview = await opened({ ...READY, state: 'withheld', why, said: [], rows: [], href: null })
    expect(preview.text()).toContain('该类别不公示')
    expect(preview.find('a').exists()).toBe(false)
  })
})
