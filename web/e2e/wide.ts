// SPDX-License-Identifier: Apache-2.0
// Every place as people really meet it: a fresh county without a row, and names of people and offices that are very
// long; each in both languages and both prints by turns, at 1366, 1920 and 390 px. Nothing is cut, or wider than its
// window.
// And lists of ten thousand rows: few of them stand in the document, and the last is reached at one press.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Browser, SIZES, type Wish } from './browser.ts'
import { holds, type Stand, type User } from './day.ts'
import { withLongNames, withManyRows, withNoRows } from './mocked.ts'
import { openTo, readPlaces, type Place, type Reader } from './places.ts'
import { filledPath, makeSamples } from './samples.ts'

type Attempt = (name: string, work: () => Promise<void>) => Promise<void>
type Reads = (path: string) => Promise<unknown>

const WIDTHS = ['small', 'wide', 'phone'] as const
const COUNTIES = { none: withNoRows, long: withLongNames } as const
/** Each place is seen in both languages and both prints: which goes with which county changes from place to place. */
const TURNS: readonly { readonly none: Wish; readonly long: Wish }[] = [
  { none: { language: 'zh', large: false }, long: { language: 'en', large: true } },
  { none: { language: 'en', large: false }, long: { language: 'zh', large: true } },
  { none: { language: 'zh', large: true }, long: { language: 'en', large: false } },
  { none: { language: 'en', large: true }, long: { language: 'zh', large: false } },
]
const MANY = 10_000
const MOST_IN_DOCUMENT = 80
const LISTS = [
  { place: '/warnings', role: 'city_monitor_officer', list: '/api/v1/warnings', own: ['id', 'household'] },
  { place: '/todo', role: 'county_caseworker', list: '/api/v1/cases', own: ['id', 'household'] },
  { place: '/households', role: 'county_caseworker', list: '/api/v1/households', own: ['code'] },
  { place: '/admin/audit', role: 'auditor', list: '/api/v1/audit', own: ['seq'] },
] as const

export async function walkWide(stand: Stand, attempt: Attempt): Promise<void> {
  const places = await readPlaces(stand.base)
  await makeSamples(stand)
  const left = new Set(places.filter((place) => !place.open).map((place) => place.path))
  let turn = 0
  for (const [role, user] of Object.entries(stand.users)) {
    await withBrowser(stand, user, {}, async (browser) => {
      const seen = await reachedBy(stand, browser, places, left)
      for (const kind of ['none', 'long'] as const) {
        await COUNTIES[kind](browser.page)
        for (const [at, path] of seen.entries()) {
          const wish = TURNS[(turn + at) % TURNS.length]?.[kind] ?? {}
          await attempt(`${kind} ${role} ${path}`, () => look(stand, browser, wish, kind, role, path))
        }
        await browser.page.unrouteAll({ behavior: 'ignoreErrors' })
      }
    })
    turn += 1
  }
  for (const many of LISTS) await attempt(`many ${many.place}`, () => scrolls(stand, many))
}

/** The places that this role is the first to open, with numbers in them. */
async function reachedBy(
  stand: Stand,
  { page }: Browser,
  places: readonly Place[],
  left: Set<string>,
): Promise<string[]> {
  const get: Reads = async (path) => {
    const answer = await page.request.get(stand.base + path)
    return answer.ok() ? answer.json() : null
  }
  const seen: string[] = []
  const reader = (await get('/api/v1/session')) as Reader
  for (const place of places.filter((one) => left.has(one.path) && openTo(one, reader))) {
    const path = place.path === '/workbooks/:id' ? null : await filledPath(place.path, get)
    if (path === null) continue
    left.delete(place.path)
    seen.push(path)
  }
  return seen
}

async function withBrowser(stand: Stand, user: User, wish: Wish, work: (browser: Browser) => Promise<void>) {
  const browser = await Browser.open(stand.base, wish)
  try {
    await browser.signIn(user.name, user.password)
    await work(browser)
  } finally {
    await browser.close()
  }
}

async function look(
  stand: Stand,
  browser: Browser,
  wish: Wish,
  kind: string,
  role: string,
  path: string,
): Promise<void> {
  const folder = join(stand.shots, 'wide', role)
  mkdirSync(folder, { recursive: true })
  const wrong: string[] = []
  for (const [n, width] of WIDTHS.entries()) {
    await browser.page.setViewportSize(SIZES[width] ?? { width: 1366, height: 768 })
    if (n === 0) {
      await browser.prefer(wish)
      await browser.go(path)
    } else await browser.page.waitForTimeout(120)
    const told = [...(await browser.overflow()), ...(await browser.clipped()), ...browser.faults.splice(0)]
    wrong.push(...told.map((one) => `at ${width}: ${one}`))
    if (told.length > 0) await browser.shot(join(folder, `${kind}-${path.replace(/[^a-z0-9]+/gi, '_')}-${width}.png`))
  }
  if (wrong.length > 0) throw new Error(wrong.join('\n    '))
}

async function scrolls(stand: Stand, many: (typeof LISTS)[number]): Promise<void> {
  const user = stand.users[many.role]
  holds(user !== undefined, `no user has the role ${many.role}`)
  await withBrowser(stand, user, { size: 'small' }, async (browser) => {
    const { page } = browser
    await withManyRows(page, many.list, MANY, many.own)
    await browser.go(many.place)
    const rows = page.locator('[role=grid] .space > [role=row]')
    await rows.first().focus()
    await page.keyboard.press('End')
    const last = String(MANY + 1) // the headings are the first row
    await page.waitForFunction((at) => document.activeElement?.getAttribute('aria-rowindex') === at, last, {
      timeout: 60_000,
    })
    holds((await rows.count()) <= MOST_IN_DOCUMENT, `${await rows.count()} rows stand in the document`)
    await page.keyboard.press('Home')
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-rowindex') === '2')
    const wrong = [...(await browser.overflow()), ...(await browser.clipped()), ...browser.faults.splice(0)]
    holds(wrong.length === 0, wrong.join('\n    '))
  })
}
