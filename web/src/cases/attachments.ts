// SPDX-License-Identifier: Apache-2.0
import { api, told } from '../api/client'

export const NOT_CAME = {
  zh: '有 {n} 个附件没有送到，请在办件 {id} 中重新上传',
  en: '{n} {n|attachment|attachments} {n|was|were} not received: upload {n|it|them} again in case {id}',
}

/** The name by which a field names a file: the SHA-256 of its bytes. */
export async function nameOf(content: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Files that an opening names before there is a case to send them to. */
const following = new Map<string, Blob>()
export async function keepToFollow(file: Blob): Promise<string> {
  const name = await nameOf(await file.arrayBuffer())
  following.set(name, file)
  return name
}
/** Sends those that the opening named to the case that it made; gives how many did not come. */
export async function sendFollowing(caseId: string, fields: Readonly<Record<string, unknown>>): Promise<number> {
  let left = 0
  for (const name of Object.values(fields).flatMap((value) => (Array.isArray(value) ? value : []))) {
    const file = typeof name === 'string' ? following.get(name) : undefined
    if (!file) continue
    try {
      following.delete(await sendAttachment(caseId, file))
    } catch {
      ++left
    }
  }
  return left
}

/** Sends a file to a case and gives its name there. Sent twice it is one. */
export async function sendAttachment(caseId: string, content: Blob): Promise<string> {
  const made = await told(
    api.POST('/api/v1/cases/{id}/attachments', {
      params: { path: { id: caseId } },
      headers: { 'Content-Type': 'application/octet-stream' },
      body: content as unknown as never,
      bodySerializer: (body: unknown) => body as BodyInit,
    }),
  )
  return made.hash
}
