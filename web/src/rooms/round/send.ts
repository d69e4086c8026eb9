// SPDX-License-Identifier: Apache-2.0
// Sends forms: pictures first, then the form under its key, then the receipt. Whatever breaks in between, it is sent
// again and the server takes it once. Nothing is dropped that the server did not receive.
import { Fault } from '../../api/client'
import { nameOf } from '../../cases/attachments'
import type { Words } from '../../words/language'
import type { Answer, Form, KnockBody, OpeningBody, Outcome, OutcomeKind, Receipt } from './model'
import { ATTEMPT } from './houses'
import { isReceived } from './model'

export interface TakenAnswer {
  readonly case: string
  readonly outcome: OutcomeKind
  readonly faults: readonly { readonly field: string; readonly detail: Words }[]
}
/** The server, as sending needs it. */
export interface Post {
  attach: (caseId: string, content: ArrayBuffer) => Promise<string>
  knock: (
    key: string,
    body: KnockBody,
    pictures: (answer: Answer) => readonly string[],
  ) => Promise<readonly TakenAnswer[]>
  open: (key: string, body: OpeningBody, pictures: readonly string[]) => Promise<string>
}
/** Where forms wait: the satchel, or memory for what is sent at once. */
export interface Shelf {
  keep: (form: Form) => Promise<void>
  picture: (form: Form, name: string) => Promise<ArrayBuffer>
  settle: (form: Form, receipt: Receipt) => Promise<void>
}
export type Sent = { receipt: Receipt } | { waits: Form } | { fault: Fault }

const FINAL = [400, 404, 409, 413, 415, 422]
/** A refusal of this one thing, not of the sender or of the moment. */
function isFinal(thrown: unknown): thrown is Fault {
  if (!(thrown instanceof Fault) || thrown.code === 'key_in_use') return false
  return FINAL.includes(thrown.status) || (thrown.status === 403 && thrown.code === 'not_allowed')
}

export async function sendForm(form: Form, shelf: Shelf, post: Post, now: () => Date): Promise<Sent> {
  try {
    const { outcomes: told, last } =
      form.body.kind === 'knock'
        ? await sendKnock(form, form.body, shelf, post)
        : await sendOpening(form, form.body, shelf, post)
    const outcomes = [...form.earlier, ...told]
    if (!outcomes.every(isReceived)) {
      const waits = { ...last, refused: outcomes }
      await shelf.keep(waits)
      return { waits }
    }
    const receipt: Receipt = {
      key: form.key,
      house: { code: form.house.code },
      at: now().toISOString(),
      done: doneWith(form.body, outcomes),
      outcomes,
    }
    await shelf.settle(last, receipt)
    return { receipt }
  } catch (thrown) {
    if (thrown instanceof Fault) return { fault: thrown }
    throw thrown
  }
}

/** Where nobody was met one comes again: the house stays in the round. */
function doneWith(body: Form['body'], outcomes: readonly Outcome[]): string[] {
  const inVain =
    body.kind === 'knock' ? body.answers.filter((one) => ATTEMPT in one.fields).map((one) => one.case) : []
  return outcomes.map((one) => one.case).filter((id) => id !== '' && !inVain.includes(id))
}

interface Said {
  readonly outcomes: readonly Outcome[]
  readonly last: Form
}

/** The pictures of one case; a case that takes none any more is remembered as such. */
async function attachAll(form: Form, caseId: string, shelf: Shelf, post: Post): Promise<Form> {
  let now = form
  if (form.unpictured.includes(caseId)) return now
  for (const name of form.pictures.slice(form.sent[caseId]?.length ?? 0)) {
    try {
      const hash = await post.attach(caseId, await shelf.picture(form, name))
      now = { ...now, sent: { ...now.sent, [caseId]: [...(now.sent[caseId] ?? []), hash] } }
    } catch (thrown) {
      if (!isFinal(thrown)) throw thrown
      now = { ...now, unpictured: [...now.unpictured, caseId] }
    }
    await shelf.keep(now)
    if (now.unpictured.includes(caseId)) break
  }
  return now
}

async function sendKnock(form: Form, body: KnockBody, shelf: Shelf, post: Post): Promise<Said> {
  let last = form
  for (const answer of body.answers) {
    if (answer.pictured) last = await attachAll(last, answer.case, shelf, post)
  }
  const names = (answer: Answer) => (answer.pictured ? (last.sent[answer.case] ?? []) : [])
  let taken: readonly TakenAnswer[]
  try {
    taken = await post.knock(form.key, body, names)
  } catch (thrown) {
    if (!isFinal(thrown)) throw thrown
    const detail = { zh: thrown.message, en: thrown.message }
    taken = body.answers.map((one) => ({
      case: one.case,
      outcome: 'refused',
      faults: [
        { field: '', detail },
        ...thrown.errors.map((e) => ({ field: '', detail: { zh: e.detail, en: e.detail } })),
      ],
    }))
  }
  const outcomes = body.answers.map((answer): Outcome => {
    const said = taken.find((one) => one.case === answer.case)
    return {
      case: answer.case,
      title: answer.title,
      kind: said?.outcome ?? 'not_there',
      details: said?.faults.map((fault) => fault.detail) ?? [],
      left: answer.pictured ? form.pictures.length - names(answer).length : 0,
    }
  })
  return { outcomes, last }
}

async function sendOpening(form: Form, body: OpeningBody, shelf: Shelf, post: Post): Promise<Said> {
  const hashes: string[] = []
  if (body.pictured) for (const name of form.pictures) hashes.push(await nameOf(await shelf.picture(form, name)))
  const outcome = { case: '', title: body.title, left: 0 }
  let made: string
  try {
    made = await post.open(form.key, body, hashes)
  } catch (thrown) {
    if (!isFinal(thrown)) throw thrown
    const details = [thrown.message, ...thrown.errors.map((error) => error.detail)].map((one) => ({
      zh: one,
      en: one,
    }))
    return { outcomes: [{ ...outcome, kind: 'refused', details }], last: form }
  }
  const last = body.pictured ? await attachAll(form, made, shelf, post) : form
  const left = body.pictured ? form.pictures.length - (last.sent[made]?.length ?? 0) : 0
  return { outcomes: [{ ...outcome, case: made, kind: 'made', details: [], left }], last }
}
