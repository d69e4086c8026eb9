// SPDX-License-Identifier: Apache-2.0
import { api, told } from '../api/client'

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
