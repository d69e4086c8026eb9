// SPDX-License-Identifier: Apache-2.0
// A day with the data: files come in, one of them wrong and one broken off; a cycle runs; the county raises cases; a
// birth is proposed by one and confirmed by another; the office locks an account and looks at the log.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { holds, Walk, withFolder, type Day, type Stand } from '../day.ts'
import { COUNTY } from '../sample.ts'

const QUARTER = '2025-09-30'
const FEED = join(COUNTY, '2025Q3', '公安_意外事故_补报.csv')

export const day: Day = {
  name: 'data',
  async run(stand) {
    await feeds(stand)
    await breaksOff(stand)
    await raises(stand)
    await reviews(stand)
    await acceptsAFile(stand)
    const code = await proposes(stand)
    await confirms(stand, code)
    await administers(stand)
    await saysHeadings(stand)
    await readsAgain(stand)
  },
}

async function feeds(stand: Stand): Promise<void> {
  await withFolder(async (folder) => {
    const walk = await Walk.begin(stand, 'data', 'city_monitor_officer')
    const { page } = walk
    await walk.browser.go('/feeds')
    await walk.see('desk')
    const wrong = join(folder, '不是数据.csv')
    writeFileSync(wrong, '随便,写写\n1,2\n')
    const empty = join(folder, '空文件.csv')
    writeFileSync(empty, '')
    await page.locator('.drop input[type=file]').first().setInputFiles([FEED, wrong, empty])
    await page.getByText('已上传，校验一致').nth(2).waitFor()
    await walk.see('sent')
    await page.fill('#feed-day', QUARTER)
    await walk.press('导入 3 个文件')
    await walk.tells('前20行中没有认识的表头')
    await walk.see('fate')
    await page.fill('#monitor-day', QUARTER)
    await walk.press('运行监测')
    await page.getByRole('dialog').getByRole('button', { name: '运行监测' }).click()
    await walk.tells(/未办结 [\d,]+ 件/)
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
  await withFolder(async (folder) => {
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
    await page.getByRole('dialog').getByRole('button', { name: '移除', exact: true }).click()
    await page.getByText('已上传，校验一致').waitFor({ state: 'detached' })
    await walk.end()
  })
}

/** A file of the sample whose heading `from` is called `to` is imported, and its headings are opened. */
async function opensHeadings(
  stand: Stand,
  from: string,
  to: string,
  work: (walk: Walk) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    const walk = await Walk.begin(stand, 'data', 'city_monitor_officer')
    const { page } = walk
    const [head = '', first = ''] = readFileSync(FEED, 'utf8').split(/\r?\n/)
    holds(head.includes(from), `the sample has other headings: ${head}`)
    const file = join(folder, '表头不同.csv')
    writeFileSync(file, `${head.replace(from, to)}\n${first}\n`)
    await walk.browser.go('/feeds')
    await page.locator('.drop input[type=file]').first().setInputFiles(file)
    await page.getByText('已上传，校验一致').first().waitFor()
    await page.fill('#feed-day', QUARTER)
    await walk.press('导入 1 个文件')
    const opens = page.getByRole('button', { name: '对照表头' }).first()
    await opens.waitFor({ timeout: 60_000 })
    await opens.click()
    await work(walk)
    await walk.end()
  })
}

/** A heading that nobody knows: the file is refused, a person says which field it is, and it is read. */
async function saysHeadings(stand: Stand): Promise<void> {
  await opensHeadings(stand, '公民身份号码', '公民证号', async (walk) => {
    await walk.page.getByLabel('身份证号', { exact: true }).selectOption('公民证号')
    await walk.see('headings')
    await walk.press('按此读取这个文件')
    await walk.tells('人工对照：“公民证号”按“身份证号”读取')
    await walk.see('headings-said')
    await opensRows(walk, '按导入当日的名册', 'rows')
  })
}

/** The last number that opens: of a trial, where its rows would fall. */
async function opensRows(walk: Walk, hint: string, picture: string): Promise<void> {
  const { page } = walk
  await page
    .getByRole('button', { name: /行，查看逐行结果$/ })
    .last()
    .click()
  await walk.reads(hint)
  await page.getByRole('dialog').last().locator('tbody tr').first().waitFor()
  holds(!/\d{17}[\dX]/.test(await page.getByRole('dialog').last().innerText()), 'no number is told whole')
  await walk.see(picture)
  await page.keyboard.press('Escape')
  await page.getByText(hint).first().waitFor({ state: 'detached' })
}

