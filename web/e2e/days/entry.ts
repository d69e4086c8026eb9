// SPDX-License-Identifier: Apache-2.0
// The first day of an account: another password, a device for the second step, recovery codes that are shown once; the
// next time a recovery code opens, and only once.
import { createHmac } from 'node:crypto'
import { holds, Walk, type Day, type Stand } from '../day.ts'
import { Desk } from '../desk.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const STEP_SECONDS = 30

/** RFC 6238 with SHA-1, six digits. */
function totp(secret: string): string {
  const bits = [...secret.replace(/[\s=]/g, '')]
    .map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000 / STEP_SECONDS)))
  const digest = createHmac('sha1', key).update(counter).digest()
  const start = (digest[digest.length - 1] ?? 0) & 15
  return String((digest.readUInt32BE(start) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

interface Entrant {
  readonly name: string
  readonly first: string
  readonly own: string
}

/** An account that has never entered, of a role that owes a second step. */
async function fresh(stand: Stand): Promise<Entrant> {
  const admin = await Desk.of(stand, 'administrator')
  const mark = Date.now().toString(36)
  const entrant = { name: `new-${mark}`, first: `first 1 ${mark} word`, own: `my own ${mark} word 7` }
  await admin.post('/api/v1/accounts', {
    name: entrant.name,
    full_name: '新来的人',
    first_password: entrant.first,
    roles: ['county_caseworker'],
    unit: 'county',
    department: '',
  })
  return entrant
}

async function knocks(walk: Walk, { name }: Entrant, password: string): Promise<void> {
  await walk.browser.go('/sign-in')
  await walk.page.fill('#name', name)
  await walk.page.fill('#password', password)
  await walk.page.keyboard.press('Enter')
}

async function choosesPassword(walk: Walk, { first, own }: Entrant): Promise<void> {
  const { page } = walk
  await walk.reads('首次登录，请修改密码')
  await page.fill('#old', first)
  await page.fill('#new', own)
  await page.fill('#again', `${own} not`)
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('两次输入的新密码不一致').waitFor()
  await walk.see('differ')
  await page.fill('#again', own)
  await page.keyboard.press('Enter')
}

/** Gives the recovery codes. */
async function bindsDevice(walk: Walk): Promise<string[]> {
  const { page } = walk
  await walk.reads('绑定验证器')
  const secret = (await page.locator('code.strong').innerText()).trim()
  await walk.see('bind')
  const right = totp(secret)
  await page.fill('#code', right === '000000' ? '000001' : '000000')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').waitFor()
  await page.fill('#code', totp(secret))
  await page.keyboard.press('Enter')
  await walk.reads('备用码只显示这一次')
  await walk.see('recovery')
  const codes = await page.locator('.codes code').allInnerTexts()
  holds(codes.length > 1 && new Set(codes).size === codes.length, `${codes.length} recovery codes`)
  await walk.press('已抄下，进入系统')
  await page.waitForURL((url) => url.pathname === '/overview')
  holds(!(await page.content()).includes(codes[0] ?? ''), 'they are nowhere any more')
  return codes
}

async function comesBack(walk: Walk, entrant: Entrant, code: string, opens: boolean): Promise<void> {
  const { page } = walk
  await page.getByRole('button', { name: '退出' }).first().click()
  await page.waitForURL((url) => url.pathname === '/sign-in')
  await knocks(walk, entrant, entrant.own)
  await walk.reads('第二步验证')
  await page.fill('#code', code)
  await page.keyboard.press('Enter')
  if (opens) return void (await page.waitForURL((url) => url.pathname === '/overview'))
  await page.getByRole('alert').waitFor()
  await walk.see('used-up')
}

export const day: Day = {
  name: 'entry',
  async run(stand) {
    const entrant = await fresh(stand)
    const walk = await Walk.begin(stand, 'entry', null)
    await knocks(walk, entrant, entrant.first)
    await choosesPassword(walk, entrant)
    const [code = ''] = await bindsDevice(walk)
    await comesBack(walk, entrant, code, true)
    await comesBack(walk, entrant, code, false)
    await walk.end()
  },
}
