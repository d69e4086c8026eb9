// SPDX-License-Identifier: Apache-2.0
// A citizen's day: what can I get, without signing in; then with a code of the window: apply, see how far it is,
// object, and see which office looked. No officer's name stands anywhere.
import { holds, Walk, type Day, type Stand } from '../day.ts'

const PHONE = { size: 'phone' } as const

export const day: Day = {
  name: 'citizen',
  async run(stand) {
    await selfCheck(stand)
    await ownPages(stand)
  },
}

async function selfCheck(stand: Stand): Promise<void> {
  const walk = await Walk.begin(stand, 'citizen', null, PHONE)
  const { page } = walk
  await walk.browser.go('/check')
  await walk.see('check')
  await walk.press('开始')
  await walk.reads('您家住在哪个乡镇')
  await walk.see('where')
  await page.getByText('老隆镇', { exact: true }).click()
  await walk.press('下一个')
  await page.getByRole('textbox').fill('2')
  await walk.press('下一个')
  await page.getByLabel('第 2 个人').fill('老伴')
  await walk.see('what-we-call-each-other')
  await walk.press('下一个')
  for (let questions = 1; questions <= 40; questions += 1) {
    await walk.browser.settled()
    if (await page.getByRole('heading', { level: 1, name: '看下来' }).isVisible()) break
    holds(questions < 40, 'the questions come to an end')
    for (const group of await page.locator('fieldset').all()) await group.getByText('不清楚', { exact: true }).click()
    if (questions === 2) await walk.see('question')
    const asked = await page.locator('h2.ask').textContent()
    await walk.press('下一个')
    await page.waitForFunction((was) => document.querySelector('h2.ask')?.textContent !== was, asked)
  }
  await walk.reads('这是照您说的情况估的')
  await walk.reads(/打电话 \d+/)
  await walk.see('result')
  await walk.press('上一个')
  await walk.reads('第')
  holds((await page.evaluate(() => Object.keys(localStorage).join())).includes('doudi.language'), 'language is kept')
  const kept = await page.evaluate(() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage))
  holds(!kept.includes('老伴') && !kept.includes('people'), 'nothing of the answers is kept in the browser')
  await walk.end()
}

/** A code for a person of the register, as a window issues it; and the officer's name, which no page may tell. */
async function windowCode(stand: Stand): Promise<{ code: string; officer: string }> {
  const officer = stand.users['township_officer']
  holds(officer !== undefined, 'there is a township officer')
  const town = await Walk.begin(stand, 'citizen', 'township_officer')
  const code = await town.page.evaluate(async () => {
    const read = async (path: string) => (await fetch(path)).json() as Promise<Record<string, never>>
    const session = (await read('/api/v1/session')) as unknown as { csrf: string }
    const list = (await read('/api/v1/households?limit=1')) as unknown as { items: { code: string }[] }
    const household = (await read(`/api/v1/households/${list.items[0]?.code ?? ''}`)) as unknown as {
      members: { id: string }[]
    }
    const answer = await fetch(`/api/v1/persons/${household.members[0]?.id ?? ''}/window-codes`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': session.csrf },
      body: JSON.stringify({ paper_seen: '居民身份证' }),
    })
    return ((await answer.json()) as { code: string }).code
  })
  await town.end()
  return { code, officer: officer.name }
}

async function ownPages(stand: Stand): Promise<void> {
  const { code, officer } = await windowCode(stand)
  const walk = await Walk.begin(stand, 'citizen', null, { ...PHONE, large: true })
  const { page } = walk
  await walk.browser.go('/sign-in/code')
  await page.fill('#code', code)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname === '/me')
  await walk.see('my-page')
  await page.getByRole('link', { name: '我要申请救助' }).click()
  await page.fill('#need', '老伴住院，花了很多钱')
  await walk.press('提交申请')
  await walk.reads('同意的打上勾')
  for (const box of await page.getByRole('checkbox').all()) await box.check()
  await walk.see('application')
  await walk.press('提交申请')
  await page.waitForURL((url) => url.pathname.startsWith('/me/cases/'))
  await walk.reads('现在办到')
  await walk.see('how-far-it-is')
  for (const path of ['/me', '/me/help', '/me/looks', '/me/papers', '/me/objection']) {
    await walk.browser.go(path)
    await walk.see(path.slice(1).replace('/', '-'))
    holds(!(await page.content()).includes(officer), `${path} names no officer`)
  }
  await page.fill('#reason', '收入算多了，去年打工的钱今年没有了')
  await walk.press('提交意见')
  await page.waitForURL((url) => url.pathname.startsWith('/me/cases/'))
  await walk.see('objection')
  await walk.browser.go('/me/looks')
  await walk.reads('老隆镇')
  await walk.end()
}
