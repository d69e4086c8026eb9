import { chromium } from 'playwright-core'
import { readFileSync } from 'node:fs'
const [out = '', cols = '2', ...files] = process.argv.slice(2)
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
const n = Number(cols)
const p = await b.newPage({ viewport: { width: 1900, height: 400 } })
await p.setContent(
  `<body style="margin:0;background:#888;display:grid;gap:6px;grid-template-columns:repeat(${n},1fr);align-items:start">${files.map((f) => `<img style="width:100%" src="data:image/png;base64,${readFileSync(f).toString('base64')}">`).join('')}</body>`,
)
await p.screenshot({ path: out, fullPage: true })
await b.close()
