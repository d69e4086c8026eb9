// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Fault } from '../../api/client'
import type { Line, Upload } from './sending'
import { Uploads } from './uploads'

/** A server that keeps what it acknowledged. */
function server() {
  const there = new Map<string, Upload>()
  let last = 0
  const at = (id: string): Upload => {
    const found = there.get(id)
    if (!found) throw new Fault(404, { code: 'no_such_upload' })
    return found
  }
  const line: Line = {
    begin: vi.fn(async (file: string, bytes: number) => {
      const made: Upload = { id: `u${++last}`, file, bytes, received: 0, state: 'receiving', largest_piece: 1000 }
      there.set(made.id, made)
      return { ...made }
    }),
    look: vi.fn(async (id: string) => ({ ...at(id) })),
    append: vi.fn(async (id: string, _offset: number, piece: Blob) => {
      at(id).received += piece.size
      return { ...at(id) }
    }),
    complete: vi.fn(async (id: string) => Object.assign({}, at(id), { state: (at(id).state = 'complete') })),
    abandon: vi.fn(async (id: string) => there.delete(id)),
    wait: vi.fn(async () => undefined),
  }
  return { there, line }
}
const file = (name: string, content: string) => new File([content], name)
const standings = (uploads: Uploads) => uploads.files.value.map((one) => one.standing)
beforeEach(() => sessionStorage.clear())

describe('files of an import', () => {
  it('go one after the other and are there in the end', async () => {
    const { line } = server()
    const uploads = new Uploads(line)
    uploads.add([file('a.csv', 'x'.repeat(2500)), file('b.csv', 'y')])
    expect(uploads.busy.value).toBe(true)
    await vi.waitFor(() => expect(standings(uploads)).toEqual(['complete', 'complete']))
    expect(uploads.busy.value).toBe(false)
  })
  it('are not added twice', async () => {
    const uploads = new Uploads(server().line)
    uploads.add([file('a.csv', 'x'), file('a.csv', 'x')])
    expect(uploads.files.value).toHaveLength(1)
  })
  it('go on after a reload where the server has them, with the same file alone', async () => {
    const { line, there } = server()
    const before = new Uploads(line)
    vi.mocked(line.append).mockImplementationOnce(async (id, _offset, piece) => {
      const upload = there.get(id)
      if (!upload) throw new Fault(404, {})
      upload.received += piece.size
      before.leave()
      return { ...upload }
    })
    before.add([file('a.csv', 'x'.repeat(2500))])
    await vi.waitFor(() => expect(there.get('u1')?.received).toBe(1000))

    const after = new Uploads(line)
    await after.restore()
    expect(standings(after)).toEqual(['lost'])
    const key = after.files.value[0]?.key ?? ''
    after.goOn(key, file('other.csv', 'x'.repeat(2500)))
    expect(standings(after)).toEqual(['lost'])
    after.goOn(key, file('a.csv', 'z'.repeat(2500)))
    await vi.waitFor(() => expect(after.files.value[0]?.trouble).not.toBe(''))
    expect(standings(after)).toEqual(['lost'])
    after.add([file('a.csv', 'x'.repeat(2500))])
    await vi.waitFor(() => expect(standings(after)).toEqual(['complete']))
    expect(line.begin).toHaveBeenCalledTimes(1)
    expect(there.get('u1')?.received).toBe(2500)
  })
  it('that were taken or are gone are not asked for again', async () => {
    const { line, there } = server()
    const before = new Uploads(line)
    before.add([file('a.csv', 'x'), file('b.csv', 'y')])
    await vi.waitFor(() => expect(standings(before)).toEqual(['complete', 'complete']))
    there.delete('u1')
    const after = new Uploads(line)
    await after.restore()
    expect(after.files.value.map((one) => one.name)).toEqual(['b.csv'])
    await after.remove(after.files.value[0]?.key ?? '')
    expect(there.size).toBe(0)
    const last = new Uploads(line)
    await last.restore()
    expect(last.files.value).toEqual([])
  })
})
