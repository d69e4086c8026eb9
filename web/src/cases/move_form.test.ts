// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { api, type Schema } from '../api/client'
import MoveForm from './MoveForm.vue'
import type { CaseField, CaseMove } from './procedures'

const word = (zh: string) => ({ zh, en: zh })
const text = (id: string, title: string): CaseField =>
  ({ id, title: word(title), type: 'text', words: [], least: 1, fact: '', clause: '' }) as unknown as CaseField
const report: CaseMove = {
  id: 'report',
  title: word('登记急难'),
  from: [],
  to: 'reported',
  by: ['township_officer'],
  needs: ['need'],
  may: ['person_shown', 'place'],
  needs_if: [{ needs: ['person_shown'], only_if: [], told: [], of_nobody: true }],
  papers: [],
  opens: [],
  hands_to: [],
  determines: false,
  clause: '',
}
const tie: CaseMove = {
  ...report,
  id: 'tie',
  title: word('归入名册家庭'),
  from: ['reported', 'paid', 'closed'],
  to: '',
  needs: ['shown_by', 'tied_to', 'tied_because'],
  may: [],
  needs_if: [],
}
const papers = [
  { id: 'id_card', title: word('居民身份证') },
  { id: 'police', title: word('公安机关核实') },
]
const shownBy = { ...text('shown_by', '身份由何证明'), type: 'word', words: papers } as unknown as CaseField
const fields = [
  shownBy,
  text('tied_to', '归入的家庭'),
  text('tied_because', '归入依据'),
  text('need', '困难和需求'),
  text('person_shown', '当事人'),
  text('place', '地点'),
]
const told = { pack: 'p', pack_title: word('p'), machines: [], fields, papers: [] } as unknown as Schema['Procedures']

async function formOf(props: { nobody?: boolean; move?: CaseMove }) {
  const form = mount(MoveForm, { props: { move: report, start: { need: '突发急病' }, ...props } })
  await flushPromises()
  return form
}
const check = (form: Awaited<ReturnType<typeof formOf>>) => (form.vm as unknown as { check: () => boolean }).check()

describe('the form of a move', () => {
  beforeAll(() => {
    vi.spyOn(api, 'GET').mockImplementation((() =>
      Promise.resolve({ data: told, response: new Response(null, { status: 200 }) })) as unknown as typeof api.GET)
  })
  it('asks who is in trouble where the case names nobody, and sends nothing without', async () => {
    const form = await formOf({ nobody: true })
    expect(form.findAll('.field label').map((label) => label.text())[1]).toMatch(/当事人.*必填/)
    expect(check(form)).toBe(false)
    await flushPromises()
    expect(form.text()).toContain('请填写')
    expect(form.emitted('ready')).toBeUndefined()
  })
  it('leaves it open where a household is named', async () => {
    const form = await formOf({ nobody: false })
    expect(form.findAll('.field label').map((label) => label.text())[1]).toMatch(/当事人.*选填/)
    expect(check(form)).toBe(true)
    expect(form.emitted('ready')?.[0]?.[0]).toEqual({ need: '突发急病' })
  })
  it('of a tie asks which paper showed it and looks the household up by its number', async () => {
    const form = await formOf({ move: tie })
    expect(check(form)).toBe(false)
    await flushPromises()
    expect(form.findAll('input[type=radio]').map((button) => (button.element as HTMLInputElement).value)).toEqual([
      'id_card',
      'police',
    ])
    expect(form.findAll('.field label').some((label) => label.text().startsWith('户编号'))).toBe(true)
    expect(form.findAll('button').some((button) => button.text() === '查对')).toBe(true)
    await form.get('input[value=police]').setValue(true)
    const code = form.get('input.code')
    ;(code.element as HTMLInputElement).value = 'LC000005'
    await code.trigger('input') // it is looked up once it was written
    await form.findAll('textarea').at(-1)?.setValue('公安机关比对了指纹')
    await flushPromises()
    expect(check(form)).toBe(true)
    expect(form.emitted('ready')?.at(-1)?.[0]).toMatchObject({
      shown_by: 'police',
      tied_to: 'LC000005',
      tied_because: '公安机关比对了指纹',
    })
  })
  it('of a step later on leaves to the server whether what is needed then lacks', async () => {
    const form = await formOf({ nobody: true, move: { ...report, from: ['registered'] } })
    expect(check(form)).toBe(true)
  })
})
