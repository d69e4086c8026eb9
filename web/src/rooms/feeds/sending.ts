// SPDX-License-Identifier: Apache-2.0
// One file on its way to the server, piece by piece. What the server has acknowledged stays there, whatever happens to
// the line or to this page.
import { api, Fault, onceKey, told, type Schema } from '../../api/client'

export type Upload = Schema['Upload']

/** How the server is spoken to; tests put another in its place. */
export interface Line {
  begin: (file: string, bytes: number, sha256: string) => Promise<Upload>
  look: (id: string) => Promise<Upload>
  append: (id: string, offset: number, piece: Blob) => Promise<Upload>
  complete: (id: string) => Promise<Upload>
  abandon: (id: string) => Promise<unknown>
  wait: (ms: number) => Promise<void>
}

export const LINE: Line = {
  begin: (file, bytes, sha256) =>
    told(api.POST('/api/v1/uploads', { headers: { 'Idempotency-Key': onceKey() }, body: { file, bytes, sha256 } })),
  look: (id) => told(api.GET('/api/v1/uploads/{id}', { params: { path: { id } } })),
  append: (id, offset, piece) =>
    told(
      api.PATCH('/api/v1/uploads/{id}', {
        params: { path: { id }, header: { 'Upload-Offset': offset } },
        headers: { 'Content-Type': 'application/offset+octet-stream' },
        body: piece as unknown as string,
        bodySerializer: (body: unknown) => body as Blob,
      }),
    ),
  complete: (id) => told(api.POST('/api/v1/uploads/{id}/complete', { params: { path: { id } } })),
  abandon: (id) => told(api.DELETE('/api/v1/uploads/{id}', { params: { path: { id } } })),
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
}

const PIECE = 2 << 20 // small enough that a bar moves on a slow line; the server takes up to its own largest
const LONGEST_WAIT_MS = 15_000

export interface Told {
  /** So many bytes are there. */
  received: (bytes: number) => void
  /** The line is down (true) or works again. */
  broken: (is: boolean) => void
  /** Whether to go on: false once somebody gave it up. */
  goesOn: () => boolean
}

/** Sends the rest of a file and completes it. A line that is down is tried again and again; a refusal is thrown. */
export async function sendRest(line: Line, begun: Upload, file: Blob, tell: Told): Promise<Upload | null> {
  let upload = begun
  let failures = 0
  while (tell.goesOn()) {
    try {
      if (upload.state !== 'receiving') return upload
      if (upload.received >= upload.bytes) return await line.complete(upload.id)
      const end = Math.min(upload.bytes, upload.received + Math.min(PIECE, upload.largest_piece))
      upload = await line.append(upload.id, upload.received, file.slice(upload.received, end))
      failures = 0
      tell.broken(false)
      tell.received(upload.received)
    } catch (thrown) {
      const now = await afterFault(line, upload, thrown, tell, failures)
      failures += 1
      upload = now ?? upload
    }
  }
  return null
}

/** What may be mended: a line that is down, a busy server, a piece that came though its answer was lost. */
async function afterFault(
  line: Line,
  upload: Upload,
  thrown: unknown,
  tell: Told,
  failures: number,
): Promise<Upload | null> {
  if (!(thrown instanceof Fault)) throw thrown
  if (thrown.code === 'upload_offset') return line.look(upload.id)
  if (![0, 429, 502, 503, 504].includes(thrown.status)) throw thrown
  tell.broken(true)
  await line.wait(Math.min(LONGEST_WAIT_MS, 1000 * 2 ** failures))
  return line.look(upload.id).catch(() => null)
}
