// SPDX-License-Identifier: Apache-2.0
// What a desk does with cases, through the screens alone: a case is opened on its board and moved by its own forms. The
// day names moves, fields and words by their ids in the pack; what stands on the screen is looked up by their titles.
import type { Locator } from 'playwright-core'
import { holds, type Walk } from './day.ts'
import { dayFrom, PICTURE } from './desk.ts'

export type Filled = Readonly<Record<string, string | readonly string[]>>

interface Titled {
  readonly id: string
  readonly title: { readonly zh: string }
}
interface Field extends Titled {
  readonly type: string
  readonly words: readonly Titled[]
}
interface Machine extends Titled {
  readonly states: readonly Titled[]
  readonly moves: readonly (Titled & { readonly from: readonly string[] })[]
}
interface Procedures {
  readonly machines: readonly Machine[]
  readonly fields: readonly Field[]
}

/** So many days ago, as a form takes it. */
export function daysAgo(count: number): string {
  return dayFrom(-count)
}

const known = new WeakMap<Walk, Procedures>()
async function proceduresOf(walk: Walk): Promise<Procedures> {
  let found = known.get(walk)
  if (!found) {
    const answer = await walk.page.request.get(`${walk.browser.base}/api/v1/procedures`)
    found = (await answer.json()) as Procedures
    known.set(walk, found)
  }
  return found
}
function named<T extends Titled>(list: readonly T[], id: string): T {
  const found = list.find((one) => one.id === id)
  if (!found) throw new Error(`the pack has no ${id}`)
  return found
}

/** One of its own each time: a photograph signs one visit. What follows the end of a PNG is not looked at. */
let pictures = 0
function anotherPicture(): Buffer {
  return Buffer.concat([PICTURE, Buffer.from(String(++pictures))])
}

async function fillField(dialog: Locator, field: Field, value: string | readonly string[]): Promise<void> {
  const wanted = typeof value === 'string' ? [value] : value
  const title = field.title.zh
  // A choice of few, and one of several, is a group of buttons; all else has its label.
  const group = dialog.getByRole('group', { name: title })
  const input = dialog.getByLabel(title).first()
  await group.or(input).first().waitFor({ timeout: 10_000 })
  if ((await group.count()) > 0) await check(group.first(), field, wanted)
  else if (field.type === 'attachments') {
    await input.setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: anotherPicture() })
    await dialog.getByText('photo.png').waitFor({ timeout: 10_000 })
  } else if ((await input.evaluate((element) => element.tagName)) === 'SELECT') await choose(dialog, input, wanted)
  else await input.fill(wanted.join(field.type === 'users' ? '、' : '\n'))
}

async function check(group: Locator, field: Field, wanted: readonly string[]): Promise<void> {
  const isOffered = async (one: string) => (await group.locator(`input[value="${one}"]`).count()) > 0
  for (const one of wanted) {
    // Who is of an office below is added from the list of those, who is of another office is written.
    if (field.type === 'users' && !(await isOffered(one))) {
      const below = group.getByRole('combobox')
      if ((await below.locator(`option[value="${one}"]`).count()) > 0) {
        await below.selectOption(one)
        await group.getByRole('button', { name: '加入' }).click()
        continue
      }
      await group.getByRole('textbox').fill(one)
      continue
    }
    const word = field.words.find((each) => each.id === one)?.title.zh
    const button = word ? group.getByLabel(word, { exact: true }) : group.locator(`input[value="${one}"]`)
    await button.check({ timeout: 10_000 })
  }
}

/** An office that the list does not show is written by its code. */
async function choose(dialog: Locator, input: Locator, [one = '']: readonly string[]): Promise<void> {
  if ((await input.locator(`option[value="${one}"]`).count()) > 0) return void (await input.selectOption(one))
  await input.selectOption({ label: '其他单位…' }, { timeout: 10_000 })
  await dialog.getByLabel('单位代码').fill(one, { timeout: 10_000 })
}

