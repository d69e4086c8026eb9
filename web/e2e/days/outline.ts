// SPDX-License-Identifier: Apache-2.0
// A bureau brings the outline of its own area: refused without the number of its approval and with a township missing,
// taken with it, and the number stands below the map of the overview.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { holds, Walk, withFolder, type Day, type Stand } from '../day.ts'
import { dayFrom } from '../desk.ts'

const APPROVAL = '粤S（2024）012号'
/** The townships of the sample county: invented squares beside each other, none of any true place. */
const TOWNS = ['441622100', '441622102', '441622103', '441622104', '441622105']

export const day: Day = {
  name: 'outline',
  async run(stand) {
    const walk = await Walk.begin(stand, 'outline', 'administrator')
    await withFolder((folder) => refused(walk, outline(folder, TOWNS), outline(folder, TOWNS.slice(1))))
    await walk.end()
    await seen(stand)
  },
}

function outline(folder: string, codes: readonly string[]): string {
  const file = join(folder, `${codes.length}.geojson`)
  const features = codes.map((code, at) => {
    const [west, south] = [115 + (at % 3) * 0.2, 24 + Math.floor(at / 3) * 0.2]
    const corners = [
      [west, south],
      [west + 0.2, south + 0.02],
      [west + 0.18, south + 0.2],
      [west - 0.02, south + 0.18],
      [west, south],
    ]
    return { type: 'Feature', properties: { code }, geometry: { type: 'Polygon', coordinates: [corners] } }
  })
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features }))
  return file
}

async function refused(walk: Walk, whole: string, lacking: string): Promise<void> {
  const { page } = walk
  await walk.browser.go('/overview/boundaries')
  const load = () => page.getByRole('button', { name: '导入边界' }).click()
  const number = page.getByLabel('审图号')
  await page.locator('input[type=file]').setInputFiles(whole)
  await page.getByLabel('图名').fill('样例县乡镇界')
  await page.getByLabel('来源').fill('县自然资源部门')
  await page.getByLabel('成图日期').fill(dayFrom(-30))
  await walk.see('drawn-before-it-is-loaded')
  await load()
  holds(await number.evaluate((input: HTMLInputElement) => !input.validity.valid), 'the number has to be written')
  await number.fill('没有')
  await load()
  await page.getByRole('alert').waitFor()
  await walk.see('not-an-approval')
  await number.fill(APPROVAL)
  await page.locator('input[type=file]').setInputFiles(lacking)
  await load()
  await page
    .getByRole('alert')
    .getByText(/老隆镇|441622100/)
    .waitFor()
  await walk.see('a-township-is-missing')
  await page.locator('input[type=file]').setInputFiles(whole)
  await load()
  await walk.reads('边界图已导入')
  await walk.reads(`审图号：${APPROVAL}`)
  await walk.see('loaded')
}

async function seen(stand: Stand): Promise<void> {
  const walk = await Walk.begin(stand, 'outline', 'county_caseworker')
  await walk.browser.go('/overview')
  await walk.reads(`审图号：${APPROVAL}`)
  holds((await walk.page.locator('svg path').count()) >= TOWNS.length, 'every township is drawn')
  await walk.see('overview')
  await walk.end()
}
