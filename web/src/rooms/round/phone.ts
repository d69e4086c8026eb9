// SPDX-License-Identifier: Apache-2.0
// The round as this device holds it: what lies in the satchel, what waits, what was received; and sending.
import { computed, ref, shallowRef } from 'vue'
import { Fault } from '../../api/client'
import { sentenceOf } from '../../parts/notices'
import { readSession, session } from '../../people/session'
import type { Bag, Form, Receipt } from './model'
import { MemoryDrawer, type Drawer } from './keep/drawer'
import { IndexedDrawer } from './keep/indexed'
import {
  forgetLoss,
  lossOf,
  openSatchel,
  SatchelGone,
  standingOf,
  takeAlong,
  type Loss,
  type Satchel,
  type Standing,
} from './keep/satchel'
import { sendForm, type Sent } from './send'
import { post } from './server'

/** Where the browser does not let a page keep secrets (no TLS), nothing is kept. */
export const canKeep = typeof indexedDB !== 'undefined' && globalThis.crypto?.subtle !== undefined
const drawer: Drawer = canKeep ? new IndexedDrawer() : new MemoryDrawer()
const clock = () => Date.now()

export const phone = shallowRef<Standing | null>(null)
export const satchel = shallowRef<Satchel | null>(null)
export const bag = shallowRef<Bag | null>(null)
export const waiting = shallowRef<readonly Form[]>([])
export const receipts = shallowRef<readonly Receipt[]>([])
export const loss = shallowRef<Loss | null>(null)
export const online = ref(navigator.onLine)
export const sending = ref(false)
export type Trouble = '' | 'unreached' | 'signed_out' | 'another' | { said: string }
export const trouble = ref<Trouble>('')
/** Someone else's round lies on this device. */
export const another = computed(
  () => phone.value !== null && session.value !== null && session.value.user !== phone.value.user,
)

function close(): void {
  satchel.value = null
  bag.value = null
  waiting.value = []
  receipts.value = []
}

/** What is there now, told anew. */
export async function refresh(): Promise<void> {
  phone.value = await standingOf(drawer, clock)
  loss.value = await lossOf(drawer)
  if (phone.value === null) close()
  const open = satchel.value
  if (open === null) return
  try {
    waiting.value = await open.forms()
    receipts.value = await open.receipts()
    bag.value = await open.bag()
  } catch (thrown) {
    if (!(thrown instanceof SatchelGone)) throw thrown
    close()
  }
}

export async function take(pin: string, fresh: Bag): Promise<void> {
  satchel.value = await takeAlong(drawer, clock, { user: session.value?.user ?? '', pin, bag: fresh })
  bag.value = fresh
  await refresh()
}

/** How many tries are left; null: it is open, or it is gone (`loss` says why). */
export async function unlock(pin: string): Promise<number | null> {
  const opened = await openSatchel(drawer, clock, pin)
  let left: number | null = null
  if ('satchel' in opened) {
    satchel.value = opened.satchel
    bag.value = await opened.satchel.bag()
  } else if ('triesLeft' in opened) left = opened.triesLeft
  await refresh()
  return left
}
export function lock(): void {
  close()
}
export async function wipe(): Promise<void> {
  await drawer.clear()
  close()
  await refresh()
}
export async function readLoss(): Promise<void> {
  await forgetLoss(drawer)
  await refresh()
}

/** Who is signed in may send what they wrote themselves. */
async function maySend(): Promise<boolean> {
  trouble.value = ''
  try {
    if (session.value === null) await readSession()
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown
    trouble.value = 'unreached'
    return false
  }
  if (session.value === null) trouble.value = 'signed_out'
  else if (another.value) trouble.value = 'another'
  return trouble.value === ''
}

function told(sent: Sent): boolean {
  if (!('fault' in sent)) return true
  if (sent.fault.status === 0) trouble.value = 'unreached'
  else if (sent.fault.status === 401) trouble.value = 'signed_out'
  else trouble.value = { said: sentenceOf(sent.fault) }
  return false
}

/** One tab sends at a time. */
async function alone(work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work()
  await navigator.locks.request('doudi.round.send', { ifAvailable: true }, async (mine) => {
    if (mine !== null) await work()
  })
}

/** Sends what waits, in the order in which it was written; `again`: also what the server did not take. */
export async function sendAll(again = false): Promise<void> {
  const shelf = satchel.value
  if (shelf === null || sending.value) return
  sending.value = true
  try {
    if (!(await maySend())) return
    await alone(async () => {
      const forms = [...(await shelf.forms())].sort((one, other) => one.writtenAt.localeCompare(other.writtenAt))
      for (const form of forms) {
        if (!again && form.refused.length) continue
        if (!told(await sendForm(form, shelf, post, () => new Date()))) break
        await refresh()
      }
    })
  } catch (thrown) {
    if (!(thrown instanceof SatchelGone)) throw thrown
  } finally {
    sending.value = false
    await refresh()
  }
}

/** Keeps a form where it is safe, and sends it if it can be sent. Without a satchel it lives in this page alone. */
export async function handIn(form: Form, pictures: ReadonlyMap<string, ArrayBuffer>): Promise<Sent | null> {
  const shelf = satchel.value
  if (shelf !== null) {
    await shelf.keep(form, pictures)
    await refresh()
    if (online.value) await sendAll()
    return null
  }
  trouble.value = ''
  if (!(await maySend())) return null
  const held: { form: Form } = { form }
  const sent = await sendForm(
    form,
    {
      keep: (now) => Promise.resolve(void (held.form = now)),
      picture: (_form, name) => Promise.resolve(pictures.get(name) ?? new ArrayBuffer(0)),
      settle: () => Promise.resolve(),
    },
    post,
    () => new Date(),
  )
  told(sent)
  return sent
}

export async function giveUp(form: Form): Promise<void> {
  await satchel.value?.drop(form)
  await refresh()
}

let listening = false
/** Hears of the net, of this device's clock, and of what other tabs did. */
export function listen(): void {
  if (listening) return
  listening = true
  window.addEventListener('online', () => {
    online.value = true
    void sendAll()
  })
  window.addEventListener('offline', () => (online.value = false))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void refresh()
  })
  const EVERY_MS = 30_000
  setInterval(() => void refresh(), EVERY_MS)
}