export async function fill(walk: Walk, dialog: Locator, fields: Filled, on?: string): Promise<void> {
  const procedures = await proceduresOf(walk)
  const when = dialog.getByLabel('办理日期')
  await when.waitFor()
  // What may be said beside what is needed lies folded.
  const more = dialog.locator('form details:not([open]) > summary')
  if ((await more.count()) > 0) await more.first().click()
  for (const [id, value] of Object.entries(fields)) await fillField(dialog, named(procedures.fields, id), value)
  if (on) await when.fill(on)
}

/** The same of a form on a page of its own. */
export async function fillIn(walk: Walk, form: Locator, fields: Filled): Promise<void> {
  const procedures = await proceduresOf(walk)
  for (const [id, value] of Object.entries(fields)) await fillField(form, named(procedures.fields, id), value)
}

async function sent(walk: Walk, dialog: Locator, what: string): Promise<void> {
  await dialog.waitFor({ state: 'detached', timeout: 10_000 }).catch(async () => {
    throw new Error(`${what}: ${await dialog.innerText()}`)
  })
  await walk.browser.settled()
}

/** Opens a case on the board of its machine, about the head of the household where it is about one person; gives its
 *  number. */
export async function open(
  walk: Walk,
  machine: string,
  household: string,
  fields: Filled,
  on?: string,
  ofHead = false,
): Promise<string> {
  await walk.browser.go(`/boards/${machine}`)
  await walk.page.getByRole('button', { name: '发起', exact: true }).click()
  const dialog = walk.page.getByRole('dialog')
  if (household) {
    await dialog.getByLabel('户编号').fill(household)
    await dialog.getByRole('button', { name: '查对' }).click()
    await dialog.getByText('✓').waitFor()
    if (ofHead) await dialog.getByLabel('涉及的成员').selectOption({ index: 1 })
  }
  await fill(walk, dialog, fields, on)
  await dialog.getByRole('button', { name: '发起', exact: true }).click()
  await sent(walk, dialog, machine)
  return numberOf(walk)
}

/** The number of the case whose page is open. */
export async function numberOf(walk: Walk): Promise<string> {
  await walk.page.waitForURL((url) => /^\/cases\/\d+/.test(url.pathname))
  await walk.browser.settled()
  return walk.page.url().replace(/.*\/cases\/(\d+).*/, '$1')
}

/** Makes one move of a case (`warning.accept`) and holds the state in which it then stands. */
export async function move(
  walk: Walk,
  number: string,
  what: string,
  fields: Filled,
  state: string,
  on?: string,
): Promise<void> {
  const [machine = '', id = ''] = what.split('.')
  const of = named((await proceduresOf(walk)).machines, machine)
  const title = named(of.moves, id).title.zh
  await walk.browser.go(`/cases/${number}`)
  const steps = walk.page.getByRole('group', { name: '可办的步骤' })
  await steps.getByRole('button', { name: title, exact: true }).click({ timeout: 10_000 })
  const dialog = walk.page.getByRole('dialog')
  await fill(walk, dialog, fields, on)
  await dialog.getByRole('button', { name: title, exact: true }).click()
  await sent(walk, dialog, what)
  await stands(walk, named(of.states, state).title.zh)
}

/** Holds the state that the page of a case shows. */
export async function stands(walk: Walk, title: string): Promise<void> {
  const shown = walk.page.locator('.facts-row').getByText(title, { exact: true })
  await shown
    .first()
    .waitFor({ timeout: 10_000 })
    .catch(() => {
      throw new Error(`the case does not stand in ${title}`)
    })
}

/** Who goes to a door with whoever is signed in is ticked by name; their sign-in name is in the list alone. */
export async function goesAlong(walk: Walk, colleague: string): Promise<void> {
  const group = walk.page.getByRole('group', { name: '同行人员' })
  const box = group.locator(`input[value="${colleague}"]`)
  await box.check()
  const shown = (await group.innerText()).trim()
  holds(!shown.includes(colleague), `people are told by their sign-in names: ${shown}`)
}
