// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { defineComponent, ref } from 'vue'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { toFirstFault } from './focus'

const at = () => document.activeElement?.id || document.activeElement?.tagName
const wait = (ms = 5) => new Promise((done) => setTimeout(done, ms))
const Form = defineComponent({
  setup: () => ({ fault: ref(''), note: ref(''), aside: ref('') }),
  template: `
    <section>
      <form @submit.prevent>
        <div class="field"><label for="one">one</label><input id="one" /></div>
        <div class="field">
          <label for="two">two</label>
          <input id="two" />
          <p v-if="fault" class="fault">{{ fault }}</p>
        </div>
        <p v-if="note" class="note bad" role="alert">{{ note }}</p>
        <button id="send" type="submit">send</button>
      </form>
      <p v-if="aside" class="note bad" role="alert">{{ aside }}</p>
    </section>`,
})
describe('what was sent and is refused', () => {
  let end = toFirstFault()
  let form = mount(Form, { attachTo: document.body })
  beforeEach(() => {
    end = toFirstFault()
    form = mount(Form, { attachTo: document.body })
    form.get<HTMLElement>('#send').element.focus()
  })
  afterEach(() => {
    end()
    form.unmount()
  })
  it('brings the keyboard to the field of the first fault, at once', async () => {
    const sent = form.get('form').trigger('submit')
    form.vm.fault = 'fill in'
    form.vm.note = 'refused'
    await sent
    await wait()
    expect(at()).toBe('two')
  })
  it('brings it there when the server has answered', async () => {
    await form.get('form').trigger('submit')
    await wait()
    expect(at()).toBe('send')
    form.vm.fault = 'so the server says'
    await wait()
    expect(at()).toBe('two')
  })
  it('brings it to the words where they are of no field, also beside the form', async () => {
    await form.get('form').trigger('submit')
    await wait()
    form.vm.aside = 'nobody is reached'
    await wait()
    expect(document.activeElement?.textContent).toBe('nobody is reached')
  })
  it('leaves whoever stands in a field where a fault is of none: it is read out', async () => {
    form.get<HTMLElement>('#one').element.focus()
    await form.get('form').trigger('submit')
    form.vm.note = 'wrong name or password'
    await wait()
    expect(at()).toBe('one')
  })
  it('leaves whoever writes on meanwhile, and what nobody sent', async () => {
    form.vm.fault = 'while it is written'
    await wait()
    expect(at()).toBe('send')
    form.vm.fault = ''
    await form.get('form').trigger('submit')
    await wait()
    form.get<HTMLElement>('#one').element.focus()
    await form.get('#one').trigger('input')
    form.vm.fault = 'late'
    await wait()
    expect(at()).toBe('one')
  })
})
