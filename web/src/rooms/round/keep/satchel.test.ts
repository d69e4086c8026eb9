// SPDX-License-Identifier: Apache-2.0
import { beforeEach, describe, expect, it } from 'vitest'
import type { Bag, Form, House, Receipt, Task } from '../model'
import { MemoryDrawer } from './drawer'
import { sealJson, unsealJson, type Sealed } from './seal'
import {
  KEEPS_MS,
  lossOf,
  MOST_TRIES,
  openSatchel,
  Satchel,
  SatchelGone,
  standingOf,
  takeAlong,
  type Opened,
} from './satchel'

const PIN = '480213'
const TURNS = 1000 // as many as shipped would only make the tests slow
const HOUSE: House = { code: 'LC000001', name: '王秀英', address: '4组53号', village: '', members: [], tasks: [] }
const BAG: Bag = { houses: [HOUSE], fields: [], openings: [] }
const BAG_WITHOUT: Bag = { ...BAG, houses: [] }

let now = 0
let drawer: MemoryDrawer
const clock = () => now
const take = () => takeAlong(drawer, clock, { user: 'zhang', pin: PIN, bag: BAG, turns: TURNS })

function form(key: string, pictures: readonly string[] = []): Form {
  return {
    key,
    house: { code: HOUSE.code, name: HOUSE.name },
    writtenAt: '2026-11-27T04:00:00Z',
    body: { kind: 'knock', on: '2026-11-27', answers: [] },
    pictures,
    sent: {},
    unpictured: [],
    draft: null,
    earlier: [],
    refused: [],
  }
}
function receipt(key: string, done: readonly string[]): Receipt {
  return { key, house: { code: HOUSE.code }, at: '2026-11-27T05:00:00Z', done, outcomes: [] }
}
function task(id: string): Task {
  const words = { zh: '走访', en: 'Visit' }
  return { id, machine: 'visit', title: words, state: words, due: null, overdue: false, wanted: '', moves: [] }
}
function opened(answer: Opened): Satchel {
  if (!('satchel' in answer)) throw new Error(JSON.stringify(answer))
  return answer.satchel
}
function everything(): string {
  const shown = [...drawer.records].map(([key, value]) =>
    JSON.stringify([key, value], (_name, one: unknown) =>
      one instanceof ArrayBuffer || one instanceof Uint8Array
        ? new TextDecoder('latin1').decode(one as ArrayBuffer)
        : one,
    ),
  )
  return shown.join('\n')
}

beforeEach(() => {
  now = Date.parse('2026-11-27T02:00:00Z')
  drawer = new MemoryDrawer()
})

