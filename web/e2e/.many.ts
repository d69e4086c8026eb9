import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Browser } from './browser.ts'
const [base = '', role = '', sizes = '', langs = '', prints = '', ...paths] = process.argv.slice(2)
const users = JSON.parse(readFileSync('/work/notes/stand/users.json', 'utf8'))
const out = '/tmp/shots-web4'
mkdirSync(out, { recursive: true })
for (const size of sizes.split(','))
  for (const language of langs.split(',') as ('zh' | 'en')[])
    for (const print of prints.split(',')) {
      const b = await Browser.open(base, { size, language, large: print === 'large' })
      await b.signIn(users[role].name, users[role].password)
      for (const spec of paths) {
        const [path = '', ...clicks] = spec.split('|')
        try {
          await b.go(path)
          for (const c of clicks) {
            await b.page.click(c, { timeout: 4000 })
            await b.settled()
          }
        } catch (e) {
          console.log(spec, String(e).slice(0, 300))
        }
        const name = [
          path.replace(/[^a-z0-9]+/gi, '_'),
          clicks.length ? 'c' + clicks.length : '',
          size,
          language,
          print,
        ]
          .filter(Boolean)
          .join('-')
        await b.shot(join(out, name + '.png'))
        const told = [...b.faults.splice(0), ...(await b.axe()), ...(await b.overflow())]
        console.log(name + ': ' + (told.length ? '\n  ' + told.map((t) => t.slice(0, 700)).join('\n  ') : 'ok'))
      }
      await b.close()
    }
