// SPDX-License-Identifier: Apache-2.0
// What the server tells as it happens. The browser resumes by itself with Last-Event-ID.
import { onBeforeUnmount } from 'vue'

/** Listens until the screen is left; gives what ends it earlier. */
export function useStream(address: string, heard: Readonly<Record<string, (data: string) => void>>): () => void {
  const source = new EventSource(address)
  for (const [event, then] of Object.entries(heard)) {
    source.addEventListener(event, (message) => then((message as MessageEvent<string>).data))
  }
  const end = () => source.close()
  onBeforeUnmount(end)
  return end
}
