// SPDX-License-Identifier: Apache-2.0
// Everybody's first minute: the door, a wrong password, the language, large print, a page that is not there, and out.
import { holds, Walk, type Day } from '../day.ts'

export const day: Day = {
  name: 'doors',
  async run(stand) {
    const walk = await Walk.begin(stand, 'doors', null)
    await walk.browser.go('/households')
    holds(walk.page.url().includes('/sign-in'), 'who is not signed in is led to the door')
    await walk.see('door')
    const user = stand.users['county_caseworker']
    holds(user !== undefined, 'there is a caseworker')
    await walk.page.fill('#name', user.name)
    await walk.page.fill('#password', 'not the password')
    await walk.page.keyboard.press('Enter')
    await walk.page.getByRole('alert').waitFor()
    await walk.see('wrong-password')
    await walk.page.fill('#password', user.password)
    await walk.page.keyboard.press('Enter')
    await walk.page.waitForURL((url) => url.pathname === '/households')
    await walk.press('English')
    await walk.reads('Sign out')
    await walk.press('Large print')
    await walk.see('english-large')
    await walk.browser.go('/no-such-page')
    await walk.reads('There is no such page')
    await walk.see('not-there')
    await walk.press('Sign out')
    await walk.page.waitForURL((url) => url.pathname === '/sign-in')
    await walk.browser.go('/account')
    holds(walk.page.url().includes('/sign-in'), 'who has signed out is outside')
    await walk.end()
  },
}
