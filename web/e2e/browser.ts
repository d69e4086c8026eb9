// SPDX-License-Identifier: Apache-2.0
// Debian's Chromium, a fresh profile, and what is held of every page: a clean console, no request to another host, axe.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

export interface Size {
  readonly width: number
  readonly height: number
}
export const SIZES: Readonly<Record<string, Size>> = {
  desk: { width: 1440, height: 900 },
  small: { width: 1366, height: 768 },
  wide: { width: 1920, height: 1080 },
  phone: { width: 390, height: 844 },
}

export interface Wish {
  readonly size?: keyof typeof SIZES | string
  readonly language?: 'zh' | 'en'
  readonly large?: boolean
}

/** One person's browser at one server. */
export class Browser {
  readonly faults: string[] = []
  readonly base: string
  readonly context: BrowserContext
  readonly page: Page
  private readonly folder: string

  private constructor(base: string, context: BrowserContext, page: Page, folder: string) {
    this.base = base
    this.context = context
    this.page = page
    this.folder = folder
    page.on('console', (message) => {
      // A refused answer is said by the page itself; the browser's own line about it is no fault of the page.
      if (['error', 'warning'].includes(message.type()) && !/Failed to load resource/.test(message.text())) {
        this.faults.push(`console: ${message.text()} (${message.location().url})`)
      }
    })
    page.on('pageerror', (error) => this.faults.push(`page: ${error.message}`))
    page.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith(base) && !/^(data|blob):/.test(url)) this.faults.push(`left the machine: ${url}`)
    })
  }

  static async open(base: string, wish: Wish = {}): Promise<Browser> {
    const folder = mkdtempSync(join(tmpdir(), 'doudi-browser-'))
    const context = await chromium.launchPersistentContext(folder, {
      executablePath: process.env['DOUDI_CHROMIUM'] ?? '/usr/bin/chromium',
      headless: true,
      args: [
        '--headless',
        '--lang=zh-CN',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--force-color-profile=srgb',
        '--font-render-hinting=none',
      ],
      viewport: SIZES[wish.size ?? 'desk'] ?? null,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
    })
    await context.addInitScript(
      ([language, large]) => {
        if (localStorage.getItem('doudi.language') === null) localStorage.setItem('doudi.language', language ?? 'zh')
        if (localStorage.getItem('doudi.large') === null) localStorage.setItem('doudi.large', large ?? 'no')
      },
      [wish.language ?? 'zh', wish.large ? 'yes' : 'no'],
    )
    return new Browser(base, context, context.pages()[0] ?? (await context.newPage()), folder)
  }

  async signIn(name: string, password: string): Promise<void> {
    await this.page.goto(`${this.base}/sign-in`)
    await this.page.fill('#name', name)
    await this.page.fill('#password', password)
    await this.page.click('button[type=submit]')
    await this.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  }

  /** The language and the print from the next screen on. */
  async prefer({ language = 'zh', large = false }: Wish): Promise<void> {
    await this.page.evaluate(
      ([spoken, print]) => {
        localStorage.setItem('doudi.language', spoken)
        localStorage.setItem('doudi.large', print)
      },
      [language, large ? 'yes' : 'no'] as const,
    )
  }

  /** Opens a screen and waits until it stands there and nothing is loading. The side of a page is there before it. */
  async go(path: string): Promise<void> {
    await this.page.goto(`${this.base}${path}`)
    await this.settled()
  }
  async settled(): Promise<void> {
    await this.page.waitForLoadState('load')
    await this.page.waitForFunction(
      () => document.querySelector('h1') !== null && document.querySelector('.skeleton') === null,
      null,
      { timeout: 15_000 },
    )
    await this.page.waitForTimeout(150)
  }

  /** What axe finds: violations, and what it could not tell. */
  async axe(): Promise<string[]> {
    await this.page.evaluate(AXE)
    return this.page.evaluate(async (rules) => {
      type Node = { target: string[]; html: string; any: { message: string }[] }
      type Result = { id: string; nodes: Node[] }
      // @ts-expect-error axe was put there by the line above
      const run = axe.run as (at: unknown, asked: object) => Promise<{ violations: Result[]; incomplete: Result[] }>
      const { violations, incomplete } = await run(document, { runOnly: rules })
      // What lies under a bar that stays in place is looked at again where it is whole.
      const isCovered = (node: Node) => /obscured|overlapped/.test(node.any[0]?.message ?? '')
      async function isClear(node: Node): Promise<boolean> {
        const one = isCovered(node) ? document.querySelector(node.target[0] ?? '') : null
        if (!one) return false
        one.scrollIntoView({ block: 'center' })
        const again = await run(one, { runOnly: { type: 'rule', values: ['color-contrast'] } })
        for (const result of again.violations) violations.push(result)
        return again.incomplete.length === 0
      }
      for (const result of incomplete.filter((one) => one.id === 'color-contrast')) {
        const left: Node[] = []
        for (const node of result.nodes) if (!(await isClear(node))) left.push(node)
        result.nodes = left
      }
      const lines = (kind: string, results: Result[]) =>
        results
          .filter((one) => one.nodes.length > 0)
          .map(
            (one) =>
              `${kind} ${one.id}: ${one.nodes
                .slice(0, 3)
                .map((node) => `${node.target.join(' ')} ${node.html.slice(0, 120)} ${node.any[0]?.message ?? ''}`)
                .join(' | ')} (${one.nodes.length})`,
          )
      return [...lines('violation', violations), ...lines('incomplete', incomplete)]
    }, RULES)
  }

  /** Whether anything is wider than the window, or so narrow that its words stand one character under another. */
  async overflow(): Promise<string[]> {
    return this.page.evaluate(() => {
      const found: string[] = []
      const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
      if (wide > 1) found.push(`the page is ${wide} px wider than the window`)
      /** What is there for a voice alone is clipped to one pixel. */
      const isForVoice = (one: Element | null): boolean => {
        for (let at = one; at; at = at.parentElement) {
          if (/hidden|clip/.test(getComputedStyle(at).overflowX) && at.clientWidth <= 1) return true
        }
        return false
      }
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const text = (node.textContent ?? '').trim()
        const parent = node.parentElement
        if (text.length < 4 || !(parent instanceof HTMLElement) || !parent.checkVisibility()) continue
        const range = document.createRange()
        range.selectNodeContents(node)
        const { width, height } = range.getBoundingClientRect()
        const style = getComputedStyle(parent)
        const letter = parseFloat(style.fontSize)
        const line = parseFloat(style.lineHeight) || letter * 1.5
        if (width > 0 && width < letter * 2.2 && height > line * 3.5 && !isForVoice(parent))
          found.push(`one character under another: "${text.slice(0, 40)}"`)
      }
      return found
    })
  }

  /** Text that is cut at the edge of its box where nothing says so: no ellipsis, no scrolling; or runs out of its row
   *  into the next. */
  async clipped(): Promise<string[]> {
    return this.page.evaluate(() => {
      const found: string[] = []
      for (const one of document.querySelectorAll<HTMLElement>('body *')) {
        const style = getComputedStyle(one)
        const hides = /hidden|clip/.test(style.overflowX)
        // What is there for a voice alone is one pixel wide.
        if (!hides || style.textOverflow === 'ellipsis' || one.clientWidth <= 1 || one.clientHeight <= 1) continue
        const own = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
        if (own && one.scrollWidth > one.clientWidth + 1) {
          found.push(`cut: ${one.tagName.toLowerCase()}.${one.className} "${one.innerText.slice(0, 60)}"`)
        }
      }
      for (const row of document.querySelectorAll<HTMLElement>('[role=grid] [role=row]')) {
        const { bottom } = row.getBoundingClientRect()
        const out = [...row.querySelectorAll<HTMLElement>('*')].find(
          (one) => one.getBoundingClientRect().bottom > bottom + 1 && !one.parentElement?.closest('.two-lines'),
        )
        if (out)
          found.push(`out of its row: ${out.tagName.toLowerCase()}.${out.className} "${out.innerText.slice(0, 60)}"`)
      }
      return found
    })
  }

  async shot(file: string, whole = false): Promise<void> {
    await this.page.screenshot({ path: file, fullPage: whole })
  }

  async close(): Promise<void> {
    await this.context.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
