// SPDX-License-Identifier: Apache-2.0
// Pictures of one screen, and what is wrong with it:
//   node --experimental-strip-types e2e/shot.ts http://127.0.0.1:8080 USERS.json ROLE PATH OUT-FOLDER
//     [desk,wide,phone] [zh,en] [normal,large] [click selector…]
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Browser } from './browser.ts'

interface User {
  readonly name: string
  readonly password: string
}

const [
  base = '',
  users = '',
  role = '',
  path = '/',
  out = 'shots',
  sizes = 'desk',
  languages = 'zh',
  prints = 'normal',
  ...clicks
] = process.argv.slice(2)
const user = role === '-' ? undefined : (JSON.parse(readFileSync(users, 'utf8')) as Record<string, User>)[role]
mkdirSync(out, { recursive: true })

for (const size of sizes.split(',')) {
  for (const language of languages.split(',') as ('zh' | 'en')[]) {
    for (const print of prints.split(',')) {
      const browser = await Browser.open(base, { size, language, large: print === 'large' })
      if (user) await browser.signIn(user.name, user.password)
      await browser.go(path)
      for (const click of clicks) {
        await browser.page.click(click)
        await browser.settled()
      }
      const name = [role, path.replace(/[^a-z0-9]+/gi, '_'), size, language, print].join('-')
      await browser.shot(join(out, `${name}.png`))
      const told = [...browser.faults, ...(await browser.axe()), ...(await browser.overflow())]
      console.log(`${name}.png: ${told.length === 0 ? 'nothing found' : `\n  ${told.join('\n  ')}`}`)
      await browser.close()
    }
  }
}
