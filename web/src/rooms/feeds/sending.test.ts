// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest'
import { Fault } from '../../api/client'
import { sendRest, type Line, type Upload } from './sending'

const MIB = 1 << 20

function server(bytes: number, upsets: (Fault | 'lost_answer' | null)[] = []) {
  const upload: Upload = { id: 'u', file: 'a.csv', bytes, received: 0, state: 'receiving', largest_piece: 8 * MIB }
  const line: Line = {
    begin: vi.fn(),
    look: vi.fn(async () => ({ ...upload })),
    append: vi.fn(async (_id: string, offset: number, piece: Blob) => {
      const upset = upsets.shift()
      if (upset instanceof Fault) throw upset
      if (offset !== upload.received) throw new Fault(409, { code: 'upload_offset' })
      upload.received += piece.size
      if (upset === 'lost_answer') throw new Fault(0, {})
      return { ...upload }
    }),
    complete: vi.fn(async () => ({ ...upload, state: 'complete' as const })),
    abandon: vi.fn(),
    wait: vi.fn(async () => undefined),
  }
  return { upload, line }
}
function told(goesOn = () => true) {
  return { received: vi.fn(), broken: vi.fn(), goesOn }
}
const file = (bytes: number) => new Blob([new Uint8Array(bytes)])

describe('a file on its way', () => {
  it('goes in pieces and is completed', async () => {
    const { upload, line } = server(5 * MIB)
    const tell = told()
    expect((await sendRest(line, { ...upload }, file(5 * MIB), tell))?.state).toBe('complete')
    expect(tell.received.mock.calls.map(([bytes]) => bytes)).toEqual([2 * MIB, 4 * MIB, 5 * MIB])
  })
  it('of no bytes is completed at once', async () => {
    const { upload, line } = server(0)
    expect((await sendRest(line, { ...upload }, file(0), told()))?.state).toBe('complete')
    expect(line.append).not.toHaveBeenCalled()
  })
  it('goes on where it was after the line broke', async () => {
    const { upload, line } = server(4 * MIB, [null, new Fault(0, {}), new Fault(503, {}), null])
    const tell = told()
    expect((await sendRest(line, { ...upload }, file(4 * MIB), tell))?.state).toBe('complete')
    expect(tell.broken.mock.calls.map(([is]) => is)).toEqual([false, true, true, false])
    expect(upload.received).toBe(4 * MIB)
  })
  it('sends nothing twice where an answer was lost', async () => {
    const { upload, line } = server(4 * MIB, ['lost_answer'])
    expect((await sendRest(line, { ...upload }, file(4 * MIB), told()))?.state).toBe('complete')
    expect(line.append).toHaveBeenCalledTimes(2)
  })
  it('takes the server’s word where to go on', async () => {
    const { upload, line } = server(4 * MIB)
    upload.received = 2 * MIB
    expect((await sendRest(line, { ...upload, received: 0 }, file(4 * MIB), told()))?.state).toBe('complete')
  })
  it('that is refused says so', async () => {
    const { upload, line } = server(4 * MIB, [new Fault(413, { code: 'too_large' })])
    await expect(sendRest(line, { ...upload }, file(4 * MIB), told())).rejects.toThrow(Fault)
  })
  it('stops when it is given up', async () => {
    const { upload, line } = server(40 * MIB)
    let pieces = 0
    expect(
      await sendRest(
        line,
        { ...upload },
        file(40 * MIB),
        told(() => ++pieces < 3),
      ),
    ).toBeNull()
  })
})
