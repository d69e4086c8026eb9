// SPDX-License-Identifier: Apache-2.0
// What the round asks of the server: today's cases, the houses, and the ways by which forms go.
import { Fault, api, told, type Schema } from '../../api/client'
import { sendAttachment } from '../../cases/attachments'
import { readColleaguesOnce, type Choice } from '../../cases/choices'
import { readCases } from '../../cases/listed'
import { openingMoves, readProcedures, type Procedures } from '../../cases/procedures'
import { session } from '../../people/session'
import { today } from '../../words/form'
import { isDoorMove, isForDoor, stopsOf, type Listed, type Stop } from './houses'
import type { Bag, House, Task } from './model'
import type { Post } from './send'

const PAGE = 200
const MOST_PAGES = 10
const AT_ONCE = 4
const PURPOSE = 'visit'

/** Today's round of whoever is signed in. */
export async function readStops(roles: readonly string[]): Promise<readonly Stop[]> {
  const { machines } = await readProcedures()
  const found: Listed[] = []
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; ++page) {
    const query = cursor === undefined ? { limit: PAGE } : { limit: PAGE, cursor }
    const answer = await readCases(query)
    found.push(...answer.items.filter((one) => isForDoor(one, machines, roles)))
    if (answer.next === null) break
    cursor = answer.next
  }
  return stopsOf(found)
}

/** The tasks of one house; none: nothing is to be done there. */
export async function readStop(code: string, roles: readonly string[]): Promise<Stop | null> {
  const { machines } = await readProcedures()
  const page = await readCases({ household: code, limit: PAGE })
  return stopsOf(page.items.filter((one) => isForDoor(one, machines, roles)))[0] ?? null
}

/** A look at a house says for which case. */
function marks(caseId: string | undefined): Record<string, string> {
  return caseId === undefined
    ? { 'X-Purpose': PURPOSE }
    : { 'X-Purpose': PURPOSE, 'X-Case': encodeURIComponent(caseId) }
}

const OUT_OF_REACH = 'no_such_household'

/** A house of another place is known by the case alone that asks to visit it. */
async function readHouseElsewhere(stop: Stop): Promise<House> {
  const id = stop.cases[0]?.id ?? ''
  const body = await told(
    api.GET('/api/v1/cases/{id}', { params: { path: { id } }, headers: { 'X-Purpose': PURPOSE } }),
  )
  const name = body.subject?.name ?? ''
  const members = name ? [{ id: '', name, relation: '', phone: body.subject?.phone ?? '' }] : []
  return {
    code: stop.code,
    name,
    address: body.subject?.address ?? '',
    village: stop.village,
    members,
    tasks: stop.cases.map((one) => taskOf(one, [], '')),
  }
}

export async function readHouse(stop: Stop): Promise<House> {
  try {
    return await readHouseWithin(stop)
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.code === OUT_OF_REACH) return readHouseElsewhere(stop)
    throw thrown
  }
}

async function readHouseWithin(stop: Stop): Promise<House> {
  const body = await told(
    api.GET('/api/v1/households/{code}', {
      params: { path: { code: stop.code } },
      headers: marks(stop.cases[0]?.id),
    }),
  )
  return {
    code: stop.code,
    name: body.head_name ?? '',
    address: body.address ?? '',
    village: stop.village,
    members: body.members.map((member) => ({
      id: member.id,
      name: member.name ?? '',
      relation: member.relation,
      phone: member.phone ?? '',
    })),
    tasks: stop.cases.map((one) => taskOf(one, [], '')),
  }
}

function taskOf(one: Listed, moves: Task['moves'], wanted: string): Task {
  return {
    id: one.id,
    machine: one.machine,
    title: one.title,
    state: one.state_title,
    due: one.due_on,
    ...(one.working_days_left === null ? {} : { left: { days: one.working_days_left, on: today() } }),
    provisional: one.due_provisional,
    internal: one.due_internal,
    overdue: one.overdue,
    wanted,
    moves,
  }
}

/** The latest word of the office on what is to be done. */
function wantedOf(body: Schema['Case']): string {
  for (const event of [...body.events].reverse()) {
    const words = event.fields['instruction'] ?? event.fields['need'] ?? event.fields['note']
    if (words?.[0]) return words[0]
  }
  return ''
}

async function readTask(one: Listed): Promise<Task> {
  const body = await told(
    api.GET('/api/v1/cases/{id}', { params: { path: { id: one.id } }, headers: { 'X-Purpose': PURPOSE } }),
  )
  return taskOf(one, body.open_moves.filter(isDoorMove), wantedOf(body))
}

/** A house with all that a form at its door needs. */
export async function readWhole(stop: Stop): Promise<House> {
  const [house, ...tasks] = await Promise.all([readHouse(stop), ...stop.cases.map(readTask)])
  return { ...house, tasks: tasks.filter((task) => task.moves.length > 0) }
}

/** Some at a time, in order; `done` hears of each. */
export async function each<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  done: (result: R, at: number) => void = () => undefined,
): Promise<R[]> {
  const results: R[] = []
  let next = 0
  async function worker(): Promise<void> {
    while (next < items.length) {
      const at = next++
      const result = await work(items[at] as T)
      results[at] = result
      done(result, at)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return results
}

/** Who may go along; where the list is not to be had, names are written. */
export async function readColleagues(): Promise<readonly Choice[]> {
  return (await readColleaguesOnce().catch(() => null)) ?? []
}

/** What goes into the satchel. */
export async function packBag(stops: readonly Stop[], told: (done: number) => void): Promise<Bag> {
  const [procedures, colleagues] = await Promise.all([readProcedures(), readColleagues()])
  let done = 0
  const houses = await each(stops, readWhole, () => told(++done))
  return {
    houses: houses.filter((house) => house.tasks.length > 0),
    ...wordsFor(procedures),
    colleagues,
    officer: session.value?.full_name ?? '',
  }
}
export function wordsFor(procedures: Procedures): Pick<Bag, 'fields' | 'openings'> {
  const openings = procedures.machines.map((machine) => ({ ...machine, moves: openingMoves(machine) }))
  return { fields: procedures.fields, openings: openings.filter((machine) => machine.moves.length > 0) }
}

export const post: Post = {
  attach: (caseId, content) => sendAttachment(caseId, new Blob([content])),
  async knock(key, body, pictures) {
    const answers = body.answers.map((answer) => {
      const names = pictures(answer)
      const fields = names.length ? { ...answer.fields, attachments: [...names] } : { ...answer.fields }
      return { case: answer.case, move: answer.move, fields }
    })
    const answer = await told(
      api.POST('/api/v1/knocks', {
        headers: { 'X-Purpose': PURPOSE },
        body: { client_key: key, on: body.on, answers },
      }),
    )
    return answer.items
  },
  async open(key, body, pictures) {
    const fields = pictures.length ? { ...body.fields, attachments: [...pictures] } : { ...body.fields }
    const made = await told(
      api.POST('/api/v1/cases', {
        body: {
          client_key: key,
          machine: body.machine,
          move: body.move,
          on: body.on,
          fields,
          ...(body.household ? { household: body.household } : {}),
        },
      }),
    )
    return made.case
  },
}
