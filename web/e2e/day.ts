// SPDX-License-Identifier: Apache-2.0
// A persona's day: what they do through the screens, and what has to be true then. Each screen that a day sees is held
// to axe, to the width of its window, to a clean console and to its own host, and is kept as a picture.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Browser, type Wish } from './browser.ts'

export interface User {
  readonly name: string
  readonly password: string
}

/** The real server with the sample county, and who may enter there. */
export interface Stand {
  readonly base: string
  readonly users: Readonly<Record<string, User>>
  readonly shots: string
}

export interface Day {
  readonly name: string
  readonly run: (stand: Stand) => Promise<void>
}

/** One person at one browser, on one day. */
export class Walk {
  readonly browser: Browser
  private readonly folder: string
  private pictures = 0

  private constructor(browser: Browser, folder: string) {
    this.browser = browser
    this.folder = folder
  }

  static async begin(stand: Stand, day: string, role: string | null, wish: Wish = {}): Promise<Walk> {
    const folder = join(stand.shots, day)
    mkdirSync(folder, { recursive: true })
    const walk = new Walk(await Browser.open(stand.base, wish), folder)
    if (role !== null) {
      const user = stand.users[role]
      if (!user) throw new Error(`no user has the role ${role}`)
      await walk.browser.signIn(user.name, user.password)
    }
    return walk
  }

  get page() {
    return this.browser.page
  }

  /** Looks at the screen as it stands: a picture, and everything that is held of it. */
  async see(name: string): Promise<void> {
    await this.browser.settled()
    this.pictures += 1
    await this.browser.shot(join(this.folder, `${String(this.pictures).padStart(2, '0')}-${name}.png`))
    const wrong = [
      ...(await this.browser.axe()),
      ...(await this.browser.overflow()),
      ...this.browser.faults.splice(0),
    ]
    if (wrong.length > 0) throw new Error(`${name}: ${wrong.join('\n    ')}`)
  }

  /** Holds that these words stand on the screen, within a while. */
  async reads(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor({ timeout: 10_000 })
  }

  /** The same of what a job of the server has to say, which takes its time. */
  async tells(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor({ timeout: 60_000 })
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name }).first().click()
  }

  async end(): Promise<void> {
    const left = this.browser.faults.splice(0)
    await this.browser.close()
    if (left.length > 0) throw new Error(left.join('\n    '))
  }
}

/** A folder that is gone with the work that needs it. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-day-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export function holds(truth: boolean, otherwise: string): asserts truth {
  if (!truth) throw new Error(otherwise)
}
