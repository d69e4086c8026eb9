// SPDX-License-Identifier: Apache-2.0
// The phone's satchel: what the officer took along today, forms and pictures that wait to be sent. All of it is
// sealed; each form goes when the server has received it, a house with its last task, everything after 48 hours, after
// five wrong PINs, or on signing out. No page can wipe while it is closed: what grew too old then goes before anything
// is shown at the next opening, and could not be opened in between without the PIN.
import { onceKey } from '../../../api/once'
import { withoutDone } from '../houses'
import type { Bag, Form, Receipt } from '../model'
import { FORM_PREFIX } from '../../../people/phone'
import type { Drawer } from './drawer'
import {
  makeDeviceKey,
  makeLock,
  openLock,
  PIN_TURNS,
  seal,
  sealJson,
  unseal,
  unsealJson,
  type Lock,
  type Sealed,
} from './seal'

export const KEEPS_MS = 48 * 3600 * 1000
export const MOST_TRIES = 5
const VERSION = 1
const HEAD = 'head'
const DEVICE = 'device'
const BAG = 'bag'
const LOSS = 'loss'
const PICTURE_PREFIX = 'picture/'
const RECEIPT_PREFIX = 'receipt/'

/** In the clear: whose round it is and since when; nothing of whom it is about. */
interface Head {
  readonly version: number
  readonly id: string
  readonly user: string
  readonly takenAt: number
  /** The latest time that was seen: a clock put back lengthens nothing. */
  readonly seenAt: number
  readonly tries: number
  readonly lock: Lock
}

/** What went without having been sent, and why. */
export interface Loss {
  readonly why: 'age' | 'tries' | 'broken'
  readonly forms: number
  readonly at: number
}
export interface Standing {
  readonly user: string
  readonly takenAt: number
  readonly until: number
  readonly waiting: number
  readonly triesLeft: number
}
export type Opened = { satchel: Satchel } | { triesLeft: number } | { loss: Loss }
export type Clock = () => number

function vouched(head: Pick<Head, 'version' | 'id' | 'user' | 'takenAt'>): string {
  return JSON.stringify([head.version, head.id, head.user, head.takenAt])
}
function isHead(found: unknown): found is Head {
  return typeof found === 'object' && found !== null && (found as Head).version === VERSION
}

async function headOf(drawer: Drawer): Promise<Head | null> {
  const found = await drawer.get(HEAD)
  return isHead(found) ? found : null
}
async function formKeys(drawer: Drawer): Promise<readonly string[]> {
  return (await drawer.keys()).filter((key) => key.startsWith(FORM_PREFIX))
}

/** Takes everything away and leaves a word of it. */
async function lose(drawer: Drawer, why: Loss['why'], at: number): Promise<Loss> {
  const loss: Loss = { why, forms: (await formKeys(drawer)).length, at }
  await drawer.clear()
  await drawer.change([[LOSS, loss]])
  return loss
}

function isOver(head: Head, now: number): boolean {
  return Math.max(now, head.seenAt) - head.takenAt >= KEEPS_MS
}

/** What lies on the phone, without opening it. What is too old goes. */
export async function standingOf(drawer: Drawer, clock: Clock): Promise<Standing | null> {
  const head = await headOf(drawer)
  if (head === null) return null
  if (isOver(head, clock())) {
    await lose(drawer, 'age', clock())
    return null
  }
  return {
    user: head.user,
    takenAt: head.takenAt,
    until: head.takenAt + KEEPS_MS,
    waiting: (await formKeys(drawer)).length,
    triesLeft: MOST_TRIES - head.tries,
  }
}

export async function lossOf(drawer: Drawer): Promise<Loss | null> {
  return ((await drawer.get(LOSS)) as Loss | undefined) ?? null
}
export async function forgetLoss(drawer: Drawer): Promise<void> {
  await drawer.change([], [LOSS])
}

/** A new satchel; what was there before goes. */
export async function takeAlong(
  drawer: Drawer,
  clock: Clock,
  wish: { user: string; pin: string; bag: Bag; turns?: number },
): Promise<Satchel> {
  const now = clock()
  const about = { version: VERSION, id: onceKey(), user: wish.user, takenAt: now }
  const device = await makeDeviceKey()
  const { lock, key } = await makeLock(wish.pin, device, vouched(about), wish.turns ?? PIN_TURNS)
  const head: Head = { ...about, seenAt: now, tries: 0, lock }
  await drawer.clear()
  await drawer.change([
    [HEAD, head],
    [DEVICE, device],
    [BAG, await sealJson(key, `${head.id}/${BAG}`, wish.bag)],
  ])
  return new Satchel(drawer, clock, head.id, key)
}

