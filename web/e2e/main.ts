// SPDX-License-Identifier: Apache-2.0
// Runs the days (all, or those that are named), or looks at every screen of every role, at a server that stands:
//   node --experimental-strip-types e2e/main.ts BASE USERS.json SHOTS-FOLDER --days [day…] | --screens | --wide
import { readdirSync, readFileSync } from 'node:fs'
import type { Day, Stand, User } from './day.ts'
import { walkScreens } from './screens.ts'
import { walkWide } from './wide.ts'

const [base = '', users = '', shots = 'shots', ...rest] = process.argv.slice(2)
const stand: Stand = { base, shots, users: JSON.parse(readFileSync(users, 'utf8')) as Record<string, User> }
const asked = rest.filter((word) => !word.startsWith('--'))

async function days(): Promise<Day[]> {
  const folder = new URL('./days/', import.meta.url)
  const found: Day[] = []
  for (const file of readdirSync(folder).sort()) {
    if (file.endsWith('.ts')) found.push(((await import(new URL(file, folder).href)) as { day: Day }).day)
  }
  return asked.length === 0 ? found : found.filter((day) => asked.includes(day.name))
}

let failed = 0
async function attempt(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
    console.log(`ok    ${name}`)
  } catch (thrown) {
    failed += 1
    console.log(`FAILED ${name}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`)
  }
}

if (rest.includes('--days')) for (const day of await days()) await attempt(day.name, () => day.run(stand))
if (rest.includes('--screens')) await walkScreens(stand, attempt)
if (rest.includes('--wide')) await walkWide(stand, attempt)
process.exit(failed === 0 ? 0 : 1)
