// SPDX-License-Identifier: Apache-2.0
// What colleagues elsewhere do, over the API: a day begins on what they have left.
import { holds, type Stand } from './day.ts'

type Told = Readonly<Record<string, unknown>>
/** The smallest picture that there is. */
export const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
/** Why a decision does not follow a determination: nobody made one. */
export const WHY = { differs_because: '按入户核实的情况' }
interface Signing {
  readonly person: string
  readonly signs_as: 'self' | 'guardian' | null
  readonly answer: string
}
interface Listed {
  readonly items: readonly { readonly code: string; readonly household: string }[]
}

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
  /** What a picture is, and how large. */
  async picture(path: string): Promise<{ type: string; bytes: number }> {
    const answer = await fetch(this.base + path, { headers: { Cookie: this.cookie } })
    return { type: answer.headers.get('content-type') ?? '', bytes: (await answer.arrayBuffer()).byteLength }
  }
  async post<T>(path: string, body?: unknown, key?: string): Promise<T> {
    const answer = await fetch(this.base + path, {
      method: 'POST',
      headers: {
        Cookie: this.cookie,
        'X-CSRF-Token': this.mark,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(key ? { 'Idempotency-Key': key } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    holds(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`)
    return (await answer.json()) as T
  }
  /** Opens a case and gives its number. */
  async open(machine: string, household: string, fields: Told, on = dayFrom(0)): Promise<string> {
    const key = `${machine}-${household}-${Date.now()}-${Math.random()}`
    return (await this.post<{ case: string }>('/api/v1/cases', { machine, household, on, fields }, key)).case
  }
  /** Makes a move of a case as it stands. */
  async move(id: string, move: string, fields: Told = {}, on = dayFrom(0)): Promise<void> {
    const body = { move, on, fields, client_key: `${id}-${move}-${Date.now()}` }
    const moved = await this.post<{ outcome: string }>(`/api/v1/cases/${id}/moves`, body)
    holds(moved.outcome === 'made', `${move} of ${id}: ${JSON.stringify(moved)}`)
  }
  /** A picture of a case, as a move then names it. */
  async attach(id: string): Promise<string> {
    const path = `/api/v1/cases/${id}/attachments`
    const answer = await fetch(this.base + path, {
      method: 'POST',
      headers: { Cookie: this.cookie, 'X-CSRF-Token': this.mark, 'Content-Type': 'application/octet-stream' },
      body: PICTURE,
    })
    holds(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`)
    return ((await answer.json()) as { hash: string }).hash
  }
  /** Everybody of a household signs for the check of their means, where no paper of theirs holds. */
  async sign(household: string): Promise<void> {
    const path = `/api/v1/households/${household}/authorisations`
    const { members } = await this.get<{ members: readonly Signing[] }>(path)
    for (const one of members) {
      if (one.answer === 'covered') continue
      const paper = one.signs_as === 'self' ? {} : { paper: '户口簿' }
      const born = one.signs_as === null ? { born_on: '1980-01-01' } : {}
      const guardian = one.signs_as === 'guardian' ? { signer_name: '监护人' } : {}
      const how = { signed_as: one.signs_as ?? 'self', ...paper, ...born, ...guardian }
      await this.post(path, { person: one.person, signed_on: dayFrom(-90), until: dayFrom(90), ...how })
    }
  }
  /** Households of this desk of which no open case is at it. */
  async freeHouseholds(): Promise<string[]> {
    const houses = await this.get<Listed>('/api/v1/households?limit=200')
    const busy = await this.get<Listed>('/api/v1/cases?limit=200')
    const taken = new Set(busy.items.map((one) => one.household))
    return houses.items.map((one) => one.code).filter((code) => !taken.has(code))
  }
}

/** Who goes to a door: always two. */
export function twoOf(stand: Stand): string[] {
  return ['township_officer', 'village_worker'].map((role) => stand.users[role]?.name ?? '')
}

/** An application of a category that the township has surveyed, reviewed and posted; it is left to be confirmed,
 *  where `to` says. All of it so many days `earlier` than the last six weeks. */
export async function toConfirm(
  stand: Stand,
  household: string,
  category: string,
  to: Told = {},
  earlier = 0,
): Promise<string> {
  const town = await Desk.of(stand, 'township_officer')
  const form = { channel: 'window', pledge: true, authorised: true }
  await town.sign(household)
  const id = await town.open('application', household, form, dayFrom(-38 - earlier))
  const accepts = { relatives_of_staff: false, beside_because: '另一名成员的申请' } // whatever else is under way there
  await town.move(id, 'accept', accepts, dayFrom(-37 - earlier))
  await town.move(id, 'switch', { category, reason: '按类别办理' }, dayFrom(-37 - earlier))
  await town.move(id, 'survey', { officers: twoOf(stand), note: '入户调查' }, dayFrom(-36 - earlier))
  await town.move(id, 'review', { category, opinion: 'grant' }, dayFrom(-35 - earlier))
  await town.move(id, 'post', { attachments: [await town.attach(id)] }, dayFrom(-34 - earlier))
  // Seven days hang, and no holiday is longer than the ten beside them.
  await town.move(id, 'end_notice', to, dayFrom(-16 - earlier))
  return id
}

/** So many days from today on, by the office's clock. */
export function dayFrom(days: number): string {
  return new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)
}
