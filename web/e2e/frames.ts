// SPDX-License-Identifier: Apache-2.0
// How long a frame takes while the list of warnings moves under the wheel: first while its pages are still read, then
// over the ten thousand rows that one press of End reads. It measures and fails at nothing: bench/frames runs it.
//   node --experimental-strip-types e2e/frames.ts BASE USERS.json [steps]
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { Browser } from './browser.ts'
import type { User } from './day.ts'

const ROLE = 'city_monitor_officer'
const NOTCH = 120 // px of a wheel's notch, as Chromium has it
const FLING = 1500 // of a hand that throws the list
const BOX = '.box:has(> [role=grid])'

interface Moved {
  /** Milliseconds of each frame in which the list had moved. */
  readonly frames: readonly number[]
  readonly rowsInDocument: number
  readonly rowsRead: number
}

/** From here on each frame in which the list stands elsewhere than in the one before is timed. */
async function record(page: Page): Promise<void> {
  await page.evaluate((selector) => {
    const box = document.querySelector<HTMLElement>(selector)
    if (!box) throw new Error('there is no list')
    const told = { frames: [] as number[], rows: 0, going: true }
    Object.assign(window, { framesTold: told })
    let last = { at: performance.now(), top: box.scrollTop, moved: false }
    const step = (at: number) => {
      if (last.moved) told.frames.push(at - last.at)
      const top = box.scrollTop
      told.rows = Math.max(told.rows, box.querySelectorAll('.space > [role=row]').length)
      last = { at, top, moved: top !== last.top }
      if (told.going) requestAnimationFrame(step)
    }
    requestAnimationFrame(step)
  }, BOX)
}

async function recorded(page: Page): Promise<Moved> {
  return page.evaluate((selector) => {
    const told = (window as unknown as { framesTold: { frames: number[]; rows: number; going: boolean } }).framesTold
    told.going = false
    const space = document.querySelector<HTMLElement>(`${selector} .space`)
    const row = document.querySelector<HTMLElement>(`${selector} .space > [role=row]`)
    const rowsRead = Math.round((space?.offsetHeight ?? 0) / (row?.offsetHeight ?? 1))
    return { frames: told.frames, rowsInDocument: told.rows, rowsRead }
  }, BOX)
}

async function wheel(page: Page, steps: number, by: number): Promise<Moved> {
  await page.locator(BOX).hover()
  await record(page)
  for (let n = 0; n < steps; n++) await page.mouse.wheel(0, by)
  await page.waitForTimeout(500) // what the last notch moved is drawn
  return recorded(page)
}

function line(what: string, { frames, rowsInDocument, rowsRead }: Moved): string {
  const sorted = [...frames].sort((one, other) => one - other)
  const at = (part: number) => (sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0).toFixed(1)
  const told = `median ${at(0.5)} ms, 99th of a hundred ${at(0.99)} ms, worst ${at(1)} ms of ${frames.length} frames`
  return `${what.padEnd(42)} ${told}; ${rowsInDocument} rows in the document at most, of ${rowsRead} read`
}

/** One press of End reads ten thousand; Home is back at the first. */
async function readMany(page: Page): Promise<void> {
  const box = page.locator(BOX)
  await box.evaluate((element) => {
    element.scrollTop = 0
  })
  await box.locator('.space > [role=row]').first().focus()
  await page.keyboard.press('End')
  const last = (selector: string) => {
    const space = document.querySelector<HTMLElement>(`${selector} .space`)
    const row = document.activeElement
    const count = Math.round((space?.offsetHeight ?? 0) / (row?.clientHeight ?? 1))
    return row?.getAttribute('role') === 'row' && Number(row.getAttribute('aria-rowindex')) >= count
  }
  await page.waitForFunction(last, BOX, { timeout: 120_000 })
  await page.keyboard.press('Home')
  await page.waitForTimeout(500)
}

const [base = '', users = '', count = '600'] = process.argv.slice(2)
const steps = Number(count)
const user = (JSON.parse(readFileSync(users, 'utf8')) as Record<string, User>)[ROLE]
if (!user) throw new Error(`no user has the role ${ROLE}`)
const browser = await Browser.open(base, { size: 'desk' })
try {
  await browser.signIn(user.name, user.password)
  await browser.go('/warnings')
  console.log(line(`${steps} notches while pages are read`, await wheel(browser.page, steps, NOTCH)))
  await readMany(browser.page)
  console.log(line(`${steps} notches over what End has read`, await wheel(browser.page, steps, NOTCH)))
  await browser.page.locator(BOX).evaluate((element) => {
    element.scrollTop = 0
  })
  console.log(line(`${steps} throws over what End has read`, await wheel(browser.page, steps, FLING)))
} finally {
  await browser.close()
}
