// SPDX-License-Identifier: Apache-2.0
// Every place of the app, those without a link in the side too (with a sample's number where one is asked for): its
// first load within the budget, accessible, no wider than its window, at the desk and at 390 px, in both languages and
// in large print by turns. Each is seen once, by a role that may open it.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Browser, SIZES } from './browser.ts'
import type { Stand, User } from './day.ts'
import { openTo, readPlaces, type Reader } from './places.ts'
import { filledPath, makeSamples } from './samples.ts'

const KIB = 1024
const BUDGET = 200 * KIB
/** The cockpit may weigh more: it has the figures of a county in it. */
const BUDGETS: Readonly<Record<string, number>> = { '/overview': 300 * KIB }
/** From this part of its budget on, a screen is named before it is over. */
const NEAR = 0.92
/** Places that no sample of the walk opens; a day does. */
const SEEN_IN_DAYS: Readonly<Record<string, string>> = {
  '/workbooks/:id': 'workbook',
  '/sign-in/return': 'office: where a provider of identities sends somebody back',
}
const TURNS = [
  { language: 'zh', large: false },
  { language: 'en', large: false },
  { language: 'zh', large: true },
  { language: 'en', large: true },
] as const

type Attempt = (name: string, work: () => Promise<void>) => Promise<void>

export async function walkScreens(stand: Stand, attempt: Attempt): Promise<void> {
  let turn = 0
  const places = await readPlaces(stand.base)
  const left = new Set(places.map((place) => place.path).filter((path) => !SEEN_IN_DAYS[path]))
  await makeSamples(stand)
  for (const { path } of places.filter((place) => place.open && left.has(place.path))) {
    left.delete(path)
    await attempt(`screen ${path}`, () => lookAt(stand, null, 'nobody', path, turn++))
  }
  for (const [role, user] of Object.entries(stand.users)) {
    const reader = await readerOf(stand.base, user)
    for (const { path } of places.filter((place) => left.has(place.path) && openTo(place, reader.session))) {
      const at = await filledPath(path, reader.get)
      if (at === null) continue // another role may have one
      left.delete(path)
      await attempt(`screen ${role} ${path}`, () => lookAt(stand, user, role, at, turn++, path))
    }
    await reader.end()
  }
  await attempt('screens: none is left', async () => {
    // Citizens come by a code of a window: their pages are seen in their day.
    const missed = [...left].filter((path) => !path.startsWith('/me'))
    if (missed.length > 0) throw new Error(`nobody could open ${missed.join(' ')}`)
  })
}

interface Signed {
  readonly session: Reader
  readonly get: (path: string) => Promise<unknown>
  readonly end: () => Promise<void>
}
async function readerOf(base: string, user: User): Promise<Signed> {
  const browser = await Browser.open(base)
  await browser.signIn(user.name, user.password)
  const get = async (path: string): Promise<unknown> => {
    const answer = await browser.page.request.get(base + path)
    return answer.ok() ? answer.json() : null
  }
  return { session: (await get('/api/v1/session')) as Reader, get, end: () => browser.close() }
}

async function lookAt(
  stand: Stand,
  user: User | null,
  role: string,
  path: string,
  turn: number,
  place = path,
): Promise<void> {
  const { language, large } = TURNS[turn % TURNS.length] ?? TURNS[0]
  const browser = await Browser.open(stand.base, { language, large })
  try {
    if (user) await browser.signIn(user.name, user.password)
    const bytes = await bytesOf(browser, path)
    const wrong = await held(browser)
    const most = BUDGETS[place] ?? BUDGET
    const told = `first load ${Math.ceil(bytes / KIB)} KiB, ${most / KIB} at most`
    if (bytes > most) wrong.push(told)
    else if (bytes > NEAR * most) console.log(`near  screen ${role} ${place}: ${told}`)
    const folder = join(stand.shots, 'screens', role)
    mkdirSync(folder, { recursive: true })
    const name = `${path.replace(/[^a-z0-9]+/gi, '_')}-${language}${large ? '-large' : ''}`
    await browser.shot(join(folder, `${name}.png`))
    await browser.page.setViewportSize(SIZES['phone'] ?? { width: 390, height: 844 })
    await browser.settled()
    wrong.push(...(await held(browser)).map((one) => `at 390 px: ${one}`))
    await browser.shot(join(folder, `${name}-phone.png`))
    if (wrong.length > 0) throw new Error(wrong.join('\n    '))
  } finally {
    await browser.close()
  }
}

async function held(browser: Browser): Promise<string[]> {
  return [...(await browser.axe()), ...(await browser.overflow()), ...browser.faults.splice(0)]
}

/** Bytes over the line of a first load of a screen: nothing is in the browser's cache. */
async function bytesOf(browser: Browser, path: string): Promise<number> {
  const line = await browser.context.newCDPSession(browser.page)
  await line.send('Network.enable')
  await line.send('Network.clearBrowserCache')
  let bytes = 0
  // What the page before this one still asks for is not its own: its requests begin with its document.
  const asked = new Set<string>()
  line.on('Network.requestWillBeSent', ({ requestId, type }) => {
    if (asked.size > 0 || type === 'Document') asked.add(requestId)
  })
  line.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (asked.has(requestId)) bytes += encodedDataLength
  })
  await browser.go(path)
  await line.detach()
  return bytes
}
