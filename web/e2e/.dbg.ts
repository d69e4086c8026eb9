import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Browser } from './browser.ts'
const users = JSON.parse(readFileSync('/work/notes/stand/users.json','utf8'))
const b = await Browser.open('http://127.0.0.1:8104',{size:'desk'})
await b.signIn(users.city_monitor_officer.name, users.city_monitor_officer.password)
await b.go('/feeds/arrivals')
await b.page.getByRole('row', { name: /失业登记/ }).first().click()
await b.settled()
await b.page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'),'utf8'))
for (const css of ['', '.drawer .body{min-height:0}', '.drawer{overflow:hidden}', '.drawer .body{position:relative}', '.drawer .body{background:#fff}', 'table.plain td{background:#fff}']) {
  await b.page.evaluate((c)=>{ document.adoptedStyleSheets=[]; const s=new CSSStyleSheet(); s.replaceSync(c); document.adoptedStyleSheets=[s] }, css)
  const r = await b.page.evaluate(async () => { const a=(globalThis as never as {axe:{run:(d:Document,o:unknown)=>Promise<{incomplete:{nodes:{html:string,any:{data:unknown,relatedNodes:{html:string}[]}[]}[]}[]}>}}).axe; const x=await a.run(document,{runOnly:['color-contrast']}); return x.incomplete.flatMap(i=>i.nodes.map(n=>n.html.slice(0,60)+' <- '+JSON.stringify(n.any[0]?.data).slice(0,80)+n.any[0]?.relatedNodes.map(k=>k.html.slice(0,120)).join('|'))) })
  console.log('CSS', css, r.length, r.slice(0,2))
}
await b.close()
