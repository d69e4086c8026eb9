// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { Fault } from '../../api/client'
import { MemoryDrawer } from './keep/drawer'
import { nameOf } from '../../cases/attachments'
import { Satchel, takeAlong } from './keep/satchel'
import type { Form, KnockBody, OpeningBody } from './model'
import { sendForm, type Post } from './send'

const WORDS = { zh: '入户走访', en: 'Visit' }
const NOW = () => new Date('2026-11-27T05:00:00Z')
const KNOCK: KnockBody = {
  kind: 'knock',
  on: '2026-11-27',
  answers: [
    { case: '372', title: WORDS, move: 'met', fields: { note: '在家' }, pictured: true },
    { case: '381', title: WORDS, move: 'fill', fields: { note: '在家' }, pictured: false },
  ],
}
const OPENING: OpeningBody = {
  kind: 'opening',
  on: '2026-11-27',
  machine: 'emergency',
  title: WORDS,
  move: 'report',
  household: '',
  fields: { need: '火灾' },
  pictured: true,
}

/** A server that takes each key once, as ours does; `dies` breaks the line after the server has done its work. */
class Server implements Post {
  readonly moves = new Map<string, string>()
  readonly pictures = new Map<string, Set<string>>()
  readonly opened = new Map<string, string>()
  closed = new Set<string>()
  dies = ''

  private line(work: string): void {
    if (this.dies !== work) return
    this.dies = ''
    throw new Fault(0, {})
  }
  async attach(caseId: string, content: ArrayBuffer): Promise<string> {
    if (this.closed.has(caseId)) throw new Fault(403, { code: 'not_allowed', detail: 'nothing to do' })
    const hash = await nameOf(content)
    this.pictures.set(caseId, (this.pictures.get(caseId) ?? new Set()).add(hash))
    this.line('attach')
    return hash
  }
  knock: Post['knock'] = (key, body) => {
    const said = body.answers.map((answer) => {
      const known = this.moves.has(`${key}/${answer.case}`)
      const late = !known && this.closed.has(answer.case)
      this.moves.set(`${key}/${answer.case}`, answer.move)
      if (answer.move === 'met') this.closed.add(answer.case)
      const outcome = known ? 'already_there' : late ? 'kept_late' : 'made'
      return { case: answer.case, outcome, faults: [] } as const
    })
    return Promise.resolve().then(() => {
      this.line('knock')
      return said
    })
  }
  open: Post['open'] = (key) => {
    const made = this.opened.get(key) ?? String(400 + this.opened.size)
    this.opened.set(key, made)
    return Promise.resolve().then(() => {
      this.line('open')
      return made
    })
  }
}

let server: Server
let satchel: Satchel
function form(body: Form['body'], pictures: readonly string[]): Form {
  const house = { code: 'LC000008', name: '姜浩春' }
  return {
    key: 'k1',
    house,
    writtenAt: '',
    body,
    pictures,
    sent: {},
    unpictured: [],
    draft: null,
    earlier: [],
    refused: [],
  }
}
async function waiting(body: Form['body'], pictures: readonly string[] = ['p', 'q']): Promise<Form> {
  const made = form(body, pictures)
  const content = (name: string) => new TextEncoder().encode(name).buffer as ArrayBuffer
  await satchel.keep(made, new Map(pictures.map((name) => [name, content(name)])))
  return made
}
/** What would be sent after the phone came back: the form as it lies in the satchel. */
async function again(): Promise<Form> {
  const found = (await satchel.forms())[0]
  if (!found) throw new Error('the form is gone')
  return found
}

beforeEach(async () => {
  server = new Server()
  const bag = { houses: [], fields: [], openings: [] }
  satchel = await takeAlong(new MemoryDrawer(), () => 0, { user: 'zhang', pin: '480213', bag, turns: 1000 })
})

