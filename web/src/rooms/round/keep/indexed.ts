// SPDX-License-Identifier: Apache-2.0
// The drawer in IndexedDB. What lies there is sealed before it comes here; the device's key is one that nobody can
// take out.
import { PHONE_RECORDS, PHONE_STORE } from '../../../people/phone'
import type { Drawer } from './drawer'

function answered<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error ?? new Error('the drawer did not open'))
  })
}

/** Null: there is none, and looking makes none. */
async function opened(make: boolean): Promise<IDBDatabase | null> {
  const asked = indexedDB.open(PHONE_STORE, 1)
  let isNew = false
  asked.onupgradeneeded = () => {
    isNew = true
    if (make) asked.result.createObjectStore(PHONE_RECORDS)
    else asked.transaction?.abort()
  }
  try {
    const database = await answered(asked)
    // Another tab signs out: it waits for nobody.
    database.onversionchange = () => database.close()
    return database
  } catch (thrown) {
    if (isNew && !make) return null
    throw thrown
  }
}

export class IndexedDrawer implements Drawer {
  private async within<T>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<T> | null,
  ): Promise<T | undefined> {
    const database = await opened(mode === 'readwrite')
    if (database === null) return undefined
    try {
      const change = database.transaction(PHONE_RECORDS, mode, { durability: 'strict' })
      const asked = work(change.objectStore(PHONE_RECORDS))
      await new Promise<void>((resolve, reject) => {
        change.oncomplete = () => resolve()
        change.onabort = () => reject(change.error ?? new Error('nothing was kept'))
      })
      return asked?.result
    } finally {
      database.close()
    }
  }

  get(key: string): Promise<unknown> {
    return this.within<unknown>('readonly', (store) => store.get(key))
  }
  async keys(): Promise<readonly string[]> {
    const keys = await this.within('readonly', (store) => store.getAllKeys())
    return (keys ?? []).map(String)
  }
  async change(puts: readonly (readonly [string, unknown])[], deletes: readonly string[] = []): Promise<void> {
    await this.within('readwrite', (store) => {
      for (const key of deletes) store.delete(key)
      for (const [key, value] of puts) store.put(value, key)
      return null
    })
  }
  async clear(): Promise<void> {
    if ((await this.keys()).length > 0) await this.within('readwrite', (store) => store.clear())
  }
}
