// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import AccountInput from './AccountInput.vue'
import { accountDigits, hasCheckDigit, inGroups, lastFour } from './account_number'
import type { CaseField } from './procedures'
import { toldOf } from './values'

const CARD = '6217990000000000121'
const FIELD: CaseField = {
  id: 'account',
  type: 'account',
  title: { zh: '收款账号', en: 'Account' },
  words: [],
  least: 1,
  sensitive: true,
  fact: '',
  digits: { least: 12, most: 25, check_digit: 'said' },
}

describe('an account', () => {
  it.each([CARD, '6217 9900 0000 0000 121', '6217-9900-0000-0000-121', '６２１７ 9900 0000 0000　121'])(
    '%s is read as its digits',
    (written) => expect(accountDigits(written)).toBe(CARD),
  )
  it.each(['', '  ', '****0121', '账号6217', '62.17'])('%s is none', (written) => {
    expect(accountDigits(written)).toBeNull()
  })
  it('stands in fours, and afterwards as its last four digits', () => {
    expect(inGroups(CARD)).toBe('6217 9900 0000 0000 121')
    expect(inGroups('62179')).toBe('6217 9')
    expect(inGroups('账号')).toBe('账号')
    expect(lastFour(CARD)).toBe('****0121')
    expect(lastFour('1234567')).toBe('****')
  })
  it('has a check digit where it is a card', () => {
    expect(hasCheckDigit(CARD)).toBe(true)
    expect(hasCheckDigit('6217990000000000122')).toBe(false)
    expect(hasCheckDigit('')).toBe(false)
  })
  it('goes to the server as digits, and not at all where it is none or has too few or too many', () => {
    expect(toldOf(FIELD, '6217 9900 0000 0000 121')).toBe(CARD)
    for (const none of ['****0121', '1'.repeat(11), '1'.repeat(26)]) expect(toldOf(FIELD, none)).toBeNull()
    for (const some of ['1'.repeat(12), '1'.repeat(25)]) expect(toldOf(FIELD, some)).toBe(some)
  })
})

describe('the field of an account', () => {
  const stand = (written = '') =>
    mount(AccountInput, { props: { id: 'a', field: FIELD, modelValue: written }, attachTo: document.body })
  afterEach(() => {
    document.body.innerHTML = ''
  })

  it('shows groups while one types, and four digits once one has gone on', async () => {
    const field = stand()
    await field.get('input').setValue(CARD)
    await field.setProps({ modelValue: CARD })
    expect(field.get('input').element.value).toBe('6217 9900 0000 0000 121')
    expect(field.text()).toContain('19')
    await field.get('input').trigger('blur')
    expect(field.find('input').exists()).toBe(false)
    expect(field.get('output').text()).toBe('****0121')
    expect(field.html()).not.toContain(CARD)
    await field.get('button').trigger('click')
    expect(field.emitted('update:modelValue')?.at(-1)).toEqual([''])
  })
  it('leaves whoever mends a digit in the middle where they are', async () => {
    const field = mount(AccountInput, {
      props: {
        id: 'a',
        field: FIELD,
        modelValue: '62179900',
        'onUpdate:modelValue': (now: string) => field.setProps({ modelValue: now }),
      },
      attachTo: document.body,
    })
    const box = field.get('input').element
    const write = async (text: string, at: number) => {
      box.value = text
      box.setSelectionRange(at, at)
      await field.get('input').trigger('input')
      await nextTick()
      return [box.value, box.selectionStart]
    }
    expect(await write('62817 9900', 3)).toEqual(['6281 7990 0', 3]) // 8 was put in
    expect(await write('6281799 0', 4)).toEqual(['6281 7990', 4]) // a blank was taken out, and comes back
    expect(await write('6281 79905', 10)).toEqual(['6281 7990 5', 11]) // at the end one stays at the end
  })
  it('stays open while it has too few digits', async () => {
    const field = stand('62179900')
    await field.get('input').trigger('blur')
    expect(field.get('input').element.value).toBe('6217 9900')
  })
  it('says that a check digit does not fit, and takes it all the same', async () => {
    const field = stand()
    await field.setProps({ modelValue: '6217990000000000122' })
    expect(field.get('[role=status]').text()).toContain('校验位')
    await field.get('input').trigger('blur')
    expect(field.get('output').text()).toBe('****0122')
    const right = stand(CARD)
    expect(right.find('[role=status]').exists()).toBe(false)
  })
})
