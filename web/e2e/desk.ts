// SPDX-License-Identifier: Apache-2.0
// What colleagues elsewhere do, over the API: a day begins on what they have left.
import { holds, type Stand } from './day.ts'

export class Desk {
  private readonly base: string
  private readonly cookie: string
  private readonly mark: string

  private constructor(base: string, cookie: string, mark: string) {
    this.base = base
    this.cookie = cookie
    this.mark = mark
  }

  static async of(stand: Stand, role: string): Promise<Desk> {
    const user = stand.users[role]
    holds(user !== undefined, `no user has the role ${role}`)
    const answer = await fetch(`${stand.base}/api/v1/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: user.name, password: user.password }),
    })
    const session = (await answer.json()) as { csrf: string }
    return new Desk(stand.base, (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '', session.csrf)
  }

  async get<T>(path: string): Promise<T> {
    const answer = await fetch(this.base + path, { headers: { Cookie: this.cookie } })
    holds(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`)
    return (await answer.json()) as T
  }
  async post<T>(path: string, body: unknown, key?: string): Promise<T> {
    const answer = await fetch(this.base + path, {
      method: 'POST',
      headers: {
        Cookie: this.cookie,
        'X-CSRF-Token': this.mark,
        'Content-Type': 'application/json',
        ...(key ? { 'Idempotency-Key': key } : {}),
      },
      body: JSON.stringify(body),
    })
    holds(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`)
    return (await answer.json()) as T
  }
  /** Opens a case and gives its number. */
  async open(machine: string, household: string, fields: Readonly<Record<string, unknown>>): Promise<string> {
    const key = `${machine}-${household}-${Date.now()}-${Math.random()}`
    return (await this.post<{ case: string }>('/api/v1/cases', { machine, household, fields }, key)).case
  }
  /** Makes a move of a case as it stands. */
  async move(id: string, move: string, fields: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const key = `${id}-${move}-${Date.now()}`
    const moved = await this.post<{ outcome: string }>(`/api/v1/cases/${id}/moves`, { move, fields, client_key: key })
    holds(moved.outcome === 'made', `${move} of ${id}: ${JSON.stringify(moved)}`)
  }
}

export function dayFrom(days: number): string {
  return new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)
}
