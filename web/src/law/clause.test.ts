// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { session, type Session } from '../people/session'
import { clauseOf, clauseText, type Notices } from './clause'
import ClauseText from './ClauseText.vue'

const NOTICES: Notices = new Map([
  ['national', { title: { zh: '全国通用', en: 'National' }, isLocal: false }],
  ['guangdong-2021', { title: { zh: '广东省帮扶（2021）', en: 'Guangdong' }, isLocal: true }],
])

describe('a clause', () => {
  it('names the notice, not the pack', () => {
    expect(clauseOf('guangdong-2021@1 附件3·一·维度二', NOTICES)).toEqual({
      text: '广东省帮扶（2021） 附件3·一·维度二',
      hints: [],
    })
    expect(clauseText('guangdong-2021@1 附件3·一·维度二')).toBe('附件3·一·维度二')
    expect(clauseText('第三条 第二款')).toBe('第三条 第二款')
  })
  it('names the document alone where it holds for the whole country', () => {
    expect(clauseOf('national@1 民发〔2021〕57号', NOTICES).text).toBe('民发〔2021〕57号')
  })
  it('of a set of indicators that a pack takes over says so, not its id', () => {
    expect(clauseText('profiles/scored-draft@1 指标·维度二 [I]')).toBe('指标方案 指标·维度二')
  })
  it('says its marks in words, each once, and a mark by itself is no clause', () => {
    const { text, hints } = clauseOf(
      'national@1 民发〔2021〕57号 第八条 [F]；国办发〔2023〕39号 [M]；[I] 由各地规定；[I]',
    )
    expect(text).toBe('民发〔2021〕57号 第八条；国办发〔2023〕39号；由各地规定')
    expect(hints.map((hint) => hint.zh)).toEqual(['未核对原文', '本平台自定，文件未规定'])
  })
})

describe('a clause on a screen', () => {
  const CITE = 'national@1 民发〔2021〕57号 [M]'
  const as = (kind: string) => {
    session.value = { kind, stage: 'needs_new_password' } as unknown as Session
    return mount(ClauseText, { props: { cite: CITE } })
      .text()
      .replace(/\s+/g, ' ')
  }
  afterEach(() => (session.value = null))
  it('hints at its marks to staff', () => {
    expect(as('staff')).toBe('民发〔2021〕57号 未核对原文')
  })
  it('is the clause alone to a citizen, and to who is not signed in', () => {
    expect(as('citizen')).toBe('民发〔2021〕57号')
    session.value = null
    expect(mount(ClauseText, { props: { cite: CITE } }).text()).toBe('民发〔2021〕57号')
  })
})
