// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { defineComponent } from 'vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api, type Schema } from '../../api/client'
import { forgetJobs } from '../../api/kept_job'
import { draftOf } from './draft'
import DraftList from './DraftList.vue'

const RESULT: Schema['ListDraftResult'] = {
  as_of: '2025-06-30',
  condition: 'members.exists(m, m.former_card_holder)',
  words: { zh: '任一人为原建档立卡', en: 'anybody was registered as poor' },
  households: 5,
  yes: 2,
  no: 1,
  unknown: 2,
}
const JOB = { id: '9', kind: 'list_draft', state: 'done', result: RESULT } as unknown as Schema['Job']
const row = (household: string, answer: 'yes' | 'unknown'): Schema['ListDraftRow'] => ({
  household,
  answer,
  head_name: '周长顺',
  unit_title: '第一镇',
  category: '低保',
})
const FACT = {
  id: 'former_card_holder',
  of: 'person',
  title: { zh: '原建档立卡', en: 'former' },
  told: false,
  condition: '',
}

/** The job is over at once. */
const JobProgress = defineComponent({
  emits: ['over'],
  mounted() {
    this.$emit('over', JOB)
  },
  template: '<i />',
})

describe('a list that a fact draws up', () => {
  afterEach(() => {
    forgetJobs()
    vi.restoreAllMocks()
  })
  it('adds who holds it at a word, and of the unknown those alone whom somebody chose', async () => {
    const bodies: unknown[] = []
    vi.spyOn(api, 'GET').mockImplementation(((path: string, asked?: { params: { query?: { answer: string } } }) => {
      const yes = asked?.params.query?.answer === 'yes'
      const items = yes ? [row('LC1', 'yes'), row('LC2', 'yes')] : [row('LC3', 'unknown'), row('LC4', 'unknown')]
      const data = path.endsWith('/rows') ? { items, next: null } : { facts: [FACT] }
      return Promise.resolve({ data, response: new Response(null, { status: 200 }) })
    }) as unknown as typeof api.GET)
    vi.spyOn(api, 'POST').mockImplementation(((_path: string, { body }: { body: unknown }) => {
      bodies.push(body)
      return Promise.resolve({ data: { job: '9' }, response: new Response(null, { status: 202 }) })
    }) as unknown as typeof api.POST)
    const shown = mount(DraftList, { props: { parent: '7' }, global: { stubs: { JobProgress } } })
    await flushPromises()
    expect(shown.text()).toContain('无数据来源，各户不明')
    const buttons = () => shown.findAll('button')
    expect(buttons()[0]?.attributes('disabled')).toBeDefined() // nothing is asked yet
    await shown.get('select').setValue('former_card_holder')
    await buttons()[0]?.trigger('click')
    await flushPromises()
    expect(bodies).toEqual([{ fact: 'former_card_holder' }])
    expect(shown.text()).toContain('共 5 户：符合 2 户，不符合 1 户。')
    expect(shown.text()).toContain('不明 2 户。')
    expect(shown.text()).not.toContain('LC1') // those are counted; the unknown are shown
    await buttons()
      .find((one) => one.text() === '填入符合的 2 户')
      ?.trigger('click')
    await flushPromises()
    expect(shown.emitted('add')?.[0]).toEqual([['LC1', 'LC2']])
    const boxes = shown.findAll('tbody input[type=checkbox]')
    expect(boxes).toHaveLength(2)
    await boxes[1]?.setValue(true)
    await buttons()
      .find((one) => one.text() === '填入所选的 1 户')
      ?.trigger('click')
    expect(shown.emitted('add')?.[1]).toEqual([['LC4']])
  })
  it('reads no other job as a draft', () => {
    expect(draftOf(JOB)).toEqual(RESULT)
    expect(draftOf({ ...JOB, result: null })).toBeNull()
  })
})
