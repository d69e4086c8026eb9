// SPDX-License-Identifier: Apache-2.0
import { beforeEach, expect, test, vi } from 'vitest'
import { keepToFollow, nameOf, sendFollowing } from './attachments'

const post = vi.hoisted(() => vi.fn())
vi.mock('../api/client', () => ({ api: { POST: post }, told: (answer: unknown) => answer }))

const file = (text: string): Blob => new Blob([text])
const sent = (): readonly string[] => post.mock.calls.map((call) => call[1].params.path.id as string)

beforeEach(() => {
  post.mockReset()
  post.mockImplementation(async (_path: string, how: { body: Blob }) => ({
    hash: await nameOf(await how.body.arrayBuffer()),
  }))
})

test('a file is named by the SHA-256 of its bytes', async () => {
  expect(await nameOf(new TextEncoder().encode('abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
})

test('what an opening names follows it to its case, each once, and nothing that it does not name', async () => {
  const door = await keepToFollow(file('door'))
  const room = await keepToFollow(file('room'))
  await keepToFollow(file('taken out again'))
  expect(await sendFollowing('7', { attachments: [door, room], note: 'x', pledge: true })).toBe(0)
  expect(sent()).toEqual(['7', '7'])
  expect(await sendFollowing('8', { attachments: [door, room] })).toBe(0)
  expect(sent()).toEqual(['7', '7'])
})

test('what did not come is counted and kept for another try', async () => {
  const door = await keepToFollow(file('another door'))
  post.mockImplementationOnce(() => Promise.reject(new Error('no net')))
  expect(await sendFollowing('7', { attachments: [door] })).toBe(1)
  expect(await sendFollowing('7', { attachments: [door] })).toBe(0)
})
