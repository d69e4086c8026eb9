// SPDX-License-Identifier: Apache-2.0
// Every place of every role as pictures, for people to look at: at 1440, 1920 and 390 px, in both languages, in both
// prints; with the county as it is, without a row, or with very long names. Beside them lies index.html, a row a place,
// and found.txt: what is cut, wider than its window or on the console. Nothing fails by it.
//   node --experimental-strip-types e2e/pictures.ts BASE USERS.json FOLDER [role…] [--path PATH]…
//     [--size desk|wide|phone]… [--language zh|en]… [--print normal|large]… [--county none|long] [--samples]
// `nobody` is who has not signed in; `citizen` needs a code of a window in USERS.json ({"citizen": {"code": …}}).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Browser, SIZES } from './browser.ts'
import type { User } from './day.ts'
import { withLongNames, withNoRows } from './mocked.ts'
import { openTo, readPlaces, type Place, type Reader } from './places.ts'
import { filledPath, makeSamples } from './samples.ts'

type Entrant = Partial<User> & { readonly code?: string }
interface Turn {
  readonly size: string
  readonly language: 'zh' | 'en'
  readonly large: boolean
}
const NOBODY = 'nobody'
const CHANGED = { none: withNoRows, long: withLongNames } as const

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    path: { type: 'string', multiple: true, default: [] },
    size: { type: 'string', multiple: true, default: ['desk', 'wide', 'phone'] },
    language: { type: 'string', multiple: true, default: ['zh', 'en'] },
    print: { type: 'string', multiple: true, default: ['normal', 'large'] },
    county: { type: 'string' },
    samples: { type: 'boolean', default: false },
  },
})
const [base = '', usersFile = '', folder = 'shots', ...asked] = positionals
const users = JSON.parse(readFileSync(usersFile, 'utf8')) as Record<string, Entrant>
const turns: readonly Turn[] = values.size.flatMap((size) =>
  values.language.flatMap((language) =>
    values.print.map(
      (print) => ({ size, language: language === 'en' ? 'en' : 'zh', large: print === 'large' }) as const,
    ),
  ),
)
const found: string[] = []
const taken = new Map<string, string[]>()

function named({ size, language, large }: Turn): string {
  return `${size}-${language}${large ? '-large' : ''}`
}

async function enter(browser: Browser, role: string): Promise<void> {
  const { name, password, code } = users[role] ?? {}
  if (name && password) return browser.signIn(name, password)
  if (!code) throw new Error(`nobody has the role ${role}`)
  await browser.go('/sign-in/code')
  await browser.page.fill('#code', code)
  await browser.page.keyboard.press('Enter')
  await browser.page.waitForURL((url) => url.pathname === '/me')
}

/** The places that this role may open, with numbers of its own lists in them. */
async function pathsOf(browser: Browser, role: string, places: readonly Place[]): Promise<string[]> {
  if (values.path.length > 0) return values.path
  if (role === NOBODY) return places.filter((place) => place.open).map((place) => place.path)
  const get = async (path: string): Promise<unknown> => {
    const answer = await browser.page.request.get(base + path)
    return answer.ok() ? answer.json() : null
  }
  const reader = (await get('/api/v1/session')) as Reader
  const paths: string[] = []
  for (const place of places.filter((one) => !one.open && openTo(one, reader))) {
    const path = await filledPath(place.path, get)
    if (path === null) found.push(`${role} ${place.path}: not seen, for there is none`)
    else paths.push(path)
  }
  return paths
}

async function shoot(browser: Browser, role: string, path: string, turn: Turn): Promise<void> {
  await browser.go(path)
  const name = `${path.replace(/[^a-z0-9]+/gi, '_')}-${named(turn)}.png`
  await browser.shot(join(folder, role, name), turn.size === 'phone')
  const place = `${role} ${path}`
  taken.set(place, [...(taken.get(place) ?? []), `${role}/${name}`])
  const told = [...(await browser.overflow()), ...(await browser.clipped()), ...browser.faults.splice(0)]
  found.push(...told.map((one) => `${place} ${named(turn)}: ${one}`))
}

async function walk(role: string, places: readonly Place[]): Promise<void> {
  mkdirSync(join(folder, role), { recursive: true })
  const browser = await Browser.open(base)
  try {
    if (role === NOBODY) await browser.go('/sign-in')
    else await enter(browser, role)
    const paths = await pathsOf(browser, role, places)
    const change = CHANGED[values.county as keyof typeof CHANGED]
    if (values.county) await change(browser.page)
    for (const turn of turns) {
      await browser.page.setViewportSize(SIZES[turn.size] ?? { width: 1440, height: 900 })
      await browser.prefer(turn)
      for (const path of paths) {
        await shoot(browser, role, path, turn).catch((thrown: unknown) =>
          found.push(`${role} ${path} ${named(turn)}: ${String(thrown)}`),
        )
      }
    }
    console.log(`${role}: ${paths.length} places, ${paths.length * turns.length} pictures`)
  } finally {
    await browser.close()
  }
}

/** All pictures of a place in one row, the widths beside each other. */
function index(): string {
  const rows = [...taken].map(([place, files]) => {
    const figures = files.map(
      (file) => `<a href="${file}"><img loading="lazy" height="300" alt="${file}" src="${file}"></a>`,
    )
    return `<h2>${place}</h2><p>${figures.join(' ')}</p>`
  })
  return `<!doctype html><meta charset="utf-8"><title>Pictures</title>${rows.join('\n')}\n`
}

if (values.county && !(values.county in CHANGED)) throw new Error('--county is none or long')
mkdirSync(folder, { recursive: true })
const places = await readPlaces(base)
if (values.samples) {
  const stand = { base, shots: folder, users: users as Record<string, User> }
  await makeSamples(stand).catch((thrown: unknown) => found.push(`no samples were made: ${String(thrown)}`))
}
for (const role of asked.length > 0 ? asked : [NOBODY, ...Object.keys(users)]) await walk(role, places)
writeFileSync(join(folder, 'found.txt'), found.map((one) => `${one}\n`).join(''))
writeFileSync(join(folder, 'index.html'), index())
console.log(`${found.length} things found: ${join(folder, 'found.txt')}; to look: ${join(folder, 'index.html')}`)
