// SPDX-License-Identifier: Apache-2.0
// What the phone keeps of a round (rooms/round/keep): its place, so that signing out can take it away from anywhere.

export const PHONE_STORE = 'doudi.round'
export const PHONE_RECORDS = 'records'
export const FORM_PREFIX = 'form/'

/** How many forms wait on this device to be sent; the round may not be known to who asks. */
export async function waitingForms(): Promise<number> {
  if (typeof indexedDB === 'undefined') return 0
  return new Promise((resolve) => {
    const asked = indexedDB.open(PHONE_STORE)
    asked.onupgradeneeded = () => asked.transaction?.abort()
    asked.onerror = () => resolve(0)
    asked.onsuccess = () => {
      const database = asked.result
      const end = (count: number) => {
        database.close()
        resolve(count)
      }
      if (!database.objectStoreNames.contains(PHONE_RECORDS)) return end(0)
      const found = database
        .transaction(PHONE_RECORDS)
        .objectStore(PHONE_RECORDS)
        .count(IDBKeyRange.bound(FORM_PREFIX, `${FORM_PREFIX}\uffff`))
      found.onsuccess = () => end(found.result)
      found.onerror = () => end(0)
    }
  })
}

/** Takes everything of the round off this device. */
export async function emptyPhone(): Promise<void> {
  if (typeof indexedDB === 'undefined') return
  await new Promise<void>((resolve) => {
    const asked = indexedDB.deleteDatabase(PHONE_STORE)
    asked.onsuccess = () => resolve()
    asked.onerror = () => resolve()
    asked.onblocked = () => resolve()
  })
}
