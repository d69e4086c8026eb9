// SPDX-License-Identifier: Apache-2.0
// The server's API, typed by its own description. What fails becomes a Fault that says what and where.
import createClient, { type Middleware } from 'openapi-fetch'
import { language } from '../words/language'
import { tellReached } from './net'
import type { components, paths } from './schema'

export type Schema = components['schemas']
export type FieldFault = Schema['FieldFault']

/** What the server said when it did not do what was asked (RFC 9457), or that it was not reached. */
export class Fault extends Error {
  readonly status: number
  readonly code: string
  readonly errors: readonly FieldFault[]
  readonly request: string

  constructor(status: number, problem: Partial<Schema['Problem']>) {
    super(problem.detail ?? problem.title ?? '')
    this.status = status
    this.code = problem.code ?? (status === 0 ? 'unreachable' : 'unexpected')
    this.errors = problem.errors ?? []
    this.request = problem.request_id ?? ''
  }

  /** What speaks against one field of the body. */
  at(pointer: string): readonly string[] {
    return this.errors.filter((error) => error.pointer === pointer).map((error) => error.detail)
  }
}

let csrf = ''
let onSignedOut: () => void = () => undefined
/** The mark that every change sends back; it comes with the session. */
export function keepMark(mark: string): void {
  csrf = mark
}
export function whenSignedOut(then: () => void): void {
  onSignedOut = then
}

const marks: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', language.value)
    if (request.method !== 'GET' && csrf) request.headers.set('X-CSRF-Token', csrf)
    return request
  },
  onResponse({ response, schemaPath }) {
    if (response.status === 401 && !schemaPath.startsWith('/api/v1/session')) onSignedOut()
    return undefined
  },
}

export const api = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' })
api.use(marks)

export interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The body of an answer, or a Fault. */
export async function told<T>(asked: Promise<Answer<T>>): Promise<T> {
  return (await answered(asked)).body
}

/** A list that can be had as a file too, told as JSON. */
export async function listed<T>(asked: Promise<Answer<T>>): Promise<Exclude<T, string>> {
  return (await told(asked)) as Exclude<T, string>
}

/** The body of an answer and the version that a change of it has to name. */
export async function answered<T>(asked: Promise<Answer<T>>): Promise<{ body: T; version: string; status: number }> {
  let answer: Answer<T>
  try {
    answer = await asked
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown
    tellReached(false)
    throw new Fault(0, {})
  }
  tellReached(true)
  if (!answer.response.ok) throw new Fault(answer.response.status, problemOf(answer.error))
  return {
    body: answer.data as T,
    version: answer.response.headers.get('ETag') ?? '',
    status: answer.response.status,
  }
}

function problemOf(error: unknown): Partial<Schema['Problem']> {
  return typeof error === 'object' && error !== null ? error : {}
}

export { onceKey } from './once'

/** The address of a list as a file; the browser takes it with the session's cookie. */
export function exportAddress(
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  format: 'csv' | 'xlsx',
): string {
  const asked = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value) asked.set(name, value)
  asked.set('format', format)
  return `${path}?${asked.toString()}`
}
