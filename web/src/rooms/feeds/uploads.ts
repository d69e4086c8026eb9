// SPDX-License-Identifier: Apache-2.0
// The files of one import on their way, one after the other. After a reload the server still has what it acknowledged;
// the file itself the browser has lost, so it is asked for again and held to its size and hash.
import { computed, onBeforeUnmount, shallowRef } from 'vue'
import { Fault } from '../../api/client'
import { sentenceOf } from '../../parts/notices'
import { say } from '../../words/language'
import { LINE, sendRest, type Line } from './sending'
import { hashOf } from './sha256'
import { SAID } from './words'

export type Standing = 'waiting' | 'hashing' | 'sending' | 'broken' | 'lost' | 'refused' | 'complete'
export interface Sent {
  readonly key: string
  readonly name: string
  readonly bytes: number
  readonly hash: string
  readonly upload: string
  /** Bytes that were read for the hash, or that the server has. */
  readonly done: number
  readonly standing: Standing
  readonly trouble: string
}
interface Kept {
  readonly upload: string
  readonly name: string
  readonly bytes: number
  readonly hash: string
}

// Of this window alone, and gone with it: names of files and hashes, nothing of what is in them.
const KEPT_AS = 'doudi.uploads'
function kept(): readonly Kept[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT_AS) ?? '[]') as Kept[]
  } catch {
    return []
  }
}

const BUSY: readonly Standing[] = ['waiting', 'hashing', 'sending', 'broken']

export class Uploads {
  readonly files = shallowRef<readonly Sent[]>([])
  readonly busy = computed(() => this.files.value.some((one) => BUSY.includes(one.standing)))
  readonly complete = computed(() => this.files.value.filter((one) => one.standing === 'complete'))
  private readonly sources = new Map<string, File>()
  private readonly line: Line
  private working = false
  private left = false
  private last = 0

  constructor(line: Line) {
    this.line = line
  }

  /** Nothing more is sent; what the server has stays there. */
  leave(): void {
    this.left = true
  }
  add(chosen: readonly File[]): void {
    for (const file of chosen) {
      const same = this.files.value.find((one) => one.name === file.name && one.bytes === file.size)
      if (same?.standing === 'lost') this.goOn(same.key, file)
      if (same) continue
      const fresh = this.fresh(file.name, file.size)
      this.sources.set(fresh.key, file)
      this.files.value = [...this.files.value, fresh]
    }
    void this.work()
  }
  /** The same file once more. One of another name or size is refused at once, one of another hash once it is read. */
  goOn(key: string, file: File): void {
    const one = this.find(key)
    if (!one) return
    if (one.name !== file.name || one.bytes !== file.size) return this.put(key, { trouble: say(SAID.otherFile) })
    this.sources.set(key, file)
    this.put(key, { standing: 'waiting', trouble: '' })
    void this.work()
  }
  retry(key: string): void {
    this.put(key, { standing: this.sources.has(key) ? 'waiting' : 'lost', trouble: '' })
    void this.work()
  }
  async remove(key: string): Promise<void> {
    const one = this.find(key)
    this.sources.delete(key)
    this.clear([key])
    // What is left behind goes by itself after its term.
    if (one?.upload) await this.line.abandon(one.upload).catch(() => undefined)
  }
  /** Those that an import has taken are shown no more. */
  clear(keys: readonly string[]): void {
    this.files.value = this.files.value.filter((one) => !keys.includes(one.key))
    this.keep()
  }
  /** What an earlier page had begun, as far as the server still has it. */
  async restore(): Promise<void> {
    for (const one of kept()) {
      const now = await this.line.look(one.upload).catch(() => null)
      if (!now || now.state === 'used') continue
      const standing = now.state === 'complete' ? 'complete' : 'lost'
      const restored = { ...this.fresh(one.name, one.bytes), ...one, standing, done: now.received } as const
      this.files.value = [...this.files.value, restored]
    }
    this.keep()
  }

  private find(key: string): Sent | undefined {
    return this.files.value.find((one) => one.key === key)
  }
  private goesOn(key: string): boolean {
    return !this.left && this.find(key) !== undefined
  }
  private put(key: string, change: Partial<Sent>): void {
    this.files.value = this.files.value.map((one) => (one.key === key ? { ...one, ...change } : one))
    this.keep()
  }
  private fresh(name: string, bytes: number): Sent {
    const key = `${++this.last}`
    return { key, name, bytes, hash: '', upload: '', done: 0, standing: 'waiting', trouble: '' }
  }
  private keep(): void {
    const begun = this.files.value.filter((one) => one.upload !== '')
    const told = begun.map(({ upload, name, bytes, hash }) => ({ upload, name, bytes, hash }))
    sessionStorage.setItem(KEPT_AS, JSON.stringify(told))
  }

  private async work(): Promise<void> {
    if (this.working) return
    this.working = true
    for (;;) {
      const next = this.files.value.find((one) => one.standing === 'waiting' && this.sources.has(one.key))
      if (!next || this.left) break
      await this.send(next)
    }
    this.working = false
  }
  private async send(one: Sent): Promise<void> {
    const { key } = one
    const file = this.sources.get(key)
    if (!file) return
    try {
      this.put(key, { standing: 'hashing', done: 0, trouble: '' })
      const hash = await hashOf(file, (done) => {
        this.put(key, { done })
        return this.goesOn(key)
      })
      if (hash === null) return
      if (one.hash !== '' && one.hash !== hash) {
        this.sources.delete(key)
        return this.put(key, { standing: 'lost', trouble: say(SAID.otherFile) })
      }
      this.put(key, { hash })
      await this.sendPieces(key, file, one.upload, hash)
    } catch (thrown) {
      this.put(key, { standing: 'refused', trouble: wordsOf(thrown) })
    }
  }
  private async sendPieces(key: string, file: File, begunBefore: string, hash: string): Promise<void> {
    const { line } = this
    const begun = begunBefore ? await line.look(begunBefore) : await line.begin(file.name, file.size, hash)
    this.put(key, { upload: begun.id, standing: 'sending', done: begun.received })
    const sent = await sendRest(line, begun, file, {
      received: (done) => this.put(key, { done }),
      broken: (is) => this.put(key, { standing: is ? 'broken' : 'sending' }),
      goesOn: () => this.goesOn(key),
    })
    if (!sent) return
    this.sources.delete(key)
    this.put(key, { standing: 'complete', done: sent.bytes })
  }
}

/** The files of this screen; they stop when it is left. */
export function useUploads(line: Line = LINE): Uploads {
  const uploads = new Uploads(line)
  onBeforeUnmount(() => uploads.leave())
  return uploads
}

function wordsOf(thrown: unknown): string {
  if (thrown instanceof Fault) return sentenceOf(thrown)
  // The file was moved, changed or taken out while it was read.
  if (thrown instanceof DOMException) return say(SAID.unreadable)
  throw thrown
}