/** A file that was read without its names: it is tried on the kept original, seen, and counts then. */
async function readsAgain(stand: Stand): Promise<void> {
  await opensHeadings(stand, '当事人姓名', '何人', async (walk) => {
    await walk.page.getByLabel('当事人姓名', { exact: true }).selectOption('何人')
    await walk.press('试读，看结果')
    await walk.tells('还没有计入')
    await walk.see('reading')
    await opensRows(walk, '按试读的结果列出', 'reading-rows')
    await walk.press('按此计入')
    await walk.tells('已计入，取代原来的读取')
    await walk.see('reading-counts')
  })
}

async function raises(stand: Stand): Promise<void> {
  const walk = await Walk.begin(stand, 'data', 'county_caseworker')
  const { page } = walk
  await walk.browser.go('/feeds')
  await page.fill('#monitor-day', QUARTER)
  await walk.press('生成预警办件')
  await page.getByRole('dialog').getByRole('button', { name: '生成预警办件' }).click()
  await walk.tells(/新办件 \d+/)
  await walk.see('raised')
  await walk.end()
}

/** A row and whom it may be about stand side by side; the verdict says why. */
async function reviews(stand: Stand): Promise<void> {
  const walk = await Walk.begin(stand, 'data', 'county_caseworker')
  const { page } = walk
  await walk.browser.go('/feeds/datasets?state=late')
  await walk.see('late')
  await walk.browser.go('/feeds/matches')
  await walk.see('pair')
  const before = await page.getByRole('status').filter({ hasText: /\d/ }).first().innerText()
  await walk.press('不是同一人')
  const asked = page.getByRole('dialog')
  holds(await asked.getByRole('button', { name: '不是同一人' }).isDisabled(), 'a verdict wants its reason')
  await asked.getByRole('textbox').fill('电话核实，同名不同人')
  await asked.getByRole('button', { name: '不是同一人' }).click()
  await walk.reads('已认定')
  holds(before !== '', 'the place in the list is told')
  await walk.end()
}

/** A register's file changes nothing by itself: the county reads its rows, accepts, and its job runs to the end. */
async function acceptsAFile(stand: Stand): Promise<void> {
  const walk = await Walk.begin(stand, 'data', 'county_caseworker')
  const { page } = walk
  await walk.browser.go('/register/proposals')
  await page.getByRole('row', { name: /待决定 2 项/ }).press('Enter')
  await page.waitForURL((url) => /^\/register\/proposals\/./.test(url.pathname))
  await page.getByText(/888号/).nth(1).waitFor()
  await walk.see('what-a-file-proposes')
  await page.getByRole('button', { name: '采纳', exact: true }).click()
  const asked = page.getByRole('dialog')
  holds(await asked.getByRole('button', { name: '采纳' }).isDisabled(), 'the word has to be written first')
  await asked.getByRole('textbox').fill('采纳')
  await asked.getByRole('button', { name: '采纳' }).click()
  await walk.tells(/已决定户 2、成员 0，已有更新 0，仍待 0/)
  await walk.see('accepted-by-its-job')
  await page.reload()
  await walk.browser.settled()
  holds((await page.getByRole('button', { name: '采纳', exact: true }).count()) === 0, 'nothing waits any more')
  await walk.browser.go('/households/LC000001')
  await walk.reads(/888号/)
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
  await walk.press('新建账号')
  const name = `clerk-${Date.now().toString(36)}`
  await page.fill('#account-name', name)
  await page.fill('#account-full', '新来的经办')
  await page.getByRole('checkbox', { name: /乡镇（街道）经办/ }).check()
  await page.selectOption('#place-unit', { value: 'first' })
  await walk.see('new-account')
  await page.getByRole('dialog').getByRole('button', { name: '新建账号' }).click()
  await walk.reads(`账号 ${name} 的初始密码`)
  const password = await page.locator('code.secret').innerText()
  holds(/^(\w{4}-){3}\w{4}$/.test(password), 'the first password is shown once')
  await page.keyboard.press('Escape')
  holds((await page.locator('code.secret').innerText()) === password, 'it stays until it was written down')
  await page.getByText('已经记下，关闭后不再显示').click()
  await page.getByRole('button', { name: '完成' }).click()
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
