// SPDX-License-Identifier: Apache-2.0
// A day with the data: files come in, one of them wrong and one broken off; a cycle runs; the county raises cases; a
// birth is proposed by one and confirmed by another; the office locks an account and looks at the log.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { holds, Walk, type Day, type Stand } from '../day.ts'

const QUARTER = '2025-09-30'
const COUNTY = fileURLToPath(new URL('../../../samples/longchuan/', import.meta.url))
const FEED = join(COUNTY, '2025Q3', '公安_意外事故_补报.csv')

export const day: Day = {
  name: 'data',
  async run(stand) {
    await feeds(stand)
    await breaksOff(stand)
    await raises(stand)
    const code = await proposes(stand)
    await confirms(stand, code)
    await administers(stand)
  },
}

/** The files of this walk, gone with it. */
async function withFiles(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-data-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function feeds(stand: Stand): Promise<void> {
  await withFiles(async (folder) => {
    const walk = await Walk.begin(stand, 'data', 'city_monitor_officer')
    const { page } = walk
    await walk.browser.go('/feeds')
    await walk.see('desk')
    const wrong = join(folder, '不是数据.csv')
    writeFileSync(wrong, '随便,写写\n1,2\n')
    await page.locator('.drop input[type=file]').first().setInputFiles([FEED, wrong])
    await page.getByText('已上传，校验一致').nth(1).waitFor()
    await walk.see('sent')
    await page.fill('#feed-day', QUARTER)
    await walk.press('导入 2 个文件')
    await walk.reads('前20行中没有认识的表头')
    await walk.see('fate')
    await page.fill('#monitor-day', QUARTER)
    await walk.press('运行监测')
    await page.getByRole('dialog').getByRole('button', { name: '运行监测' }).click()
    await walk.reads(/未办结 [\d,]+ 件/)
    await walk.see('cycle')
    await walk.browser.go('/feeds/arrivals')
    await page
      .getByRole('row', { name: /失业登记/ })
      .first()
      .click()
    await walk.reads('把清单退给报送单位，改正后补报。')
    await walk.see('refusals')
    await page.keyboard.press('Escape')
    await walk.end()
  })
}

/** The line breaks in the middle of a file, the page is left: chosen again, the file goes on where it was. */
async function breaksOff(stand: Stand): Promise<void> {
  await withFiles(async (folder) => {
    const walk = await Walk.begin(stand, 'data', 'city_monitor_officer')
    const { page } = walk
    const large = join(folder, '很大的文件.csv')
    writeFileSync(large, Buffer.concat([readFileSync(FEED), Buffer.alloc(5 << 20, '\n')]))
    await walk.browser.go('/feeds')
    let pieces = 0
    await page.route('**/api/v1/uploads/*', (route) =>
      route.request().method() === 'PATCH' && ++pieces > 1 ? route.abort() : route.continue(),
    )
    const input = page.locator('.drop input[type=file]').first()
    await input.setInputFiles(large)
    await walk.reads(/连接断开，自动重试/)
    await walk.see('broken')
    page.once('dialog', (dialog) => void dialog.accept())
    await page.reload()
    await page.unroute('**/api/v1/uploads/*')
    await walk.reads(/未传完/)
    await walk.see('after-reload')
    await page.locator('.drop input[type=file]').first().setInputFiles(large)
    await walk.reads('已上传，校验一致')
    await walk.press(/移除/)
    await page.getByText('已上传，校验一致').waitFor({ state: 'detached' })
    await walk.end()
  })
}

async function raises(stand: Stand): Promise<void> {
  const walk = await Walk.begin(stand, 'data', 'county_caseworker')
  const { page } = walk
  await walk.browser.go('/feeds')
  await page.fill('#monitor-day', QUARTER)
  await walk.press('生成预警办件')
  await page.getByRole('dialog').getByRole('button', { name: '生成预警办件' }).click()
  await walk.reads(/新办件 \d+/)
  await walk.see('raised')
  await walk.end()
}

async function proposes(stand: Stand): Promise<string> {
  const walk = await Walk.begin(stand, 'data', 'township_officer')
  const { page } = walk
  await walk.browser.go('/households')
  const code = /LC\d{6}/.exec(await page.locator('main').innerText())?.[0] ?? ''
  holds(code !== '', 'the township has a household')
  await walk.browser.go(`/register/propose/birth?household=${code}`)
  await page.fill('#change-paper', '出生医学证明 441622-0001')
  await page.fill('#enter-0-name', '新小宝')
  await page.fill('#enter-0-relation', '子')
  await walk.see('propose')
  await walk.press('提出')
  await page.waitForURL((url) => url.pathname.startsWith('/register/cases/'))
  await walk.reads('由您提出，须另一人确认')
  await walk.see('proposed')
  const path = new URL(page.url()).pathname
  await walk.end()
  return path
}

async function confirms(stand: Stand, path: string): Promise<void> {
  const walk = await Walk.begin(stand, 'data', 'county_caseworker')
  const { page } = walk
  await walk.browser.go('/register')
  await walk.see('register')
  await walk.browser.go(path)
  await walk.reads('新小宝')
  await walk.press('确认变动')
  await page.getByRole('dialog').getByRole('button', { name: '确认变动' }).click()
  await walk.reads('已生效')
  await walk.see('in-force')
  await walk.end()
}

async function administers(stand: Stand): Promise<void> {
  const walk = await Walk.begin(stand, 'data', 'administrator')
  const { page } = walk
  await walk.browser.go('/admin/accounts')
  await page.getByRole('row', { name: /demo-fund-clerk/ }).click()
  await walk.see('account')
  await walk.press('结束全部登录')
  const asked = page.getByRole('dialog').last()
  holds(await asked.getByRole('button', { name: '结束全部登录' }).isDisabled(), 'the name has to be written first')
  await asked.getByRole('textbox').fill('demo-fund-clerk')
  await page.keyboard.press('Enter')
  await walk.reads(/已结束 \d+ 个登录/)
  await walk.browser.go('/admin/audit?what=account.end_sessions')
  await walk.reads('account.end_sessions demo-fund-clerk')
  await walk.see('log')
  await walk.browser.go('/admin/units')
  await walk.see('offices')
  await walk.browser.go('/admin/retention')
  await walk.see('terms')
  await walk.end()
}
