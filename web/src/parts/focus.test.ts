// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { defineComponent, nextTick, ref } from 'vue'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dialogs, keepFocus } from './focus'
import Modal from './Modal.vue'
import Notices from './Notices.vue'
import { dismiss, notices, tell } from './notices'
import ShownOnce from './ShownOnce.vue'
import SideDrawer from './SideDrawer.vue'

const Screen = defineComponent({
  components: { Modal, SideDrawer },
  setup: () => ({ asks: ref(false), shows: ref(false), opener: ref(true) }),
  template: `
    <main>
      <button v-if="opener" id="opener" @click="asks = true">ask</button>
      <button id="drawer" @click="shows = true">show</button>
      <Modal v-if="asks" title="why" @close="asks = false" @send="asks = false"><input id="reason" /></Modal>
      <SideDrawer v-if="shows" title="what" @close="shows = false"><p>so</p></SideDrawer>
    </main>`,
})
const at = () => document.activeElement?.id || document.activeElement?.tagName
let screen = mount(Screen, { attachTo: document.body })
function stand(): void {
  screen.unmount()
  screen = mount(Screen, { attachTo: document.body })
}
async function open(id: string): Promise<void> {
  const button = screen.get(`#${id}`)
  ;(button.element as HTMLElement).focus()
  await button.trigger('click')
}

describe('the focus behind a dialog', () => {
  afterEach(stand)
  it('goes back to what opened it, when it was sent', async () => {
    await open('opener')
    ;(screen.get('#reason').element as HTMLElement).focus()
    expect(at()).toBe('reason')
    await screen.get('form').trigger('submit')
    expect([screen.find('dialog').exists(), at()]).toEqual([false, 'opener'])
  })
  it('goes back from a drawer that its screen takes away', async () => {
    await open('drawer')
    screen.get('dialog').get('button').element.focus()
    screen.vm.shows = false
    await nextTick()
    expect([screen.find('dialog').exists(), at()]).toEqual([false, 'drawer'])
  })
  it('stands at the page itself where what opened it is gone', async () => {
    await open('opener')
    ;(screen.get('#reason').element as HTMLElement).focus()
    screen.vm.opener = false
    await nextTick()
    await screen.get('form').trigger('submit')
    expect(at()).toBe('MAIN')
  })
})

describe('what had the focus and vanishes', () => {
  it('leaves it to the page, not to its beginning', async () => {
    stand()
    const end = keepFocus()
    ;(screen.get('#opener').element as HTMLElement).focus()
    screen.vm.opener = false
    await nextTick()
    await new Promise((done) => setTimeout(done, 5))
    expect(at()).toBe('MAIN')
    end()
  })
})

describe('what is told while a dialog stands open', () => {
  beforeEach(stand)
  afterEach(() => {
    for (const { id } of notices.value) dismiss(id)
    stand()
  })
  it('is told in the innermost dialog alone, and by the page when it is gone', async () => {
    const page = mount(Notices, { attachTo: document.body })
    await open('drawer')
    await open('opener')
    tell('saved')
    await nextTick()
    const told = () => [...document.querySelectorAll('.notices')].map((one) => one.closest('dialog')?.className ?? '')
    expect(told()).toEqual(['modal'])
    await screen.get('form').trigger('submit')
    await nextTick()
    expect(told()).toEqual(['drawer'])
    screen.vm.shows = false
    await nextTick()
    await nextTick()
    expect([told(), dialogs.value]).toEqual([[''], []])
    page.unmount()
  })
})

describe('what is shown this once', () => {
  it('stays until it was said to be written down', async () => {
    const once = mount(ShownOnce, { props: { title: 'a token', value: 'abcd' }, attachTo: document.body })
    const escape = () => {
      const event = new Event('cancel', { cancelable: true })
      once.get('dialog').element.dispatchEvent(event)
      return event.defaultPrevented
    }
    expect(once.findAll('button').map((one) => one.text())).toEqual(['复制', '完成'])
    expect(escape()).toBe(true)
    await once.get('input').setValue(true)
    expect(escape()).toBe(false)
    await once.get('form').trigger('submit')
    expect(once.emitted('close')).toHaveLength(1)
    once.unmount()
  })
})

describe('a drawer with something that was not sent', () => {
  const shown = (unsent: string) =>
    mount(SideDrawer, { props: { title: 'figures', unsent }, attachTo: document.body })
  const escape = (drawer: ReturnType<typeof shown>) => {
    const event = new Event('cancel', { cancelable: true })
    drawer.get('dialog').element.dispatchEvent(event)
    return event.defaultPrevented
  }
  it('asks before it closes, by Escape and by its button', async () => {
    const drawer = shown('two figures')
    expect(escape(drawer)).toBe(true)
    await nextTick()
    expect(drawer.get('dialog dialog').text()).toContain('two figures')
    drawer.get<HTMLDialogElement>('dialog dialog').element.close()
    await nextTick()
    await drawer.get('.head button').trigger('click')
    expect(drawer.emitted('close')).toBeUndefined()
    await drawer.get('dialog dialog form').trigger('submit')
    expect(drawer.emitted('close')).toHaveLength(1)
    drawer.unmount()
  })
  it('closes at once where there is nothing', async () => {
    const drawer = shown('')
    expect(escape(drawer)).toBe(false)
    await drawer.get('.head button').trigger('click')
    expect(drawer.emitted('close')).toHaveLength(1)
    drawer.unmount()
  })
})

describe('a long form in which something was written', () => {
  const shown = (asks: boolean) =>
    mount(Modal, {
      props: { title: 'a step', asks },
      slots: { default: '<input id="word" /><input id="file" type="file" />' },
      attachTo: document.body,
    })
  const escape = (form: ReturnType<typeof shown>, at = 'dialog') => {
    const event = new Event('cancel', { bubbles: at !== 'dialog', cancelable: true })
    form.get(at).element.dispatchEvent(event)
    return event.defaultPrevented
  }
  it('is asked about before Escape drops it, and stays where that is not meant', async () => {
    const form = shown(true)
    expect(escape(form)).toBe(false) // nothing was
    await form.get('#word').setValue('无房')
    expect(escape(form)).toBe(true)
    await nextTick()
    expect(form.get('dialog dialog').text()).toContain('已填写的内容不会保留')
    form.get<HTMLDialogElement>('dialog dialog').element.close()
    await nextTick()
    expect([form.find('dialog dialog').exists(), form.get<HTMLInputElement>('#word').element.value]).toEqual([
      false,
      '无房',
    ])
    escape(form)
    await nextTick()
    await form.get('dialog dialog form').trigger('submit')
    expect([form.emitted('close')?.length, form.emitted('send')]).toEqual([1, undefined])
    form.unmount()
  })
  it('is left at once by Cancel, and no field that gives up closes it or asks', async () => {
    const form = shown(true)
    await form.get('#word').setValue('无房')
    expect(escape(form, '#file')).toBe(false)
    await nextTick()
    expect(form.find('dialog dialog').exists()).toBe(false)
    await form.get('.foot button').trigger('click')
    expect(form.emitted('close')).toHaveLength(1)
    form.unmount()
  })
  it('is asked about where the dialog says so alone', async () => {
    const question = shown(false)
    await question.get('#word').setValue('理由')
    expect(escape(question)).toBe(false)
    question.unmount()
  })
})
