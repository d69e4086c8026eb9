// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { Sent } from './uploads'
import UploadTable from './UploadTable.vue'

const file = (standing: Sent['standing'], done: number): Sent => ({
  key: 'k',
  name: '失业.csv',
  bytes: 100,
  hash: '',
  upload: '',
  done,
  standing,
  trouble: '',
})
const shown = (one: Sent) => mount(UploadTable, { props: { files: [one] }, attachTo: document.body })
const press = (table: ReturnType<typeof shown>) => table.get('td:last-child button:last-child').trigger('click')

describe('a file that is taken off the list', () => {
  afterEach(() => (document.body.innerHTML = ''))
  it('goes at once where nothing of it was sent, or the server did not take it', async () => {
    for (const one of [file('waiting', 0), file('refused', 40)]) {
      const table = shown(one)
      await press(table)
      expect(table.emitted('remove'), one.standing).toEqual([['k']])
      table.unmount()
    }
  })
  it('is asked about where it would have to be sent anew', async () => {
    const table = shown(file('complete', 100))
    await press(table)
    expect(table.emitted('remove')).toBeUndefined()
    expect(table.get('dialog').text()).toContain('已传的 100% 作废')
    await table.get('dialog form').trigger('submit')
    expect(table.emitted('remove')).toEqual([['k']])
    expect(table.find('dialog').exists()).toBe(false)
  })
})