describe('a satchel', () => {
  it('opens with its PIN and gives back what was taken', async () => {
    await take()
    expect(await opened(await openSatchel(drawer, clock, PIN)).bag()).toEqual(BAG)
  })
  it('shows whose it is and until when, and nothing of whom it is about', async () => {
    const satchel = await take()
    await satchel.keep(form('one', ['p']), new Map([['p', new TextEncoder().encode('王秀英').buffer as ArrayBuffer]]))
    expect(await standingOf(drawer, clock)).toEqual({
      user: 'zhang',
      takenAt: now,
      until: now + KEEPS_MS,
      waiting: 1,
      triesLeft: MOST_TRIES,
    })
    expect(everything()).not.toContain('王秀英')
    expect(everything()).not.toContain('LC000001')
  })
  it('keeps the device key where nobody can take it out', async () => {
    await take()
    const device = drawer.records.get('device') as CryptoKey
    expect(device.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', device)).rejects.toThrow()
  })
  it('does not open on another device', async () => {
    await take()
    drawer.records.set(
      'device',
      await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
    )
    expect(await openSatchel(drawer, clock, PIN)).toMatchObject({ loss: { why: 'broken' } })
  })
})

describe('a wrong PIN', () => {
  it('is counted, and the right one forgives', async () => {
    await take()
    expect(await openSatchel(drawer, clock, '000000')).toEqual({ triesLeft: MOST_TRIES - 1 })
    opened(await openSatchel(drawer, clock, PIN))
    expect(await openSatchel(drawer, clock, '000000')).toEqual({ triesLeft: MOST_TRIES - 1 })
  })
  it('five times takes everything away and says how many forms went', async () => {
    await (await take()).keep(form('one'))
    for (let left = MOST_TRIES - 1; left > 0; --left)
      expect(await openSatchel(drawer, clock, '000000')).toEqual({ triesLeft: left })
    expect(await openSatchel(drawer, clock, '000000')).toEqual({ loss: { why: 'tries', forms: 1, at: now } })
    expect(await lossOf(drawer)).toEqual({ why: 'tries', forms: 1, at: now })
    expect([...drawer.records.keys()]).toEqual(['loss'])
    expect(await standingOf(drawer, clock)).toBeNull()
  })
  it('is counted before it is tried: who switches off in between gains nothing', async () => {
    await take()
    const change = drawer.change.bind(drawer)
    drawer.change = async (puts, deletes) => {
      await change(puts, deletes)
      throw new Error('switched off')
    }
    await expect(openSatchel(drawer, clock, '000000')).rejects.toThrow('switched off')
    drawer.change = change
    expect((await standingOf(drawer, clock))?.triesLeft).toBe(MOST_TRIES - 1)
  })
})

describe('after 48 hours', () => {
  it('minus one second it is there, plus one second it is gone', async () => {
    const satchel = await take()
    await satchel.keep(form('one'))
    now += KEEPS_MS - 1000
    expect(await satchel.bag()).toEqual(BAG)
    opened(await openSatchel(drawer, clock, PIN))
    now += 2000
    await expect(satchel.bag()).rejects.toThrow(SatchelGone)
    expect([...drawer.records.keys()]).toEqual(['loss'])
    expect(await lossOf(drawer)).toEqual({ why: 'age', forms: 1, at: now })
  })
  it('it goes even if nobody opens it', async () => {
    await take()
    now += KEEPS_MS + 1000
    expect(await standingOf(drawer, clock)).toBeNull()
    expect([...drawer.records.keys()]).toEqual(['loss'])
  })
  it('a clock that was put back lengthens nothing', async () => {
    await take()
    now += KEEPS_MS - 1000
    opened(await openSatchel(drawer, clock, PIN))
    now -= KEEPS_MS
    expect(await standingOf(drawer, clock)).not.toBeNull()
    const head = drawer.records.get('head') as { seenAt: number }
    drawer.records.set('head', { ...head, seenAt: head.seenAt + 2000 })
    expect(await standingOf(drawer, clock)).toBeNull()
  })
  it('a head that says it was taken later does not open', async () => {
    await take()
    const head = drawer.records.get('head') as { takenAt: number }
    drawer.records.set('head', { ...head, takenAt: head.takenAt + KEEPS_MS })
    expect(await openSatchel(drawer, clock, PIN)).toMatchObject({ loss: { why: 'broken' } })
  })
})

describe('what was tampered with', () => {
  it('is not read: a bit, another place, another round', async () => {
    const satchel = await take()
    await satchel.keep(form('one'))
    await satchel.keep(form('two'))
    const one = drawer.records.get('form/one') as Sealed
    const bent = new Uint8Array(one.data.slice(0))
    bent[3] = (bent[3] ?? 0) ^ 1
    drawer.records.set('form/one', { iv: one.iv, data: bent.buffer })
    await expect(satchel.forms()).rejects.toThrow()
    drawer.records.set('form/one', drawer.records.get('form/two'))
    await expect(satchel.forms()).rejects.toThrow()
    drawer.records.set('form/one', one)
    expect(await satchel.forms()).toHaveLength(2)
    await take()
    drawer.records.set('form/one', one)
    await expect(opened(await openSatchel(drawer, clock, PIN)).forms()).rejects.toThrow()
  })
  it('never uses a number twice', async () => {
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
    const ivs = new Set<string>()
    for (let n = 0; n < 200; ++n) ivs.add(String((await sealJson(key, 'x', n)).iv))
    expect(ivs.size).toBe(200)
    expect(await unsealJson(key, 'x', await sealJson(key, 'x', { a: 1 }))).toEqual({ a: 1 })
  })
})

describe('a form', () => {
  const picture = new Uint8Array([1, 2, 3]).buffer
  it('waits with its pictures, and goes with them when it was received', async () => {
    const satchel = await take()
    await satchel.keep(form('one', ['p']), new Map([['p', picture]]))
    expect(new Uint8Array(await satchel.picture(form('one'), 'p'))).toEqual(new Uint8Array([1, 2, 3]))
    await satchel.settle(form('one', ['p']), receipt('one', []))
    expect(await satchel.forms()).toEqual([])
    expect(await satchel.receipts()).toEqual([receipt('one', [])])
    expect([...drawer.records.keys()].some((key) => key.startsWith('picture/'))).toBe(false)
  })
  it('takes its house along when the last task there was received, and leaves its number alone', async () => {
    const bag: Bag = { ...BAG, houses: [{ ...HOUSE, tasks: [task('1'), task('2')] }] }
    const satchel = await takeAlong(drawer, clock, { user: 'zhang', pin: PIN, bag, turns: TURNS })
    await satchel.keep(form('one'))
    await satchel.keep(form('two'))
    await satchel.settle(form('one'), receipt('one', ['1']))
    expect((await satchel.bag()).houses).toHaveLength(1) // the other form may have to be mended
    await satchel.settle(form('two'), receipt('two', ['2']))
    expect(await satchel.bag()).toEqual(BAG_WITHOUT)
    expect(JSON.stringify([await satchel.receipts(), await satchel.forms()])).not.toContain(HOUSE.name)
  })
  it('where nobody was met leaves the house in the round', async () => {
    const bag: Bag = { ...BAG, houses: [{ ...HOUSE, tasks: [task('1'), task('2')] }] }
    const satchel = await takeAlong(drawer, clock, { user: 'zhang', pin: PIN, bag, turns: TURNS })
    await satchel.settle(form('one'), receipt('one', ['2']))
    await satchel.settle(form('two'), receipt('two', []))
    expect((await satchel.bag()).houses.map((house) => house.tasks.map((one) => one.id))).toEqual([['1']])
  })
  it('is not kept in a satchel that another tab took away', async () => {
    const satchel = await take()
    await drawer.clear()
    await expect(satchel.keep(form('one'))).rejects.toThrow(SatchelGone)
    expect(drawer.records.size).toBe(0)
  })
})
