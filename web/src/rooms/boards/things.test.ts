// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { Machine } from '../../cases/procedures'
import { grouped } from './things'

function machine(id: string, thing: string): Machine {
  return { id, thing, title: { zh: id, en: id }, states: [], moves: [], clause: '' }
}

describe('machines on the boards', () => {
  it('stand by what they are about, each once, and a new thing of a pack is not lost', () => {
    const groups = grouped([machine('moon', 'lunar'), machine('warning', 'warning'), machine('order', 'order')])
    expect(groups.map((group) => [group.thing.id, group.machines.map((one) => one.id)])).toEqual([
      ['warning', ['warning']],
      ['order', ['order']],
      ['', ['moon']],
    ])
  })
})
