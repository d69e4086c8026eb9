// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { defineComponent, ref } from 'vue'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import VirtualTable from './VirtualTable.vue'

interface Line {
  readonly id: string
}
const ROWS: readonly Line[] = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
const Screen = defineComponent({
  components: { VirtualTable },
  setup: () => ({
    ROWS,
    COLUMNS: [
      { id: 'name', title: { zh: '名', en: 'Name' }, text: (row: Line) => row.id },
      { id: 'acts', title: { zh: '办理', en: 'Acts' } },
    ],
    pressed: ref(''),
    opened: ref(''),
    said: ref(''),
  }),
  template: `
    <VirtualTable
      :rows="ROWS" :columns="COLUMNS" :row-key="(row) => row.id" :label="{ zh: '表', en: 'Table' }"
      openable @open="(row) => (opened = row.id)"
    >
      <template #acts="{ row, tab }">
        <button :id="row.id + '-law'" type="button" :tabindex="tab" @click.stop="pressed = row.id + ' law'">1</button>
        <button :id="row.id + '-goal'" type="button" :tabindex="tab" @click.stop="pressed = row.id + ' goal'">2</button>
        <input :id="row.id + '-note'" v-model="said" tabindex="-1" />
      </template>
    </VirtualTable>`,
})
let screen = mount(Screen, { attachTo: document.body })
const row = (at: number) => screen.get<HTMLElement>(`[data-at="${at}"]`)
const where = () => document.activeElement?.id || document.activeElement?.getAttribute('data-at')
async function press(key: string, altKey = false): Promise<void> {
  const event = new KeyboardEvent('keydown', { key, altKey, bubbles: true, cancelable: true })
  document.activeElement?.dispatchEvent(event)
  await flushPromises()
}

describe('what a row holds, by keyboard', () => {
  beforeEach(async () => {
    screen = mount(Screen, { attachTo: document.body })
    row(0).element.focus()
    await flushPromises()
  })
  afterEach(() => screen.unmount())

  it('stands in the order of Tab in the row that has the focus alone', async () => {
    const order = () =>
      screen.findAll('[tabindex="0"]').map((one) => one.attributes('id') ?? one.attributes('data-at'))
    expect(order()).toEqual(['0', 'a-law', 'a-goal'])
    await press('ArrowDown')
    expect(order()).toEqual(['1', 'b-law', 'b-goal'])
    // Whatever takes the focus, not its row alone.
    screen.get<HTMLElement>('#c-goal').element.focus()
    await flushPromises()
    expect(order()).toEqual(['2', 'c-law', 'c-goal'])
  })
  it('is reached by right and left, and up and down stay in its column', async () => {
    await press('ArrowRight')
    await press('ArrowRight')
    expect(where()).toBe('a-goal')
    await press('ArrowDown')
    expect(where()).toBe('b-goal')
    await press('End')
    expect(where()).toBe('c-goal')
    await press('ArrowLeft')
    await press('ArrowLeft')
    expect(where()).toBe('2')
    await press('ArrowLeft')
    expect(where()).toBe('2')
  })
  it('is pressed for itself: the row is not opened by it', async () => {
    await press('ArrowRight')
    await press('Enter')
    expect(screen.vm.opened).toBe('')
    screen.get<HTMLElement>('#a-law').element.click()
    expect([screen.vm.pressed, screen.vm.opened]).toEqual(['a law', ''])
    row(1).element.focus()
    await press('Enter')
    expect(screen.vm.opened).toBe('b')
  })
  it('keeps its own arrows where something is written', async () => {
    screen.get<HTMLElement>('#a-note').element.focus()
    await press('ArrowDown')
    await press('ArrowLeft')
    await press('Home')
    expect(where()).toBe('a-note')
  })
  it('leaves the way back to the browser', async () => {
    await press('ArrowRight')
    await press('ArrowLeft', true)
    expect(where()).toBe('a-law')
  })
})

describe('rows of which some open', () => {
  it('show it, and open by press and by key, those alone', async () => {
    const table = mount(VirtualTable<Line>, {
      attachTo: document.body,
      props: {
        rows: ROWS,
        columns: [{ id: 'name', title: { zh: '名', en: 'Name' }, text: (line: Line) => line.id }],
        rowKey: (line: Line) => line.id,
        label: { zh: '表', en: 'Table' },
        openable: (line: Line) => line.id === 'b',
      },
    })
    await flushPromises()
    const lines = [0, 1].map((at) => table.get<HTMLElement>(`[data-at="${at}"]`))
    expect(lines.map((line) => line.classes('openable'))).toEqual([false, true])
    for (const line of lines) {
      await line.trigger('click')
      line.element.focus()
      await press('Enter')
    }
    expect(table.emitted('open')).toEqual([[ROWS[1]], [ROWS[1]]])
    table.unmount()
  })
})