/** Opens what lies there. Each try is counted before it is made. */
export async function openSatchel(drawer: Drawer, clock: Clock, pin: string): Promise<Opened> {
  const head = await headOf(drawer)
  const device = (await drawer.get(DEVICE)) as CryptoKey | undefined
  if (head === null || device === undefined) return { loss: await lose(drawer, 'broken', clock()) }
  const now = clock()
  if (isOver(head, now)) return { loss: await lose(drawer, 'age', now) }
  const tried: Head = { ...head, tries: head.tries + 1, seenAt: Math.max(head.seenAt, now) }
  await drawer.change([[HEAD, tried]])
  let key: CryptoKey | null
  try {
    key = await openLock(head.lock, pin, device, vouched(head))
  } catch {
    return { loss: await lose(drawer, 'broken', now) }
  }
  if (key !== null) {
    await drawer.change([[HEAD, { ...tried, tries: 0 }]])
    return { satchel: new Satchel(drawer, clock, head.id, key) }
  }
  if (tried.tries >= MOST_TRIES) return { loss: await lose(drawer, 'tries', now) }
  return { triesLeft: MOST_TRIES - tried.tries }
}

/** It went while it was open: too old, or another tab signed out. */
export class SatchelGone extends Error {}

export class Satchel {
  private readonly drawer: Drawer
  private readonly clock: Clock
  private readonly id: string
  private readonly key: CryptoKey

  constructor(drawer: Drawer, clock: Clock, id: string, key: CryptoKey) {
    this.drawer = drawer
    this.clock = clock
    this.id = id
    this.key = key
  }

  /** Throws where this satchel is not there any more. */
  private async attend(): Promise<void> {
    const head = await headOf(this.drawer)
    if (head === null || head.id !== this.id) throw new SatchelGone()
    const now = this.clock()
    if (isOver(head, now)) {
      await lose(this.drawer, 'age', now)
      throw new SatchelGone()
    }
    if (now > head.seenAt) await this.drawer.change([[HEAD, { ...head, seenAt: now }]])
  }
  private about(key: string): string {
    return `${this.id}/${key}`
  }
  private async read(key: string): Promise<unknown> {
    const sealed = (await this.drawer.get(key)) as Sealed | undefined
    return sealed === undefined ? undefined : unsealJson(this.key, this.about(key), sealed)
  }
  private async sealed(key: string, value: unknown): Promise<readonly [string, Sealed]> {
    return [key, await sealJson(this.key, this.about(key), value)]
  }
  private async all(prefix: string): Promise<readonly unknown[]> {
    await this.attend()
    const keys = (await this.drawer.keys()).filter((key) => key.startsWith(prefix)).sort()
    const found = await Promise.all(keys.map((key) => this.read(key)))
    return found.filter((one) => one !== undefined)
  }

  async bag(): Promise<Bag> {
    await this.attend()
    const found = await this.read(BAG)
    if (found === undefined) throw new SatchelGone()
    return found as Bag
  }
  async forms(): Promise<readonly Form[]> {
    return (await this.all(FORM_PREFIX)) as readonly Form[]
  }
  async receipts(): Promise<readonly Receipt[]> {
    return (await this.all(RECEIPT_PREFIX)) as readonly Receipt[]
  }

  /** A form and its pictures, together or not at all. */
  async keep(form: Form, pictures: ReadonlyMap<string, ArrayBuffer> = new Map()): Promise<void> {
    await this.attend()
    const puts: (readonly [string, unknown])[] = [await this.sealed(`${FORM_PREFIX}${form.key}`, form)]
    for (const [name, content] of pictures) {
      const key = `${PICTURE_PREFIX}${form.key}/${name}`
      puts.push([key, await seal(this.key, this.about(key), content)])
    }
    const mine = `${PICTURE_PREFIX}${form.key}/`
    const stale = (await this.drawer.keys()).filter(
      (key) => key.startsWith(mine) && !form.pictures.includes(key.slice(mine.length)),
    )
    await this.drawer.change(puts, stale)
  }
  async picture(form: Form, name: string): Promise<ArrayBuffer> {
    await this.attend()
    const key = `${PICTURE_PREFIX}${form.key}/${name}`
    const sealed = (await this.drawer.get(key)) as Sealed | undefined
    if (sealed === undefined) throw new SatchelGone()
    return unseal(this.key, this.about(key), sealed)
  }

  /**
   * The server has received the form: it goes with its pictures, and the house with it once nothing is left to do
   * there; what the server said stays until the satchel goes.
   */
  async settle(form: Form, receipt: Receipt): Promise<void> {
    const pictures = form.pictures.map((name) => `${PICTURE_PREFIX}${form.key}/${name}`)
    const others = (await this.forms()).filter((one) => one.key !== form.key).map((one) => one.house.code)
    const done = [...(await this.receipts()), receipt].flatMap((one) => one.done)
    await this.drawer.change(
      [
        await this.sealed(`${RECEIPT_PREFIX}${form.key}`, receipt),
        await this.sealed(BAG, withoutDone(await this.bag(), done, others)),
      ],
      [`${FORM_PREFIX}${form.key}`, ...pictures],
    )
  }
  /** The officer gives a form up. */
  async drop(form: Form): Promise<void> {
    await this.attend()
    const pictures = form.pictures.map((name) => `${PICTURE_PREFIX}${form.key}/${name}`)
    await this.drawer.change([], [`${FORM_PREFIX}${form.key}`, ...pictures])
  }
  async wipe(): Promise<void> {
    await this.drawer.clear()
  }
}