describe('a knock', () => {
  it('is made, its pictures go to the cases that take them, and it leaves the phone', async () => {
    const sent = await sendForm(await waiting(KNOCK), satchel, server, NOW)
    expect(sent).toMatchObject({
      receipt: {
        outcomes: [
          { kind: 'made', left: 0 },
          { kind: 'made', left: 0 },
        ],
      },
    })
    expect(server.pictures.get('372')?.size).toBe(2)
    expect(server.pictures.has('381')).toBe(false)
    expect(await satchel.forms()).toEqual([])
    expect(await satchel.receipts()).toHaveLength(1)
  })
  it('is done with a case that was answered, and not where nobody was met', async () => {
    const [met, other] = KNOCK.answers
    if (!met || !other) throw new Error('two answers')
    const inVain = { ...KNOCK, answers: [met, { ...other, move: 'attempt', fields: { attempt: ['nobody'] } }] }
    expect(await sendForm(await waiting(inVain), satchel, server, NOW)).toMatchObject({
      receipt: { done: ['372'], house: { code: 'LC000008' } },
    })
  })
  it('that crashed between sending and receipt is sent again and was already there', async () => {
    server.dies = 'knock'
    expect(await sendForm(await waiting(KNOCK), satchel, server, NOW)).toMatchObject({ fault: { status: 0 } })
    expect(await satchel.forms()).toHaveLength(1)
    const sent = await sendForm(await again(), satchel, server, NOW)
    expect(sent).toMatchObject({
      receipt: {
        outcomes: [
          { kind: 'already_there', left: 0 },
          { kind: 'already_there', left: 0 },
        ],
      },
    })
    expect(server.moves.size).toBe(2)
    expect(await satchel.forms()).toEqual([])
  })
  it('whose line broke at a picture goes on from there', async () => {
    server.dies = 'attach'
    expect(await sendForm(await waiting(KNOCK), satchel, server, NOW)).toMatchObject({ fault: { status: 0 } })
    expect(server.moves.size).toBe(0)
    expect(await sendForm(await again(), satchel, server, NOW)).toMatchObject({
      receipt: { outcomes: [{ kind: 'made' }, { kind: 'made' }] },
    })
    expect(server.pictures.get('372')?.size).toBe(2)
  })
  it('of a case that was closed meanwhile is kept late, and says how many pictures were not taken', async () => {
    server.closed.add('372')
    expect(await sendForm(await waiting(KNOCK), satchel, server, NOW)).toMatchObject({
      receipt: { outcomes: [{ kind: 'kept_late', left: 2 }, { kind: 'made' }] },
    })
  })
  it('that is refused stays on the phone with the reasons', async () => {
    const reason = { zh: '缺少记录', en: 'the note is missing' }
    server.knock = () =>
      Promise.resolve([
        { case: '372', outcome: 'refused', faults: [{ field: 'note', detail: reason }] },
        { case: '381', outcome: 'made', faults: [] },
      ])
    const sent = await sendForm(await waiting(KNOCK), satchel, server, NOW)
    expect(sent).toMatchObject({ waits: { refused: [{ kind: 'refused', details: [reason] }, { kind: 'made' }] } })
    expect((await again()).refused).toHaveLength(2)
  })
  it('that is refused as a whole stays too; one that meets a busy server simply waits', async () => {
    server.knock = () => Promise.reject(new Fault(422, { code: 'fields', detail: '不符合要求' }))
    expect(await sendForm(await waiting(KNOCK), satchel, server, NOW)).toHaveProperty('waits')
    for (const status of [0, 401, 429, 500, 503]) {
      server.knock = () => Promise.reject(new Fault(status, {}))
      expect(await sendForm(await again(), satchel, server, NOW)).toMatchObject({ fault: { status } })
    }
    expect(await satchel.forms()).toHaveLength(1)
  })
})

describe('an opening', () => {
  it('that crashed after it was made is the same case when it is sent again', async () => {
    server.dies = 'open'
    expect(await sendForm(await waiting(OPENING), satchel, server, NOW)).toMatchObject({ fault: { status: 0 } })
    const sent = await sendForm(await again(), satchel, server, NOW)
    expect(sent).toMatchObject({ receipt: { outcomes: [{ case: '400', kind: 'made', left: 0 }] } })
    expect(server.opened.size).toBe(1)
    expect(server.pictures.get('400')?.size).toBe(2)
  })
  it('names its pictures by what is in them', async () => {
    let named: readonly string[] = []
    server.open = (_key, _body, pictures) => {
      named = pictures
      return Promise.resolve('400')
    }
    await sendForm(await waiting(OPENING), satchel, server, NOW)
    expect(new Set(named)).toEqual(server.pictures.get('400'))
  })
  it('whose key is still being worked on waits', async () => {
    server.open = () => Promise.reject(new Fault(409, { code: 'key_in_use' }))
    expect(await sendForm(await waiting(OPENING), satchel, server, NOW)).toMatchObject({ fault: { status: 409 } })
  })
})
