// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import AskReason from './AskReason.vue'

const TITLE = { zh: '撤回变动', en: 'Withdraw the change' }
const shown = (fault = '') => mount(AskReason, { props: { title: TITLE, fault }, attachTo: document.body })

describe('a reason that is asked for', () => {
  it('is sent as it was written, without the blanks around it', async () => {
    const asks = shown()
    await asks.get('textarea').setValue('  重复登记 ')
    await asks.get('form').trigger('submit')
    expect(asks.emitted('send')).toEqual([['重复登记']])
    asks.unmount()
  })
  it('is required: blanks and marks alone leave the button shut', async () => {
    const asks = shown()
    const send = asks.get('button[type=submit]')
    expect(send.attributes('disabled')).toBeDefined()
    for (const nothing of ['   ', '　', '。', '……', '\u200b']) {
      await asks.get('textarea').setValue(nothing)
      expect(send.attributes('disabled'), nothing).toBeDefined()
    }
    await asks.get('textarea').setValue('已办')
    expect(send.attributes('disabled')).toBeUndefined()
    asks.unmount()
  })
  it('stays with what was written where the server did not take it', async () => {
    const asks = shown('理由太短')
    await asks.get('textarea').setValue('短')
    expect(asks.get('[role=alert]').text()).toBe('理由太短')
    expect(asks.get('textarea').element.value).toBe('短')
    asks.unmount()
  })
})
