// SPDX-License-Identifier: Apache-2.0
// Every screen of a role (or those that are named) as pictures in all sizes, both languages, both prints, for people to
// look at:  node --experimental-strip-types e2e/pictures.ts BASE USERS.json FOLDER ROLE [path…]
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Browser } from './browser.ts'
import type { User } from './day.ts'
import { placesOf } from './screens.ts'

const [base = '', users = '', folder = 'shots', role = '', ...named] = process.argv.slice(2)
const user = (JSON.parse(readFileSync(users, 'utf8')) as Record<string, User>)[role]
if (!user) throw new Error(`no user has the role ${role}`)
mkdirSync(folder, { recursive: true })

const paths = named.length > 0 ? named : await placesOf(base, user)
for (const size of ['desk', 'wide', 'phone']) {
  for (const language of ['zh', 'en'] as const) {
    for (const large of [false, true]) {
      const browser = await Browser.open(base, { size, language, large })
      await browser.signIn(user.name, user.password)
      for (const path of paths) {
        await browser.go(path)
        const name = `${role}${path.replace(/[^a-z0-9]+/gi, '_')}-${size}-${language}${large ? '-large' : ''}`
        await browser.shot(join(folder, `${name}.png`))
      }
      await browser.close()
    }
  }
}
